"""The words of rehearsals and records, from `config/words`: by key and language, with their facts filled in."""

import datetime as dt
import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from models.days.formats import Language, date_text

WORDS = files("config").joinpath("words")


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = json.loads(WORDS.joinpath(f"{name}.json").read_text("utf-8"))
    return read


class Number(int):
    """A number of things: "{n:dag|dagar}" is "1 dag" or "3 dagar"."""

    def __format__(self, things: str) -> str:
        one, _, many = things.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if things else str(int(self))


class Words:
    """The words in one language, as a command or a page says them."""

    def __init__(self, language: Language, name: str = "rehearsal", *, on_page: bool = False) -> None:
        self.language = language
        self.name = name
        self.on_page = on_page

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of that key; dates among the facts are written as in the language."""
        return self._filled(self._said(self.name, key), facts)

    def date(self, day: dt.date) -> str:
        """A date as the language writes it."""
        return date_text(day, self.language)

    def worry(self, kind: str, **facts: object) -> tuple[str, str]:
        """What is odd, and what to do about it."""
        said, advice = self._said("worries", kind)
        return self._filled(said, facts), self._filled(advice, facts)

    def month(self, day: dt.date) -> str:
        """The name of its month."""
        return str(_read("rehearsal")["months"][self.language]).split(",")[day.month - 1]

    def _said(self, name: str, key: str) -> Any:
        """What stands there; on a page what is said there instead of a command's options."""
        said = _read(name)
        return (said.get(f"{key}.page", said[key]) if self.on_page else said[key])[self.language]

    def _filled(self, text: str, facts: dict[str, object]) -> str:
        return text.format(**{name: self._fact(fact) for name, fact in facts.items()})

    def _fact(self, fact: object) -> object:
        if isinstance(fact, dt.date):
            return self.date(fact)
        return Number(fact) if isinstance(fact, int) else fact
