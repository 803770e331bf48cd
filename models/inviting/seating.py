"""From people who were named to the commands that have them in the directory and in their seats. Pure.

Keys of people say nothing of their names: they stand in the record for good.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from models.inviting.lines import Said
from models.inviting.verdicts import Sitting, Who
from models.municipality.commands import AddPerson, GiveSeat, MunicipalityCommand
from models.municipality.directory import Directory
from models.words import SeatPart

NewKey = Callable[[], str]
"""Makes a key that nothing can be read from."""


class People:
    """Keys of people: those of the directory keep theirs, everybody new is added once."""

    def __init__(self, directory: Directory, new_key: NewKey) -> None:
        self.directory = directory
        self._new_key = new_key
        self._keys: dict[str, str] = {}
        self.added: list[MunicipalityCommand] = []

    def key(self, who: Who) -> str:
        """The person's key; somebody new is to be added from now on."""
        if who.person is not None:
            return who.person
        if who.same not in self._keys:
            key = self._new_key()
            while key in self.directory.people:
                key = self._new_key()
            self._keys[who.same] = key
            self.added.append(_added(key, who, self.directory.languages[0]))
        return self._keys[who.same]

    @property
    def new(self) -> tuple[str, ...]:
        """The keys of those who are new."""
        return tuple(self._keys.values())


def _added(key: str, who: Who, language: str) -> AddPerson:
    return AddPerson.model_validate({"person": key, "name": who.name, "email": who.email, "language": language})


def seats_given(
    group: str, sitting: Iterable[Sitting], people: People, first: dt.date, taken: Collection[str]
) -> Iterator[GiveSeat]:
    """A seat for everybody, with their deputies, numbered after those that are taken."""
    used = set(taken)
    for one in sitting:
        seat = free_key(group, used)
        used.add(seat)
        yield GiveSeat(
            seat=seat,
            group=group,
            person=people.key(one.who),
            part=one.said.part or SeatPart.MEMBER,
            deputies=tuple(people.key(deputy) for deputy in one.deputies),
            first=first,
        )


def free_key(beginning: str, taken: Collection[str]) -> str:
    """The first of `beginning-1`, `beginning-2` … that nothing has."""
    number = 1
    while f"{beginning}-{number}" in taken:
        number += 1
    return f"{beginning}-{number}"


def together(named: Sequence[tuple[Who, Said]]) -> tuple[Sitting, ...]:
    """Those who sit, each with the deputies who stand after them in the list; the first is the chair where nobody is
    said to be."""
    found: list[Sitting] = []
    for who, said in named:
        if said is Said.DEPUTY and found:
            before = found[-1]
            found[-1] = before.model_copy(update={"deputies": (*before.deputies, who)})
        else:
            found.append(Sitting(who=who, said=Said.MEMBER if said is Said.DEPUTY else said))
    return tuple(found)


def with_chair(sitting: Sequence[Sitting]) -> tuple[Sitting, ...]:
    """The first leads, where nobody is said to."""
    if not sitting or any(one.said is Said.CHAIR for one in sitting):
        return tuple(sitting)
    return (sitting[0].model_copy(update={"said": Said.CHAIR}), *sitting[1:])
