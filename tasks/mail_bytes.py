"""A message as the bytes of an e-mail: plain text, the page beside it, and the calendar where there is one.

Written by hand, for the library's way costs more than all else that is done for a message; the tests read it back with
the library. The same values give the same bytes: nothing random is in them.
"""

import binascii
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from email.utils import format_datetime, formataddr
from typing import NamedTuple

from models.errors import NotValid
from models.frozen import Frozen
from models.telling.notices import Contact, one_line
from tasks.messages import Message

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\\\[\]\x00-\x1f\x7f]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_NAMED = re.compile(r"(?P<name>.+) (?P<rest><[^<>]+>)", re.DOTALL)  # "Kemijärvi 2030 <kemijarvi-2030.kunta.fi>"

LONGEST = 76  # letters of a header's line
ROOM = 45  # bytes of an encoded word (RFC 2047): in base 64, with what stands around them, they fill a line
CRLF = b"\r\n"


class Sender(Frozen):
    """In whose name a message leaves: the municipality's, from its own domain."""

    name: str
    address: str


class Invitation(NamedTuple):
    """A calendar that goes with a message."""

    method: str  # REQUEST or CANCEL
    content: bytes


class Part(NamedTuple):
    """One part of a mail: what it is, and its bytes."""

    media: str  # with its parameters
    content: bytes
    name: str | None = None  # of a file


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
    headers = [
        ("From", _address(sender.name, sender.address)),
        ("To", _checked(to)),
        *(("Reply-To", answers) for answers in [_answers(reply_to)] if answers),
        ("Subject", _encoded("Subject", message.subject)),
        ("Date", format_datetime(at.astimezone(dt.UTC))),
        ("Message-ID", _plain(message.message_id)),
        *((name, _header(name, value)) for name, value in message.headers.items()),
        ("MIME-Version", "1.0"),
    ]
    named = hashlib.sha256(message.message_id.encode()).hexdigest()[:24]
    media, body = _body(message, invitations, named)
    head = [f"{name}: {value}".encode("ascii") for name, value in [*headers, ("Content-Type", media)]]
    return CRLF.join([*head, b"", body])


# --- headers ------------------------------------------------------------------------------------------------------


def _answers(contacts: Iterable[Contact]) -> str:
    return ",\r\n ".join(_address(one.name, one.email) for one in contacts if one.email)


def _address(name: str, address: str) -> str:
    name = one_line(name)
    if name.isascii():
        return formataddr((name, _checked(address)))
    return f"{_encoded('From', name)} <{_checked(address)}>"


def _header(name: str, value: str) -> str:
    """The value of a header: the name in front of something in angle brackets is words, the rest stands as it is."""
    found = _NAMED.fullmatch(value)
    return f"{_encoded(name, found['name'])}\r\n {_plain(found['rest'])}" if found else _plain(value)


def _encoded(header: str, words: str) -> str:
    """Words as a header carries them, whatever letters they have."""
    if re.search(r"[\r\n]", words):
        raise _wrong(header)
    if words.isascii() and len(words) < LONGEST - len(header):
        return words
    pieces = _pieces(words.encode(), ROOM - len(header))
    return "\r\n ".join(f"=?utf-8?b?{binascii.b2a_base64(one, newline=False).decode()}?=" for one in pieces)


def _pieces(text: bytes, room: int) -> Iterator[bytes]:
    """The text in pieces that fit in their lines, cut between letters; the first line has less room."""
    while len(text) > room:
        cut = room
        while text[cut] & 0b11000000 == 0b10000000:  # inside a letter
            cut -= 1
        yield text[:cut]
        text, room = text[cut:], ROOM
    yield text


def _plain(value: str) -> str:
    if not value.isascii() or re.search(r"[\x00-\x1f\x7f]", value):
        raise _wrong(value)
    return value


def _wrong(what: str) -> NotValid:
    return NotValid("The message has a header that cannot be sent: {what}.", what=one_line(what))


def _checked(address: str) -> str:
    if not address.isascii() or not _ADDRESS.fullmatch(address):
        raise NotValid('"{address}" is no e-mail address; it looks like name@municipality.fi.', address=address)
    return address


# --- the body -----------------------------------------------------------------------------------------------------


def _body(message: Message, invitations: Sequence[Invitation], named: str) -> tuple[str, bytes]:
    """The text, the page, and the calendar: as something to answer where there is one, and as files in any case."""
    shown = [
        Part("text/plain; charset=utf-8", message.text.encode()),
        Part("text/html; charset=utf-8", message.html.encode()),
    ]
    if len(invitations) == 1:
        (one,) = invitations
        shown.append(Part(f"text/calendar; charset=utf-8; method={one.method}", one.content))
    alternative = _together("alternative", [_written(part) for part in shown], f"=_a_{named}")
    if not invitations:
        return alternative
    files = []
    for number, one in enumerate(invitations, 1):
        name = "kutsu.ics" if len(invitations) == 1 else f"kutsu-{number}.ics"
        media = f'text/calendar; charset=utf-8; method={one.method}; name="{name}"'
        files.append(_written(Part(media, one.content, name)))
    media, body = alternative
    return _together("mixed", [CRLF.join([f"Content-Type: {media}".encode(), b"", body]), *files], f"=_m_{named}")


def _together(kind: str, parts: Iterable[bytes], boundary: str) -> tuple[str, bytes]:
    mark = f"--{boundary}".encode()
    body = b"".join(CRLF.join([mark, part, b""]) for part in parts)
    return f'multipart/{kind};\r\n boundary="{boundary}"', body + mark + b"--" + CRLF


def _written(part: Part) -> bytes:
    """A part as quoted-printable, in lines that every server takes."""
    lines = part.content.replace(CRLF, b"\n")
    content = binascii.b2a_qp(lines, istext=True).replace(b"\n", CRLF)
    head = [f"Content-Type: {part.media}", "Content-Transfer-Encoding: quoted-printable"]
    if part.name:
        head.append(f'Content-Disposition: attachment; filename="{part.name}"')
    return CRLF.join([*(line.encode() for line in head), b"", content])
