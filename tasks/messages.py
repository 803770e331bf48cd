"""Writes messages: the notices of one person and sending window become one plain text, and that an e-mail's bytes.

The words are in `config/templates/messages`, one set per language. What people wrote (titles, names of outputs and
groups) goes into them as values and is never a template.
"""

import datetime as dt
import hashlib
import re
import textwrap
from collections.abc import Mapping, Sequence
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.days.calendar import at_local, local_date
from models.days.formats import Language, date_text, long_date, moment
from models.errors import NotValid
from models.frozen import Frozen
from models.telling.notices import EVENT_NEEDS, Contact, Notice, one_line
from models.words import Audience

TEMPLATES = Path(__file__).resolve().parent.parent / "config" / "templates" / "messages"
WIDTH = 72
SHORT = 60  # characters of a title or name in a subject

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\\\[\]\x00-\x1f\x7f]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Message(Frozen):
    """A message as it leaves, whatever carries it."""

    subject: str
    text: str
    message_id: str
    headers: dict[str, str]


class Sender(Frozen):
    """In whose name a message leaves: the municipality's, from its own domain."""

    name: str
    address: str


def compose(
    notices: Sequence[Notice],
    *,
    key: str,
    language: Language,
    municipality: str,
    contacts: Mapping[str, Contact],
    on: dt.date,
    domain: str,
    address: str | None = None,
) -> Message:
    """One message that tells one person all the notices, what is asked of them first and the earliest due before.

    `key` names the message for ever (person, window, channel): equal keys give equal message ids. `contacts` holds the
    coordinator of each process by its title, `on` is the day it is sent, `address` a place to act that can be typed.
    Raises NotValid where there is nothing to tell or a process has no contact.
    """
    if not notices:
        raise NotValid("There is nothing to tell: a message needs at least one notice.")
    ordered = sorted(notices, key=lambda one: (not one.asks, one.due or dt.date.max))
    without = {one.process for one in ordered} - contacts.keys()
    if without:
        raise NotValid("These processes have no coordinator to ask: {processes}.", processes=sorted(without))
    words = _templates(language)
    items = [
        {**_values(one, on), "title": words(one, on, "_subject"), "text": words(one, on), "asks": one.asks}
        for one in ordered
    ]
    facts = {
        "items": items,
        "municipality": one_line(municipality),
        "contacts": list({contact: None for one in ordered for contact in [contacts[one.process]]}),
        "address": one_line(address or ""),
        "on": on,
    }
    frame = _environment(language).get_template(f"{language}.frame.j2").make_module(facts)
    return Message(
        subject=" ".join(_said(frame, "subject").split()),
        text=_filled(str(frame)),
        message_id=f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>",
        headers={
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies, please
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
        },
    )


def to_eml(message: Message, sender: Sender, to: str, at: dt.datetime) -> bytes:
    """The message as the bytes of an e-mail, the same for the same values.

    Raises NotValid for an address that is none, and for a header with a line break in it.
    """
    mail = EmailMessage(policy=policy.SMTP)
    try:
        mail["From"] = Address(one_line(sender.name), addr_spec=_checked(sender.address))
        mail["To"] = Address(addr_spec=_checked(to))
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(at.astimezone(dt.UTC))
        mail["Message-ID"] = message.message_id
        mail.set_content(message.text, charset="utf-8", cte="quoted-printable")
        for name, value in message.headers.items():
            mail[name] = value
    except ValueError as error:
        raise NotValid("The message has a header that cannot be sent: {why}.", why=str(error)) from None
    return mail.as_bytes()


def _checked(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise NotValid('"{address}" is no e-mail address; it looks like name@municipality.fi.', address=address)
    return address


# --- templates ----------------------------------------------------------------------------------------------------


class _Words:
    """The texts of one language: a macro for each kind of notice, and one for its subject."""

    def __init__(self, language: Language) -> None:
        environment = _environment(language)
        self.events = environment.get_template(f"{language}.events.j2").module
        self.reminders = environment.get_template(f"{language}.reminders.j2").module

    def __call__(self, notice: Notice, on: dt.date, part: str = "") -> str:
        values = _values(notice, on)
        if notice.kind in EVENT_NEEDS:
            return _said(self.events, notice.kind + part, values)
        duty, audience = notice.kind.split(":")
        whose = "holder" if audience == Audience.HOLDER else "others"
        text = _said(self.reminders, f"{duty}_{whose}{part}", values)
        return text if part or whose == "holder" else f"{text}\n\n{_said(self.reminders, f'as_{audience}')}"


def _said(module: TemplateModule, macro: str, *values: object) -> str:
    return str(getattr(module, macro)(*values)).strip()


def _values(notice: Notice, on: dt.date) -> dict[str, Any]:
    values: dict[str, Any] = {"process": notice.process, "rehearsal": notice.rehearsal, **notice.facts}
    given = {"phase": notice.phase, "about": notice.about, "due": notice.due}
    if notice.due:
        values["left"] = (notice.due - on).days
    return values | {name: value for name, value in given.items() if value is not None}


@lru_cache(maxsize=3)
def _templates(language: Language) -> _Words:
    return _Words(language)


@lru_cache(maxsize=3)
def _environment(language: Language) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = partial(date_text, language=language)
    environment.filters["long_date"] = partial(long_date, language=language)
    environment.filters["moment"] = partial(_when, language=language)
    environment.filters["short"] = _shortened
    return environment


def _when(instant: dt.datetime, language: Language) -> str:
    """Day and time of a meeting; at midnight only its day, for then no time is known."""
    day = local_date(instant)
    return date_text(day, language) if instant == at_local(day, 0) else moment(instant, language)


def _shortened(text: str) -> str:
    """The text, or its beginning up to a space, so that a subject still shows its date."""
    if len(text) <= SHORT:
        return text
    return (text[:SHORT].rsplit(" ", 1)[0] if " " in text[:SHORT] else text[: SHORT - 1]).rstrip(",;: ") + "…"


def _filled(text: str) -> str:
    """Paragraphs in lines of even width; lines that begin with a dash stay lines of their own."""
    return "\n\n".join(_paragraph(part) for part in re.split(r"\n\s*\n", text.strip())) + "\n"


def _paragraph(text: str) -> str:
    lines = list[list[str]]()
    for line in text.split("\n"):
        words = line.split()
        if line.lstrip().startswith("- ") or not lines:
            lines.append(words)
        else:
            lines[-1].extend(words)
    return "\n".join(_wrapped(" ".join(words)) for words in lines)


def _wrapped(line: str) -> str:
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, width=WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
