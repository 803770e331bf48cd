"""The rules of what holds between two days: standing roles and absences, and what seats share with them."""

import datetime as dt
from collections.abc import Iterable

from models.errors import NotFound, NotValid, Refused
from models.events import Event
from models.municipality.commands import EndAbsence, EndRole, GiveRole, NoteAbsence
from models.municipality.directory import Absence, Directory, RoleOf, SeatOf
from models.municipality.events import AbsenceEnded, AbsenceNoted, RoleEnded, RoleGiven, StandInEnded
from models.municipality.fold import after
from models.words import Role

ONE_DAY = dt.timedelta(days=1)
Term = SeatOf | RoleOf | Absence


# --- days and people ----------------------------------------------------------------------------------------------


def over(last: dt.date | None, day: dt.date) -> bool:
    """Whether something with this last day lies behind."""
    return last is not None and last < day


def overlap(one: Term, other: Term) -> bool:
    """Whether two terms share a day."""
    return not over(one.last, other.first) and not over(other.last, one.first)


def check_order(first: dt.date, last: dt.date | None) -> None:
    if over(last, first):
        raise NotValid("The last day, {last}, comes before the first, {first}.", first=first, last=last)


def active_person(directory: Directory, person: str) -> None:
    """Raises NotFound for somebody unknown and Refused for somebody out of use."""
    if person not in directory.people:
        raise NotFound(what="person", name=person)
    if not directory.is_active(person):
        raise Refused("{person} is no longer in use in the directory.", person=person)


# --- roles --------------------------------------------------------------------------------------------------------


def first_administrator(person: str, day: dt.date) -> RoleGiven:
    return _given(person, Role.ADMINISTRATOR, day, None)


def _given(person: str, role: Role, first: dt.date, last: dt.date | None) -> RoleGiven:
    return RoleGiven(key=f"{person}:{role.value}:{first}", person=person, role=role, first=first, last=last)


def give_role(directory: Directory, command: GiveRole, day: dt.date) -> list[Event]:
    active_person(directory, command.person)
    check_order(command.first, command.last)
    term = RoleOf(person=command.person, role=command.role, first=command.first, last=command.last)
    for held in directory.roles.values():
        if (held.person, held.role) == (term.person, term.role) and overlap(held, term):
            raise Refused(
                "{person} has the role {role} already, from {first}; end it first or give it for other days.",
                person=held.person,
                role=held.role.value,
                first=held.first,
            )
    return [_given(term.person, term.role, term.first, term.last)]


def end_role(directory: Directory, command: EndRole, day: dt.date) -> list[Event]:
    """Ends the giving that holds on the day, or else the next one. The last administrator's cannot be ended."""
    held = [
        (role.first, key)
        for key, role in directory.roles.items()
        if (role.person, role.role) == (command.person, command.role) and not over(role.last, day)
    ]
    if not held:
        raise NotFound(what=f"role {command.role.value}", name=command.person)
    key = min(held)[1]
    last = directory.roles[key].last
    if last == command.last:
        return []
    if last is not None and command.last > last:
        raise Refused("The role ends on {last} already; to go on, give it anew from the day after.", last=last)
    events: list[Event] = [RoleEnded(key=key, person=command.person, role=command.role, last=command.last)]
    check_administered(directory, events, day)
    return events


def roles_ended(directory: Directory, person: str, day: dt.date) -> list[Event]:
    """The end of those of the person's roles that are not over: yesterday was their last day."""
    return [
        RoleEnded(key=key, person=person, role=role.role, last=day - ONE_DAY)
        for key, role in directory.roles.items()
        if role.person == person and not over(role.last, day)
    ]


def check_administered(directory: Directory, events: Iterable[Event], day: dt.date) -> None:
    """Raises Refused where, after the events, some day from this one on would have no administrator."""
    for event in events:
        directory = after(directory, event)
    terms = [r for r in directory.roles.values() if r.role is Role.ADMINISTRATOR and directory.is_active(r.person)]
    reached: dt.date | None = day
    while reached is not None:
        lasts = [term.last for term in terms if term.first <= reached and not over(term.last, reached)]
        if not lasts:
            raise Refused(
                "There would be no administrator on {day}. Give the role to somebody else first, without a last day.",
                day=reached,
            )
        reached = None if None in lasts else max(last for last in lasts if last is not None) + ONE_DAY


# --- absences -----------------------------------------------------------------------------------------------------


def note_absence(directory: Directory, command: NoteAbsence, day: dt.date) -> list[Event]:
    active_person(directory, command.person)
    check_order(command.first, command.last)
    if over(command.last, day):
        raise NotValid("The days away are over: the last one was {last}.", last=command.last)
    if command.stand_in is not None:
        active_person(directory, command.stand_in)
    if command.stand_in == command.person:
        raise NotValid("Nobody stands in for themselves; name somebody else, or nobody.")
    days = Absence(person=command.person, first=command.first, last=command.last, stand_in=command.stand_in)
    for noted in directory.absences.values():
        if noted.person == days.person and overlap(noted, days):
            raise Refused(
                "{person} is noted as away from {first} to {last} already; end that first or give other days.",
                person=noted.person,
                first=noted.first,
                last=noted.last,
            )
    key = f"{command.person}:{command.first}"
    return [AbsenceNoted(key=key, **{name: getattr(days, name) for name in Absence.model_fields})]


def end_absence(directory: Directory, command: EndAbsence, day: dt.date) -> list[Event]:
    key = f"{command.person}:{command.first}"
    noted = directory.absences.get(key)
    if noted is None:
        raise NotFound(what="absence", name=key)
    if noted.last == command.last:
        return []
    if over(noted.last, max(day, command.last)):
        raise Refused(
            "That absence ends on {last}; for later days note another, and a past one stays as it was.", last=noted.last
        )
    return [AbsenceEnded(key=key, person=command.person, last=command.last)]


def stand_ins_ended(directory: Directory, person: str, day: dt.date) -> list[Event]:
    """Nobody has the person as stand-in any longer, in absences that are not over."""
    return [
        StandInEnded(key=key, person=absence.person, stand_in=person)
        for key, absence in directory.absences.items()
        if absence.stand_in == person and not over(absence.last, day)
    ]
