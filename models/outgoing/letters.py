"""Messages on their way out: what each holds when it leaves, and the log of what went and what did not.

A message is closed before it is read, so that nothing is added after. What has been done meanwhile is left out of it:
a reminder of a duty that nobody owes any more. Nothing here commits.
"""

import datetime as dt
import json
from typing import Any, NamedTuple

from models.days.formats import Language
from models.municipality.directory import Directory
from models.outgoing.addressing import LOG, MAIL
from models.record import instant_text
from models.storage import store
from models.storage.database import Session
from models.storage.worlds import Worlds
from models.telling.notices import Contact, Notice
from models.telling.said import Said
from models.telling.wording import Wording
from models.words import DutyKind

LAPSED = "done meanwhile"
LEFT = "no longer in the directory"
COVERED = "the address has been covered"

CLOSE = "update message set state = 'closed' where id = :id and state = 'open'"
MESSAGE = """
    select o.id, o.key, m.id, m.municipality_id, m.person, m.sending_window
    from outbox o join message m on m.id = :message where o.id = :row and o.state <> 'done'"""
PAYLOAD = "select payload from outbox where id = :row and kind = 'message' and state <> 'done'"
ITEMS = """
    select i.item, i.payload, i.process_id, head.key, process.title
    from message_item i join process_head head on head.id = i.process_id
    join process on process.process_id = i.process_id
    where i.message_id = :message order by i.process_id, i.item"""
OPEN_DUTY = "select 1 from duty where process_id = :process and duty = :duty"
COUNT_STANCES = """
    select count(*) from duty
    where process_id = :process and kind = :kind and phase = :phase and round = :round and working_group = :group"""
VALUE = "select value from personal where municipality_id = :municipality and commitment = :commitment"
ENDED = "update message set state = :state, sent_at = :at where id = :message"


class Item(NamedTuple):
    """One thing that a message tells, and of which process."""

    item: str
    said: Said
    process_id: int
    process: str
    title: str


class Letter(NamedTuple):
    """One message to one person, closed."""

    row: int  # of the outbox
    key: str
    id: int
    municipality: str
    person: str
    window: str
    items: tuple[Item, ...]


class Contents(NamedTuple):
    """What goes into a message, or why nothing goes."""

    notices: tuple[Notice, ...]
    contacts: dict[str, Contact]
    language: Language
    municipality: str  # its name
    address: str
    left_out: tuple[str, ...]  # the items that have lapsed
    not_sent: str | None = None


def close(session: Session, row: int) -> Letter | None:
    """The message that an effect owes takes nothing more; None where it has gone already."""
    owed = session.one(PAYLOAD, {"row": row})
    if owed is None:
        return None
    message = json.loads(owed[0])["message"]
    session.run(CLOSE, {"id": message})
    found = session.one(MESSAGE, {"row": row, "message": message})
    assert found is not None, "an effect that owes a message names it"
    items = (
        Item(one[0], Said.model_validate_json(one[1]), one[2], one[3], one[4])
        for one in session.all(ITEMS, {"message": message})
    )
    return Letter(found[0], found[1], found[2], found[3], found[4], found[5], tuple(items))


def contents(session: Session, worlds: Worlds, letter: Letter) -> Contents:
    """What the message tells its reader now, in the reader's language."""
    head = store.municipality_head(session, letter.municipality)
    directory = worlds.directory(session, letter.municipality, head.sequence if head else 0)
    person = directory.people.get(letter.person)
    language: Language = person.language if person else "fi"  # type: ignore[assignment]
    nothing = Contents((), {}, language, directory.name, "", ())
    if person is None or not person.active:
        return nothing._replace(not_sent=LEFT)
    address = _value(session, letter.municipality, person.email)
    if address is None:
        return nothing._replace(not_sent=COVERED)
    notices: list[Notice] = []
    contacts: dict[str, Contact] = {}
    left_out: list[str] = []
    for item in letter.items:
        wording = _wording(session, worlds, letter, item, directory, language)
        missing = _missing(session, item)
        if missing == 0:
            left_out.append(item.item)
            continue
        notices.append(wording.notice(item.said, missing))
        contacts[item.title] = _contact(session, letter.municipality, directory, wording.process.coordinator)
    return Contents(
        notices=tuple(notices),
        contacts=contacts,
        language=language,
        municipality=directory.name,
        address=address,
        left_out=tuple(left_out),
        not_sent=None if notices else LAPSED,
    )


def ended(session: Session, letter: Letter, found: Contents, now: dt.datetime) -> None:
    """The log says of each item whether it went, and where it did not, why."""
    at = instant_text(now)
    state = "sent" if found.not_sent is None else "not sent"
    session.run(ENDED, {"message": letter.id, "state": state, "at": at if state == "sent" else None})
    rows: list[dict[str, Any]] = []
    for item in letter.items:
        lapsed = item.item in found.left_out
        rows.append(
            {
                "municipality": letter.municipality,
                "process": item.process_id,
                "message": letter.id,
                "person": letter.person,
                "channel": MAIL,
                "subject": item.item,
                "outcome": "not sent" if lapsed else state,
                "reason": LAPSED if lapsed else found.not_sent,
                "now": at,
            }
        )
    session.many(LOG, rows)


def _wording(
    session: Session, worlds: Worlds, letter: Letter, item: Item, directory: Directory, language: Language
) -> Wording:
    scope, head, _ = store.find_process(session, letter.municipality, item.process)
    process = worlds.process(session, scope, head)
    definition = worlds.definition(session, letter.municipality, process.definition)
    return Wording(item.title, process, definition, directory, language)


def _missing(session: Session, item: Item) -> int:
    """How much of what the item reminds of is still owed: stances of a group are counted. 1 for what is no reminder."""
    said = item.said
    if said.duty is None:
        return 1
    if said.round is not None:
        group = str(said.facts["group"]).partition(":")[2]
        named = {"process": item.process_id, "kind": DutyKind.STANCE.value, "phase": said.phase, "group": group}
        row = session.one(COUNT_STANCES, {**named, "round": said.round})
        return int(row[0]) if row else 0
    return int(session.one(OPEN_DUTY, {"process": item.process_id, "duty": said.duty}) is not None)


def _contact(session: Session, municipality: str, directory: Directory, coordinator: str) -> Contact:
    """The coordinator as a contact; the municipality where the name has been covered."""
    person = directory.people.get(coordinator)
    name = _value(session, municipality, person.name) if person else None
    return Contact(name=name or directory.name, email=_value(session, municipality, person.email) if person else None)


def _value(session: Session, municipality: str, commitment: str | None) -> str | None:
    """The value behind a commitment; None where there is none, or it has been covered."""
    if commitment is None:
        return None
    row = session.one(VALUE, {"municipality": municipality, "commitment": commitment})
    return str(row[0]) if row else None
