"""Makes calendars: the public holidays of Finland from the `holidays` library, the rest as handed in.

This is the impure neighbour of `calendar.py`. The library is read on first use and only its Finnish part is: importing
it in the usual way reads the holidays of every country, about 250 modules more, which doubles the time.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from models.days.calendar import Calendar, DayOff, named_days
from models.errors import Broken

YEARS = range(2000, 2061)
"""The years a calendar knows unless told otherwise: those of any strategy process in use, past ones as well."""


def _finland() -> Any:
    """The library's class of Finnish holidays, read from its own file."""
    import holidays  # here, because it takes half a second

    file = Path(holidays.__file__).with_name("countries") / "finland.py"
    if not file.is_file():
        raise Broken(what=f"the library of holidays has no {file.parent.name}/{file.name}")
    module = ModuleType("holidays_of_finland")
    SourceFileLoader(module.__name__, str(file)).exec_module(module)
    return module.Finland


@lru_cache(maxsize=8)
def finnish_days_off(first_year: int, last_year: int) -> frozenset[DayOff]:
    """The public holidays of Finland in these years, with Midsummer Eve and Christmas Eve, named in Finnish.

    The eves are no church holidays but are not worked in the public sector, and time limits pass over them as over
    holidays (150/1930, 5 §). Flag days and other observances are working days.
    """
    found = _finland()(years=range(first_year, last_year + 1), language="fi")
    return named_days((day, name) for day, name in found.items() if first_year <= day.year <= last_year)


def calendar_for(
    years: range = YEARS,
    own_days: Mapping[dt.date, str] | None = None,
    meetings: Mapping[str, Iterable[dt.date]] | None = None,
) -> Calendar:
    """The calendar of a municipality: Finland's days off in these years, its own, and its bodies' meetings.

    Build it once per municipality and keep it: the days off are kept here, the rest is sorted on building.
    """
    return Calendar(
        days_off=finnish_days_off(years[0], years[-1]),
        own_days=named_days(own_days or {}),
        meetings={body: tuple(days) for body, days in (meetings or {}).items()},
    )
