"""What a message still tells when it leaves: some time has gone by since its things were put into it. Pure.

What was done or taken back meanwhile is left out, what is said of a duty says what is so now, and of several things
about the same only the last is told. Whatever is left out has its reason.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from models.definitions.definition import Definition
from models.duties.around import lacks
from models.duties.owed import OwedByKind
from models.duties.planning import planned_steps
from models.duties.recipients import Nobody
from models.process import Process
from models.rounds import open_objections
from models.telling.said import Said
from models.telling.telling import reminder
from models.vacancies import vacancies
from models.words import Audience, DutyKind, PhaseStatus, ProcessStatus
from models.world import World

MOVED: Final = "its date has moved; it is told nearer to the new one"
AS_HOLDER: Final = "told as what is the reader's own to do"
OVERTAKEN: Final = "overtaken by something later about the same"
TAKEN_BACK: Final = "taken back before it was told"

UNDONE: Final = {
    "MeetingCancelled": "MeetingScheduled",
    "ObjectionWithdrawn": "StanceTaken",
    "ProcessResumed": "ProcessHeld",
}
"""What undoes what: where both are still to be told, neither is."""


class Thing(NamedTuple):
    """One thing in a message."""

    item: str
    said: Said

    @property
    def order(self) -> int:
        """The place in the process's record; what is reminded of comes from none."""
        number = self.item.split(":")[1] if self.said.duty is None else ""
        return int(number) if number.isdecimal() else 0


class Leaving(NamedTuple):
    """What a message tells of one process, and what it leaves out, with the reasons, by item."""

    told: tuple[tuple[Thing, int], ...]  # each with how many stances of the group are missing
    left_out: dict[str, str]


class Moment(NamedTuple):
    """One process when a message leaves."""

    process: Process
    world: World
    owed: OwedByKind

    @property
    def definition(self) -> Definition:
        return self.world.definition


def leaving(things: Sequence[Thing], person: str, moment: Moment) -> Leaving:
    """What of the things the person is told now."""
    told: list[tuple[Thing, int]] = []
    left_out = _overtaken(things)
    for thing in things:
        if thing.item in left_out:
            continue
        found = _reminder(thing.said, moment) if thing.said.duty else _event(thing.said, person, moment)
        if isinstance(found, str):
            left_out[thing.item] = found
        else:
            told.append((Thing(thing.item, found[0]), found[1]))
    own = {_duty(thing) for thing, _ in told if _audience(thing.said) is Audience.HOLDER} - {None}
    for thing, _ in told:
        if _duty(thing) in own and _audience(thing.said) not in (None, Audience.HOLDER):
            left_out[thing.item] = AS_HOLDER
    return Leaving(tuple(one for one in told if one[0].item not in left_out), left_out)


def _duty(thing: Thing) -> str | None:
    """The duty reminded of; of missing stances that are told as a count, none."""
    return None if thing.said.round is not None else thing.said.duty


def _audience(said: Said) -> Audience | None:
    """Whom a reminder tells; None for what is no reminder."""
    return Audience(said.kind.partition(":")[2]) if said.duty else None


# --- several about the same ---------------------------------------------------------------------------------------


def _overtaken(things: Sequence[Thing]) -> dict[str, str]:
    threads: dict[str, list[Thing]] = {}
    for thing in sorted(things, key=lambda one: one.order):
        if thing.said.thread is not None:
            threads.setdefault(thing.said.thread, []).append(thing)
    left_out: dict[str, str] = {}
    for thread in threads.values():
        first, last = thread[0], thread[-1]
        began = UNDONE.get(last.said.kind) == first.said.kind and not first.said.facts.get("again")
        left_out |= {thing.item: OVERTAKEN for thing in thread[:-1]}
        if began:
            left_out |= {thing.item: TAKEN_BACK for thing in thread}
    return left_out


# --- reminders ----------------------------------------------------------------------------------------------------


def _reminder(said: Said, moment: Moment) -> tuple[Said, int] | str:
    """What the reminder says now, and how many are missing; or why it says nothing."""
    key, audience, missing = said.duty or "", Audience(said.kind.partition(":")[2]), 1
    if said.round is not None:
        silent = _silent(said, moment)
        missing, key = len(silent), next(iter(silent), key)
    duty = moment.owed.get(key)
    if duty is None:
        return Nobody.DONE if moment.process.status is ProcessStatus.RUNNING else Nobody.NOT_RUNNING
    steps = planned_steps(moment.process, moment.definition, moment.world.calendar, duty)
    told = Audience if audience is Audience.HOLDER else (audience,)  # who is above may be the holder as well
    if not said.asked_for and not any(step.to in told and step.at <= moment.world.now for step in steps):
        return MOVED
    return reminder(moment.process, moment.definition, key, duty, audience), missing


def _silent(said: Said, moment: Moment) -> list[str]:
    """The duties of those of a group who have not answered in the round."""
    group = str(said.facts["group"]).partition(":")[2]
    named = (said.phase, said.round, group)
    stances = moment.owed.of(DutyKind.STANCE)
    return [key for key, duty in stances.items() if (duty.phase, duty.round, duty.group) == named]


# --- events -------------------------------------------------------------------------------------------------------


def _event(said: Said, person: str, moment: Moment) -> tuple[Said, int] | str:
    stands = STANDS.get(said.kind)
    why = stands(said, person, moment) if stands else None
    return why or (said, 1)


def _opened(said: Said, _: str, moment: Moment) -> str | None:
    worked_on = (PhaseStatus.OPEN, PhaseStatus.AT_CHECKPOINT)
    return None if moment.process.phases[said.phase or ""].status in worked_on else TAKEN_BACK


def _submitted(said: Said, person: str, moment: Moment) -> str | None:
    """A stance is asked for while the round is open and the person, or whom they deputise for, has not taken one."""
    round_ = moment.process.rounds.get(said.phase or "")
    if round_ is None:
        return TAKEN_BACK
    group = str(said.facts["group"]).partition(":")[2]
    for duty in moment.owed.of(DutyKind.STANCE).values():
        if (duty.phase, duty.group) == (said.phase, group) and duty.seat is not None:
            seat = round_.seats[duty.seat]
            if person in (duty.person, seat.person, *seat.deputies):
                return None
    return Nobody.DONE


def _revised(said: Said, _: str, moment: Moment) -> str | None:
    return None if said.phase in moment.process.rounds else Nobody.DONE


def _scheduled(said: Said, _: str, moment: Moment) -> str | None:
    meeting = moment.process.meetings.get((said.about or "").partition(":")[2])
    stands = meeting is not None and not meeting.cancelled
    same = meeting is not None and meeting.at == dt.datetime.fromisoformat(str(said.facts["at"]))
    if meeting is not None and meeting.held:
        return Nobody.DONE
    return None if stands and same else OVERTAKEN


def _answered(said: Said, person: str, moment: Moment) -> str | None:
    """Whether an answer removes an objection is asked of its makers while one of theirs is open."""
    objections = moment.process.objections
    theirs = (objections[key] for key in open_objections(moment.process, said.phase or ""))
    return None if any(person == maker.person for one in theirs for maker in one.makers.values()) else Nobody.DONE


def _vacant(said: Said, _: str, moment: Moment) -> str | None:
    slot, missing = (said.about or "").partition(":")[2], said.facts["missing"]
    lacking = [one for one in vacancies(moment.process, moment.world) if one.slot == slot]
    still = any(missing in (lacks(*one), one.missing) for one in lacking)  # a former release told the latter of all
    return None if still else Nobody.DONE


STANDS: dict[str, Callable[[Said, str, Moment], str | None]] = {
    "PhaseOpened": _opened,
    "OutputsSubmitted": _submitted,
    "OutputRevised": _revised,
    "MeetingScheduled": _scheduled,
    "ObjectionAnswered": _answered,
    "VacanciesNoted": _vacant,
}
"""Of the events that can be undone or done with: why one is not told any more, else None."""
