"""Seats, roles and absences: who sits where, from when to when, and who acts for whom."""

import datetime as dt

import pytest
from municipality_samples import DAY, NOW, Town, a_town, on, role, seat

from models.errors import EtappiError, NotFound, NotValid, Refused
from models.municipality.commands import (
    ChangeSeatPart,
    DissolveGroup,
    EndAbsence,
    EndRole,
    EndSeat,
    GiveSeat,
    MunicipalityCommand,
    NameDeputies,
    NoteAbsence,
)
from models.municipality.events import (
    GroupDissolved,
    SeatEnded,
)
from models.words import Role, SeatPart


@pytest.fixture
def town() -> Town:
    return a_town()


# --- seats --------------------------------------------------------------------------------------------------------

REFUSED_SEATS = [
    (seat("s9", "teacher"), Refused, "already sits"),  # twice in one group
    (seat("s9", "teacher", first=on(20), last=on(40)), Refused, "already sits"),  # one day together
    (seat("s9", "nurse", part="chair"), Refused, "a chair already"),
    (seat("s9", "nurse", part="vice_chair"), Refused, "a vice-chair already"),
    (seat("s9", "nurse", last=on(-1)), NotValid, "comes before"),
    (seat("s9", "nurse", deputies=("nurse",)), NotValid, "cannot deputise"),
    (seat("s9", "nurse", deputies=("farmer", "farmer")), NotValid, "named twice"),
    (seat("s9", "nurse", deputies=("stranger",)), NotFound, "person named stranger"),
    (seat("s9", "stranger"), NotFound, "person named stranger"),
    (seat("s9", "nurse", group="nothing"), NotFound, "group named nothing"),
]


@pytest.mark.parametrize(("command", "error", "words"), REFUSED_SEATS)
def test_a_seat_that_breaks_a_rule_is_refused(
    town: Town, command: GiveSeat, error: type[EtappiError], words: str
) -> None:
    town.do(
        seat("s1", "teacher", part="chair", last=on(20)),
        seat("s2", "leader", part="vice_chair", last=on(20)),
    )

    with pytest.raises(error, match=words):
        town.do(command)


def test_a_seat_may_follow_another_and_one_person_sits_in_several_groups(town: Town) -> None:
    town.do(
        seat("s1", "teacher", part="chair", last=on(20)),
        seat("s2", "teacher", first=on(21)),
        seat("s3", "nurse", part="chair", first=on(21)),
        seat("s4", "teacher", group="board", part="chair"),
    )

    assert {key for key, _ in town.now.seats_of("needs", on(21))} == {"s2", "s3"}


def test_a_part_changes_from_now_on_and_only_where_it_is_free(town: Town) -> None:
    town.do(seat("s1", "teacher", part="chair"), seat("s2", "nurse"))
    with pytest.raises(Refused, match="a chair already"):
        town.do(ChangeSeatPart(seat="s2", part=SeatPart.CHAIR))

    town.do(ChangeSeatPart(seat="s1", part=SeatPart.MEMBER), ChangeSeatPart(seat="s2", part=SeatPart.CHAIR))

    assert town.now.seats["s2"].part is SeatPart.CHAIR
    assert town.do(ChangeSeatPart(seat="s2", part=SeatPart.CHAIR)) == []


def test_a_chair_whose_days_are_over_stands_in_nobodys_way(town: Town) -> None:
    town.do(seat("s1", "teacher", part="chair", first=on(-30), last=on(-1)), seat("s2", "nurse", first=on(-30)))

    town.do(ChangeSeatPart(seat="s2", part=SeatPart.CHAIR))

    assert town.now.seats["s2"].part is SeatPart.CHAIR


def test_a_seat_ends_once_and_never_later_than_it_would(town: Town) -> None:
    town.do(seat("s1", "teacher", last=on(20)), EndSeat(seat="s1", last=on(5), reason="Muutto"))

    assert town.now.seats["s1"].last == on(5)
    with pytest.raises(Refused, match="ends on 2026-12-06 already"):
        town.do(EndSeat(seat="s1", last=on(9), reason="Muutto"))
    late = NOW + dt.timedelta(days=9)
    for command in (EndSeat(seat="s1", last=on(4), reason="Muutto"), NameDeputies(seat="s1", deputies=("nurse",))):
        with pytest.raises(Refused, match="ended on 2026-12-06"):
            town.do(command, now=late)


def test_a_seat_that_never_began_is_taken_back(town: Town) -> None:
    town.do(seat("s1", "teacher", first=on(5)), EndSeat(seat="s1", last=on(4), reason="Erehdys"))

    assert town.now.seats == {}


def test_deputies_are_named_in_the_order_they_step_in(town: Town) -> None:
    town.do(seat("s1", "teacher"), NameDeputies(seat="s1", deputies=("nurse", "farmer")))

    assert town.now.seats["s1"].deputies == ("nurse", "farmer")
    with pytest.raises(NotValid, match="cannot deputise"):
        town.do(NameDeputies(seat="s1", deputies=("teacher",)))


def test_a_dissolved_group_has_no_seats_and_takes_none(town: Town) -> None:
    town.do(seat("s1", "teacher", first=on(-3)), seat("s2", "nurse", first=on(3)))

    events = town.do(DissolveGroup(group="needs", reason="Valmis"))

    assert [type(event) for event in events] == [SeatEnded, SeatEnded, GroupDissolved]
    assert list(town.now.seats_of("needs", DAY)) == list(town.now.seats_of("needs", on(4))) == []
    with pytest.raises(Refused, match="dissolved"):
        town.do(seat("s3", "farmer"))


# --- roles and absences -------------------------------------------------------------------------------------------


def test_a_role_is_held_once_at_a_time(town: Town) -> None:
    town.do(role("nurse", Role.AUDITOR, 0, 10), role("nurse", Role.AUDITOR, 11))

    with pytest.raises(Refused, match="already, from 2026-12-12"):
        town.do(role("nurse", Role.AUDITOR, 30))
    with pytest.raises(NotFound, match="role registrar named nurse"):
        town.do(EndRole(person="nurse", role=Role.REGISTRAR, last=DAY))


def test_ending_a_role_ends_the_one_that_holds(town: Town) -> None:
    town.do(role("nurse", Role.AUDITOR, 0, 10), role("nurse", Role.AUDITOR, 20))

    town.do(EndRole(person="nurse", role=Role.AUDITOR, last=on(5)))

    held = [day for day in range(25) if town.now.has_role("nurse", Role.AUDITOR, on(day))]
    assert held == [0, 1, 2, 3, 4, 5, 20, 21, 22, 23, 24]


def test_an_absence_has_days_and_a_stand_in_and_no_reason(town: Town) -> None:
    town.do(NoteAbsence(person="teacher", first=DAY, last=on(9), stand_in="nurse"))

    assert town.now.stands_in("nurse", "teacher", on(9))
    assert not town.now.away("teacher", on(10))
    assert not {"why", "reason", "note"} & set(NoteAbsence.model_fields)


REFUSED_ABSENCES = [
    (NoteAbsence(person="teacher", first=on(9), last=on(12)), Refused, "already"),  # one day twice
    (NoteAbsence(person="nurse", first=on(9), last=on(8)), NotValid, "comes before"),
    (NoteAbsence(person="nurse", first=on(-9), last=on(-1)), NotValid, "are over"),
    (NoteAbsence(person="nurse", first=DAY, last=on(8), stand_in="nurse"), NotValid, "for themselves"),
    (NoteAbsence(person="nurse", first=DAY, last=on(8), stand_in="stranger"), NotFound, "stranger"),
    (EndAbsence(person="teacher", first=on(1), last=on(3)), NotFound, "absence"),
    (EndAbsence(person="teacher", first=DAY, last=on(10)), Refused, "note another"),
]


@pytest.mark.parametrize(("command", "error", "words"), REFUSED_ABSENCES)
def test_an_absence_that_breaks_a_rule_is_refused(
    town: Town, command: MunicipalityCommand, error: type[EtappiError], words: str
) -> None:
    town.do(NoteAbsence(person="teacher", first=DAY, last=on(9)))

    with pytest.raises(error, match=words):
        town.do(command)


def test_who_comes_back_early_is_no_longer_away(town: Town) -> None:
    town.do(NoteAbsence(person="teacher", first=DAY, last=on(9)), NoteAbsence(person="nurse", first=DAY, last=on(9)))

    town.do(EndAbsence(person="teacher", first=DAY, last=on(2)), EndAbsence(person="nurse", first=DAY, last=on(-1)))

    assert town.now.away("teacher", on(2)) and not town.now.away("teacher", on(3))
    assert len(town.now.absences) == 1
    with pytest.raises(Refused, match="a past one stays"):
        town.do(EndAbsence(person="teacher", first=DAY, last=on(1)), now=NOW + dt.timedelta(days=5))
