"""Reads what a paper is made from: as it stood when the package was locked, the round opened or the meeting recorded.

What happened later changes no paper that has been made, but for two things: what was covered is not here any more, and
a public edition has what has become public since.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from models import events as e
from models.criteria import evaluate
from models.errors import Broken
from models.exchange.comparing import Fate, compare_outputs, marked
from models.lifecycle import becoming_ready
from models.outputs.rows import Output as Typed
from models.outputs.rows import Row
from models.outputs.told import registers
from models.package import dissent_told
from models.papers.material import (
    Act,
    Answered,
    Difference,
    Gathering,
    MeetingMaterial,
    MemoMaterial,
    Output,
    PackageMaterial,
    Said,
    Without,
)
from models.papers.meeting_paper import objections_told
from models.papers.shortening import clean
from models.process import Objection
from models.record import read
from models.rounds import is_disqualified
from models.storage import store
from models.storage.database import Session
from models.storage.outputs_shown import bodies, may_show, outputs, received, said, versions_in, versions_of
from models.storage.typed import TypedContent
from models.words import StanceWay
from models.world import Facts, checkpoint_of
from tasks.installation import here
from tasks.papers.moments import Moment, with_words

PACKAGE = "select body from package where process_id = :process and sha256 = :sha256"
EVENT = "select hash from event where process_id = :process and seq = :sequence"
OF_KIND = "select body from event where process_id = :process and seq <= :sequence and type = :kind order by seq"
CODE = re.compile(r"\b[A-ZÅÄÖ]{1,3}\d{1,3}\b")

# --- packages and manifests ---------------------------------------------------------------------------------------


def package_material(session: Session, at: Moment) -> PackageMaterial:
    """What the papers of a locked package are made from."""
    event = at.recorded.event
    assert isinstance(event, e.CheckpointPassed), "a package is locked when its phase passes"
    row = session.one(PACKAGE, {"process": at.scope.id, "sha256": event.package})
    if row is None:
        raise Broken(what=f"the package {event.package} is missing")
    body = json.loads(row[0])
    typed = _typed(session, at)
    found = outputs(typed, at.setting, event.phase, versions_in(body, at.publicity))
    setting = with_words(session, at, event.package, row[0])
    return PackageMaterial(
        setting=setting.model_copy(update={"made_public": _made_public(typed, at, body)}),
        sha256=event.package,
        body=body,
        at=at.recorded.at,
        then=at.then,
        ready=event.ready,
        outputs=found,
        substance=said(typed, at.setting, event.phase, found, body["received"], at.publicity),
    )


def _typed(session: Session, at: Moment) -> TypedContent:
    return TypedContent(session, here().files, at.scope.municipality, at.scope.id)


def _made_public(typed: TypedContent, at: Moment, body: dict[str, Any]) -> Act | None:
    """The last act by which something became public that a public edition of the package tells of."""
    if not at.setting.public:
        return None
    below = [body, *(told for _, told in bodies(typed, body["received"]))]
    named = {version["sha256"] for told in below for version in told["versions"].values()}
    return max((at.made_public[one] for one in named & at.made_public.keys()), default=None)


def meeting_material(session: Session, at: Moment) -> MeetingMaterial:
    """What the meeting document of a round is made from: the versions that its manifest names."""
    event = at.recorded.event
    assert isinstance(event, (e.OutputsSubmitted, e.OutputRevised)), "a manifest is made by submitting or revising"
    round_ = at.then.rounds[event.phase]
    told: dict[str, Any] = {}
    if isinstance(event, e.OutputRevised):
        told = {"revised": event.output, "technical": event.technical, "reason": event.reason}
    else:
        told = {"former": event.former}
    typed = _typed(session, at)
    outputs_ = outputs(typed, at.setting, event.phase, versions_of(round_.versions))
    former = _former(session, at, event)
    before = [one for one in at.then.objections.values() if one.phase == event.phase and one.round < event.round]
    told |= {"returned": _returned(session, at, event.phase) if event.round > 1 else None}
    world = replace(at.world, facts=Facts(typed=typed.facts(at.then, at.setting.definition, event.phase)))
    plan = checkpoint_of(at.then, world, event.phase)
    held = evaluate(at.then, world, event.phase, plan)
    received = at.then.phases[event.phase].received
    return MeetingMaterial(
        setting=with_words(session, at, event.manifest, " ".join(_words_told(at, event.phase, told, before))),
        sha256=event.manifest,
        phase=event.phase,
        round=event.round,
        at=at.recorded.at,
        due=round_.due,
        groups=tuple(group.group for group in round_.groups),
        criteria=tuple(one.text.in_(at.setting.language) for one in plan.criteria),
        failing=tuple(
            one.text.in_(at.setting.language) for one in plan.criteria if one.must and held[one.id] is not True
        ),
        ready=becoming_ready(at.then, event.phase, world),
        then=at.then,
        meetings=tuple(_called(session, at, event.phase)),
        answered=tuple(Answered(text=one.text, answer=one.answer) for one in before),
        differences=tuple(_differences(session, at, former, outputs_)),
        codes=_codes(session, at, event.phase, outputs_),
        outputs=outputs_,
        substance=said(typed, at.setting, event.phase, outputs_, received, at.publicity),
        **told,
    )


def _words_told(at: Moment, phase: str, told: Mapping[str, Any], before: Iterable[Objection]) -> Iterator[str]:
    """The commitments to people's words that a meeting document tells."""
    yield from filter(None, (told.get("reason"), told.get("returned")))
    for one in (*before, *(one for _, one in objections_told(at.then, phase))):
        yield from filter(None, (one.text, one.answer))
    yield from (one.text for one in at.then.conditions.values())
    for dissent in map(dissent_told, at.then.dissents.values()):
        yield from filter(None, (dissent["text"], dissent["reason"], *dissent["names"]))


def _returned(session: Session, at: Moment, phase: str) -> str | None:
    """Why the phase's work was last returned."""
    found = [e for e in _events(session, at, "WorkReturned") if phase in (e.phase, e.to)]
    return found[-1].reason if found else None


def _called(session: Session, at: Moment, phase: str) -> Iterable[Gathering]:
    """The meetings about the phase that were called by then and are still to come, each as it was called last."""
    latest = {one.meeting: one for one in _events(session, at, "MeetingScheduled")}
    for key, one in sorted(latest.items(), key=lambda named: (named[1].at, named[0])):
        known = at.then.meetings.get(key)
        if one.phase == phase and known is not None and not known.cancelled and one.at >= at.recorded.at:
            yield Gathering(at=one.at, place=one.place or "", group=one.group)


def _events(session: Session, at: Moment, kind: str) -> list[Any]:
    named = {"process": at.scope.id, "sequence": at.recorded.sequence, "kind": kind}
    return [read(row[0]).event for row in session.all(OF_KIND, named)]


def _former(session: Session, at: Moment, event: e.OutputsSubmitted | e.OutputRevised) -> Mapping[str, str]:
    """The versions of the round before."""
    if isinstance(event, e.OutputsSubmitted):
        return event.former
    begun = [one for one in _events(session, at, "OutputsSubmitted") if one.phase == event.phase]
    return begun[-1].former if begun else {}


def _differences(
    session: Session, at: Moment, former: Mapping[str, str], found: Sequence[Output]
) -> Iterable[Difference]:
    """What differs in the rows of the outputs that were in the round before, of which this edition may show both."""
    typed = _typed(session, at)
    for output in found:
        was = former.get(output.key)
        if was in (None, output.sha256) or output.without not in (None, Without.NO_TEXT):
            continue
        contents = typed.contents(str(was))
        publicity = at.publicity(str(was), contents.publicity)
        if typed.media(contents.document) is None or not may_show(at.setting, publicity):
            continue
        kind = at.setting.plan(output.phase).kind
        before, after = typed.of(contents, kind), typed.output(output.sha256, kind)
        for one in compare_outputs(before, after, at.setting.language):
            fields = "; ".join(f"{field.label}: {marked(field.changes)}" for field in one.fields)
            named = f"{one.name} ({one.id})" if one.id else one.name
            how = fields if one.fate is Fate.CHANGED else ""
            yield Difference(where=one.register or output.name, what=named, fate=one.fate.value, how=how)


def _codes(session: Session, at: Moment, phase: str, found: Sequence[Output]) -> tuple[tuple[str, str], ...]:
    """The rows of earlier phases that the outputs name by their code, with what they are called."""
    typed = _typed(session, at)
    locked = {key: one.package for key, one in at.then.phases.items() if one.package and key != phase}
    named: dict[str, str] = {}
    for _, output in received(typed, at.setting, locked, at.publicity):
        named = {row.id: clean(row.name) for row in _rows(output) if row.name} | named
    own = {row.id for one in found for row in _rows(typed.output(one.sha256, at.setting.plan(one.phase).kind))}
    mentioned = {code for one in found if one.document for code in CODE.findall(one.document.model_dump_json())}
    codes = sorted((mentioned & set(named)) - own, key=lambda code: (code.rstrip("0123456789"), len(code), code))
    return tuple((code, named[code]) for code in codes)


def _rows(output: Typed) -> Iterable[Row]:
    return (row for register in registers(type(output)) for row in getattr(output, register.name))


def memo_material(session: Session, at: Moment) -> MemoMaterial:
    """What a meeting's memo is made from: what was recorded of it in one act."""
    event = at.recorded.event
    assert isinstance(event, e.MeetingRecorded), "a memo is of a recorded meeting"
    row = session.one(EVENT, {"process": at.scope.id, "sequence": at.recorded.sequence})
    assert row is not None, "the event was read from the record"
    round_ = at.then.rounds[event.phase]
    seats = [key for key, seat in round_.seats.items() if seat.group == event.group and not seat.left]
    voting = [key for key in seats if not is_disqualified(round_, key)]
    deputies = [key for key, who in event.present.items() if key in round_.seats and who != round_.seats[key].person]
    scheduled = [one for one in _events(session, at, "MeetingScheduled") if one.meeting == event.meeting]
    said = tuple(_said_there(session, at))
    commitments = " ".join(filter(None, (event.memo, *(one.reason for one in said))))
    return MemoMaterial(
        setting=with_words(session, at, row[0], commitments),
        sha256=row[0],
        phase=event.phase,
        round=round_.no,
        group=event.group,
        held_on=event.held_on,
        recorded_at=at.recorded.at,
        present=len(event.present),
        seats=len(voting),
        called=Gathering(at=scheduled[-1].at, place=scheduled[-1].place or "") if scheduled else None,
        deputies=len(deputies),
        disqualified=len(seats) - len(voting),
        group_stance=event.group_stance,
        said=said,
        memo=event.memo,
        until=event.window,
        manifest=round_.manifest,
    )


def _said_there(session: Session, at: Moment) -> Iterable[Said]:
    """The stances that follow a recorded meeting in its own act."""
    for following in store.events_of(session, at.scope.id, at.recorded.sequence):
        event = following.event
        if not isinstance(event, e.StanceTaken) or event.way is not StanceWay.MEETING or following.at != at.recorded.at:
            return
        yield Said(kind=event.kind, reason=event.reason)
