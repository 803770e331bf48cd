"""The definitions that are shipped, with a calendar, for tests that play or count with them."""

from functools import lru_cache
from pathlib import Path

from models.days.calendar import Calendar
from models.days.calendar_data import calendar_for
from models.definitions.definition import Definition
from models.definitions.file import read_definition

PROCESSES = Path(__file__).parents[2] / "config" / "processes"
KEMIJARVI, KEMI, RAUMA = "kemijarvi-2030", "kemi-kaupunkistrategia-2023", "rauman-tarina-2013"
YEARS = range(2010, 2046)


@lru_cache
def shipped(key: str) -> Definition:
    """The definition of that id."""
    file = PROCESSES / f"{key}.yaml"
    return read_definition(file.read_bytes(), file.name)


@lru_cache
def usual_calendar() -> Calendar:
    """Finland's days off, and no meetings."""
    return calendar_for(YEARS)
