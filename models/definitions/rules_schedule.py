"""Rules of a definition about days: they exist, run forwards, and exactly one set holds whatever is chosen."""

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from models.definitions.dates import combinations, date_of, dates_of, holds
from models.definitions.definition import Choice, Day, Definition, Span
from models.definitions.rules_references import parts_of

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

MOST_DAYS = 366
YEARS = range(2023, 2027)  # start years tried: four, so that one of them meets each place of a leap day


def day_problems(definition: Definition) -> Found:
    """Days that no calendar has, and spans that run backwards."""
    for path, part in parts_of(definition):
        if isinstance(part, Day):
            yield from ((path, sentence) for sentence in _day_sentences(part))
        elif isinstance(part, Span) and _sound(part) and _backwards(part, definition):
            yield path, "This ends before it begins. Exchange from and to, or set year where a new year has begun."


def _day_sentences(day: Day) -> Iterator[str]:
    ways = [day.date is not None, day.month is not None, day.start]
    if sum(ways) != 1:
        yield "A day is said in exactly one way: as a date, as a month (with or without a day) or as start: true."
    if day.month is None and (day.day is not None or day.year):
        yield "day and year belong to a month: add the month."
    if day.month is not None and isinstance(day.day, int):
        length = calendar.monthrange(2023, day.month)[1]
        if not 1 <= day.day <= length:
            name = calendar.month_name[day.month]
            more = ", or say last" if day.day > length else ""
            yield f"{name} has no day {day.day} that every year has; choose 1 to {length}{more}."


def _sound(*spans: Span | None) -> bool:
    days = [day for span in spans if span is not None for day in (span.from_, span.to) if day is not None]
    return not any(list(_day_sentences(day)) for day in days)


def _comparable(*days: Day) -> bool:
    """Exact dates compare with exact ones, days of a plan with days of a plan."""
    return len({day.date is None for day in days}) == 1


def _backwards(span: Span, definition: Definition) -> bool:
    if span.from_ is None or not _comparable(span.from_, span.to):
        return False
    return any((first or last) > last for first, last in (dates_of(span, start) for start in starts(definition, span)))


def starts(definition: Definition, *spans: Span) -> list[dt.date]:
    """Starts to try the days of a definition with, for readings under which all the spans hold."""
    found = []
    for readings in combinations(definition.choices, [span.when for span in (*spans, *definition.start)]):
        if all(holds(span.when, readings) for span in spans):
            mine = [span for span in definition.start if holds(span.when, readings) and _sound(span)]
            found += [date_of(mine[0].to, dt.date(year, 1, 1)) if mine else dt.date(year, 1, 1) for year in YEARS]
    return found


def choice_problems(definition: Definition) -> Found:
    """Places where some combination of readings leaves no dates, or several."""
    if definition.start:
        yield from _not_one(definition.choices, definition.start, ("start",))
    yield from _not_one(definition.choices, definition.decision.window, ("decision", "window"))
    for i, phase in enumerate(definition.phases):
        yield from _not_one(definition.choices, phase.dates, ("phases", i, "dates"))
        if phase.checkpoint.due:
            yield from _not_one(definition.choices, phase.checkpoint.due, ("phases", i, "checkpoint", "due"))


def _not_one(choices: Sequence[Choice], spans: Sequence[Span], path: Path) -> Found:
    if not _known(choices, spans):
        return
    for readings in combinations(choices, [span.when for span in spans]):
        count = sum(holds(span.when, readings) for span in spans)
        if count != 1:
            case = " and ".join(f'"{choice}" is settled as "{reading}"' for choice, reading in readings.items())
            said = "no dates hold" if count == 0 else f"{count} sets of dates hold at once"
            yield path, f"{f'When {case}, ' if case else 'Here '}{said}; exactly one must. Mend the spans' when."


def _known(choices: Sequence[Choice], spans: Sequence[Span]) -> bool:
    readings = {(choice.id, reading.id) for choice in choices for reading in choice.readings}
    return all(pair in readings for span in spans for pair in span.when.items())


def order_problems(definition: Definition) -> Found:
    """Phases that would end before what they build on begins, and a decision before the last phase begins."""
    for i, phase in enumerate(definition.phases):
        for key in definition.receives(phase.id):
            before = definition.phase(key)
            if before is not None and _precedes(definition, phase.dates, before.dates):
                yield ("phases", i, "dates"), f'"{phase.id}" ends before "{key}", which it receives from, begins.'
    if _precedes(definition, definition.decision.window, definition.phases[-1].dates):
        last = definition.phases[-1].id
        yield ("decision", "window"), f'The decision\'s window ends before the last phase, "{last}", begins.'


def _precedes(definition: Definition, later: Sequence[Span], earlier: Sequence[Span]) -> bool:
    """Whether for some readings what should come later ends before the other begins."""
    if not _sound(*later, *earlier) or not _known(definition.choices, [*later, *earlier]):
        return False
    for readings in combinations(definition.choices, [span.when for span in (*later, *earlier)]):
        one = [span for span in later if holds(span.when, readings)]
        other = [span for span in earlier if holds(span.when, readings)]
        if len(one) != 1 or len(other) != 1 or other[0].from_ is None:
            continue
        if _comparable(one[0].to, other[0].from_) and any(
            dates_of(one[0], start)[1] < date_of(other[0].from_, start)
            for start in starts(definition, one[0], other[0])
        ):
            return True
    return False


def meeting_problems(definition: Definition) -> Found:
    """Meetings without a day, whose invitations leave too late, or whose hours do not exist."""
    for i, meeting in enumerate(definition.meetings):
        at: Path = ("meetings", i)
        if meeting.on is None and meeting.in_connection_with is None:
            yield at, f'"{meeting.id}" has no day. Say on, or in_connection_with what it is held.'
        if meeting.time is not None and not _hours_exist(meeting.time):
            yield (*at, "time"), f'"{meeting.time}" is no time of day. Write for example 9.00 or 9.00-15.00.'
        if meeting.invitations is None:
            continue
        if meeting.on is None:
            yield (*at, "invitations"), f'"{meeting.id}" has a day for invitations but no day of its own. Add on.'
        elif _sound(meeting.on, Span(to=meeting.invitations)):
            first = meeting.on.from_ or meeting.on.to
            asked, held = _invited_and_held(definition, meeting.invitations, first)
            if _comparable(meeting.invitations, first) and asked >= held:
                yield (
                    (*at, "invitations"),
                    f'The invitations of "{meeting.id}" leave on its day or later. Choose an earlier day.',
                )


def _invited_and_held(definition: Definition, invitations: Day, first: Day) -> tuple[dt.date, dt.date]:
    start = next(iter(starts(definition)), dt.date(YEARS[0], 1, 1))
    return date_of(invitations, start), date_of(first, start)


def _hours_exist(time: str) -> bool:
    ends = [tuple(map(int, part.split("."))) for part in time.replace("–", "-").split("-")]
    return all(hour < 24 and minute < 60 for hour, minute in ends) and ends == sorted(set(ends))


def length_problems(definition: Definition) -> Found:
    """Statements and hearings that need more days than their phase has."""
    for name in ("statements", "hearings"):
        for i, asked in enumerate(getattr(definition, name)):
            if asked.least_days > MOST_DAYS:
                yield (name, i, "least_days"), f'"{asked.id}" needs {asked.least_days} days; give at most {MOST_DAYS}.'
                continue
            phase = definition.phase(asked.phase)
            if phase is None or not _sound(*phase.dates) or not _known(definition.choices, phase.dates):
                continue
            days = _shortest(definition, phase.dates)
            if days is not None and asked.least_days > days:
                sentence = (
                    f'"{asked.id}" needs {asked.least_days} days, but the phase "{phase.id}" lasts {days}. '
                    "Ask for fewer days or move it to a longer phase."
                )
                yield (name, i, "least_days"), sentence


def _shortest(definition: Definition, spans: Sequence[Span]) -> int | None:
    """How many days the shortest of the spans lasts; None where none has a first day."""
    lengths = []
    for span in spans:
        if span.from_ is not None and _comparable(span.from_, span.to) and not _backwards(span, definition):
            for start in starts(definition, span):
                first, last = dates_of(span, start)
                lengths.append((last - (first or last)).days + 1)
    return min(lengths, default=None)
