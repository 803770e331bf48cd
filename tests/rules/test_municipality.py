"""A municipality's own record: people, groups, seats, roles and absences, and who may change them."""

import datetime as dt
import json
from collections.abc import Iterable
from itertools import combinations, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models.directory import Directory
from models.errors import EtappiError, NotAuthorised, NotFound, NotValid, Refused
from models.events import EVENTS, Actor, Event, Recorded
from models.municipality import DECIDERS, decide_municipality, evolve_directory
from models.municipality_commands import (
    AddPerson,
    ChangeMunicipality,
    ChangePerson,
    ChangeSeatPart,
    DissolveGroup,
    EndAbsence,
    EndRole,
    EndSeat,
    GiveRole,
    GiveSeat,
    LoadDefinition,
    MunicipalityCommand,
    NameDeputies,
    NoteAbsence,
    RemovePerson,
    RenameGroup,
    RenamePerson,
    SetCalendar,
    SetUpGroup,
    SetUpMunicipality,
)
from models.municipality_events import (
    MUNICIPALITY_EVENTS,
    DeputiesNamed,
    GroupDissolved,
    PersonAdded,
    PersonRemoved,
    RoleEnded,
    SeatEnded,
    StandInEnded,
    read_municipality_event,
)
from models.municipality_fold import FOLDS
from models.municipality_rights import MUNICIPALITY_RIGHTS
from models.personal import commitment_of, sealed
from models.words import GroupKind, Role, SeatPart

NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
DAY = NOW.date()
HASH = "a" * 64


def on(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


class Town:
    """A directory and the record it was folded from."""

    def __init__(self) -> None:
        self.directory: Directory | None = None
        self.record: list[Recorded] = []
        self.salts = count()

    def do(self, *commands: MunicipalityCommand, by: str = "secretary", now: dt.datetime = NOW) -> list[Event]:
        told: list[Event] = []
        for command in commands:
            without_names, _ = sealed(command, lambda: str(next(self.salts)))
            events = decide_municipality(self.directory, without_names, Actor(person=by), now)
            for event in events:
                self.record.append(Recorded(len(self.record) + 1, now, Actor(person=by), event))
                self.directory = evolve_directory(self.directory, self.record[-1])
            told += events
        return told

    @property
    def now(self) -> Directory:
        assert self.directory is not None
        return self.directory


def set_up() -> SetUpMunicipality:
    return SetUpMunicipality(
        municipality="kunta",
        name="Kunta",
        languages=("fi", "sv"),
        administrator="secretary",
        administrator_name="Nimi Salainen",
    )


def person(name: str) -> AddPerson:
    return AddPerson(person=name, name=f"Nimi {name}")


def seat(key: str, who: str, **other: object) -> GiveSeat:
    return GiveSeat.model_validate({"seat": key, "group": "needs", "person": who, "first": DAY, **other})


def role(who: str, what: Role, first: int = 0, last: int | None = None) -> GiveRole:
    return GiveRole(person=who, role=what, first=on(first), last=None if last is None else on(last))


@pytest.fixture
def town() -> Town:
    town = Town()
    town.do(
        set_up(),
        *(person(name) for name in ("leader", "teacher", "nurse", "farmer")),
        role("leader", Role.COORDINATOR),
        SetUpGroup(group="needs", name="Tarpeet"),
        SetUpGroup(group="board", name="Ohjaus", kind=GroupKind.COMMITTEE),
    )
    return town


# --- setting up ---------------------------------------------------------------------------------------------------


def test_a_municipality_begins_with_its_first_administrator() -> None:
    town = Town()

    town.do(set_up())

    assert (town.now.municipality, town.now.name, town.now.languages) == ("kunta", "Kunta", ("fi", "sv"))
    assert town.now.has_role("secretary", Role.ADMINISTRATOR, DAY)
    assert not town.now.has_role("secretary", Role.ADMINISTRATOR, on(-1))


def test_the_first_day_is_the_day_in_finland() -> None:
    town = Town()

    town.do(set_up(), now=dt.datetime(2026, 12, 1, 22, 30, tzinfo=dt.UTC))

    assert not town.now.has_role("secretary", Role.ADMINISTRATOR, DAY)
    assert town.now.has_role("secretary", Role.ADMINISTRATOR, on(1))


def test_a_municipality_is_set_up_once_and_first(town: Town) -> None:
    with pytest.raises(Refused, match="set up already"):
        town.do(set_up())
    with pytest.raises(NotFound, match="not been set up"):
        Town().do(person("leader"))


def test_settings_change_and_what_stands_already_writes_nothing(town: Town) -> None:
    load = LoadDefinition(hash=HASH, definition="model", version="1")
    town.do(ChangeMunicipality(name="Kaupunki"), load, SetCalendar(hash=HASH))

    assert (town.now.name, town.now.languages) == ("Kaupunki", ("fi", "sv"))
    assert (town.now.definitions, town.now.calendar) == ({HASH: "model"}, HASH)
    assert town.do(load, SetCalendar(hash=HASH), ChangeMunicipality(name="Kaupunki")) == []
    assert town.do(RenameGroup(group="needs", name="Tarpeet"), ChangePerson(person="teacher", language="fi")) == []
    with pytest.raises(NotValid, match="loaded as model"):
        town.do(LoadDefinition(hash=HASH, definition="other", version="1"))


# --- people -------------------------------------------------------------------------------------------------------


def test_names_and_addresses_stand_in_events_only_as_commitments(town: Town) -> None:
    added = AddPerson(person="clerk", name="Nimi Salainen", email="salainen@kunta.example")
    town.do(added, RenamePerson(person="clerk", name="Toinen Salainen"))

    assert "Salainen" not in json.dumps([r.event.model_dump(mode="json") for r in town.record])
    assert "salainen@" not in json.dumps([r.event.model_dump(mode="json") for r in town.record])
    assert town.now.people["clerk"].name == commitment_of(str(next(town.salts) - 1), "Toinen Salainen")


def test_an_event_refuses_a_name_in_plain_words() -> None:
    with pytest.raises(ValidationError):
        PersonAdded(person="clerk", name="Nimi Salainen", email=None, language="fi")


@pytest.mark.parametrize("email", ["nobody", "@kunta.fi", "me@kunta", "me @kunta.fi", "me@.fi"])
def test_an_address_that_is_none_is_not_valid(email: str) -> None:
    with pytest.raises(ValidationError, match=r"name@municipality\.fi"):
        AddPerson(person="clerk", name="Nimi", email=email)


def test_a_changed_address_leaves_the_language_as_it_was(town: Town) -> None:
    town.do(ChangePerson(person="teacher", language="sv"), ChangePerson(person="teacher", email="t@kunta.fi"))

    assert town.now.people["teacher"].language == "sv"
    assert town.now.people["teacher"].email is not None


def test_an_identifier_is_never_given_twice(town: Town) -> None:
    town.do(seat("s1", "teacher"), EndSeat(seat="s1", last=DAY, reason="Muutto"))
    town.do(RemovePerson(person="farmer", reason="Muutto"), DissolveGroup(group="board", reason="Valmis"))

    for command in (person("farmer"), SetUpGroup(group="board", name="Uusi"), seat("s1", "nurse")):
        with pytest.raises(Refused, match="give another"):
            town.do(command)


def test_a_removed_person_holds_nothing_from_that_day_on(town: Town) -> None:
    town.do(
        seat("s1", "teacher", first=on(-10)),
        seat("s2", "nurse", deputies=("farmer", "teacher"), first=on(-10)),
        seat("s3", "teacher", group="board", first=on(5)),
        role("teacher", Role.REGISTRAR, first=-10),
        NoteAbsence(person="nurse", first=DAY, last=on(3), stand_in="teacher"),
    )

    events = town.do(RemovePerson(person="teacher", reason="Eläke"))

    assert [type(event) for event in events] == [
        SeatEnded,
        SeatEnded,
        DeputiesNamed,
        RoleEnded,
        StandInEnded,
        PersonRemoved,
    ]
    assert [key for key, _ in town.now.seats_of("needs", DAY)] == ["s2"]
    assert town.now.seats["s1"].last == on(-1)
    assert "s3" not in town.now.seats  # it never began
    assert town.now.seats["s2"].deputies == ("farmer",)
    assert not town.now.has_role("teacher", Role.REGISTRAR, DAY)
    assert not town.now.stands_in("teacher", "nurse", DAY)
    assert not town.now.is_active("teacher")
    with pytest.raises(Refused, match="no longer in use"):
        town.do(seat("s4", "teacher"))


# --- the last administrator ---------------------------------------------------------------------------------------


def test_the_last_administrator_cannot_leave(town: Town) -> None:
    for command in (
        RemovePerson(person="secretary", reason="Eläke"),
        EndRole(person="secretary", role=Role.ADMINISTRATOR, last=on(30)),
    ):
        with pytest.raises(Refused, match="no administrator"):
            town.do(command)


@pytest.mark.parametrize(
    ("first", "last", "enough"),
    [
        (31, None, True),  # from the day after
        (0, None, True),  # at the same time
        (32, None, False),  # a day nobody administers
        (0, 400, False),  # nobody after the successor's last day
    ],
)
def test_an_administrator_leaves_when_somebody_follows_without_a_gap(
    town: Town, first: int, last: int | None, enough: bool
) -> None:
    town.do(role("leader", Role.ADMINISTRATOR, first, last))
    leave = EndRole(person="secretary", role=Role.ADMINISTRATOR, last=on(30))

    if enough:
        assert len(town.do(leave)) == 1
    else:
        with pytest.raises(Refused, match="no administrator"):
            town.do(leave)


def test_a_removed_administrator_does_not_count_as_a_successor(town: Town) -> None:
    town.do(role("leader", Role.ADMINISTRATOR, 5), RemovePerson(person="leader", reason="Eläke"))

    with pytest.raises(Refused, match="no administrator"):
        town.do(EndRole(person="secretary", role=Role.ADMINISTRATOR, last=on(30)))


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

    held = [day for day in range(0, 25) if town.now.has_role("nurse", Role.AUDITOR, on(day))]
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


# --- who may ------------------------------------------------------------------------------------------------------


def test_every_command_has_a_right_and_a_rule_and_every_event_a_fold() -> None:
    commands = set(MunicipalityCommand.__subclasses__()) - {SetUpMunicipality}

    assert set(MUNICIPALITY_RIGHTS) == set(DECIDERS) == commands
    assert {event.__name__ for event in FOLDS} | {"MunicipalitySetUp"} == set(MUNICIPALITY_EVENTS)
    assert not set(EVENTS) & {*MUNICIPALITY_EVENTS, "MunicipalityEvent"}


def test_an_administrator_may_ask_for_everything() -> None:
    assert all(Role.ADMINISTRATOR in roles for roles in MUNICIPALITY_RIGHTS.values())


def test_a_coordinator_adds_people_groups_and_seats_and_gives_no_roles(town: Town) -> None:
    town.do(person("clerk"), SetUpGroup(group="future", name="Tulevaisuus"), seat("s1", "clerk"), by="leader")

    for command in (
        role("leader", Role.ADMINISTRATOR),
        RemovePerson(person="clerk", reason="Muutto"),
        ChangePerson(person="clerk", email="other@kunta.fi"),
        SetCalendar(hash=HASH),
    ):
        with pytest.raises(NotAuthorised, match="municipality's administrator"):
            town.do(command, by="leader")


def test_people_note_their_own_absence_and_nobody_elses(town: Town) -> None:
    town.do(NoteAbsence(person="teacher", first=DAY, last=on(2)), by="teacher")
    town.do(EndAbsence(person="teacher", first=DAY, last=DAY), by="teacher")

    with pytest.raises(NotAuthorised, match="the person themselves"):
        town.do(NoteAbsence(person="nurse", first=DAY, last=on(2)), by="teacher")


def test_a_right_ends_with_its_role_and_with_its_person(town: Town) -> None:
    town.do(role("nurse", Role.COORDINATOR, 0, 3), role("farmer", Role.COORDINATOR))
    town.do(RemovePerson(person="farmer", reason="Muutto"))

    with pytest.raises(NotAuthorised):
        town.do(person("clerk"), by="nurse", now=NOW + dt.timedelta(days=4))
    for stranger in ("farmer", "nobody"):
        with pytest.raises(NotAuthorised):
            town.do(person("clerk"), by=stranger)
    with pytest.raises(NotAuthorised):
        town.do(NoteAbsence(person="farmer", first=DAY, last=on(2)), by="farmer")


# --- the record ---------------------------------------------------------------------------------------------------

people = st.sampled_from(["secretary", "leader", "teacher", "nurse"])
groups = st.sampled_from(["needs", "board"])
seats = st.sampled_from(["s1", "s2", "s3", "s4"])
days = st.integers(-6, 12).map(on)
maybe = st.none() | days
roles = st.sampled_from([Role.ADMINISTRATOR, Role.COORDINATOR])
parts = st.sampled_from(SeatPart)
deputies = st.lists(people, max_size=2).map(tuple)
why = st.just("Syy Salainen")
commands = st.one_of(
    st.builds(AddPerson, person=people, name=st.just("Nimi Salainen")),
    st.builds(RenamePerson, person=people, name=st.just("Toinen Salainen")),
    st.builds(ChangePerson, person=people, language=st.sampled_from(["fi", "sv"])),
    st.builds(RemovePerson, person=people, reason=why),
    st.builds(SetUpGroup, group=groups, name=st.just("Ryhmä")),
    st.builds(DissolveGroup, group=groups, reason=why),
    st.builds(GiveSeat, seat=seats, group=groups, person=people, part=parts, deputies=deputies, first=days, last=maybe),
    st.builds(GiveSeat, seat=seats, group=groups, person=people, part=parts, deputies=deputies, first=days, last=maybe),
    st.builds(EndSeat, seat=seats, last=days, reason=why),
    st.builds(ChangeSeatPart, seat=seats, part=parts),
    st.builds(NameDeputies, seat=seats, deputies=deputies),
    st.builds(GiveRole, person=people, role=roles, first=days, last=maybe),
    st.builds(EndRole, person=people, role=roles, last=days),
    st.builds(NoteAbsence, person=people, first=days, last=days, stand_in=st.none() | people),
    st.builds(EndAbsence, person=people, first=days, last=days),
)


def together(terms: Iterable[tuple[dt.date, dt.date | None]]) -> bool:
    """Whether two of the terms share a day."""
    return any(
        one[0] <= (other[1] or dt.date.max) and other[0] <= (one[1] or dt.date.max)
        for one, other in combinations(terms, 2)
    )


def check_promises(directory: Directory, day: dt.date) -> None:
    ahead = [day + dt.timedelta(days=more) for more in range(40)]
    administrators = [who for who in directory.people if directory.is_active(who)]
    assert all(any(directory.has_role(who, Role.ADMINISTRATOR, d) for who in administrators) for d in ahead)
    running = [seat for seat in directory.seats.values() if seat.last is None or seat.last >= day]
    for group in directory.groups:
        here = [seat for seat in running if seat.group == group]
        assert directory.groups[group].active or not here
        for who in {seat.person for seat in here}:
            assert directory.is_active(who)
            assert not together((seat.first, seat.last) for seat in here if seat.person == who)
        for part in (SeatPart.CHAIR, SeatPart.VICE_CHAIR):
            assert not together((max(seat.first, day), seat.last) for seat in here if seat.part is part)
        for seat in here:
            assert seat.person not in seat.deputies and all(map(directory.is_active, seat.deputies))
    for one in (*directory.seats.values(), *directory.roles.values(), *directory.absences.values()):
        assert one.last is None or one.first <= one.last


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(commands, people, st.integers(0, 2)), max_size=25))
def test_the_record_alone_gives_the_directory_and_a_refused_command_changes_nothing(
    asked: list[tuple[MunicipalityCommand, str, int]],
) -> None:
    town, now = Town(), NOW
    town.do(set_up(), person("leader"), person("teacher"), SetUpGroup(group="needs", name="Tarpeet"))
    for command, by, later in asked:
        now += dt.timedelta(days=later)
        before, written = town.now.model_dump_json(), len(town.record)
        try:
            town.do(command, by="secretary" if town.now.is_active("secretary") else by, now=now)
        except EtappiError:
            assert (town.now.model_dump_json(), len(town.record)) == (before, written)
        check_promises(town.now, now.date())

    assert replayed(town.record) == town.now


def replayed(record: list[Recorded]) -> Directory:
    """The directory from the stored words of the record."""
    directory = None
    for entry in record:
        stored = entry.event.model_dump_json()
        assert "Salainen" not in stored
        event = read_municipality_event(type(entry.event).__name__, 1, json.loads(stored))
        directory = evolve_directory(directory, Recorded(entry.sequence, entry.at, entry.by, event))
    assert directory is not None
    return directory
