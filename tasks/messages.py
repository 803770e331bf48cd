"""Writes messages: the notices of one person and sending window become a subject, a plain text and an accessible page.

The words come from `mail_words.py`; the bytes of an e-mail are made in `mail_bytes.py`.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from models.days.formats import Language
from models.errors import NotValid
from models.frozen import Frozen
from models.outgoing.mail_names import message_id
from models.telling.notices import Contact, Notice, one_line
from tasks.mail_words import Words, said, values_of, words_in

WIDTH = 72
PREVIEW = 140  # characters that a list of mails shows beside the subject

Block = tuple[str, list[str]]
"""A paragraph ("text", one line) or a list ("list", its lines)."""


class Message(Frozen):
    """A message as it leaves, whatever carries it."""

    subject: str
    text: str
    html: str
    message_id: str
    headers: dict[str, str]


class Ways(Frozen):
    """How a message's reader gets to Etappi: the address, a link for each notice, and a code for who types it."""

    address: str = ""
    links: tuple[str, ...] = ()
    inbox: str = ""  # the link to Odottaa sinua
    code: str = ""


def compose(
    notices: Sequence[Notice],
    *,
    key: str,
    language: Language,
    municipality: str,
    contacts: Mapping[str | None, Contact | None],
    on: dt.date,
    domain: str,
    ways: Ways | None = None,
    number: int | None = None,
) -> Message:
    """One message that tells one person all the notices, what is asked of them first and the earliest due before.

    `key` names the message for ever (person, window, channel), and `number` finds it again when it bounces: equal ones
    give equal message ids. `contacts` holds the coordinator of each process by its title, or None where the reader
    is that coordinator, and `on` is the day it is sent.
    Raises NotValid where there is nothing to tell or a process has no contact.
    """
    if not notices:
        raise NotValid("There is nothing to tell: a message needs at least one notice.")
    ways = ways or Ways()
    links = ways.links or ("",) * len(notices)
    ordered = sorted(zip(notices, links, strict=True), key=lambda one: (not one[0].asks, one[0].due or dt.date.max))
    without = {one.process for one in notices if one.process} - contacts.keys()
    if without:
        raise NotValid("These processes have no coordinator to ask: {processes}.", processes=sorted(without))
    words = words_in(language)
    items = [_item(words, notice, link, on) for notice, link in ordered]
    asked = [one for one in dict.fromkeys(contacts.get(notice.process) for notice, _ in ordered) if one is not None]
    single = len(items) == 1
    facts: dict[str, Any] = {
        "items": items,
        "municipality": one_line(municipality),
        "contacts": asked,
        "replies": any(contact.email for contact in asked),
        "of_process": any(notice.process for notice in notices) and all(contact.coordinates for contact in asked),
        "address": one_line(ways.address),
        "code": ways.code,
    }
    frame = words.frame.make_module(facts)
    subject = " ".join(said(frame, "subject").split())
    main = (items[0]["button"], items[0]["link"]) if single else (words.labels["inbox"], ways.inbox)
    more = {"language": language, "words": words.labels, "subject": subject, "main": main if main[1] else None}
    return Message(
        subject=subject,
        text=_filled(str(frame)),
        html=words.page.render({**facts, **more, "preview": _preview(items[0])}) + "\n",
        message_id=message_id(key, domain, number),
        headers={
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies, please
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
        },
    )


def _item(words: Words, notice: Notice, link: str, on: dt.date) -> dict[str, Any]:
    text = words.text(notice, on)
    told = blocks(text)
    lead = 2 if len(told) > 1 and told[1][0] == "list" and told[0][1][0].endswith(":") else 1
    return {
        **values_of(notice, on),
        "title": words.subject(notice, on),
        "text": text,
        "lead": told[:lead],  # before the button: what it is about
        "rest": told[lead:],
        "facts": words.facts(notice),
        "asks": notice.asks,
        "button": words.button(notice),
        "link": link,
        "about": notice.about or notice.phase or notice.process or "",
    }


def _preview(item: dict[str, Any]) -> str:
    told = [*item["lead"], *item["rest"]]
    return _shortened(" ".join(line for kind, lines in told if kind == "text" for line in lines))


def _shortened(text: str) -> str:
    """The text, or its beginning as far as whole words fit."""
    if len(text) <= PREVIEW:
        return text
    end = text.rfind(" ", 0, PREVIEW)
    return (text[:end] if end > 0 else text[: PREVIEW - 1]) + "…"


# --- plain text ---------------------------------------------------------------------------------------------------


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text. A line that begins with a dash is one of a list."""
    found: list[Block] = []
    for part in _parts(text):
        for number, line in enumerate(_lines(part)):
            if not line.startswith("- "):
                found.append(("text", [line]))
            elif number and found[-1][0] == "list":
                found[-1][1].append(line[2:])
            else:
                found.append(("list", [line[2:]]))
    return found


def _filled(text: str) -> str:
    """Paragraphs in lines of even width; lines that begin with a dash stay lines of their own."""
    return "\n\n".join("\n".join(map(_wrapped, _lines(part))) for part in _parts(text)) + "\n"


def _parts(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.strip())


def _lines(part: str) -> list[str]:
    """A paragraph as one line, and each line that begins with a dash as one of its own."""
    lines: list[list[str]] = []
    for line in part.split("\n"):
        words = line.split()
        if line.lstrip().startswith("- ") or not lines:
            lines.append(words)
        else:
            lines[-1].extend(words)
    return [" ".join(words) for words in lines]


def _wrapped(line: str) -> str:
    """The line in lines of even width, broken between words only; what is too long for one stays whole."""
    indent = "  " if line.startswith("- ") else ""
    lines = []
    while len(line) > WIDTH:
        end = line.rfind(" ", len(indent), WIDTH + 1)
        end = end if end > 0 else line.find(" ", WIDTH)
        if end < 0:
            break
        lines.append(line[:end])
        line = indent + line[end + 1 :]
    return "\n".join([*lines, line])
