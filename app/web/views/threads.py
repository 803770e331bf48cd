"""Objections and offered conditions as threads: what was said, by whom as names may be shown, the answer, what follows.

Beside them dissents that stand, and conditions. What the visitor may do with each is asked of the rules.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.web.place import Place
from models.commands import Answer, CarryAsCondition, CoSign, FulfilCondition, RecordDissent, Withdraw
from models.personal import Private
from models.process import Condition, Dissent, Objection, Signature
from models.rounds import to_former_text
from models.words import AnswerResult, ObjectionStatus

A_WORD = Private("…")  # stands for the words that would be written, when asking whether they may be


class SeatNamed(NamedTuple):
    """A seat with which the visitor may do something."""

    seat: str
    group: str


class Thread(NamedTuple):
    """One objection or offered condition."""

    key: str
    group: str
    offer: bool
    text: str | None
    makers: int
    to_former_text: bool
    names: tuple[str, ...]  # of those whose names the visitor may read
    answer: str | None
    result: AnswerResult | None
    status: ObjectionStatus
    can_answer: bool
    can_carry: bool
    can_dissent: bool
    kept: bool  # all who were asked keep it though it was answered
    withdraw: tuple[SeatNamed, ...]
    join: tuple[SeatNamed, ...]

    @property
    def is_open(self) -> bool:
        return self.status is ObjectionStatus.OPEN


class DissentView(NamedTuple):
    """A dissent that stands."""

    key: str
    group: str
    phase: str
    text: str | None
    reason: str | None
    late: bool
    signers: int
    names: tuple[str, ...]  # of those who chose to sign by name
    join: tuple[SeatNamed, ...]
    withdraw: tuple[SeatNamed, ...]
    sign: tuple[SeatNamed, ...]  # the visitor stands under it without a name


class ConditionView(NamedTuple):
    """An open condition."""

    key: str
    text: str | None
    owner: str
    due: dt.date
    late: bool
    due_here: bool
    phase: str
    can_fulfil: bool


def commitments_of(place: Place) -> Iterator[str | None]:
    """The commitments behind everything the threads show."""
    for objection in place.process.objections.values():
        yield from (objection.text, objection.answer, *(maker.name for maker in objection.makers.values()))
    for dissent in place.process.dissents.values():
        yield from (dissent.text, dissent.reason, *(signer.name for signer in dissent.signers.values()))
    yield from (condition.text for condition in place.process.conditions.values())


def people_of(place: Place) -> Iterator[str]:
    """The people whose names the threads may show."""
    for objection in place.process.objections.values():
        yield from (maker.person for maker in objection.makers.values())
    yield from (condition.owner for condition in place.process.conditions.values())


def threads_of(place: Place, phase: str) -> tuple[Thread, ...]:
    """The phase's objections of this round, the open ones first."""
    no = place.process.phases[phase].rounds
    here = [(key, o) for key, o in place.process.objections.items() if o.phase == phase and o.round == no]
    here.sort(key=lambda pair: pair[1].status is not ObjectionStatus.OPEN)
    return tuple(_thread(place, key, objection) for key, objection in here)


def _thread(place: Place, key: str, one: Objection) -> Thread:
    may = place.possible.may
    later = place.visitor.today + dt.timedelta(days=30)
    is_open = one.status is ObjectionStatus.OPEN
    return Thread(
        key=key,
        group=place.name("group", one.group),
        offer=one.offer,
        text=place.words(one.text),
        makers=len(one.makers),
        to_former_text=is_open and to_former_text(place.process, key),
        names=tuple(_makers(place, one)),
        answer=place.words(one.answer),
        result=one.result,
        status=one.status,
        can_answer=may(Answer(objection=key, result=AnswerResult.CHANGED, text=A_WORD)),
        can_carry=is_open and may(CarryAsCondition(objection=key, owner=place.process.coordinator, due=later)),
        can_dissent=is_open and not one.offer and may(RecordDissent(objection=key, reason=A_WORD)),
        kept=is_open and one.answered is not None and not set(one.asked) & set(one.makers),
        withdraw=_mine(place, one.makers) if is_open else (),
        join=_others(place, one.phase, key, one.makers) if is_open else (),
    )


def _makers(place: Place, one: Objection) -> Iterator[str]:
    for maker in one.makers.values():
        if place.sees_names(maker.group):
            yield place.person(maker.person)
        elif maker.name:
            yield place.words(maker.name) or place.visitor.say("[peitetty]")


def _mine(place: Place, signed: Mapping[str, Signature]) -> tuple[SeatNamed, ...]:
    """The seats in which the visitor stands under it."""
    person = place.visitor.person
    return tuple(
        SeatNamed(seat, place.name("group", maker.group)) for seat, maker in signed.items() if maker.person == person
    )


def _others(place: Place, phase: str, item: str, signed: Mapping[str, Signature]) -> tuple[SeatNamed, ...]:
    """The seats with which the visitor may join."""
    round_ = place.process.rounds.get(phase)
    return tuple(
        SeatNamed(seat, place.name("group", round_.seats[seat].group))
        for seat in place.possible.seats(phase)
        if round_ and seat not in signed and place.possible.may(CoSign(item=item, seat=seat))
    )


def dissents_of(place: Place, phase: str) -> tuple[DissentView, ...]:
    """Every dissent that stands."""
    return tuple(_dissent(place, key, one, phase) for key, one in place.process.dissents.items())


def _dissent(place: Place, key: str, one: Dissent, phase: str) -> DissentView:
    mine = _mine(place, one.signers)
    return DissentView(
        key=key,
        group=place.name("group", one.group),
        phase=place.name("phase", one.phase),
        text=place.words(one.text),
        reason=place.words(one.reason),
        late=one.late,
        signers=len(one.signers),
        names=tuple(place.words(s.name) or place.visitor.say("[peitetty]") for s in one.signers.values() if s.name),
        join=_others(place, one.phase, key, one.signers),
        withdraw=tuple(s for s in mine if place.possible.may(Withdraw(item=key, seat=s.seat))),
        sign=tuple(s for s in mine if one.signers[s.seat].name is None),
    )


def conditions_of(place: Place, due: list[str]) -> tuple[ConditionView, ...]:
    """Every open condition; those in `due` must be done by this checkpoint."""
    found = sorted(place.process.conditions.items(), key=lambda pair: (pair[0] not in due, pair[1].due))
    return tuple(_condition(place, key, one, key in due) for key, one in found)


def _condition(place: Place, key: str, one: Condition, due_here: bool) -> ConditionView:
    return ConditionView(
        key=key,
        text=place.words(one.text),
        owner=place.person(one.owner),
        due=one.due,
        late=one.due < place.visitor.today,
        due_here=due_here,
        phase=place.name("phase", one.phase),
        can_fulfil=place.possible.may(FulfilCondition(condition=key, how=A_WORD)),
    )
