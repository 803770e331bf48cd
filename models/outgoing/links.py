"""The links that messages carry: signed, bound to one person and one thing, and good until a day.

A link says who it was sent to and what it opens. It gives no right by itself: what the person may read and do is
judged by the rights table when they open it, and opening it changes nothing. Nothing here reads a clock or a disk; the
keys come from `link_keys.py`, the newest first, and links signed with an older one still hold.

How a page uses it: `/o/<token>` is `read_link(keys, token, engine.clock())`, which gives the `Link` or raises NotValid
(not ours, cut or changed) or LinkExpired (whose `facts["link"]` says whom and what it was for). `/o` asks for the short
code that stands in the message beside the address; `read_code` gives the message's number, and
`letters.link_of_message` what it was about. A sign-in link's `once` is the id that the page ticks off when it is used.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from itsdangerous import BadData, Serializer, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from models.days.calendar import due_instant, local_date
from models.errors import LinkExpired, NotValid
from models.frozen import Frozen

AFTERWARDS: Final = dt.timedelta(days=14)
"""How long after its date, or its sending, a link still opens what it was about."""

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The letters of a short code: none is mistaken for another (Crockford's base 32)."""

CHECK: Final = 8  # letters of a code that are its signature: 40 bits, and the page that asks for it counts the attempts

Keys = Sequence[str]


class Purpose(StrEnum):
    """What a link is for. A token of one purpose is none of another."""

    OPEN = "open"  # the page of what a message is about
    SIGN_IN = "sign-in"  # signs its person in, once
    CALENDAR = "calendar"  # a person's own calendar feed


class Link(Frozen):
    """Whom a link was sent to, and what it opens."""

    municipality: str
    person: str
    process: str | None = None  # None: Odottaa sinua, all that waits for the person
    about: str | None = None  # a duty's key, or a reference such as "checkpoint:x" or "meeting:y"; None: the process
    once: str | None = None  # the id under which a sign-in link is used once
    until: dt.datetime | None = None  # the instant from which it opens nothing; None: for good


def good_until(now: dt.datetime, due: dt.date | None = None) -> dt.datetime:
    """Until when a link that is sent now holds: two weeks after its thing is due, and after it was sent."""
    return due_instant(max(local_date(now), due or dt.date.min)) + AFTERWARDS


def link_token(keys: Keys, link: Link, purpose: Purpose = Purpose.OPEN) -> str:
    """The link as it stands in an address: letters, digits, `-`, `_` and `.`. Equal links give equal tokens."""
    until = int(link.until.timestamp()) if link.until else None
    parts = [link.municipality, link.person, link.process, link.about, link.once, until]
    while parts and parts[-1] is None:
        parts.pop()
    return str(_serializer(tuple(keys), purpose).dumps(parts))


def read_link(keys: Keys, token: str, now: dt.datetime, purpose: Purpose = Purpose.OPEN) -> Link:
    """What the link says. Raises NotValid where it is not ours, whole and unchanged; LinkExpired where it is over."""
    try:
        parts = list(_serializer(tuple(keys), purpose).loads(token))
    except BadData:
        raise NotValid(
            "This link is not whole, or it is not from Etappi. Open it again from the message, or type the address "
            "and the code that stand at the end of it."
        ) from None
    said = dict(zip(Link.model_fields, parts, strict=False))
    if "until" in said:
        said["until"] = dt.datetime.fromtimestamp(said["until"], dt.UTC)
    link = Link(**said)
    if link.until is not None and now >= link.until:
        raise LinkExpired(link=link)
    return link


class _Serializer(URLSafeSerializer):
    """The library's, but that it does not try to make a link shorter: too little is in one, and trying takes long."""

    def dump_payload(self, obj: object) -> bytes:
        return base64_encode(Serializer.dump_payload(self, obj))


@lru_cache(maxsize=8)
def _serializer(keys: tuple[str, ...], purpose: Purpose) -> URLSafeSerializer:
    return _Serializer(
        list(reversed(keys)),  # the library signs with the last of them
        salt=f"etappi.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


# --- what can be typed by hand ------------------------------------------------------------------------------------


def message_code(keys: Keys, message: int) -> str:
    """The code that stands in a message for who types the address by hand: "7KQ-2M9X-4TPA"."""
    letters = _letters(message) + _check(keys[0], message)
    first = len(letters) % 4
    groups = [letters[:first], *(letters[at : at + 4] for at in range(first, len(letters), 4))]
    return "-".join(group for group in groups if group)


def read_code(keys: Keys, typed: str) -> int:
    """The number of the message that has this code, however it was spaced. Raises NotValid where none has."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    letters = letters.translate(str.maketrans("OIL", "011"))
    number, check = letters[:-CHECK], letters[-CHECK:]
    if number and len(number) <= 13 and set(letters) <= set(LETTERS):
        message = 0
        for letter in number:
            message = message * 32 + LETTERS.index(letter)
        if any(hmac.compare_digest(check, _check(key, message)) for key in keys):
            return message
    raise NotValid("There is no such code. It stands at the end of the message, under the address.")


def _letters(number: int, least: int = 1) -> str:
    letters = ""
    while number or len(letters) < least:
        number, rest = divmod(number, 32)
        letters = LETTERS[rest] + letters
    return letters


def _check(key: str, message: int) -> str:
    digest = hmac.digest(key.encode(), f"etappi.code:{message}".encode(), "sha256")
    return _letters(int.from_bytes(digest[:5], "big"), CHECK)
