"""Plays a definition through: `rehearse` is the one function that others need."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models import commands as c
from models.days.backwards import SHORTEST, USUAL, Backwards, Pace, backwards, deciding
from models.days.calendar import ONE_DAY, Calendar, at_local, local_date
from models.days.council_meetings import Sitting, sittings
from models.days.formats import Language
from models.days.schedule import Schedule, schedule
from models.definitions.definition import Definition
from models.errors import NotValid
from models.frozen import Frozen
from models.personal import Private
from models.rehearsal.cast import Away, Cast, Player, cast
from models.rehearsal.moments import moments
from models.rehearsal.players import Lateness, Players
from models.rehearsal.post import Post
from models.rehearsal.result import DutyLine, Rehearsal
from models.rehearsal.town import Town
from models.rehearsal.worries import worries
from models.telling.telling import ABOUT
from models.telling.wording import NAMES, Wording

SET_UP_DAYS = 20  # working days before its start that a process is created
LATE_DAYS = 6  # working days by which those who are late are late: longer than any ladder shipped
PATIENCE = 250  # days after the decision's window until a rehearsal that comes to no end is given up
MORNING = 10  # reminders leave at nine; people act an hour later
ROUNDS = 6  # of acting in a day: what one act makes possible is done an hour later


class Asked(Frozen):
    """What is rehearsed, and what is to go wrong in it."""

    start: dt.date
    choices: dict[str, str] = {}
    late: tuple[str, ...] = ()  # groups, role slots, bodies or sample people
    away: dict[str, tuple[dt.date, dt.date]] = {}  # sample people, and their days
    language: Language = "fi"


def rehearse(definition: Definition, calendar: Calendar, asked: Asked) -> Rehearsal:
    """The definition played through from that start. Touches nothing; the same for the same arguments.

    Raises NotValid for a choice or a reading the definition does not know, and for people who are not in it.
    """
    planned = schedule(definition, asked.start, asked.choices, calendar)
    created = calendar.add_working_days(min(asked.start, *planned.dates.values()), -SET_UP_DAYS)
    away = {person: Away(*days) for person, days in asked.away.items()}
    people = cast(definition, created, asked.language, away)
    _known(definition, people, asked)
    post = Post(definition, people.directory, calendar, asked.language)
    town = Town(definition, people.directory, calendar, at_local(created, MORNING), post)
    ways = Ways(definition, planned.dates, calendar, created)
    players = Players(town, Lateness(frozenset(asked.late), LATE_DAYS), ways.from_)
    town.act("coordinator", _creating(definition, people, planned, created))
    last = _played(town, players, planned.dates["window:last"] + ONE_DAY * PATIENCE)
    return _result(definition, people, planned, town, players, ways, asked, created, last)


def _known(definition: Definition, people: Cast, asked: Asked) -> None:
    known = {*people.players, *(group.id for group in definition.groups), *(body.id for body in definition.bodies)}
    unknown = sorted({*asked.late, *asked.away} - known)
    if unknown:
        raise NotValid(
            "Nobody is called {unknown} in this definition. It knows: {known}.",
            unknown=", ".join(unknown),
            known=", ".join(sorted(key for key in known if not key.endswith("-deputy"))),
        )


def _creating(definition: Definition, people: Cast, planned: Schedule, created: dt.date) -> c.CreateProcess:
    """The process rests on a decision, so that messages read as they will when the work is real."""
    body = next((body.name.fi for body in definition.bodies), "–")
    return c.CreateProcess(
        definition=people.definition,
        title=definition.name.fi,
        setting_up=c.SettingUp(body=body, date=created, section="1"),
        start=planned.start,
        choices={
            key: c.Settled(reading=reading, why=Private("Harjoitus.")) for key, reading in planned.choices.items()
        },
        roles={slot.id: slot.id for slot in definition.roles},
        groups={group.id: group.id for group in definition.groups},
    )


def _played(town: Town, players: Players, end: dt.date) -> dt.date:
    """Everybody has done their part, or the time is up; the last day on which something happened."""
    today = last = local_date(town.now)
    while today < end and town.state.decision is None:
        today += ONE_DAY
        for again in range(ROUNDS if town.calendar.is_working_day(today) else 0):
            town.go_to(at_local(today, MORNING + again))
            if not players.play():
                break
            last = today
    town.go_to(at_local(last + ONE_DAY, 0))
    return last


class Ways(NamedTuple):
    """The ways to the meetings that may decide."""

    definition: Definition
    dates: Mapping[str, dt.date]
    calendar: Calendar
    today: dt.date

    def from_(self, stated: dt.date | None) -> Backwards | None:
        """The way to the first meeting that is reached when readiness is stated on the day, or as planned."""
        for sitting in self._sittings():
            way = self.to(sitting)
            readiness = way.readiness
            assert readiness.planned is not None, "every process plans its checkpoints"
            if (stated or readiness.planned) <= readiness.latest:
                return way
        return None

    def all(self) -> tuple[Backwards, ...]:
        """To each meeting in the window; where none of them is reached, to the first one after it that is."""
        found = [self.to(sitting) for sitting in self._in_window()]
        if not any(way.reached for way in found):
            found += [way for way in [self.from_(None)] if way is not None and not way.in_window]
        return tuple(found)

    def to(self, sitting: Sitting, pace: Pace = USUAL) -> Backwards:
        return backwards(self.definition, self.dates, self.calendar, sitting, self.today, pace)

    def quickest(self, way: Backwards) -> Backwards:
        """The same way with the least times."""
        return self.to(Sitting(way.meeting, way.proposed), SHORTEST)

    def _in_window(self) -> tuple[Sitting, ...]:
        plan = deciding(self.definition)
        if plan.date is not None:
            return (Sitting(plan.date, proposed=False),)
        return self._between(self.dates["window:first"], self.dates["window:last"])

    def _sittings(self) -> Iterator[Sitting]:
        yield from self._in_window()
        after = self.dates["window:last"] + ONE_DAY
        yield from self._between(after, after + ONE_DAY * PATIENCE)

    def _between(self, first: dt.date, last: dt.date) -> tuple[Sitting, ...]:
        body = next(body for body in self.definition.bodies if body.id == deciding(self.definition).body)
        return sittings(body, first, last, self.calendar)


# --- the result -------------------------------------------------------------------------------------------------------


def _result(
    definition: Definition,
    people: Cast,
    planned: Schedule,
    town: Town,
    players: Players,
    ways: Ways,
    asked: Asked,
    created: dt.date,
    last: dt.date,
) -> Rehearsal:
    wording = Wording(definition.name.in_(asked.language), town.state, definition, people.directory, asked.language)
    found = ways.all()
    decided = town.state.handlings[town.state.decision].date if town.state.decision else None
    return Rehearsal(
        definition=definition.id,
        title=wording.title,
        language=asked.language,
        start=planned.start,
        created=created,
        choices=planned.choices,
        dates=planned.dates,
        names=_names(definition, wording),
        people=people.players,
        moments=moments(town, players.way, wording),
        duties=_duties(town, people.players, wording),
        messages=tuple(town.post.sent),
        not_sent=tuple(town.post.not_sent),
        ways=found,
        shortest={way.meeting: ways.quickest(way).reached for way in found},
        worries=tuple(worries(definition, planned, town, players, found, wording)),
        decided=decided,
        last=last,
    )


def _names(definition: Definition, wording: Wording) -> dict[str, str]:
    """The names of all that steps and people refer to."""
    references = [f"handling:{plan.id}" for plan in definition.decision.chain]
    references += [f"body:{body.id}" for body in definition.bodies]
    references += [f"group:{group.id}" for group in definition.groups]
    references += [f"statement:{plan.id}" for plan in definition.statements]
    references += [f"hearing:{plan.id}" for plan in definition.hearings]
    references += [f"{kind}:{phase.id}" for phase in definition.phases for kind in ("phase", "checkpoint")]
    return {reference: wording.name(reference) for reference in references}


def _duties(town: Town, people: Mapping[str, Player], wording: Wording) -> tuple[DutyLine, ...]:
    lines = []
    for key, owing in town.owing.items():
        duty = owing.duty
        about = f"{ABOUT[duty.kind]}:{duty.item}" if duty.kind in ABOUT else f"checkpoint:{duty.phase}"
        kind = about.partition(":")[0]
        named = wording.name(about) if kind in NAMES and (duty.phase or duty.kind in ABOUT) else wording.title
        if duty.kind.value == "open_phase":
            named = wording.name(f"phase:{duty.phase}")
        lines.append(
            DutyLine(
                key=key,
                person=duty.person or "",
                kind=duty.kind,
                about=named,
                group=people[duty.person].group if duty.person and duty.person in people else None,
                phase=wording.name(f"phase:{duty.phase}") if duty.phase else None,
                since=owing.since,
                due=duty.due,
                done=owing.done,
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.due, line.person, line.about)))
