"""Messages on their way out: what each holds when it leaves, and the log of what went and what did not.

A message is closed before it is read, so that nothing is added after. Whether it may leave now, to whom, and what of it
still stands is looked at then and not when it was made. Nothing here commits.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import NamedTuple

from models.days.calendar import at_local, local_date
from models.days.formats import Language
from models.duties.duties import duties
from models.municipality.directory import Directory
from models.outgoing import outbox
from models.outgoing.addressing import LOG, OfProcess
from models.outgoing.combining import URGENT
from models.outgoing.links import Link, good_until
from models.outgoing.readers import choices_of
from models.record import instant_text
from models.storage import store
from models.storage.database import Session
from models.storage.worlds import Worlds
from models.telling.hours import leaves_at, may_leave
from models.telling.leaving import Moment, Thing, leaving
from models.telling.notices import Contact, Notice
from models.telling.said import Said
from models.telling.wording import Wording
from models.words import Rhythm

LAPSED = "done meanwhile"
LEFT = "no longer in the directory"
COVERED = "the address has been covered"
TOLD_TODAY = "told earlier on the same day"
AWAY = "away; told to whoever acts for them"
ALONE = "away, and nobody present acts for them"

CLOSE = "update message set state = 'closed' where id = :id and state = 'open'"
MESSAGE = """
    select o.id, o.key, m.id, m.municipality_id, m.person, m.sending_window, m.channel, m.state
    from outbox o join message m on m.id = :message where o.id = :row and o.state <> 'done'"""
PAYLOAD = "select payload from outbox where id = :row and kind = 'message' and state <> 'done'"
ITEMS = """
    select i.item, i.payload, i.process_id, head.key, process.title
    from message_item i left join process_head head on head.id = i.process_id
    left join process on process.process_id = i.process_id
    where i.message_id = :message order by i.process_id, i.item"""
TOLD_SINCE = """
    select subject from message_log
    where municipality_id = :municipality and person = :person and at >= :since and outcome = 'sent'"""
VALUE = "select value from personal where municipality_id = :municipality and commitment = :commitment"
ENDED = "update message set state = :state, sent_at = :at where id = :message"


class Item(NamedTuple):
    """One thing that a message tells, and of which process; of none where it is about Etappi itself."""

    item: str
    said: Said
    process_id: int | None
    process: str | None
    title: str | None


class Letter(NamedTuple):
    """One message to one person."""

    row: int  # of the outbox
    key: str
    id: int
    municipality: str
    person: str
    window: str
    channel: str
    items: tuple[Item, ...] = ()


class Contents(NamedTuple):
    """What goes into a message, or why nothing goes."""

    notices: tuple[Notice, ...]
    links: tuple[Link, ...]  # of each notice
    contacts: dict[str | None, Contact]
    language: Language
    municipality: str  # its name
    address: str
    left_out: dict[str, str]  # the items that are not told, and why
    not_sent: str | None = None

    @property
    def threads(self) -> frozenset[tuple[str | None, str | None]]:
        """The processes and checkpoints it is about."""
        return frozenset((link.process, notice.phase) for notice, link in zip(self.notices, self.links, strict=True))


# --- leaving ------------------------------------------------------------------------------------------------------


def take(
    session: Session,
    worlds: Worlds,
    row: int,
    now: dt.datetime,
    instead: Callable[[Session, str, list[OfProcess], dt.datetime], list[str]],
    *,
    hasten: bool = False,
) -> Letter | None:
    """The message that an effect owes takes nothing more and leaves now.

    None where it has gone already, waits for its reader's hours (with `hasten` it does not), or its reader is away;
    then it is told `instead` to whoever acts for them.
    """
    owed = session.one(PAYLOAD, {"row": row})
    if owed is None:
        return None
    message = json.loads(owed[0])["message"]
    found = session.one(MESSAGE, {"row": row, "message": message})
    assert found is not None, "an effect that owes a message names it"
    letter, state = Letter(*found[:-1]), found[-1]
    if letter.channel != URGENT:
        directory = _directory(session, worlds, letter.municipality)
        choices = choices_of(session, letter.municipality, letter.person)
        calendar = worlds.calendar(session, directory)
        if not hasten and not may_leave(now, choices, calendar):
            at_once = choices.model_copy(update={"rhythm": Rhythm.AT_ONCE})
            outbox.postpone(session, row, leaves_at(now, at_once, calendar))
            return None
        if state == "open" and directory.away(letter.person, local_date(now)):
            _told_instead(session, _with_items(session, letter), now, instead)
            return None
    session.run(CLOSE, {"id": message})
    return _with_items(session, letter)


def _with_items(session: Session, letter: Letter) -> Letter:
    items = (
        Item(one[0], Said.model_validate_json(one[1]), one[2], one[3], one[4])
        for one in session.all(ITEMS, {"message": letter.id})
    )
    return letter._replace(items=tuple(items))


def _told_instead(
    session: Session,
    letter: Letter,
    now: dt.datetime,
    instead: Callable[[Session, str, list[OfProcess], dt.datetime], list[str]],
) -> None:
    things = [OfProcess(letter.municipality, one.process, one.item, one.said) for one in letter.items if one.process]
    alone = instead(session, letter.person, things, now)
    reasons = {one.item: ALONE if one.item in alone else AWAY for one in letter.items}
    outbox.done(session, letter.row)
    logged(session, letter, "not sent", reasons, now)


# --- what it tells ------------------------------------------------------------------------------------------------


def contents(session: Session, worlds: Worlds, letter: Letter, now: dt.datetime) -> Contents:
    """What the message tells its reader now, in the reader's language."""
    directory = _directory(session, worlds, letter.municipality)
    person = directory.people.get(letter.person)
    language: Language = person.language if person else "fi"  # type: ignore[assignment]
    nothing = Contents((), (), {}, language, directory.name, "", {})
    if person is None or not person.active:
        return nothing._replace(not_sent=LEFT)
    address = value(session, letter.municipality, person.email)
    if address is None:
        return nothing._replace(not_sent=COVERED)
    left_out = _told_today(session, letter, now)
    notices: list[Notice] = []
    links: list[Link] = []
    contacts: dict[str | None, Contact] = {}
    for key, items in groupby(letter.items, key=lambda one: one.process):
        mine = [one for one in items if one.item not in left_out]
        if key is None or not mine:
            continue
        moment, wording = _moment(session, worlds, letter.municipality, key, str(mine[0].title), language, now)
        told = leaving([Thing(one.item, one.said) for one in mine], letter.person, moment)
        left_out |= told.left_out
        for thing, missing in told.told:
            notices.append(wording.notice(thing.said, missing))
            links.append(_link(letter, key, thing.said, now))
        contacts[wording.title] = contact(session, directory, moment.process.coordinator)
    return Contents(
        notices=tuple(notices),
        links=tuple(links),
        contacts=contacts,
        language=language,
        municipality=directory.name,
        address=address,
        left_out=left_out,
        not_sent=None if notices else LAPSED,
    )


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
    owed = duties(process, world.definition, world.calendar)
    return Moment(process, world, owed), Wording(title, process, world.definition, directory, language)


def _link(letter: Letter, process: str, said: Said, now: dt.datetime) -> Link:
    """The link to what is said: to the duty, or to what it is about."""
    return Link(
        municipality=letter.municipality,
        person=letter.person,
        process=process,
        about=said.duty or said.about or (f"phase:{said.phase}" if said.phase else None),
        until=good_until(now, said.due),
    )


def contact(session: Session, directory: Directory, person: str) -> Contact:
    """Somebody as a contact; the municipality where the name has been covered."""
    known = directory.people.get(person)
    name = value(session, directory.municipality, known.name) if known else None
    email = value(session, directory.municipality, known.email) if known else None
    phone = value(session, directory.municipality, known.phone) if known else None
    return Contact(name=name or directory.name, phone=phone, email=email)


def value(session: Session, municipality: str, commitment: str | None) -> str | None:
    """The value behind a commitment; None where there is none, or it has been covered."""
    if commitment is None:
        return None
    row = session.one(VALUE, {"municipality": municipality, "commitment": commitment})
    return str(row[0]) if row else None


def _directory(session: Session, worlds: Worlds, municipality: str) -> Directory:
    head = store.municipality_head(session, municipality)
    return worlds.directory(session, municipality, head.sequence if head else 0)


# --- the log ------------------------------------------------------------------------------------------------------


def ended(session: Session, letter: Letter, found: Contents, now: dt.datetime, refusal: str | None = None) -> None:
    """The log says of each thing whether it went, and where it did not, why. With a `refusal` nothing went for good."""
    why = refusal or found.not_sent
    outcome = "sent" if why is None else "refused" if refusal else "not sent"
    reasons = {one.item: found.left_out.get(one.item) or why for one in letter.items}
    logged(session, letter, outcome, reasons, now, left_out=found.left_out)


def logged(
    session: Session,
    letter: Letter,
    outcome: str,
    reasons: Mapping[str, str | None],
    now: dt.datetime,
    left_out: Mapping[str, str] | None = None,
) -> None:
    """The message has ended so; what was left out of it was not sent in any case."""
    at = instant_text(now)
    session.run(ENDED, {"message": letter.id, "state": outcome, "at": at if outcome == "sent" else None})
    session.many(
        LOG,
        [
            {
                "municipality": letter.municipality,
                "process": one.process_id,
                "message": letter.id,
                "person": letter.person,
                "channel": letter.channel,
                "subject": one.item,
                "outcome": "not sent" if left_out and one.item in left_out else outcome,
                "reason": reasons.get(one.item),
                "now": at,
            }
            for one in letter.items
        ],
    )
