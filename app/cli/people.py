"""Verbs about people: `etappi person|role|absence …`, and the municipality's own settings."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated

import typer

from app.cli.acts import changes
from app.cli.desk import Desk
from app.cli.params import Reason, on, one_of
from app.cli.standing import vacancy_lines
from models.commands import Command
from models.errors import NotValid
from models.events import Recorded
from models.municipality.commands import (
    AddPerson,
    ChangeMunicipality,
    ChangePerson,
    EndAbsence,
    EndRole,
    GiveRole,
    NoteAbsence,
    RemovePerson,
    RenamePerson,
)
from models.municipality.events import PersonRemoved
from models.storage import reading
from models.words import Role

Person = Annotated[str, typer.Argument(metavar="PERSON", help="An id or an e-mail address.")]
NewPerson = Annotated[str, typer.Argument(metavar="ID", help="Yours to choose: small letters, digits, hyphens.")]
PersonName = Annotated[str, typer.Option("--name", metavar="NAME", help="What the person is called.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="The way in, and for messages.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="Stands in messages as whom to ask.")]
Language = Annotated[str | None, typer.Option("--language", metavar="fi|sv|en", help="For messages.")]
RoleWord = Annotated[
    Role, typer.Argument(metavar="ROLE", parser=one_of(Role), help="administrator, coordinator, registrar, …")
]


# --- the municipality -------------------------------------------------------------------------------------------------


@changes
def municipality(
    desk: Desk,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What it is called.")] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="fi|sv|en", help="Its languages, the first one first; repeatable."),
    ] = None,
) -> Command:
    """Change the municipality's name or languages.

    Example:

        etappi municipality --name "Kemijärven kaupunki" --language fi \\
            --as administrator
    """
    if name is None and language is None:
        raise NotValid("Say what changes: --name or --language.")
    return ChangeMunicipality.model_validate({"name": name, "languages": tuple(language) if language else None})


# --- people -----------------------------------------------------------------------------------------------------------


@changes
def add_person(
    desk: Desk,
    person: NewPerson,
    name: PersonName,
    email: Email = None,
    language: Language = None,
    phone: Phone = None,
) -> Command:
    """Add somebody to the directory.

    Example:

        etappi person add teacher --name "Lastentarhanopettaja" \\
            --email opettaja@kemijarvi.fi --as administrator
    """
    return AddPerson.model_validate(
        {
            "person": person,
            "name": name,
            "email": email,
            "language": language or desk.directory.languages[0],
            "phone": phone,
        }
    )


@changes
def rename_person(desk: Desk, person: Person, name: PersonName) -> Command:
    """Somebody's name changed, or was written wrong. The record keeps names as they were.

    Example:

        etappi person rename teacher --name "Varhaiskasvatuksen opettaja" \\
            --as administrator
    """
    return RenamePerson(person=desk.person_named(person), name=name)


@changes
def change_person(
    desk: Desk, person: Person, email: Email = None, language: Language = None, phone: Phone = None
) -> Command:
    """Change somebody's address, language or phone number.

    Example:

        etappi person change teacher --email varhaiskasvatus@kemijarvi.fi \\
            --as administrator
    """
    changed = {"email": email, "language": language, "phone": phone}
    if not any(changed.values()):
        raise NotValid("Say what changes: --email, --language or --phone.")
    return ChangePerson.model_validate({"person": desk.person_named(person), **changed})


def _left_open(desk: Desk, events: Iterable[Recorded]) -> Iterator[str]:
    """What those removed leave open in the processes that go on."""
    gone = {one.event.person for one in events if isinstance(one.event, PersonRemoved)}
    groups = {seat.group for seat in desk.directory.seats.values() if seat.person in gone}
    with desk.reading() as session:
        listed = reading.processes(session, desk.municipality)
    for one in listed:
        there = desk.at(one.key)
        mine = {slot for slot, person in there.process.roles.items() if person in gone}
        mine |= {group for group, of in there.process.groups.items() if of in groups}
        for line in vacancy_lines(there):
            if line.slot in mine:
                yield f"{one.key}: {line.name} {line.what_to_do}."


@partial(changes, then=_left_open)
def remove_person(desk: Desk, person: Person, reason: Reason) -> Command:
    """Take somebody out of use at once: seats, roles and deputyships end. What they did stays.

    Says which parts of processes that go on they leave open, and how each is filled.

    Example:

        etappi person remove teacher --reason "Palvelussuhde päättyi" \\
            --as administrator
    """
    return RemovePerson(person=desk.person_named(person), reason=reason)


# --- roles and absences -----------------------------------------------------------------------------------------------


@changes
def give_role(
    desk: Desk,
    person: Person,
    role: RoleWord,
    first: Annotated[dt.date | None, on("--first", "The first day; by default today.")] = None,
    last: Annotated[dt.date | None, on("--last", "The last day; by default none.")] = None,
) -> Command:
    """Give somebody a standing role: administrator, coordinator, registrar, protection or auditor.

    Example:

        etappi role give secretary registrar --as administrator
    """
    return GiveRole(person=desk.person_named(person), role=role, first=first or desk.today, last=last)


@changes
def end_role(
    desk: Desk,
    person: Person,
    role: RoleWord,
    last: Annotated[dt.date | None, on("--last", "The last day; by default today.")] = None,
) -> Command:
    """End somebody's standing role on its last day.

    Example:

        etappi role end secretary registrar --last 30.6.2027 --as administrator
    """
    return EndRole(person=desk.person_named(person), role=role, last=last or desk.today)


@changes
def note_absence(
    desk: Desk,
    first: Annotated[dt.date, on("--first", "The first day away.")],
    last: Annotated[dt.date, on("--last", "The last day away.")],
    person: Annotated[str | None, typer.Argument(metavar="[PERSON]", help="Who is away; by default you.")] = None,
    stand_in: Annotated[
        str | None, typer.Option("--stand-in", metavar="PERSON", help="Who acts for the person meanwhile.")
    ] = None,
) -> Command:
    """Note the days somebody is away, and who stands in. Never why.

    Example:

        etappi absence note --first 5.7.2027 --last 30.7.2027 --stand-in planner \\
            --as coordinator
    """
    return NoteAbsence(
        person=desk.person_named(person) if person else desk.person,
        first=first,
        last=last,
        stand_in=desk.person_named(stand_in) if stand_in else None,
    )


@changes
def end_absence(
    desk: Desk,
    first: Annotated[dt.date, on("--first", "The day the absence began: which one it is.")],
    person: Annotated[str | None, typer.Argument(metavar="[PERSON]", help="Who is back; by default you.")] = None,
    last: Annotated[dt.date | None, on("--last", "The last day away; by default yesterday.")] = None,
) -> Command:
    """Somebody is back earlier.

    Example:

        etappi absence end --first 5.7.2027 --as coordinator
    """
    back = last or desk.today - dt.timedelta(days=1)
    return EndAbsence(person=desk.person_named(person) if person else desk.person, first=first, last=back)
