"""When people are told of what they owe: each duty with the steps of its ladder, and the difference that an act makes.

Nothing here reads a clock. `plan` is a matter of the state alone; `plan_difference` is given `now` and plans nothing
that lies before it: a reminder whose instant had gone by when its duty arose is never written, so nobody is reminded of
what they were asked a moment ago. The ladder is the process's amended one, else the definition's; a kind without a
ladder reminds nobody. It runs after every act, so it asks only the parts of the state that the act touched.
"""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from models.days.calendar import Calendar, at_local
from models.definitions.definition import Definition, LadderStep
from models.duties.duties import PARTS, duties
from models.duties.duty import Duty, Part, View
from models.duties.ladder import fall_due_at, parse_step
from models.duties.phases import stances
from models.frozen import changed_fields
from models.process import Process, Round
from models.words import Audience, DutyKind, ProcessStatus

Fields = frozenset[str]
Rounds = list[tuple[str, Round | None, Round | None, Fields]]
"""Phases with their rounds before and after an act, and the fields that differ."""

FRAME = frozenset(("no", "due", "edition", "versions", "groups", "seats", "disqualified"))
"""What decides, besides the stances, who owes one in a round."""

BESIDE_PHASES = frozenset(("dates", "roles", "amended", "handlings"))
"""What decides, besides the phase itself, what arises from one phase alone; while it stands, only phases that moved
are looked at."""

EVERY = frozenset(Round.model_fields)


class PlannedStep(NamedTuple):
    """One reminder. Its key is unique in its duty, and another due date gives another one: "-3w:holder:2027-01-29"."""

    key: str
    at: dt.datetime  # UTC
    to: Audience


class PlannedDuty(NamedTuple):
    """A duty (see `duty.Duty`) with its reminders."""

    kind: DutyKind
    due: dt.date
    item: str | None
    phase: str | None
    round: int | None
    seat: str | None
    group: str | None
    person: str | None
    since: dt.date | None
    steps: tuple[PlannedStep, ...]


class Difference(NamedTuple):
    """What an act changes in the plan.

    `changed` holds new and changed duties whole, each with its steps from now on. `removed` are no longer owed. `void`
    are the reminders (duty, step) that a changed duty no longer has; those it keeps stand as they are, also one that
    has gone by and is yet to be swept.
    """

    changed: dict[str, PlannedDuty]
    removed: tuple[str, ...]
    void: tuple[tuple[str, str], ...]

    @property
    def first_due(self) -> dt.datetime | None:
        """When the first of the new and changed duties' reminders falls due."""
        return min((step.at for duty in self.changed.values() for step in duty.steps), default=None)


def plan(process: Process, definition: Definition, calendar: Calendar) -> dict[str, PlannedDuty]:
    """Everything owed in the process, with every reminder of it, past ones as well."""
    view = View(process, definition, calendar)
    return {key: _planned(view, duty) for key, duty in duties(process, definition, calendar).items()}


def plan_difference(
    before: Process | None,
    after: Process,
    definition: Definition,
    calendar: Calendar,
    now: dt.datetime,
    former_calendar: Calendar | None = None,
) -> Difference:
    """How the plan changes from one state to the next, or from one calendar to another; see the module for `now`."""
    view = View(after, definition, calendar)
    if before is None:
        return Difference(_new(view, duties(after, definition, calendar), now), (), ())
    former = View(before, definition, former_calendar or calendar)
    fields = changed_fields(before, after)
    alike = former_calendar is None and fields.isdisjoint(("status", "ladders"))  # equal duties have equal reminders
    if not alike:
        was, owed = duties(before, definition, former.calendar), duties(after, definition, calendar)
    elif after.status is ProcessStatus.RUNNING:
        was, owed = _touched(former, view, fields)
    else:
        was, owed = {}, {}
    changed = _new(view, {key: duty for key, duty in owed.items() if key not in was}, now)
    void: list[tuple[str, str]] = []
    for key, duty in owed.items():
        if key not in was or (alike and was[key] == duty):
            continue
        one, other = _planned(former, was[key]), _planned(view, duty)
        if one != other:
            changed[key] = _planned(view, duty, now)
            void += [(key, step.key) for step in one.steps if step not in other.steps]
    return Difference(changed, tuple(key for key in was if key not in owed), tuple(void))


def _touched(before: View, after: View, fields: Fields) -> tuple[dict[str, Duty], dict[str, Duty]]:
    """The duties, before and after, of the parts that read what has changed; of stances only those of moved seats."""
    was: dict[str, Duty] = {}
    owed: dict[str, Duty] = {}
    if BESIDE_PHASES.isdisjoint(fields):
        phases, were = after.process.phases, before.process.phases
        moved = frozenset([key for key, one in phases.items() if one is not were[key]])
        passed = frozenset([key for key in moved if phases[key].passed != were[key].passed])
        before, after = View(*before[:3], moved, passed), View(*after[:3], moved, passed)
    rounds = _changed_rounds(before.process, after.process) if "rounds" in fields else []
    for part in _reading(fields, frozenset().union(*[of_round for _, _, _, of_round in rounds])):
        if part.may_owe(before.process):
            was.update(part.owed(before))
        if part.may_owe(after.process):
            owed.update(part.owed(after))
    for phase, one, other, of_round in rounds:
        seats = _moved(one, other, of_round)
        if one is not None:
            was.update(stances(phase, one, one.seats if seats is None else seats))
        if other is not None:
            owed.update(stances(phase, other, other.seats if seats is None else seats))
    return was, owed


@lru_cache(maxsize=1024)
def _reading(fields: Fields, of_rounds: Fields) -> tuple[Part, ...]:
    """The parts that read one of these fields, of the process or of a round."""
    return tuple(p for p in PARTS if not (fields.isdisjoint(p.reads) and of_rounds.isdisjoint(p.of_round)))


def _changed_rounds(before: Process, after: Process) -> Rounds:
    """The rounds that are not the same object, before and after."""
    both = [(phase, before.rounds.get(phase), round_) for phase, round_ in after.rounds.items()]
    ended = [(phase, round_, None) for phase, round_ in before.rounds.items() if phase not in after.rounds]
    return [(phase, one, other, _of_round(one, other)) for phase, one, other in (*both, *ended) if one is not other]


def _of_round(one: Round | None, other: Round | None) -> Fields:
    """The fields of a round that differ: all of them in one that has opened or ended."""
    return EVERY if one is None or other is None else changed_fields(one, other)


def _moved(one: Round | None, other: Round | None, changed: Fields) -> list[str] | None:
    """The seats whose stance differs; None, which is all, where something else differs that decides who owes one."""
    if one is None or other is None or not FRAME.isdisjoint(changed):
        return None
    said, says = one.stances, other.stances
    return [*[seat for seat, stance in says.items() if said.get(seat) is not stance], *(said.keys() - says.keys())]


def _new(view: View, owed: dict[str, Duty], now: dt.datetime) -> dict[str, PlannedDuty]:
    return {key: _planned(view, duty, now) for key, duty in owed.items()}


def _planned(view: View, duty: Duty, since: dt.datetime | None = None) -> PlannedDuty:
    """The duty with its reminders, past ones as well or those since an instant."""
    steps = planned_steps(view.process, view.definition, view.calendar, duty)
    return PlannedDuty(*duty, steps if since is None else tuple([step for step in steps if step.at >= since]))


def planned_steps(process: Process, definition: Definition, calendar: Calendar, duty: Duty) -> tuple[PlannedStep, ...]:
    """The reminders of a duty of the process, past ones as well."""
    return _steps(_ladder(process, definition, duty.kind), duty.due, duty.since, calendar)


def _ladder(process: Process, definition: Definition, kind: DutyKind) -> tuple[LadderStep, ...]:
    amended = process.ladders.get(kind)
    if amended is not None:
        return amended.steps
    for ladder in definition.ladders:
        if ladder.duty is kind:
            return ladder.steps
    return ()


@lru_cache(maxsize=4096)
def _steps(
    ladder: tuple[LadderStep, ...], due: dt.date, since: dt.date | None, calendar: Calendar
) -> tuple[PlannedStep, ...]:
    """The reminders of a ladder about a due date, none before the day the duty begins to wait."""
    steps = {}
    for step in ladder:
        distance = parse_step(step.when)
        at = fall_due_at(distance, due, calendar)
        if since is None or at >= at_local(since, 0):
            key = f"{distance.offset}{'w' if distance.working else 'd'}:{step.to.value}:{due}"
            steps[key] = PlannedStep(key, at, step.to)
    return tuple(steps.values())
