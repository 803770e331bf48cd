"""Calendars (RFC 5545): the invitation that goes with a message, a person's own feed and a process's public one.

Times are given in Europe/Helsinki with its rules beside them, so that a calendar anywhere shows what clocks in Finland
show. A gathering keeps its UID, and its SEQUENCE grows with each change: an update takes the place of what it changes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from models.days.calendar import HELSINKI, ONE_DAY, at_local, local_date
from models.days.formats import Language
from models.definitions.definition import MeetingPlan
from models.process import Meeting, Process
from models.telling.wording import Wording

PRODUCT = "-//Etappi//Etappi//FI"
USUAL_LENGTH = dt.timedelta(hours=2)  # of a meeting whose end nobody has given
REFRESH = dt.timedelta(hours=4)

HELSINKI_RULES = """BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""
"""How clocks in Finland go since 1996, and for every year to come; a library lists some years only."""

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


class Gathering(NamedTuple):
    """Something in a calendar: a meeting, or the last day of something."""

    uid: str
    name: str
    first: dt.datetime | dt.date  # a date: the whole day
    last: dt.datetime | dt.date | None = None  # the end; of whole days the last one
    place: str = ""
    about: str = ""
    sequence: int = 0
    cancelled: bool = False
    link: str = ""
    busy: bool = True


def gathering(
    wording: Wording, key: str, meeting: Meeting, domain: str, name: str | None = None, place: str = ""
) -> Gathering:
    """A meeting of a process, as its reader's calendar shows it."""
    process = wording.process
    plan = next((one for one in wording.definition.meetings if one.id == key), None)
    whole_day = meeting.at == at_local(local_date(meeting.at), 0)
    return Gathering(
        uid=uid_of(process, f"meeting-{key}", domain),
        name=wording.name(f"meeting:{key}", name),
        first=local_date(meeting.at) if whole_day else meeting.at,
        last=None if whole_day else _ends(meeting.at, plan),
        place=place,
        about=wording.title,
        sequence=meeting.sequence,
        cancelled=meeting.cancelled,
    )


def uid_of(process: Process, what: str, domain: str) -> str:
    """A name among all entries of all calendars, the same for ever."""
    return f"{what}.{process.id}.{process.municipality}@{domain}"


def _ends(at: dt.datetime, plan: MeetingPlan | None) -> dt.datetime:
    """The end that the definition gives, else some hours later."""
    span = (plan.time or "").replace("–", "-").split("-") if plan else []
    if len(span) == 2:
        hour, _, minute = span[1].partition(".")
        ends = at_local(local_date(at), int(hour), int(minute))
        if ends > at:
            return ends
    return at + USUAL_LENGTH


def invitation(one: Gathering, sender: tuple[str, str], to: str, now: dt.datetime) -> tuple[str, bytes]:
    """The method and the calendar of an invitation, an update or a cancellation, from the sender's name and address."""
    method = CANCEL if one.cancelled else REQUEST
    event = _event(one, now)
    organizer = vCalAddress(f"mailto:{sender[1]}")
    organizer.params["CN"] = vText(sender[0])
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params |= {"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText("NEEDS-ACTION"), "RSVP": vText("FALSE")}
    event.add("organizer", organizer)
    event.add("attendee", attendee)
    return method, _calendar(method, [event])


def feed(name: str, gatherings: Iterable[Gathering], now: dt.datetime) -> bytes:
    """A calendar to subscribe to."""
    return _calendar(PUBLISH, [_event(one, now) for one in gatherings], name)


def _event(one: Gathering, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", one.sequence)
    event.add("summary", one.name)
    event.add("dtstart", _when(one.first))
    if isinstance(one.first, dt.datetime):
        event.add("dtend", _when(one.last or one.first + USUAL_LENGTH))
    else:
        last = one.last if isinstance(one.last, dt.date) else one.first
        event.add("dtend", last + ONE_DAY)  # the day after: the end is not part of it
    for name, value in (("location", one.place), ("description", one.about), ("url", one.link)):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if one.busy and isinstance(one.first, dt.datetime) else "TRANSPARENT")
    return event


def _when(at: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return at.astimezone(HELSINKI) if isinstance(at, dt.datetime) else at


def _calendar(method: str, events: list[Event], name: str | None = None) -> bytes:
    calendar: Any = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name is not None:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", "Europe/Helsinki")
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(HELSINKI_RULES))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


# --- what a process has in calendars ------------------------------------------------------------------------------

WORDS: dict[str, dict[Language, str]] = {
    "phase": {"fi": "Vaihe", "sv": "Fas", "en": "Phase"},
    "stances": {"fi": "kannat viimeistään", "sv": "ståndpunkter senast", "en": "stances by"},
    "hearing": {"fi": "Kuuleminen", "sv": "Hörande", "en": "Hearing"},
    "window": {"fi": "Päätöksen aika", "sv": "Tiden för beslutet", "en": "Time of the decision"},
    "due": {"fi": "viimeistään", "sv": "senast", "en": "by today"},
}


def public_days(wording: Wording, domain: str) -> Iterator[Gathering]:
    """The planned days of a process that are no secret: phases, checkpoints, hearings and the decision's window."""
    process, dates, language = wording.process, wording.process.dates, wording.language

    def days(what: str, name: str, first: dt.date, last: dt.date) -> Gathering:
        uid = uid_of(process, what, domain)
        return Gathering(uid, name, first, max(first, last), about=wording.title, busy=False)

    for key in process.phases:
        name = f"{WORDS['phase'][language]}: {wording.name(f'phase:{key}')}"
        yield days(f"phase-{key}", name, dates[f"phase:{key}:first"], dates[f"phase:{key}:last"])
        day = process.rounds[key].due if key in process.rounds else dates[f"checkpoint:{key}"]
        name = f"{wording.name(f'checkpoint:{key}')}: {WORDS['stances'][language]}"
        yield days(f"checkpoint-{key}", name, day, day)
    for key, hearing in process.hearings.items():
        name = f"{WORDS['hearing'][language]}: {wording.name(f'hearing:{key}')}"
        yield days(f"hearing-{key}", name, hearing.first, hearing.last)
    yield days("window", WORDS["window"][language], dates["window:first"], dates["window:last"])
