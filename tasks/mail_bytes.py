"""A message as the bytes of an e-mail: plain text, the page beside it, and the calendar where there is one.

The same values give the same bytes: nothing random is in them.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

from models.errors import NotValid
from models.frozen import Frozen
from models.telling.notices import Contact, one_line
from tasks.messages import Message

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\\\[\]\x00-\x1f\x7f]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

POLICY = policy.SMTP


class Sender(Frozen):
    """In whose name a message leaves: the municipality's, from its own domain."""

    name: str
    address: str


class Invitation(NamedTuple):
    """A calendar that goes with a message."""

    method: str  # REQUEST or CANCEL
    content: bytes


def to_eml(
    message: Message,
    sender: Sender,
    to: str,
    at: dt.datetime,
    reply_to: Sequence[Contact] = (),
    invitations: Sequence[Invitation] = (),
) -> bytes:
    """The message as the bytes of an e-mail, the same for the same values.

    Raises NotValid for an address that is none, and for a header with a line break in it.
    """
    mail = _body(message, invitations)
    try:
        mail["From"] = Address(one_line(sender.name), addr_spec=_checked(sender.address))
        mail["To"] = Address(addr_spec=_checked(to))
        answers = [Address(one.name, addr_spec=_checked(one.email)) for one in reply_to if one.email]
        if answers:
            mail["Reply-To"] = answers
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(at.astimezone(dt.UTC))
        mail["Message-ID"] = message.message_id
        for name, value in message.headers.items():
            mail[name] = value
    except ValueError as error:
        raise NotValid("The message has a header that cannot be sent: {why}.", why=str(error)) from None
    named = hashlib.sha256(message.message_id.encode()).hexdigest()[:24]
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{named}")
    return mail.as_bytes()


def _body(message: Message, invitations: Sequence[Invitation]) -> EmailMessage:
    """The text, the page, and the calendar: as something to answer where there is one, and as files in any case."""
    mail = EmailMessage(policy=POLICY)
    mail.set_content(message.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", charset="utf-8", cte="quoted-printable")
    if len(invitations) == 1:
        (one,) = invitations
        mail.add_alternative(one.content.decode(), subtype="calendar", charset="utf-8", params={"method": one.method})
    for number, one in enumerate(invitations, 1):
        name = "kutsu.ics" if len(invitations) == 1 else f"kutsu-{number}.ics"
        params = {"method": one.method, "name": name}
        mail.add_attachment(one.content.decode(), subtype="calendar", charset="utf-8", filename=name, params=params)
    return mail


def _checked(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise NotValid('"{address}" is no e-mail address; it looks like name@municipality.fi.', address=address)
    return address
