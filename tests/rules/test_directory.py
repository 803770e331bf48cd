"""The directory finds who sits where and who may what on a day, however it has changed meanwhile."""

import datetime as dt

from models.municipality.directory import Absence, Directory, RoleOf, SeatOf
from models.words import Role

DAY = dt.date(2027, 2, 1)
NEXT = DAY + dt.timedelta(days=1)


def town() -> Directory:
    return Directory(
        municipality="small-town",
        seats={
            "b1": SeatOf(group="builders", person="builder", first=DAY),
            "t1": SeatOf(group="teachers", person="teacher", first=DAY, last=DAY),
            "b2": SeatOf(group="builders", person="teacher", first=NEXT),
        },
        roles={"r1": RoleOf(person="teacher", role=Role.AUDITOR, first=DAY, last=DAY)},
        absences={"a1": Absence(person="teacher", first=DAY, last=DAY, stand_in="builder")},
    )


def seats(directory: Directory, group: str, day: dt.date = DAY) -> list[str]:
    return [key for key, _ in directory.seats_of(group, day)]


def test_a_group_has_the_seats_that_hold_that_day_in_the_order_they_were_given() -> None:
    assert seats(town(), "builders") == ["b1"]
    assert seats(town(), "builders", NEXT) == ["b1", "b2"]
    assert (seats(town(), "teachers"), seats(town(), "teachers", NEXT)) == (["t1"], [])
    assert seats(town(), "nobody") == []


def test_roles_and_absences_are_a_persons_own_and_end() -> None:
    directory = town()

    assert directory.roles_of("teacher", DAY) == {Role.AUDITOR}
    assert directory.has_role("teacher", Role.AUDITOR, DAY)
    assert not directory.has_role("builder", Role.AUDITOR, DAY)
    assert directory.roles_of("teacher", NEXT) == set()
    assert (directory.away("teacher", DAY), directory.away("teacher", NEXT)) == (True, False)
    assert directory.stands_in("builder", "teacher", DAY)
    assert not directory.stands_in("teacher", "teacher", DAY)


def test_what_changes_is_seen_at_once() -> None:
    before = town()
    assert seats(before, "teachers") == ["t1"]
    moved = {**before.seats, "t1": before.seats["t1"].model_copy(update={"group": "builders"})}

    after = before.model_copy(update={"seats": moved})

    assert (seats(after, "teachers"), seats(after, "builders")) == ([], ["b1", "t1"])
    assert seats(before, "teachers") == ["t1"]


def test_towns_that_are_equal_are_still_told_apart() -> None:
    one, other = town(), town()
    assert (seats(one, "builders"), seats(other, "builders")) == (["b1"], ["b1"])

    other = other.model_copy(update={"seats": {}})

    assert (seats(one, "builders"), seats(other, "builders")) == (["b1"], [])
