"""What the days of a definition become once a start and readings of its choices are known."""

import calendar
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.definitions.definition import Choice, Day, Span, When
from models.errors import NotValid


def holds(when: When, choices: Mapping[str, str]) -> bool:
    """Whether every named choice was settled as `when` says. An empty `when` always holds."""
    return all(choices.get(choice) == reading for choice, reading in when.items())


def chosen(spans: Iterable[Span], choices: Mapping[str, str]) -> Span:
    """The one span that holds. A definition that was read has exactly one for every combination of readings.

    Raises NotValid where none or several hold, that is when a choice is not settled as the definition knows it.
    """
    found = [span for span in spans if holds(span.when, choices)]
    if len(found) != 1:
        raise NotValid("{count} dates hold for these readings of the choices; one is needed.", count=len(found))
    return found[0]


def date_of(day: Day, start: dt.date, *, last: bool = False) -> dt.date:
    """The calendar date of a day. A month alone is its first day, or its last when the day ends a span."""
    if day.date is not None:
        return day.date
    if day.month is None:
        return start
    year = start.year + day.year
    length = calendar.monthrange(year, day.month)[1]
    number = (length if last else 1) if day.day is None else day.day
    return dt.date(year, day.month, length if number == "last" else number)


def dates_of(span: Span, start: dt.date) -> tuple[dt.date | None, dt.date]:
    """The first and last date of a span; the first is None where the source leaves it open."""
    first = date_of(span.from_, start) if span.from_ is not None else None
    return first, date_of(span.to, start, last=True)


def combinations(choices: Sequence[Choice], whens: Iterable[When]) -> Iterator[dict[str, str]]:
    """Every way to settle the choices that the conditions name; one empty way when they name none."""
    named = {choice for when in whens for choice in when}
    asked = [choice for choice in choices if choice.id in named]
    for readings in itertools.product(*[[reading.id for reading in choice.readings] for choice in asked]):
        yield {choice.id: reading for choice, reading in zip(asked, readings, strict=True)}
