"""What the steps of creating a process show: the definitions, the choices of the sources, and all answers together."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.creating import Creating
from app.web.session import Visitor
from app.web.views.creating_warnings import (
    against_choices,
    apart_from_start,
    called,
    doubled_page,
    gone_by,
    group_warning,
)
from models.creating.answers import CHOICE, DATES, DECISION, GROUP, MODEL, NAME, ROLES, START, Answers, steps
from models.creating.proposing import newest_definitions
from models.days.formats import date_text
from models.definitions.definition import Choice, Definition, Quote, WorkingGroup
from models.inviting.lines import Said
from models.inviting.verdicts import Sitting, Who
from models.municipality.commands import GiveRole
from models.municipality.directory import Directory
from models.municipality.rights import may
from models.process import COORDINATOR
from models.storage import new_processes, reading
from models.storage.database import Session
from models.words import Role


class Model(NamedTuple):
    """A definition in use."""

    hash: str
    name: str
    purpose: str
    phases: int


def models(visitor: Visitor, session: Session) -> tuple[Model, ...]:
    """The newest version of each definition in use."""
    found = []
    for hash_ in newest_definitions(visitor.directory_in(session)).values():
        one = visitor.engine.worlds.definition(session, visitor.municipality, hash_)
        purpose = one.purpose.in_(visitor.language) if one.purpose else ""
        found.append(Model(hash_, one.name.in_(visitor.language), purpose, len(one.phases)))
    return tuple(found)


class Begun(NamedTuple):
    """What the visitor has begun."""

    title: str
    answers: Answers
    steps: int


def begun(visitor: Visitor, session: Session) -> Begun | None:
    """The process the visitor has begun to create; None where there is none."""
    answers = new_processes.read(session, visitor.municipality, visitor.person)
    if answers is None or answers.definition not in visitor.directory_in(session).definitions:
        return None
    definition = visitor.engine.worlds.definition(session, visitor.municipality, answers.definition)
    return Begun(answers.title or definition.name.in_(visitor.language), answers, len(steps(definition)))


# --- choices ------------------------------------------------------------------------------------------------------


class ReadingOption(NamedTuple):
    """One way to read what the sources leave open, with their words."""

    key: str
    name: str
    quotes: tuple[str, ...]
    proposed: bool


class ChoicePage(NamedTuple):
    """What the sources leave open."""

    key: str
    question: str
    options: tuple[ReadingOption, ...]
    chosen: str
    why: str
    sources: tuple[str, ...]  # what the quotes are from


def choice_page(creating: Creating, key: str) -> ChoicePage:
    """One choice, with what has been answered or is proposed."""
    choice = _choice(creating.definition, key)
    answered = creating.answers.choices.get(key)
    options = tuple(
        ReadingOption(one.id, one.name.in_(creating.language), _words(one.quotes), one.id == choice.proposed)
        for one in choice.readings
    )
    question = choice.question.in_(creating.language)
    why = answered.why if answered else ""
    return ChoicePage(key, question, options, creating.readings[key], why, _sources(creating.definition, choice))


def _words(quotes: Iterable[Quote]) -> tuple[str, ...]:
    """What is quoted, each once."""
    return tuple(dict.fromkeys(one.text for one in quotes))


def _sources(definition: Definition, choice: Choice) -> tuple[str, ...]:
    """The titles of the documents that the choice quotes."""
    titles = {one.document: one.title for one in definition.sources}
    quoted = dict.fromkeys(quote.document for reading in choice.readings for quote in reading.quotes)
    return tuple(titles.get(one, one) for one in quoted)


def _choice(definition: Definition, key: str) -> Choice:
    return next(one for one in definition.choices if one.id == key)


# --- people -------------------------------------------------------------------------------------------------------


class Slot(NamedTuple):
    """A role in the process, and who is to play it, as typed."""

    key: str
    name: str
    field: str
    required: bool
    value: str


def slots(creating: Creating, names: dict[str, str]) -> tuple[Slot, ...]:
    """The roles with who has been named."""
    return tuple(
        Slot(one.id, one.name.in_(creating.language), f"role-{one.id}", one.required, _typed(creating, one.id, names))
        for one in creating.definition.roles
    )


def _typed(creating: Creating, slot: str, names: dict[str, str]) -> str:
    who = creating.roles.get(slot)
    if who is None:
        return ""
    if who.person:
        return names.get(who.person, who.name)
    return f"{who.name} <{who.email}>"


def near_ones(directory: Directory, names: dict[str, str], day: dt.date, most: int = 200) -> tuple[str, ...]:
    """Names to choose from while typing: who has a standing role first, then the others; in a large town some."""
    standing = [person for person in directory.people if directory.roles_of(person, day)]
    order = dict.fromkeys([*standing, *directory.people])
    return tuple(names[one] for one in order if directory.is_active(one) and one in names)[:most]


class Member(NamedTuple):
    """Who is to sit in a group."""

    name: str
    email: str | None
    said: Said
    new: bool
    deputies: tuple[str, ...]


def members(sitting: tuple[Sitting, ...]) -> tuple[Member, ...]:
    """Those who are to sit."""
    return tuple(
        Member(
            one.who.name,
            one.who.email,
            one.said,
            one.who.person is None,
            tuple(deputy.name for deputy in one.deputies),
        )
        for one in sitting
    )


class GroupPage(NamedTuple):
    """One of the definition's groups: which of the municipality's it is, or who is to sit in a new one."""

    key: str
    plan: WorkingGroup
    name: str  # of the new one
    existing: tuple[tuple[str, str, int], ...]  # key, name, members
    chosen: str  # a group's key, or "" for a new one
    pasted: str


def group_page(creating: Creating, key: str) -> GroupPage:
    """The group, with what has been answered or is proposed."""
    plan = next(one for one in creating.definition.groups if one.id == key)
    answer = creating.answers.groups.get(key)
    taken = {one.group for other, one in creating.answers.groups.items() if other != key}
    directory, day = creating.directory, creating.visitor.today
    existing = tuple(
        (group, one.name, sum(1 for _ in directory.seats_of(group, day)))
        for group, one in directory.groups.items()
        if one.active and group not in taken
    )
    same = creating.same_groups.get(key, "")
    chosen = (answer.group or "") if answer else (same if same not in taken else "")
    name = answer.name if answer and answer.name else plan.name.fi
    return GroupPage(key, plan, name, existing, chosen, answer.pasted if answer else "")


# --- all together -------------------------------------------------------------------------------------------------


class Answered(NamedTuple):
    """One line of the check: what was asked, what was answered, where it is changed."""

    what: str
    said: tuple[str, ...]
    address: str
    warning: str | None = None


class CheckPage(NamedTuple):
    """All answers, and what the last button does."""

    lines: tuple[Answered, ...]
    groups: tuple[tuple[str, tuple[Member, ...], Answered], ...]
    invited: int
    coordinator_gets_role: bool
    coordinator_without_role: bool
    registrar_missing: bool


def check_page(creating: Creating, session: Session) -> CheckPage:
    """What has been answered, before anything is recorded."""
    answers, directory = creating.answers, creating.directory
    names = names_of(creating.visitor, session, creating)
    coordinator = answers.roles.get(COORDINATOR)
    has_role = bool(
        coordinator and coordinator.person and directory.has_role(coordinator.person, Role.COORDINATOR, _day(creating))
    )
    gives = may(directory, GiveRole, creating.visitor.person, _day(creating))
    standing = {role.role for role in directory.roles.values() if role.last is None or role.last >= _day(creating)}
    return CheckPage(
        lines=tuple(_lines(creating, names)),
        groups=tuple(_group_lines(creating, names)),
        invited=len(new_people(answers)),
        coordinator_gets_role=not has_role and gives,
        coordinator_without_role=not has_role and not gives,
        registrar_missing=Role.REGISTRAR not in standing,
    )


def _day(creating: Creating) -> dt.date:
    return creating.visitor.today


def new_people(answers: Answers) -> dict[str, Who]:
    """Everybody who is in no directory yet, once."""
    named = [*answers.roles.values()]
    for group in answers.groups.values():
        for one in group.sitting if group.group is None else ():
            named += [one.who, *one.deputies]
    return {who.same: who for who in named if who.person is None}


def names_of(visitor: Visitor, session: Session, creating: Creating) -> dict[str, str]:
    """What the people of the directory are called."""
    return {row[0]: row[1] or visitor.say("[peitetty]") for row in reading.people(session, visitor.municipality)}


def _lines(creating: Creating, names: dict[str, str]) -> Iterator[Answered]:
    _, answers, at = creating.visitor.say, creating.answers, addresses.creating
    yield Answered(_("Prosessimalli"), (creating.definition.name.in_(creating.language),), at(MODEL))
    yield Answered(_("Nimi"), (answers.title,), at(NAME))
    yield Answered(_("Asianumero"), (answers.matter_number or _("Ei annettu"),), at(NAME))
    against = against_choices(creating, answers.dates)
    for choice in creating.definition.choices:
        found = choice_page(creating, choice.id)
        chosen = next(one.name for one in found.options if one.key == found.chosen)
        why = _("Perustelu: %(why)s", why=found.why)
        warning = next((one.sentence for one in against if one.choice == choice.id), None)
        yield Answered(found.question, (chosen, why), at(f"{CHOICE}/{choice.id}"), warning)
    yield Answered(_("Alkaa"), (_date(creating, creating.planned.start),), at(START))
    yield Answered(_("Aikataulu"), tuple(_schedule(creating)), at(DATES), _of_dates(creating))
    yield Answered(_("Asettamispäätös"), tuple(_decision(creating)), at(DECISION))
    played = (
        f"{slot.name.in_(creating.language)}: {called(creating, answers.roles[slot.id], names)}"
        for slot in creating.definition.roles
        if slot.id in answers.roles
    )
    double = doubled_page(creating, answers.roles, names)
    yield Answered(_("Vastuut"), tuple(played), at(ROLES), double.sentence if double else None)


def _of_dates(creating: Creating) -> str | None:
    found = (apart_from_start(creating), gone_by(creating, creating.planned.dates))
    return " ".join(filter(None, found)) or None


def _date(creating: Creating, day: dt.date) -> str:
    return date_text(day, creating.visitor.language)


def _schedule(creating: Creating) -> Iterator[str]:
    dates, moved = creating.planned.dates, len(creating.answers.dates)
    for phase in creating.definition.phases:
        day = _date(creating, dates[f"checkpoint:{phase.id}"])
        yield f"{phase.checkpoint.name.in_(creating.language)}: {day}"
    if moved:
        yield creating.visitor.say_counted("Yhtä päivää on muutettu.", "%(num)s päivää on muutettu.", moved)


def _decision(creating: Creating) -> Iterator[str]:
    rests = creating.answers.setting_up
    if rests is None:
        yield creating.visitor.say("Harjoitus: ei asettamispäätöstä")
        return
    yield f"{rests.body} {_date(creating, rests.date)} § {rests.section}"
    if rests.document:
        yield creating.visitor.say("Päätös on liitteenä.")


def _group_lines(creating: Creating, names: dict[str, str]) -> Iterator[tuple[str, tuple[Member, ...], Answered]]:
    directory, day = creating.directory, creating.visitor.today
    for plan in creating.definition.groups:
        answer = creating.answers.groups[plan.id]
        address = addresses.creating(f"{GROUP}/{plan.id}")
        if answer.group is None:
            warning = group_warning(creating, plan.id, (one.said for one in answer.sitting))
            line = Answered(plan.name.in_(creating.language), (answer.name,), address, warning)
            yield answer.name, members(answer.sitting), line
            continue
        seated = tuple(
            Member(
                names.get(seat.person, ""),
                None,
                Said(seat.part.value),
                False,
                tuple(names.get(one, "") for one in seat.deputies),
            )
            for _key, seat in directory.seats_of(answer.group, day)
        )
        name = directory.groups[answer.group].name
        warning = group_warning(creating, plan.id, (one.said for one in seated))
        yield name, seated, Answered(plan.name.in_(creating.language), (name,), address, warning)
