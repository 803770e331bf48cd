"""A municipality's own record: setting up, people, administrators, and who may change what."""

import datetime as dt
import json

import pytest
from municipality_samples import DAY, HASH, NOW, Town, a_town, on, person, role, seat, set_up
from pydantic import ValidationError

from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.events import EVENTS
from models.municipality.commands import (
    AddPerson,
    ChangeMunicipality,
    ChangePerson,
    DissolveGroup,
    EndAbsence,
    EndRole,
    EndSeat,
    LoadDefinition,
    MunicipalityCommand,
    NoteAbsence,
    RemovePerson,
    RenameGroup,
    RenamePerson,
    SetAppearance,
    SetCalendar,
    SetUpGroup,
    SetUpMunicipality,
)
from models.municipality.decide import DECIDERS
from models.municipality.events import (
    MUNICIPALITY_EVENTS,
    DeputiesNamed,
    PersonAdded,
    PersonRemoved,
    RoleEnded,
    SeatEnded,
    StandInEnded,
)
from models.municipality.fold import FOLDS
from models.municipality.rights import MUNICIPALITY_RIGHTS
from models.personal import commitment_of
from models.words import Role


@pytest.fixture
def town() -> Town:
    return a_town()


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
    town.do(ChangeMunicipality(name="Kaupunki"), load, SetCalendar(hash=HASH), SetAppearance(hash=HASH))

    assert (town.now.name, town.now.languages) == ("Kaupunki", ("fi", "sv"))
    assert (town.now.definitions, town.now.calendar) == ({HASH: "model"}, HASH)
    assert town.now.appearance == HASH
    assert town.do(load, SetCalendar(hash=HASH), SetAppearance(hash=HASH), ChangeMunicipality(name="Kaupunki")) == []
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
        SetAppearance(hash=HASH),
    ):
        with pytest.raises(NotAuthorised, match="municipality's administrator"):
            town.do(command, by="leader")


def test_who_prepares_the_bodies_meetings_sets_the_calendar_and_nobody_else(town: Town) -> None:
    town.do(role("teacher", Role.REGISTRAR))
    town.do(SetCalendar(hash=HASH), by="leader")
    town.do(SetCalendar(hash="e" * 64), by="teacher")
    with pytest.raises(NotAuthorised):
        town.do(SetCalendar(hash=HASH), by="nurse")


def test_people_change_their_own_language_and_phone_but_not_their_address(town: Town) -> None:
    town.do(ChangePerson(person="teacher", language="sv", phone="040 123 4567"), by="teacher")
    for command in (
        ChangePerson(person="teacher", email="other@kunta.fi"),
        ChangePerson(person="nurse", language="sv"),
    ):
        with pytest.raises(NotAuthorised):
            town.do(command, by="teacher")


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
