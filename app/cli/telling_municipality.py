"""Each event of a municipality's own record as one plain sentence."""

from collections.abc import Callable, Iterable
from typing import Any

from app.cli.screen import plain
from app.history.names import Names
from app.history.sentences import tarkiste
from models.days.formats import finnish_date
from models.events import Event
from models.municipality import events as m


def tell_municipality(event: Event, names: Names) -> str:
    """The event in a sentence."""
    return SENTENCES[type(event)](event, names)


def listing(items: Iterable[str]) -> str:
    """Things one after the other, or "none"."""
    return ", ".join(items) or "none"


def _days(event: Any) -> str:
    last = f" to {finnish_date(event.last)}" if event.last else " on"
    return f"from {finnish_date(event.first)}{last}"


def _absence(event: m.AbsenceNoted, n: Names) -> str:
    stands_in = f"; {n.person(event.stand_in)} stands in" if event.stand_in else ""
    return f"{n.person(event.person)} is away {_days(event)}{stands_in}."


SENTENCES: dict[type[Event], Callable[[Any, Names], str]] = {
    m.MunicipalitySetUp: lambda v, _: f"{v.name} ({v.municipality}) was set up.",
    m.MunicipalityChanged: lambda v, _: f"The municipality is {v.name}; languages: {listing(v.languages)}.",
    m.DefinitionLoaded: lambda v, _: (
        f"The definition {v.definition}, version {v.version}, is in use; tarkiste {tarkiste(v.hash)}."
    ),
    m.CalendarSet: lambda v, _: f"The own days off and meeting dates are in use; tarkiste {tarkiste(v.hash)}.",
    m.AppearanceSet: lambda v, _: f"The look of the papers is in use; tarkiste {tarkiste(v.hash)}.",
    m.PersonAdded: lambda v, n: f"{n.person(v.person)} ({v.person}) is in the directory.",
    m.PersonRenamed: lambda v, n: f"{v.person} is called {n.person(v.person)} from now on.",
    m.PersonChanged: lambda v, n: f"The address, language or phone number of {n.person(v.person)} was changed.",
    m.PersonRemoved: lambda v, n: f"{n.person(v.person)} is out of use from now on: {n.text(v.reason)}.",
    m.GroupSetUp: lambda v, _: f"The {plain(v.kind)} {v.name} ({v.group}) was set up.",
    m.GroupRenamed: lambda v, _: f"The group {v.group} is called {v.name} from now on.",
    m.GroupDissolved: lambda v, n: f"The group {n.group(v.group)} was dissolved: {n.text(v.reason)}.",
    m.SeatGiven: lambda v, n: (
        f"{n.person(v.person)} has the seat {v.seat} in {n.group(v.group)} ({v.part.value}) {_days(v)}; "
        f"deputies: {listing(map(n.person, v.deputies))}."
    ),
    m.SeatEnded: lambda v, n: f"The seat {v.seat} ends on {finnish_date(v.last)}: {n.text(v.reason)}.",
    m.SeatPartChanged: lambda v, _: f"The seat {v.seat} is {v.part.value.replace('_', '-')} from now on.",
    m.DeputiesNamed: lambda v, n: f"Deputies of {v.seat}: {listing(map(n.person, v.deputies))}.",
    m.RoleGiven: lambda v, n: f"{n.person(v.person)} is {v.role.value} {_days(v)}.",
    m.RoleEnded: lambda v, n: f"{n.person(v.person)} is {v.role.value} until {finnish_date(v.last)}.",
    m.AbsenceNoted: _absence,
    m.AbsenceEnded: lambda v, n: f"{n.person(v.person)} is away until {finnish_date(v.last)} only.",
    m.StandInEnded: lambda v, n: f"{n.person(v.stand_in)} no longer stands in for {n.person(v.person)}.",
}
"""The sentence of each event; a test compares the list with the events there are."""
