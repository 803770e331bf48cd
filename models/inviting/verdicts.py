"""What each line of a pasted list is found to be: somebody new, somebody known, or something to look at. Pure."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from models.frozen import Frozen
from models.inviting.lines import LONGEST_NAME, Entry, Said, name_of_address


class Known(NamedTuple):
    """Somebody of the directory, by what people write."""

    person: str
    name: str
    email: str | None
    active: bool = True


class Verdict(StrEnum):
    NEW = "new"  # nobody in the directory
    KNOWN = "known"  # exactly one in the directory
    SEATED = "seated"  # known, and sits in the group already
    REPEATED = "repeated"  # stands in the list before
    SAME_NAME = "same_name"  # somebody in the directory has the name and another address, or none
    OTHER_NAME = "other_name"  # somebody in the directory has the address and another name
    SEVERAL = "several"  # several in the directory have the name
    NAME_GUESSED = "name_guessed"  # only an address: its name is a proposal
    NO_ADDRESS = "no_address"  # somebody new without an address cannot be written to
    BAD_ADDRESS = "bad_address"
    NOBODY = "nobody"  # no name and no address
    LEFT = "left"  # was in the directory and is out of use


DOUBTFUL = (Verdict.SAME_NAME, Verdict.OTHER_NAME, Verdict.SEVERAL, Verdict.NAME_GUESSED, Verdict.LEFT)
"""Lines that somebody has to look at: who is meant?"""

MISTAKEN = (Verdict.NO_ADDRESS, Verdict.BAD_ADDRESS, Verdict.NOBODY)
"""Lines that cannot be taken as they are."""


class Line(NamedTuple):
    """One line with its verdict, and whom it may mean."""

    entry: Entry
    verdict: Verdict
    candidates: tuple[Known, ...] = ()

    @property
    def doubtful(self) -> bool:
        return self.verdict in DOUBTFUL

    @property
    def mistaken(self) -> bool:
        return self.verdict in MISTAKEN


class Who(Frozen):
    """Somebody: of the directory, or somebody new by name and address."""

    person: str | None = None
    name: str = ""
    email: str | None = None

    @property
    def same(self) -> str:
        """By what one is known from another."""
        return self.person or (self.email or self.name).casefold()


class Sitting(Frozen):
    """One who is to sit in a group, as what, and who deputises."""

    who: Who
    said: Said = Said.MEMBER
    deputies: tuple[Who, ...] = ()


def verdicts(entries: Sequence[Entry], people: Iterable[Known], seated: Collection[str] = ()) -> tuple[Line, ...]:
    """The verdict on every line, in order. `seated` are the people who sit in the group already."""
    everybody = tuple(people)
    by_email: dict[str, list[Known]] = {}
    by_name: dict[str, list[Known]] = {}
    for one in everybody:
        if one.email:
            by_email.setdefault(one.email.casefold(), []).append(one)
        by_name.setdefault(_plain(one.name), []).append(one)
    lines, before = [], set[str]()
    for entry in entries:
        line = _verdict(entry, by_email, by_name, seated)
        named = _same(line)
        if named in before and not line.mistaken:
            line = Line(entry, Verdict.REPEATED, line.candidates)
        before.add(named)
        lines.append(line)
    return tuple(lines)


def _verdict(
    entry: Entry, by_email: dict[str, list[Known]], by_name: dict[str, list[Known]], seated: Collection[str]
) -> Line:
    named = [one for one in by_name.get(_plain(entry.name), ()) if one.active] if entry.name else []
    if entry.email is None:
        return _by_name(entry, named, seated)
    if not well_formed(entry.email):
        return Line(entry, Verdict.BAD_ADDRESS)
    addressed = by_email.get(entry.email.casefold(), [])
    active = [one for one in addressed if one.active]
    both = [one for one in active if not entry.name or _plain(one.name) == _plain(entry.name)]
    if len(both) == 1:
        return _known(entry, both[0], seated)
    if active:
        return Line(entry, Verdict.OTHER_NAME, tuple(both or active))
    if addressed:
        return Line(entry, Verdict.LEFT, tuple(addressed))
    if named:
        return Line(entry, Verdict.SAME_NAME, tuple(named))
    if not entry.name:
        return Line(entry._replace(name=name_of_address(entry.email)), Verdict.NAME_GUESSED)
    return Line(entry, Verdict.NEW)


def _by_name(entry: Entry, named: list[Known], seated: Collection[str]) -> Line:
    if len(named) == 1:
        return _known(entry, named[0], seated)
    if named:
        return Line(entry, Verdict.SEVERAL, tuple(named))
    return Line(entry, Verdict.NO_ADDRESS if entry.name else Verdict.NOBODY)


def _known(entry: Entry, one: Known, seated: Collection[str]) -> Line:
    return Line(entry, Verdict.SEATED if one.person in seated else Verdict.KNOWN, (one,))


def _same(line: Line) -> str:
    if line.verdict in (Verdict.KNOWN, Verdict.SEATED):
        return line.candidates[0].person
    return (line.entry.email or line.entry.name or str(line.entry.line)).casefold()


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def well_formed(email: str) -> bool:
    """Whether it looks like an address (as `AddPerson` asks)."""
    before, _, domain = email.rpartition("@")
    return bool(before) and "." in domain.strip(".") and not any(letter.isspace() for letter in email)


def who_of(line: Line) -> Who | None:
    """Whom the line means, where nothing has to be looked at; None where something has."""
    if line.verdict in (Verdict.KNOWN, Verdict.SEATED):
        one = line.candidates[0]
        return Who(person=one.person, name=one.name, email=one.email)
    if line.verdict is Verdict.NEW:
        return Who(name=line.entry.name[:LONGEST_NAME], email=line.entry.email)
    return None
