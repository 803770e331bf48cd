"""The phase page: what the phase produces and for whom, its drafts, who takes part, and what is missing still."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.drafting import may_draft
from app.web.views.gatherings import Gathering, gatherings
from app.web.views.sent_back import SentBack, sent_back
from app.web.views.timeline import happened
from app.web.views.tools.menu import tools_at
from app.web.views.tools.tool import Link
from models.canonical import sha256
from models.commands import Command, GiveOpportunity, OpenPhase, Retract, Revise, ScheduleMeeting, Submit
from models.criteria import inputs_of
from models.definitions.definition import OutputPlan, PhasePlan
from models.errors import EtappiError
from models.laws import law_in
from models.outputs.checks import TYPED, find
from models.outputs.forms import FORMS, merged
from models.outputs.held import Held
from models.personal import Private
from models.process import RoundVersion
from models.storage import reading
from models.storage.database import Session
from models.storage.drafts import Draft, drafts_of, version_text
from models.storage.typed import TypedContent
from models.words import PhaseStatus
from models.world import DraftFacts, Facts

A_WORD = Private("…")


class OutputLine(NamedTuple):
    """One output of the phase."""

    key: str
    name: str
    owner: str
    required: bool
    saved_at: dt.datetime | None
    saved_by: str | None
    version: int | None
    version_address: str | None
    changed: bool  # the draft differs from the newest version
    may_revise: bool
    address: str


class AffectedLine(NamedTuple):
    """A group whom the change touches, and whether it was heard."""

    key: str
    name: str
    on: dt.date | None
    heard: bool
    effect: str | None
    told: bool  # whether an effect was told, also where it was covered since


class Missing(NamedTuple):
    """One matter of the list before submitting."""

    text: str
    done: bool
    must: bool
    items: tuple[str, ...] = ()


class PhasePage(NamedTuple):
    """Everything the page shows."""

    process: str
    title: str
    key: str
    number: int
    name: str
    description: str | None
    carried_out_by: str | None
    status: PhaseStatus
    first: dt.date  # as planned
    opened: dt.date | None  # when it was begun
    checkpoint: dt.date
    receives: tuple[tuple[str, str, bool], ...]  # name, address, whether its package is locked
    hands_to: tuple[str, ...]
    outputs: tuple[OutputLine, ...]
    may_draft: bool
    early: bool  # drafting before the phase has been opened
    missing: tuple[Missing, ...]
    submitting: EtappiError | None  # why it cannot be submitted
    may_submit: bool
    may_open: bool
    may_retract: tuple[str, ...]
    participation: tuple[tuple[str, str | None, str | None], ...]
    no_participation_because: str | None
    affected: tuple[AffectedLine, ...]
    may_hear: bool
    meetings: tuple[Gathering, ...]
    groups: tuple[tuple[str, str], ...]  # whose meetings the visitor agrees on
    tools: tuple[Link, ...]
    sent_back: SentBack | None
    again: bool  # what it submits has been returned

    @property
    def lacking(self) -> int:
        return sum(not one.done and one.must for one in self.missing)


def phase_page(place: Place, session: Session, phase: str) -> PhasePage:
    """The page as the visitor may see it. Raises NotFound."""
    place.check_phase(phase)
    plan, state, language = place.world.phase(phase), place.process.phases[phase], place.visitor.language
    drafts = drafts_of(session, place.scope.id, phase)
    _fetch(place, session, plan, drafts)
    intact = frozenset(p.package for p in place.process.phases.values() if p.package)
    possible = place.possible_with(Facts(drafts=_facts(drafts), intact=intact))
    refused = possible.refusal(Submit(phase=phase))
    can_draft = may_draft(place, phase)
    return PhasePage(
        process=place.key,
        title=place.title,
        key=phase,
        number=place.phase_number(phase),
        name=place.name("phase", phase),
        description=plan.description.in_(language) if plan.description else None,
        carried_out_by=plan.carried_out_by.in_(language) if plan.carried_out_by else None,
        status=state.status,
        first=place.process.dates[f"phase:{phase}:first"],
        opened=happened(reading.milestones(session, place.scope.id))[0].get(phase),
        checkpoint=place.process.dates[f"checkpoint:{phase}"],
        receives=_receives(place, phase),
        hands_to=tuple(
            place.name("phase", one.id) for one in place.definition.phases if phase in place.definition.receives(one.id)
        ),
        outputs=tuple(_output(place, phase, one, drafts.get(one.id), possible.may) for one in plan.outputs),
        may_draft=can_draft,
        early=can_draft and state.status in (PhaseStatus.PLANNED, PhaseStatus.READY, PhaseStatus.SUSPENDED),
        missing=_missing(place, session, phase, drafts)
        if state.status not in (PhaseStatus.PASSED, PhaseStatus.AT_CHECKPOINT)
        else (),
        submitting=refused,
        may_submit=refused is None,
        may_open=possible.may(OpenPhase(phase=phase)),
        may_retract=_retractable(place, phase),
        participation=tuple(
            (one.name.in_(language), one.with_whom.in_(language) if one.with_whom else None, law_in(one.law, language))
            for one in plan.participation
        ),
        no_participation_because=plan.no_participation_because.in_(language) if plan.no_participation_because else None,
        affected=tuple(_affected(place, phase, one.id, one.name.in_(language)) for one in plan.affected),
        may_hear=_may_hear(place, plan),
        meetings=gatherings(place, session, phase),
        groups=tuple(
            (key, place.name("group", key)) for key in place.process.groups if _may_schedule(place, phase, key)
        ),
        tools=tools_at(place, phase),
        sent_back=sent_back(place, session, reading.milestones(session, place.scope.id), phase),
        again=state.came_back,
    )


def _may_schedule(place: Place, phase: str, group: str) -> bool:
    return place.possible.may(ScheduleMeeting(meeting="uusi", at=place.visitor.now, phase=phase, group=group))


def _fetch(place: Place, session: Session, plan: PhasePlan, drafts: dict[str, Draft]) -> None:
    """The names and words that the page shows are at hand."""
    owners = (place.process.roles.get(one.owner) for one in plan.outputs)
    place.fetch_people(session, [*owners, *(draft.updated_by for draft in drafts.values())])
    place.fetch(session, [one.effect for one in place.process.opportunities.values()])


def _receives(place: Place, phase: str) -> tuple[tuple[str, str, bool], ...]:
    """The phases it builds on, with the addresses of their checkpoints and whether their packages are locked."""
    return tuple(
        (place.name("phase", one), addresses.checkpoint(place.key, one), place.process.phases[one].package is not None)
        for one in place.definition.receives(phase)
    )


def _retractable(place: Place, phase: str) -> tuple[str, ...]:
    """What of the phase the visitor may take back now."""
    wanted = ({"what": what, "phase": phase} for what in ("opening", "submission"))
    return tuple(one["what"] for one in wanted if place.possible.may(Retract.model_validate(one)))


def _may_hear(place: Place, plan: PhasePlan) -> bool:
    """Whether the visitor may record that an affected group was given an opportunity."""
    return any(
        place.possible.may(GiveOpportunity(phase=plan.id, affected=one.id, on=place.visitor.today, how=A_WORD))
        for one in plan.affected[:1]
    )


def _facts(drafts: dict[str, Draft]) -> dict[str, DraftFacts]:
    return {
        output: DraftFacts(sha256(version_text(one.contents)), one.updated_by, one.contents.publicity)
        for output, one in drafts.items()
    }


def _newest(place: Place, phase: str, output: str) -> RoundVersion | None:
    round_ = place.process.rounds.get(phase)
    return (round_.versions if round_ else place.process.phases[phase].versions).get(output)


def _output(
    place: Place, phase: str, plan: OutputPlan, draft: Draft | None, may: Callable[[Command], bool]
) -> OutputLine:
    version = _newest(place, phase, plan.id)
    changed = draft is not None and (version is None or sha256(version_text(draft.contents)) != version.sha256)
    return OutputLine(
        key=plan.id,
        name=place.name("output", plan.id),
        owner=place.person(place.process.roles.get(plan.owner)) if plan.owner in place.process.roles else "",
        required=plan.required,
        saved_at=draft.updated_at if draft else None,
        saved_by=place.person(draft.updated_by) if draft else None,
        version=version.no if version else None,
        version_address=addresses.document(place.key, version.sha256) if version else None,
        changed=changed,
        may_revise=changed and may(Revise(phase=phase, output=plan.id, reason=A_WORD)),
        address=addresses.draft(place.key, phase, plan.id),
    )


def _missing(place: Place, session: Session, phase: str, drafts: dict[str, Draft]) -> tuple[Missing, ...]:
    """What the checkpoint will ask for that can be judged from the drafts and the record already."""
    _, plan, found = place.visitor.say, place.world.phase(phase), list[Missing]()
    for output in plan.outputs:
        name = place.name("output", output.id)
        found.append(Missing(_("Luonnos: %(name)s", name=name), output.id in drafts, output.required))
    held = _held(place, session, phase, drafts)
    tells = place.secrecy.allows_all() and all(
        place.secrecy.allows(one.contents.publicity, phase, output) for output, one in drafts.items()
    )
    for criterion in place.checkpoint(phase).criteria:
        text = criterion.text.in_(place.visitor.language)
        if criterion.computed in TYPED:
            finding = find(criterion.computed, held)
            found.append(Missing(text, finding.holds is True, criterion.must, finding.items if tells else ()))
        elif criterion.computed == "affected-heard":
            unheard = [one for one in plan.affected if f"{phase}/{one.id}" not in place.process.opportunities]
            names = tuple(one.name.in_(place.visitor.language) for one in unheard)
            found.append(Missing(text, not unheard, criterion.must, names))
        elif criterion.computed == "staff-cooperation-judged":
            found.append(Missing(text, place.process.cooperation.needed is not None, criterion.must))
    return tuple(found)


def _held(place: Place, session: Session, phase: str, drafts: dict[str, Draft]) -> Held:
    """What the typed checks look at, were the drafts submitted as they are."""
    content = TypedContent(session, place.visitor.installation.files, place.visitor.municipality, place.scope.id)
    inputs = inputs_of(place.process, place.definition, phase)
    kind = place.world.phase(phase).kind
    own = merged([content.of(one.contents, kind) for one in drafts.values()] or [FORMS[kind]()], FORMS[kind])
    before = content.held(place.definition, phase, inputs._replace(own=()))
    return Held(phase, own, before.received, before.former, before.affected)


def _affected(place: Place, phase: str, key: str, name: str) -> AffectedLine:
    given = place.process.opportunities.get(f"{phase}/{key}")
    if given is None:
        return AffectedLine(key, name, None, False, None, False)
    return AffectedLine(key, name, given.on, given.heard, place.words(given.effect), given.effect is not None)
