"""A small municipality whose record the tests write and fold."""

import datetime as dt
from itertools import count

from models.events import Actor, Event, Recorded
from models.municipality.commands import (
    AddPerson,
    GiveRole,
    GiveSeat,
    MunicipalityCommand,
    SetUpGroup,
    SetUpMunicipality,
)
from models.municipality.decide import decide_municipality, evolve_directory
from models.municipality.directory import Directory
from models.personal import sealed
from models.words import GroupKind, Role

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


def a_town() -> Town:
    """A municipality with an administrator, a coordinator, three others and two groups."""
    town = Town()
    town.do(
        set_up(),
        *(person(name) for name in ("leader", "teacher", "nurse", "farmer")),
        role("leader", Role.COORDINATOR),
        SetUpGroup(group="needs", name="Tarpeet"),
        SetUpGroup(group="board", name="Ohjaus", kind=GroupKind.COMMITTEE),
    )
    return town
