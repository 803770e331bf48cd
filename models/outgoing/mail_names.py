"""The name of a message among all mails of the world, made from its key: equal keys give equal names."""

import hashlib
import re

_NAME = re.compile(r"<(?P<number>\d{1,18})\.(?P<named>[0-9a-f]{40})@[^\s<>@]+>")


def message_id(key: str, domain: str, number: int | None = None) -> str:
    """The Message-ID; its number leads back to the message."""
    named = _named(key)
    return f"<{named}@{domain}>" if number is None else f"<{number}.{named}@{domain}>"


def number_in(text: str) -> tuple[int, str] | None:
    """The number and the proof in the first Message-ID of ours that stands in the text."""
    found = _NAME.search(text)
    return (int(found["number"]), found["named"]) if found else None


def is_named(key: str, named: str) -> bool:
    """Whether the proof is that of the message with this key."""
    return named == _named(key)


def _named(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
