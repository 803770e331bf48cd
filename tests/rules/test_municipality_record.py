"""Any story of a municipality: its record gives its directory, and its promises hold."""

import datetime as dt
import json
from collections.abc import Iterable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from municipality_samples import NOW, Town, on, person, set_up

from models.errors import EtappiError
from models.events import Recorded
from models.municipality.commands import (
    AddPerson,
    ChangePerson,
    ChangeSeatPart,
    DissolveGroup,
    EndAbsence,
    EndRole,
    EndSeat,
    GiveRole,
    GiveSeat,
    MunicipalityCommand,
    NameDeputies,
    NoteAbsence,
    RemovePerson,
    RenamePerson,
    SetUpGroup,
)
from models.municipality.decide import evolve_directory
from models.municipality.directory import Directory
from models.municipality.events import (
    read_municipality_event,
)
from models.words import Role, SeatPart

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
