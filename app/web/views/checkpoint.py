"""The checkpoint page: what is proposed and tested, how the groups stand, what was said, what the visitor may do."""

import datetime as dt
from typing import Any, NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views import groups as group_views
from app.web.views import threads as thread_views
from app.web.views.criteria import Tested, tested
from app.web.views.front import Question, front_of_package, front_of_round
from app.web.views.gatherings import Gathering, gatherings
from app.web.views.groups import GroupView, groups_at, groups_when_passed
from app.web.views.papers import Paper, papers_of
from app.web.views.seats import MySeat, seats_of
from app.web.views.sent_back import SentBack, sent_back
from app.web.views.threads import ConditionView, DissentView, Thread, conditions_of, dissents_of, threads_of
from app.web.views.tools.menu import tools_at
from app.web.views.tools.tool import Link
from models.commands import Pass, Return, ScheduleMeeting, Seen
from models.criteria import due_conditions
from models.errors import NotAuthorised
from models.events import OutputRevised
from models.personal import Private
from models.process import Round
from models.record import read_instant
from models.rounds import digest, window_until
from models.storage import reading
from models.storage.database import Session
from models.words import CheckpointKind, PhaseStatus, Publicity


class Proposed(NamedTuple):
    """One output as it lies before the groups."""

    output: str
    name: str
    phase: str | None  # where it is of an earlier phase
    no: int
    publicity: Publicity
    hidden: bool  # secret to the visitor
    address: str
    changes: str | None  # where the last change of the round is shown
    why_changed: str | None
    since_before: str | None  # where what changed from the round before is shown


class Outcome(NamedTuple):
    """How the phase passed."""

    words: str
    on: dt.datetime
    package: str
    conditions: int
    dissents: int
    ready: tuple[tuple[str, str], ...]  # the phases that can be opened now, each with its page


class CheckpointPage(NamedTuple):
    """Everything the page shows."""

    key: str
    process: str
    title: str
    phase: str
    phase_name: str
    number: int
    name: str
    purpose: str | None
    readiness: bool
    status: PhaseStatus
    round: Round | None
    digest: str | None
    window: dt.datetime | None
    late: bool
    mine: tuple[MySeat, ...]
    may_state: bool  # whether the visitor states the outcome, or returns or holds the work
    stated_by: str | None  # who states it, where that is somebody else
    front: tuple[Question, ...]  # none before there is anything to read
    proposed: tuple[Proposed, ...]
    tested: tuple[Tested, ...]
    groups: tuple[GroupView, ...]
    threads: tuple[Thread, ...]
    conditions: tuple[ConditionView, ...]
    dissents: tuple[DissentView, ...]
    meetings: tuple[Gathering, ...]
    may_meet: bool  # whether the visitor agrees on meetings of the phase and records them
    outcome: Outcome | None
    planned: dt.date
    owners: tuple[tuple[str, str], ...]  # who can be named as the owner of a condition, where the visitor carries one
    later: tuple[tuple[str, str], ...]  # the checkpoints to come
    papers: tuple[Paper, ...]
    tools: tuple[Link, ...]
    sent_back: SentBack | None

    @property
    def musts_failing(self) -> int:
        return sum(one.must and one.holds is not True and not one.waived for one in self.tested)

    @property
    def groups_accepting(self) -> int:
        return sum(one.standing.met for one in self.groups)

    @property
    def open_threads(self) -> int:
        return sum(one.is_open for one in self.threads)


def seen_at(place: Place, phase: str) -> Seen | None:
    """What stands on the page, for whoever acts on it; None where no round is open."""
    round_ = place.process.rounds.get(phase)
    if round_ is None:
        return None
    return Seen(round=round_.no, manifest=round_.manifest, digest=digest(place.process, phase))


def checkpoint_page(place: Place, session: Session, phase: str) -> CheckpointPage:
    """The page as the visitor may see it. Raises NotFound."""
    place.check_phase(phase)
    process, plan, state = place.process, place.checkpoint(phase), place.process.phases[phase]
    round_, seen = process.rounds.get(phase), seen_at(place, phase)
    revisions = reading.revisions(session, place.scope.id)
    place.fetch(session, [*thread_views.commitments_of(place), *(one.reason for one in revisions)])
    preparer = process.roles.get(plan.preparer)
    place.fetch_people(session, [preparer, *group_views.people_of(place, phase), *thread_views.people_of(place)])
    language, threads = place.visitor.language, threads_of(place, phase)
    carries = any(one.can_carry for one in threads)
    matters = tested(place, session, phase, seen)
    body = reading.package(session, place.scope.id, state.package) if state.package else None
    return CheckpointPage(
        key=plan.id,
        process=place.key,
        title=place.title,
        phase=phase,
        phase_name=place.name("phase", phase),
        number=place.phase_number(phase),
        name=plan.name.in_(language),
        purpose=plan.purpose.in_(language) if plan.purpose else None,
        readiness=plan.kind is CheckpointKind.READINESS,
        status=state.status,
        round=round_,
        digest=seen.digest if seen else None,
        window=window_until(round_, place.visitor.now) if round_ else None,
        late=round_ is not None and round_.due < place.visitor.today,
        mine=seats_of(place, phase, revisions, seen) if seen else (),
        may_state=seen is not None and may_state(place, phase, seen),
        stated_by=_stated_by(place, phase, seen) if seen else None,
        front=_front(place, session, phase, matters, body),
        proposed=_proposed(place, phase, round_, revisions),
        tested=matters,
        groups=groups_when_passed(place, body) if body else groups_at(place, phase),
        threads=threads,
        conditions=conditions_of(place, due_conditions(process, place.world, phase) if round_ else []),
        dissents=dissents_of(place, phase),
        meetings=gatherings(place, session, phase),
        may_meet=place.possible.may(ScheduleMeeting(meeting="uusi", at=place.visitor.now, phase=phase)),
        outcome=_outcome(place, state.package, body) if state.package and body else None,
        planned=process.dates[f"checkpoint:{phase}"],
        owners=_owners(place, session) if carries else (),
        papers=papers_of(place, session, round_.manifest if round_ else state.package),
        tools=tools_at(place, phase),
        sent_back=sent_back(place, session, reading.milestones(session, place.scope.id), phase),
        later=tuple((key, place.name("checkpoint", key)) for key in _after(list(process.phases), phase)),
    )


def may_state(place: Place, phase: str, seen: Seen) -> bool:
    """Whether the visitor is one who states the outcome, or returns the work."""
    passing = place.possible.refusal(Pass(phase=phase, seen=seen))
    returning = Return(phase=phase, to=phase, reason=Private("…"), seen=seen)
    return not isinstance(passing, NotAuthorised) or place.possible.may(returning)


def _stated_by(place: Place, phase: str, seen: Seen) -> str | None:
    """Who states the outcome, where that is not the visitor; their name must have been fetched."""
    if not isinstance(place.possible.refusal(Pass(phase=phase, seen=seen)), NotAuthorised):
        return None
    role = place.checkpoint(phase).preparer
    return place.person(place.process.roles[role]) if role in place.process.roles else place.name("role", role)


def _proposed(place: Place, phase: str, round_: Round | None, revisions: list[OutputRevised]) -> tuple[Proposed, ...]:
    versions = round_.versions if round_ else place.process.phases[phase].versions
    revised = {}
    for one in revisions:
        if round_ and one.phase == phase and one.round == round_.no:
            revised[one.output] = one
    earlier = place.process.phases[phase].earlier
    former = earlier.versions if earlier and round_ else {}
    found = []
    for output, version in versions.items():
        change = revised.get(output)
        hidden = not place.secrecy.allows(version.publicity, version.phase, output)
        found.append(
            Proposed(
                output=output,
                name=place.name("output", output),
                phase=place.name("phase", version.phase) if version.phase != phase else None,
                no=version.no,
                publicity=version.publicity,
                hidden=hidden,
                address=addresses.document(place.key, version.sha256),
                changes=addresses.comparison(place.key, change.before, version.sha256)
                if change and not hidden
                else None,
                why_changed=place.words(change.reason) if change else None,
                since_before=addresses.comparison(place.key, former[output], version.sha256)
                if output in former and former[output] != version.sha256 and not hidden
                else None,
            )
        )
    return tuple(found)


def _owners(place: Place, session: Session) -> tuple[tuple[str, str], ...]:
    """The people of the process who can be named, by name."""
    directory, today = place.directory, place.visitor.today
    seated = [seat.person for of in place.process.groups.values() for _, seat in directory.seats_of(of, today)]
    people = [one for one in dict.fromkeys([*place.process.roles.values(), *seated]) if directory.is_active(one)]
    place.fetch_people(session, people)
    return tuple(sorted(((one, place.person(one)) for one in people), key=lambda pair: pair[1].casefold()))


def _after(order: list[str], phase: str) -> list[str]:
    return order[order.index(phase) + 1 :]


def _front(
    place: Place, session: Session, phase: str, matters: tuple[Tested, ...], body: dict[str, Any] | None
) -> tuple[Question, ...]:
    if phase in place.process.rounds:
        return front_of_round(place, session, phase, matters)
    return front_of_package(place, session, phase, body) if body else ()


def _outcome(place: Place, package: str, told: dict[str, Any]) -> Outcome:
    passed = told["outcome"] == "passed"
    return Outcome(
        words=place.visitor.say("etenee") if passed else place.visitor.say("etenee edellytyksin"),
        on=read_instant(told["locked_at"]),
        package=package,
        conditions=len(told["conditions"]),
        dissents=len(told["dissents"]),
        ready=tuple(
            (place.name("phase", key), addresses.phase(place.key, key))
            for key, one in place.process.phases.items()
            if one.status is PhaseStatus.READY
        ),
    )
