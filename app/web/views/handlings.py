"""The way to the decision: what is expected, what has been handled, statements, hearings, staff cooperation."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.handling_words import defect_words, handling_name, vote_words
from app.web.views.tools.way import UNPLANNED, has_facts, may_correct, may_record, way_back
from app.web.views.way_told import WayTold, may_read, way_told
from models.commands import (
    AnswerStatement,
    AskStatement,
    CloseHearing,
    MakePublic,
    OpenHearing,
    RecordCooperation,
    RecordStatement,
)
from models.events import HandlingRecorded
from models.laws import law_in
from models.personal import Private
from models.process import Cooperation, Handling, RoundVersion
from models.storage.database import Session
from models.words import BodyKind, HandlingKind, HandlingOutcome, PublicGround, Publicity

A_WORD = Private("…")
NOTICE_DAYS = 7  # Kuntalaki 140 §: a member has had notice seven days after the minutes are on the web
APPEAL_DAYS = {BodyKind.COUNCIL: 30}  # Kuntalaki 138, 139 §; others: a rectification is asked for first (134 §)
RECTIFICATION_DAYS = 14
UNDONE = (HandlingOutcome.TABLED, HandlingOutcome.RETURNED)


class Expected(NamedTuple):
    """A handling that the definition expects, and the recorded ones that stand for it."""

    key: str
    name: str
    body: str
    body_name: str
    kind: HandlingKind
    ground: str | None
    happened: tuple[tuple[str, Handling], ...]  # what the body did, each time
    record: str  # where it is recorded

    @property
    def done(self) -> bool:
        """Whether it has been handled: the matter was neither tabled nor sent back, and has not gone back since."""
        return any(one.outcome not in UNDONE and not one.set_aside for _, one in self.happened)


class HandlingView(NamedTuple):
    """A handling that happened."""

    key: str
    name: str
    handling: Handling
    vote: str | None
    dissents: int
    ground: str | None
    minutes: str | None
    linked: bool  # the minutes' address can be followed
    said: bool  # something was written of what was decided
    summary: str | None
    send_back: str | None  # where the work can be sent back because of it
    defects: tuple[str, ...]
    decides: bool
    decided: tuple[tuple[str, str], ...]  # outputs of which the text as decided is here
    until: dt.date | None  # the last day to appeal or ask for rectification, as help
    appeal: bool  # an appeal, else a rectification


class StatementView(NamedTuple):
    """A statement: to be asked, asked, given."""

    key: str
    name: str
    body: str
    body_name: str
    phase: str
    phase_name: str
    least: dt.date
    law: str | None
    asked: dt.date | None
    due: dt.date | None
    given: dt.date | None
    publicity: Publicity | None
    paragraph: str | None
    hidden: bool  # secret to the visitor
    text: str | None
    answer: str | None
    answered: bool
    may_ask: bool
    may_record: bool
    may_answer: bool


class HearingView(NamedTuple):
    """A hearing: to be opened, open, closed."""

    key: str
    name: str
    phase: str
    phase_name: str
    least_days: int
    first: dt.date | None
    last: dt.date | None
    closed: dt.date | None
    contributions: int
    channels: tuple[str, ...]
    summary: str | None
    may_open: bool
    may_close: bool


class ToPublish(NamedTuple):
    """A phase's outputs that are in preparation, and on what grounds they may be said to be public."""

    phase: str
    phase_name: str
    outputs: tuple[str, ...]
    grounds: tuple[PublicGround, ...]


class Words(NamedTuple):
    """What somebody wrote; None where it was covered."""

    text: str | None


class HandlingsPage(NamedTuple):
    """Everything the page shows."""

    key: str
    title: str
    window: tuple[dt.date, dt.date]
    expected: tuple[Expected, ...]
    handlings: tuple[HandlingView, ...]
    statements: tuple[StatementView, ...]
    hearings: tuple[HearingView, ...]
    cooperation: Cooperation
    judged_by: str | None
    to_publish: tuple[ToPublish, ...]
    why: Words | None
    ended: Words | None
    record: str  # where a handling is recorded that was not planned
    may_record: bool
    may_correct: bool
    may_cooperate: bool
    outputs: tuple[tuple[str, str], ...]


def handlings_page(place: Place, session: Session) -> HandlingsPage:
    """The page as the visitor may see it."""
    process, definition = place.process, place.definition
    told = way_told(place, session)
    place.fetch(session, [one.answer for one in process.statements.values()])
    place.fetch_people(session, [process.cooperation.judged_by])
    return HandlingsPage(
        key=place.key,
        title=place.title,
        window=(process.dates["window:first"], process.dates["window:last"]),
        expected=tuple(
            Expected(
                one.id,
                one.name.in_(place.visitor.language),
                one.body,
                place.name("body", one.body),
                one.kind,
                law_in(one.ground, place.visitor.language),
                tuple((key, handling) for key, handling in process.handlings.items() if handling.plan == one.id),
                addresses.recording(place.key, one.id),
            )
            for one in definition.decision.chain
        ),
        handlings=tuple(_handling(place, key, one, told.handlings[key]) for key, one in process.handlings.items()),
        statements=_statements(place, told),
        hearings=_hearings(place, told),
        cooperation=process.cooperation,
        judged_by=place.person(process.cooperation.judged_by) if process.cooperation.judged_by else None,
        to_publish=tuple(_to_publish(place)),
        why=Words(place.words(told.why)) if told.why else None,
        ended=Words(place.words(told.ended)) if told.ended else None,
        record=addresses.recording(place.key, UNPLANNED),
        may_record=may_record(place),
        may_correct=may_correct(place) and has_facts(place),
        may_cooperate=place.possible.entitled(RecordCooperation(needed=True, why=A_WORD)) is not None,
        outputs=tuple((key, place.name("output", key)) for key in newest_versions(place)),
    )


def _to_publish(place: Place) -> Iterator[ToPublish]:
    for key, phase in place.process.phases.items():
        waiting = [output for output, one in phase.versions.items() if one.publicity is Publicity.IN_PREPARATION]
        asked = (MakePublic(phase=key, ground=ground, reason=A_WORD) for ground in PublicGround) if waiting else ()
        grounds = tuple(one.ground for one in asked if place.possible.may(one))
        if grounds:
            outputs = tuple(place.name("output", output) for output in waiting)
            yield ToPublish(key, place.name("phase", key), outputs, grounds)


def newest_versions(place: Place) -> dict[str, RoundVersion]:
    """The newest version of every output of the process."""
    found: dict[str, RoundVersion] = {}
    for phase in place.process.phases.values():
        found |= phase.versions
    for round_ in place.process.rounds.values():
        found |= round_.versions
    return found


def _handling(place: Place, key: str, one: Handling, told: HandlingRecorded) -> HandlingView:
    until, appeal = None, one.body_kind in APPEAL_DAYS
    if one.published is not None and one.kind is HandlingKind.DECISION:
        days = APPEAL_DAYS.get(one.body_kind, RECTIFICATION_DAYS)
        until = place.world.calendar.next_working_day(one.published + dt.timedelta(days=NOTICE_DAYS + days))
    return HandlingView(
        key=key,
        name=handling_name(place, one),
        handling=one,
        vote=vote_words(place, told.vote) if told.vote else None,
        dissents=told.dissents,
        ground=law_in(told.ground, place.visitor.language),
        minutes=told.minutes,
        linked=(told.minutes or "").startswith(("https://", "http://")),
        said=told.summary is not None,
        summary=place.words(told.summary),
        send_back=addresses.sending_back(place.key, key) if way_back(place, key) else None,
        defects=tuple(defect_words(place, defect) for defect in one.defects),
        decides=place.process.decision == key,
        decided=tuple((output, place.name("output", output)) for output in one.decided),
        until=until,
        appeal=appeal,
    )


def _statements(place: Place, told: WayTold) -> tuple[StatementView, ...]:
    plans = {one.id: one for one in place.definition.statements}
    found = []
    for key in dict.fromkeys([*plans, *place.process.statements]):
        plan, asked = plans.get(key), place.process.statements.get(key)
        body = asked.body if asked else plan.body if plan else ""
        phase = asked.phase if asked else plan.phase if plan else ""
        least = place.visitor.today + dt.timedelta(days=plan.least_days if plan else 7)
        ask = AskStatement(statement=key, body=body, phase=phase, due=least)
        came = RecordStatement(statement=key, given=place.visitor.today, text=A_WORD)
        given = told.statements.get(key)
        hidden = given is not None and not may_read(place, given)
        found.append(
            StatementView(
                key=key,
                name=plan.name.in_(place.visitor.language) if plan else place.name("body", body),
                body=body,
                body_name=place.name("body", body),
                phase=phase,
                phase_name=place.name("phase", phase),
                least=least,
                law=law_in(plan.law, place.visitor.language) if plan else None,
                asked=asked.asked if asked else None,
                due=asked.due if asked else None,
                given=asked.given if asked else None,
                publicity=given.publicity if given else None,
                paragraph=given.paragraph if given else None,
                hidden=hidden,
                text=place.words(given.text) if given and not hidden else None,
                answer=place.words(asked.answer) if asked else None,
                answered=asked is not None and asked.answer is not None,
                may_ask=asked is None and place.possible.may(ask),
                may_record=place.possible.may(came),
                may_answer=asked is not None and place.possible.may(AnswerStatement(statement=key, text=A_WORD)),
            )
        )
    return tuple(found)


def _hearings(place: Place, told: WayTold) -> tuple[HearingView, ...]:
    found = []
    for plan in place.definition.hearings:
        held, today = place.process.hearings.get(plan.id), place.visitor.today
        last = today + dt.timedelta(days=plan.least_days - 1)
        opening = OpenHearing(hearing=plan.id, phase=plan.phase, first=today, last=last, channels=("…",))
        closing = CloseHearing(hearing=plan.id, contributions=0, summary=A_WORD)
        found.append(
            HearingView(
                key=plan.id,
                name=plan.name.in_(place.visitor.language),
                phase=plan.phase,
                phase_name=place.name("phase", plan.phase),
                least_days=plan.least_days,
                first=held.first if held else None,
                last=held.last if held else None,
                closed=held.closed if held else None,
                contributions=held.contributions if held else 0,
                channels=told.opened[plan.id].channels if plan.id in told.opened else (),
                summary=place.words(told.closed[plan.id].summary) if plan.id in told.closed else None,
                may_open=place.possible.may(opening),
                may_close=place.possible.may(closing),
            )
        )
    return tuple(found)
