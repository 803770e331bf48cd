"""When the bodies meet: the municipality's calendar, by the bodies of one process, and what another one leads to."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.web.forms import Form, Mistakes
from app.web.place import Place
from models.canonical import sha256
from models.days.calendar import Calendar
from models.days.formats import date_text, read_date
from models.errors import NotAuthorised, NotValid
from models.municipality.commands import SetCalendar
from models.municipality.rights import MUNICIPALITY_RIGHTS
from models.storage.stored_texts import calendar_text
from models.words import BodyKind

MEETING_BODIES = (BodyKind.COUNCIL, BodyKind.EXECUTIVE, BodyKind.BOARD)


class BodyDays(NamedTuple):
    """When one body meets."""

    key: str
    name: str
    decides: bool
    lines: str  # a date on each line, as it is typed


class BodyChange(NamedTuple):
    """What changes of one body's meetings."""

    name: str
    added: tuple[dt.date, ...]
    removed: tuple[dt.date, ...]


def may_set_calendar(place: Place) -> bool:
    """Whether the visitor may change the municipality's calendar."""
    roles = MUNICIPALITY_RIGHTS[SetCalendar]
    return any(place.directory.has_role(place.visitor.person, role, place.visitor.today) for role in roles)


def check_may_set_calendar(place: Place) -> None:
    """Raises NotAuthorised for who may not."""
    if not may_set_calendar(place):
        raise NotAuthorised(who="a coordinator of the municipality, or the registrar")


def bodies(place: Place) -> tuple[BodyDays, ...]:
    """The bodies of the process that meet, with their meetings from today on."""
    return tuple(_bodies(place))


def _bodies(place: Place) -> Iterator[BodyDays]:
    decide = {plan.body for plan in place.definition.decision.chain if plan.kind.value == "decision"}
    for body in place.definition.bodies:
        if body.kind in MEETING_BODIES:
            days = place.world.calendar.meetings_between(body.id, place.visitor.today, dt.date.max)
            lines = "\n".join(date_text(day) for day in days)
            yield BodyDays(body.id, body.name.in_(place.visitor.language), body.id in decide, lines)


def read_calendar(place: Place, form: Form, mistakes: Mistakes) -> Calendar:
    """The calendar as the form has it; meetings that were, and other bodies', stay. Mistakes are told at their body."""
    calendar, today = place.world.calendar, place.visitor.today
    meetings: dict[str, tuple[dt.date, ...]] = dict(calendar.meetings)
    for body in bodies(place):
        past = [day for day in meetings.get(body.key, ()) if day < today]
        found: list[dt.date] = []
        for line in filter(None, (part.strip() for part in form.text(f"days-{body.key}").split("\n"))):
            try:
                found.append(read_date(line))
            except NotValid:
                text = place.visitor.say("”%(line)s” ei ole päivä. Kirjoita esimerkiksi 14.6.2027.", line=line)
                mistakes.add(f"days-{body.key}", text)
        if any(day < today for day in found):
            mistakes.add(f"days-{body.key}", place.visitor.say("Anna vain tulevia kokouspäiviä."))
        meetings[body.key] = tuple(sorted({*past, *found}))
    return replace(calendar, meetings=meetings)


def changes(place: Place, after: Calendar) -> tuple[BodyChange, ...]:
    """What changes of each body's meetings."""
    before, found = place.world.calendar.meetings, []
    for body in bodies(place):
        was, will = set(before.get(body.key, ())), set(after.meetings.get(body.key, ()))
        if was != will:
            found.append(BodyChange(body.name, tuple(sorted(will - was)), tuple(sorted(was - will))))
    return tuple(found)


def own_days(calendar: Calendar) -> Mapping[dt.date, str]:
    """The municipality's own days off, as they are set with the meetings."""
    return {day.date: day.name for day in calendar.own_days}


def seen_of(place: Place, after: Calendar) -> str:
    """Names what is shown: the calendar now, and the one to be."""
    return sha256(f"{place.directory.calendar}:{calendar_text(own_days(after), after.meetings)}")
