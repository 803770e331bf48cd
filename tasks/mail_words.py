"""The words of messages in one language, from the templates in `config/templates/messages`.

What people wrote (titles, names of outputs and groups) goes into them as values and is never a template.
"""

import datetime as dt
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.days.calendar import at_local, local_date
from models.days.formats import Language, date_text, long_date, moment
from models.telling.notices import ETAPPI_NEEDS, EVENT_NEEDS, Notice
from models.words import Audience

TEMPLATES = Path(__file__).resolve().parent.parent / "config" / "templates" / "messages"
SHORT = 60  # characters of a title or name in a subject


class Words:
    """The texts of one language: a macro for each kind of notice, one for its subject, and the words on its button."""

    def __init__(self, language: Language) -> None:
        environment = _environment(language)
        self.language = language
        self.events = environment.get_template(f"{language}.events.j2").module
        self.reminders = environment.get_template(f"{language}.reminders.j2").module
        self.etappi = environment.get_template(f"{language}.etappi.j2").module
        self.frame: Template = environment.get_template(f"{language}.frame.j2")
        self.page: Template = _pages().get_template("frame.html.j2")
        self.labels: dict[str, str] = environment.get_template(f"{language}.words.j2").module.words  # type: ignore[attr-defined]

    def subject(self, notice: Notice, on: dt.date) -> str:
        return self._of(notice, on, "_subject")

    def text(self, notice: Notice, on: dt.date) -> str:
        return self._of(notice, on)

    def button(self, notice: Notice) -> str:
        """What the button says that leads to what is told."""
        duty, _, audience = notice.kind.partition(":")
        module = self.reminders if audience else self._told_of(notice)
        of: dict[str, str] = module.buttons  # type: ignore[attr-defined]
        return of["others"] if audience and audience != Audience.HOLDER else of[duty]

    def facts(self, notice: Notice) -> list[tuple[str, str]]:
        """The process, phase, group and day, with their labels."""
        found = [
            ("process", notice.process),
            ("phase", notice.phase),
            ("group", notice.facts.get("group")),
            ("due", long_date(notice.due, self.language) if notice.due else None),
        ]
        return [(self.labels[label], str(value)) for label, value in found if value is not None]

    def _told_of(self, notice: Notice) -> TemplateModule:
        return self.etappi if notice.kind in ETAPPI_NEEDS else self.events

    def _of(self, notice: Notice, on: dt.date, part: str = "") -> str:
        values = values_of(notice, on)
        if notice.kind in EVENT_NEEDS or notice.kind in ETAPPI_NEEDS:
            return said(self._told_of(notice), notice.kind + part, values)
        duty, audience = notice.kind.split(":")
        whose = "holder" if audience == Audience.HOLDER else "others"
        text = said(self.reminders, f"{duty}_{whose}{part}", values)
        return text if part or whose == "holder" else f"{text}\n\n{said(self.reminders, f'as_{audience}')}"


def said(module: TemplateModule, macro: str, *values: object) -> str:
    """What a macro says."""
    return str(getattr(module, macro)(*values)).strip()


def values_of(notice: Notice, on: dt.date) -> dict[str, Any]:
    """What the texts of a notice are made from; `left` is how many days there are to its own."""
    values: dict[str, Any] = {"process": notice.process, "rehearsal": notice.rehearsal, **notice.facts}
    given = {"phase": notice.phase, "about": notice.about, "due": notice.due}
    if notice.due:
        values["left"] = (notice.due - on).days
    return values | {name: value for name, value in given.items() if value is not None}


@lru_cache(maxsize=3)
def words_in(language: Language) -> Words:
    """The words of a language, read once."""
    return Words(language)


@lru_cache(maxsize=3)
def _environment(language: Language) -> ImmutableSandboxedEnvironment:
    environment = _templates(autoescape=False)
    environment.filters["date"] = partial(date_text, language=language)
    environment.filters["long_date"] = partial(long_date, language=language)
    environment.filters["moment"] = partial(_when, language=language)
    environment.filters["short"] = _shortened
    return environment


@lru_cache(maxsize=1)
def _pages() -> ImmutableSandboxedEnvironment:
    return _templates(autoescape=True)


class _Environment(ImmutableSandboxedEnvironment):
    """The library's, but that it looks among the values of a dictionary before its methods: nearly all are there."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _templates(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    return _Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        auto_reload=False,  # they are read once
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _when(instant: dt.datetime, language: Language) -> str:
    """Day and time of a meeting; at midnight only its day, for then no time is known."""
    day = local_date(instant)
    return date_text(day, language) if instant == at_local(day, 0) else moment(instant, language)


def _shortened(text: str) -> str:
    """The text, or its beginning up to a space, so that a subject still shows its date."""
    if len(text) <= SHORT:
        return text
    return (text[:SHORT].rsplit(" ", 1)[0] if " " in text[:SHORT] else text[: SHORT - 1]).rstrip(",;: ") + "…"
