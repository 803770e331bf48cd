"""What a message tells its reader when it leaves, in the reader's language, with the links that lead to it.

What of it still stands is looked at then and not when it was made. Nothing here changes anything.
"""

import datetime as dt
import json
from itertools import groupby
from typing import NamedTuple

from models import events as e
from models.days.calendar import at_local, local_date
from models.days.formats import Language
from models.duties.owed import OwedByKind
from models.municipality.directory import Directory
from models.outgoing.calendars import Gathering, gathering
from models.outgoing.letters import Letter, directory_now, link_to, logged
from models.outgoing.links import Link, good_until
from models.record import instant_text
from models.storage import store
from models.storage.database import Session
from models.storage.reading import meeting_names
from models.storage.worlds import Worlds
from models.telling.leaving import Moment, Thing, leaving
from models.telling.notices import NEEDS, Contact, Fact, Notice
from models.telling.said import Said
from models.telling.wording import Wording
from models.words import Role

LAPSED = "done meanwhile"
LEFT = "no longer in the directory"
COVERED = "the address has been covered"
TOLD_TODAY = "told earlier on the same day"
OVER = "the time of its link is over"
IN_DOUBT = "an attempt before this one may have reached them"

TOLD_SINCE = """
    select subject from message_log
    where municipality_id = :municipality and person = :person and at >= :since and outcome = 'sent'"""
VALUES = """
    select commitment, value from personal where municipality_id = :municipality and commitment in {texts}"""


class Meets(NamedTuple):
    """A meeting that a message tells of, in the words of its reader."""

    wording: Wording
    said: Said

    def in_calendar(self, domain: str) -> Gathering:
        key = (self.said.about or "").partition(":")[2]
        place = str(self.said.facts.get("place", ""))
        return gathering(self.wording, key, self.wording.process.meetings[key], domain, self.said.called, place)


class Contents(NamedTuple):
    """What goes into a message, or why nothing goes."""

    notices: tuple[Notice, ...]
    links: tuple[Link, ...]  # of each notice
    meetings: tuple[Meets, ...]  # to be put into its reader's calendar, or taken out of it
    contacts: dict[str | None, Contact | None]  # None: the reader is the coordinator
    language: Language
    municipality: str  # its name
    address: str
    left_out: dict[str, str]  # the items that are not told, and why
    not_sent: str | None = None


def contents(session: Session, worlds: Worlds, letter: Letter, now: dt.datetime) -> Contents:
    """What the message tells its reader now, in the reader's language."""
    directory = directory_now(session, worlds, letter.municipality)
    person = directory.people.get(letter.person)
    language: Language = person.language if person else "fi"  # type: ignore[assignment]
    nothing = Contents((), (), (), {}, language, directory.name, "", {})
    if person is None or not person.active:
        return nothing._replace(not_sent=LEFT)
    (address,) = _values(session, letter.municipality, person.email)
    if address is None:
        return nothing._replace(not_sent=COVERED)
    left_out = _told_today(session, letter, now)
    notices: list[Notice] = []
    links: list[Link] = []
    meetings: list[Meets] = []
    contacts: dict[str | None, Contact | None] = {}
    for key, items in groupby(letter.items, key=lambda one: one.process):
        mine = [one for one in items if one.item not in left_out]
        if key is None:
            for one in mine:
                link = _link_of_etappi(letter, one.said, now)
                if link is None:
                    left_out[one.item] = OVER
                    continue
                links.append(link)
                notices.append(_notice_of_etappi(one.said))
            contacts[None] = _administering(session, directory, letter.person, now)
            continue
        if not mine:
            continue
        moment, wording = _moment(session, worlds, letter.municipality, key, str(mine[0].title), language, now)
        told = leaving([Thing(one.item, one.said) for one in mine], letter.person, moment)
        left_out |= told.left_out
        for thing, missing in told.told:
            notices.append(wording.notice(thing.said, missing))
            links.append(link_to(letter, key, thing.said, now))
            if thing.said.kind in (e.MeetingScheduled.__name__, e.MeetingCancelled.__name__):
                meetings.append(Meets(wording, thing.said))
        coordinator = moment.process.coordinator
        if not directory.is_active(coordinator):
            contacts[wording.title] = _administering(session, directory, letter.person, now)
        else:
            contacts[wording.title] = contact(session, directory, coordinator) if coordinator != letter.person else None
    return Contents(
        notices=tuple(notices),
        links=tuple(links),
        meetings=tuple(meetings),
        contacts=contacts,
        language=language,
        municipality=directory.name,
        address=address,
        left_out=left_out,
        not_sent=None if notices else LAPSED,
    )


def _notice_of_etappi(said: Said) -> Notice:
    needed = NEEDS[said.kind].facts
    facts: dict[str, Fact] = {
        name: dt.datetime.fromisoformat(str(said.facts[name])) if kind is dt.datetime else said.facts[name]
        for name, kind in needed.items()
    }
    return Notice(kind=said.kind, facts=facts)


def _link_of_etappi(letter: Letter, said: Said, now: dt.datetime) -> Link | None:
    """The link of what is about Etappi itself; None where it was to sign in and its time is over."""
    named = {"municipality": letter.municipality, "person": letter.person}
    if "once" not in said.facts:
        return Link(**named, until=good_until(now))
    until = dt.datetime.fromisoformat(str(said.facts["until"]))
    return Link(**named, once=str(said.facts["once"]), until=until) if now < until else None


def _administrator(directory: Directory, reader: str, day: dt.date) -> str:
    """Whom to ask about Etappi: an administrator, another than the reader where there is one."""
    known = sorted({one.person for one in directory.roles.values() if one.role is Role.ADMINISTRATOR})
    present = [person for person in known if directory.has_role(person, Role.ADMINISTRATOR, day)]
    return next((person for person in present if person != reader), present[0] if present else reader)


def _administering(session: Session, directory: Directory, reader: str, now: dt.datetime) -> Contact:
    """Whom to ask about Etappi, and about a process whose coordinator has left."""
    person = _administrator(directory, reader, local_date(now))
    return contact(session, directory, person).model_copy(update={"coordinates": False})


def _told_today(session: Session, letter: Letter, now: dt.datetime) -> dict[str, str]:
    """The reminders of which the person has heard today: a courier that catches up does not say them twice."""
    reminders = {one.item for one in letter.items if one.said.duty is not None}
    if not reminders:
        return {}
    named = {"municipality": letter.municipality, "person": letter.person}
    since = instant_text(at_local(local_date(now), 0))
    said = {row[0] for row in session.all(TOLD_SINCE, {**named, "since": since})}
    return dict.fromkeys(reminders & said, TOLD_TODAY)


def _moment(
    session: Session, worlds: Worlds, municipality: str, key: str, title: str, language: Language, now: dt.datetime
) -> tuple[Moment, Wording]:
    scope, head, length = store.find_process(session, municipality, key)
    process = worlds.process(session, scope, head)
    directory = worlds.directory(session, municipality, length)
    world = worlds.world(session, directory, process.definition, now)
    owed = OwedByKind(process, world.definition, world.calendar)
    meetings = meeting_names(session, scope.id)
    return Moment(process, world, owed), Wording(title, process, world.definition, directory, language, meetings)


def contact(session: Session, directory: Directory, person: str) -> Contact:
    """Somebody as a contact; the municipality where the name has been covered."""
    known = directory.people.get(person)
    of = (known.name, known.phone, known.email) if known else (None, None, None)
    name, phone, email = _values(session, directory.municipality, *of)
    return Contact(name=name or directory.name, phone=phone, email=email)


def _values(session: Session, municipality: str, *commitments: str | None) -> list[str | None]:
    """The values behind commitments; None where there is none, or it has been covered."""
    wanted = [commitment for commitment in commitments if commitment is not None]
    found: dict[str | None, str] = dict(
        session.all(VALUES, {"municipality": municipality, "texts": json.dumps(wanted)})
    )
    return [found.get(commitment) for commitment in commitments]


def ended(session: Session, letter: Letter, found: Contents, now: dt.datetime, refusal: str | None = None) -> None:
    """The log says of each thing whether it went, and where it did not, why. With a `refusal` nothing went for good.

    Where an attempt before this one may have sent it and died, the log does not claim that it was never read.
    """
    why = refusal or found.not_sent
    reasons = {one.item: _reason(letter, found.left_out.get(one.item) or why) for one in letter.items}
    logged(session, letter, outcome(found, refusal), reasons, now, left_out=found.left_out)


def outcome(found: Contents, refusal: str | None) -> str:
    """What has become of the message, in the words of the log."""
    return "refused" if refusal else "not sent" if found.not_sent else "sent"


def _reason(letter: Letter, why: str | None) -> str | None:
    return f"{why}; {IN_DOUBT}" if why and letter.tried else why
