"""Who is told of a duty, and why nobody is."""

import datetime as dt
from typing import Any

import pytest
from planning_samples import DEFINITION, SEATS, at_checkpoint, process, statuses

from models.duties.duty import Duty
from models.duties.recipients import Around, Nobody, Recipients, around, recipients
from models.municipality.directory import Absence, Directory, Person, SeatOf
from models.process import Seat
from models.words import OF_STANCES, Audience, DutyKind, SeatPart

DAY = dt.date(2027, 3, 22)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
PEOPLE = ("chair", "vice", "member", "first", "second", "leader", "chief", "writer", "helper")
GONE = Person(name="c1", active=False)

STANCE = Duty(DutyKind.STANCE, AFTER, "s3", "two", 2, "s3", "needs", "member")
MEMO = Duty(DutyKind.MEMO, AFTER, "m1", "two", group="needs")
OUTPUT = Duty(DutyKind.OUTPUT, AFTER, "two-a", "two", 1, person="writer")
IN_ROUND = Seat(group="needs", person="member", deputies=("first", "second"))
AROUND = Around("leader", "chief", groups={"needs": "needs-group"}, seats={"s3": IN_ROUND})


def directory(*absences: Absence, **people: Person) -> Directory:
    def held(person: str, part: SeatPart = SeatPart.MEMBER, last: dt.date | None = None) -> SeatOf:
        return SeatOf(group="needs-group", person=person, part=part, first=dt.date(2026, 1, 1), last=last)

    return Directory(
        municipality="kunta",
        people={name: Person(name="c1") for name in PEOPLE} | people,
        seats={
            "s0": held("earlier", SeatPart.CHAIR, last=BEFORE),
            "s1": held("chair", SeatPart.CHAIR),
            "s2": held("vice", SeatPart.VICE_CHAIR),
            "s3": held("member"),
        },
        absences={str(no): absence for no, absence in enumerate(absences)},
    )


def away(person: str, stand_in: str | None = None, first: dt.date = DAY, last: dt.date = DAY) -> Absence:
    return Absence(person=person, first=first, last=last, stand_in=stand_in)


def told(
    duty: Duty, audience: Audience, *absences: Absence, around: Around = AROUND, **people: Person
) -> str | Nobody | None:
    """The one person told, or why nobody is."""
    found = recipients(duty, audience, around, directory(*absences, **people), DAY)
    assert (found.reason is None) == (len(found.people) == 1)
    return found.people[0] if found.people else found.reason


HOLDER, CHAIR = Audience.HOLDER, Audience.CHAIR

SEAT_HOLDERS: list[tuple[str, tuple[Absence, ...], str]] = [
    ("present", (), "member"),
    (
        "away on other days",
        (away("member", first=BEFORE, last=BEFORE), away("member", first=AFTER, last=AFTER)),
        "member",
    ),
    ("away: the first deputy", (away("member"),), "first"),
    ("away with the first deputy: the second", (away("member"), away("first")), "second"),
    ("an employee's stand-in does not sit in a seat", (away("member", "helper"),), "first"),
    ("all away", (away("member"), away("first"), away("second")), Nobody.AWAY),
]


@pytest.mark.parametrize(("case", "absences", "expected"), SEAT_HOLDERS)
def test_a_stance_is_asked_of_its_holder_or_of_the_deputy_who_acts(
    case: str, absences: tuple[Absence, ...], expected: str
) -> None:
    assert told(STANCE, HOLDER, *absences) == expected


def test_a_disqualified_holders_stance_is_asked_of_the_deputies_alone() -> None:
    deputys = STANCE._replace(person="first")

    assert told(deputys, HOLDER) == "first"
    assert told(deputys, HOLDER, away("first")) == "second"
    assert told(deputys, HOLDER, first=GONE) == "second"
    assert told(deputys, HOLDER, away("second"), first=GONE) is Nobody.AWAY


def test_nobody_is_asked_for_a_holder_who_has_ended() -> None:
    assert told(STANCE, HOLDER, member=GONE) is Nobody.HOLDER_ENDED
    assert told(STANCE._replace(seat="s0"), HOLDER) is Nobody.HOLDER_ENDED  # the seat is over
    assert told(STANCE._replace(seat="s9"), HOLDER) is Nobody.HOLDER_ENDED  # it never began
    assert told(OUTPUT, HOLDER, away("writer", "helper"), writer=GONE) is Nobody.HOLDER_ENDED


@pytest.mark.parametrize(
    ("absences", "expected"),
    [
        ((), "writer"),
        ((away("writer", "helper"),), "helper"),
        ((away("writer", "helper", last=AFTER), away("helper")), Nobody.AWAY),
        ((away("writer"),), Nobody.AWAY),
        ((away("writer", "helper", first=AFTER, last=AFTER),), "writer"),
        ((away("writer"), away("writer", "helper", first=AFTER, last=AFTER)), Nobody.AWAY),  # stands in only later
    ],
)
def test_an_employees_duty_is_told_to_the_one_who_stands_in(absences: tuple[Absence, ...], expected: str) -> None:
    assert told(OUTPUT, HOLDER, *absences) == expected


def test_the_chair_hears_of_a_silent_member_and_the_vice_chair_where_the_chair_is_away() -> None:
    assert told(STANCE, CHAIR) == "chair"
    assert told(STANCE, CHAIR, away("chair")) == "vice"
    assert told(STANCE, CHAIR, away("chair"), away("vice")) is Nobody.NO_CHAIR


def test_a_silent_chair_is_told_of_to_the_vice_chair() -> None:
    silent = STANCE._replace(seat="s1", person="chair")

    assert told(silent, CHAIR) == "vice"
    assert told(silent, CHAIR, away("vice")) is Nobody.NO_CHAIR


def test_a_duty_without_a_group_has_no_chair() -> None:
    assert told(OUTPUT, CHAIR) is Nobody.NO_GROUP


def test_a_missing_memo_is_the_chairs() -> None:
    assert told(MEMO, HOLDER) == "chair"
    assert told(MEMO, HOLDER, away("chair")) == "vice"


def test_the_coordinator_and_the_preparer_are_told_themselves_or_by_their_stand_ins() -> None:
    assert told(STANCE, Audience.COORDINATOR) == "leader"
    assert told(STANCE, Audience.COORDINATOR, away("leader", "helper")) == "helper"
    assert told(STANCE, Audience.PREPARER) == "chief"
    assert told(STANCE, Audience.PREPARER, away("chief")) is Nobody.AWAY


@pytest.mark.parametrize("kind", DutyKind)
def test_no_line_manager_is_told_least_of_all_about_a_stance(kind: DutyKind) -> None:
    found = recipients(STANCE._replace(kind=kind), Audience.LINE_MANAGER, AROUND, directory(), DAY)

    stance = kind in OF_STANCES
    assert found == Recipients((), Nobody.LINE_MANAGER_OF_STANCE if stance else Nobody.NO_LINE_MANAGER)


# --- the people about a duty --------------------------------------------------------------------------------------


def test_a_seats_deputies_are_those_frozen_for_the_round() -> None:
    now = at_checkpoint()
    assert around(now, DEFINITION, "two") == Around("leader", "chief", now.groups, SEATS)


def test_the_preparer_is_that_of_the_duties_checkpoint_or_of_the_last_one() -> None:
    amended = DEFINITION.phases[0].checkpoint.model_copy(update={"preparer": "owner"})
    unplayed = amended.model_copy(update={"preparer": "nobody"})
    handling = Duty(DutyKind.HANDLING, DAY, "board", person="leader")

    def preparer(duty: Duty, **changed: Any) -> str:
        now = process(phases=statuses("open", "planned", "planned"), **changed)
        return around(now, DEFINITION, duty.phase).preparer

    assert preparer(OUTPUT) == "chief"
    assert preparer(OUTPUT, amended={"two": amended}) == "writer"
    assert preparer(OUTPUT, amended={"two": unplayed}) == "leader"  # nobody plays the part: the coordinator
    assert preparer(handling, amended={"three": amended}) == "writer"
