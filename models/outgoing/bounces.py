"""Mails that come back: which message it was, and why. Reading is pure; recording happens in the caller's transaction.

A mail server says so in a report (RFC 3464) to the address that messages are sent from. The report quotes the
Message-ID of what came back, which proves that it is ours.
"""

import datetime as dt
import email
from email import policy
from email.message import EmailMessage
from typing import NamedTuple

from models.errors import NotFound, NotValid
from models.outgoing import letters
from models.outgoing.combining import message_key
from models.outgoing.mail_names import is_named, number_in
from models.storage.database import Session

LONGEST = 300

FIND = "select municipality_id, person, sending_window, channel, state from message where id = :number"


class Bounce(NamedTuple):
    """What a report says of one message."""

    number: int
    named: str  # the proof that it is ours
    for_good: bool
    why: str


def read_bounce(content: bytes) -> Bounce:
    """What the report says. Raises NotValid for what is no report about a message of ours."""
    mail = email.message_from_bytes(content, policy=policy.default)
    report = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    quoted = "".join(_quoted(part) for part in mail.walk())
    ours = number_in(quoted)
    if report is None or ours is None:
        raise NotValid("This is no report of a mail server about a message of Etappi's.")
    fields = {name.lower(): str(value) for part in report.iter_parts() for name, value in part.items()}
    status = fields.get("status", "").strip()
    why = fields.get("diagnostic-code", "").partition(";")[2].strip() or status or "no reason given"
    failed = fields.get("action", "").strip().lower() == "failed"
    return Bounce(*ours, for_good=failed, why=" ".join((why if status in why else f"{status} {why}").split())[:LONGEST])


def _quoted(part: object) -> str:
    """What a part quotes of the message that came back: the whole of it, or its headers."""
    assert isinstance(part, EmailMessage)
    if part.get_content_type() == "message/rfc822":
        return "".join(f"{inner['Message-ID']}\n" for inner in part.iter_parts())
    if part.get_content_type() == "text/rfc822-headers":
        return str(part.get_content())
    return ""


def record_bounce(session: Session, bounce: Bounce, now: dt.datetime) -> bool:
    """The log says that the message came back, and why; False where it may still arrive, or that was known.

    Raises NotFound where it was never sent from here.
    """
    row = session.one(FIND, {"number": bounce.number})
    if row is None or not is_named(f"{row[0]}:{message_key(*row[1:4])}", bounce.named):
        raise NotFound(what="message", name=str(bounce.number))
    if not bounce.for_good or row[4] != "sent":
        return False
    letter = letters.letter_named(session, row[0], bounce.number)
    reasons = dict.fromkeys((item.item for item in letter.items), bounce.why)
    letters.logged(session, letter, "bounced", reasons, now)
    return True
