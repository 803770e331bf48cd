"""When people are told of what they owe, and what an act changes in that."""

import datetime as dt
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planning_samples import (
    CALENDAR,
    DATES,
    DEFINITION,
    DUE,
    MEETING,
    SEATS,
    accepts,
    at_checkpoint,
    handling,
    objection,
    process,
    round_,
    seat,
    statuses,
    version,
)

from models.days.calendar import at_local
from models.definitions.definition import GroupAtCheckpoint, Ladder, LadderStep
from models.duties.duties import PARTS
from models.duties.duty import View
from models.duties.planning import Difference, PlannedDuty, plan, plan_difference
from models.process import (
    Assessment,
    Condition,
    Cooperation,
    Hearing,
    Process,
    Stance,
    Statement,
    Window,
)
from models.words import (
    Audience,
    DutyKind,
    ObjectionStatus,
    PhaseStatus,
    ProcessStatus,
    StanceKind,
)

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


# --- reminders ----------------------------------------------------------------------------------------------------


def test_reminders_stand_on_their_ladder() -> None:
    found = plan(at_checkpoint(), DEFINITION, CALENDAR)

    assert [(step.key, step.at, step.to) for step in found["stance:two:2:s1"].steps] == [
        ("-3w:holder:2027-03-25", at_local(dt.date(2027, 3, 22), 9), Audience.HOLDER),
        ("0d:holder:2027-03-25", at_local(dt.date(2027, 3, 25), 9), Audience.HOLDER),
        ("1d:chair:2027-03-25", at_local(dt.date(2027, 3, 29), 9), Audience.CHAIR),  # after Good Friday and a weekend
    ]
    assert found["outcome:two:2"].steps == ()  # the definition has no ladder for it


def test_an_amended_ladder_takes_the_place_of_the_definitions() -> None:
    amended = Ladder(duty=DutyKind.STANCE, steps=(LadderStep(when="on the day", to=Audience.PREPARER),))

    found = plan(at_checkpoint(ladders={DutyKind.STANCE: amended}), DEFINITION, CALENDAR)

    assert [step.key for step in found["stance:two:2:s1"].steps] == ["0d:preparer:2027-03-25"]


def test_a_step_named_twice_reminds_once() -> None:
    condition = Condition(phase="one", objection=None, text="c1", owner="anna", due=dt.date(2027, 4, 30))

    assert len(plan(process(conditions={"c1": condition}), DEFINITION, CALENDAR)["condition:c1"].steps) == 1


@pytest.mark.parametrize("status", [ProcessStatus.HELD, ProcessStatus.STOPPED, ProcessStatus.CLOSED])
def test_a_process_that_does_not_run_owes_nothing(status: ProcessStatus) -> None:
    running = at_checkpoint()
    still = running.model_copy(update={"status": status})

    assert plan(still, DEFINITION, CALENDAR) == {}
    held = plan_difference(running, still, DEFINITION, CALENDAR, LONG_AGO)
    assert (held.changed, set(held.removed)) == ({}, set(plan(running, DEFINITION, CALENDAR)))
    resumed = plan_difference(still, running, DEFINITION, CALENDAR, LONG_AGO)
    assert (resumed.changed, resumed.removed) == (plan(running, DEFINITION, CALENDAR), ())
    busy = still.model_copy(update={"conditions": {}, "rounds": {"two": round_(no=3)}})
    assert plan_difference(still, busy, DEFINITION, CALENDAR, LONG_AGO) == Difference({}, (), ())


# --- the difference an act makes ----------------------------------------------------------------------------------


class Untouchable:
    """Stands for what a stance must not need: looking at it fails."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"a stance looked up {name}")


def test_a_stance_takes_its_own_duty_away_and_asks_for_nothing_else() -> None:
    before = at_checkpoint()
    after = before.model_copy(
        update={"rounds": {"two": before.rounds["two"].model_copy(update={"stances": {"s1": accepts()}})}}
    )
    nothing: Any = Untouchable()

    found = plan_difference(before, after, nothing, nothing, LONG_AGO)

    assert found == Difference({}, ("stance:two:2:s1",), ())


def test_a_reminder_from_before_its_duty_arose_is_never_planned() -> None:
    now = at_local(dt.date(2027, 3, 25), 9)

    found = plan_difference(None, at_checkpoint(), DEFINITION, CALENDAR, now)
    late = plan_difference(None, at_checkpoint(), DEFINITION, CALENDAR, now + dt.timedelta(microseconds=1))

    assert [step.to for step in found.changed["stance:two:2:s1"].steps] == [Audience.HOLDER, Audience.CHAIR]
    assert [step.to for step in late.changed["stance:two:2:s1"].steps] == [Audience.CHAIR]


def test_a_moved_date_voids_the_old_reminders_and_plans_new_ones() -> None:
    later = at_checkpoint(due=dt.date(2027, 4, 30))

    found = plan_difference(at_checkpoint(), later, DEFINITION, CALENDAR, LONG_AGO)

    assert ("stance:two:2:s1", "-3w:holder:2027-03-25") in found.void
    assert found.changed["stance:two:2:s1"].steps[0].key == "-3w:holder:2027-04-30"


def test_a_duty_that_changes_hands_keeps_its_reminders() -> None:
    before = process(phases=statuses("open", "planned", "planned"))
    after = before.model_copy(update={"roles": {**before.roles, "owner": "anna"}})
    gone_by = at_local(dt.date(2027, 1, 25), 9)  # the first step, which may be yet to be swept

    found = plan_difference(before, after, DEFINITION, CALENDAR, gone_by)

    assert (found.changed["output:one:1:one-a"].person, found.void) == ("anna", ())
    assert set(found.changed) == {"output:one:1:one-a"}


def test_a_stale_stance_is_asked_again() -> None:
    before = at_checkpoint(stances={"s1": accepts(), "s3": accepts()})
    revised = {"edition": 2, "versions": {"two-a": version(), "two-b": version(2)}}
    after = before.model_copy(update={"rounds": {"two": before.rounds["two"].model_copy(update=revised)}})

    found = plan_difference(before, after, DEFINITION, CALENDAR, LONG_AGO)

    assert [key for key, duty in found.changed.items() if duty.kind is DutyKind.STANCE] == ["stance:two:2:s1"]


# --- any two states -----------------------------------------------------------------------------------------------


LATER = dt.date(2027, 4, 30)
WINDOW = Window(about="m", until=at_local(dt.date(2027, 4, 20), 0), concerned=("s1",))
AMENDED = DEFINITION.phases[0].checkpoint.model_copy(update={"preparer": "owner", "correction_days": 9})
STATEMENT = Statement(body="board", phase="one", asked=DUE, due=DUE)
HEARING = Hearing(phase="one", first=DUE, last=DUE)
CONDITION = Condition(phase="one", objection=None, text="c1", owner="anna", due=DUE)
OBJECTION = Stance(kind=StanceKind.OBJECT, by="anna", edition=1, objection="o1")
EVERY_STATUS = [name.value for name in PhaseStatus]

OF_ROUND: dict[str, list[Any]] = {
    "no": [1, 2],
    "due": [DUE, LATER],
    "edition": [1, 2],
    "versions": [{"two-a": version(), "two-b": version(no)} for no in (1, 2, 3)],
    "groups": [(GroupAtCheckpoint(group="needs", covers=("two-b",)), GroupAtCheckpoint(group="board"))],
    "seats": [SEATS, {**SEATS, "s1": seat("anna", left=True)}, {"s1": seat("viivi")}],
    "stances": [{}, {"s1": accepts()}, {"s1": OBJECTION, "s3": accepts(2)}, {"s2": accepts()}],
    "disqualified": [{}, {"s2": ()}, {"s2": ("two-a", "two-b")}, {"s1": ()}],
    "windows": [(), (WINDOW,), (WINDOW.model_copy(update={"confirmed": ("s1",)}),)],
    "assessed": [{}, {"checked": Assessment(holds=True, by="judge", edition=1)}],
}
"""What a round's fields may be."""

OF_PROCESS: dict[str, list[Any]] = {
    "status": [ProcessStatus.RUNNING, ProcessStatus.HELD],
    "roles": [{"coordinator": "leader"}, {"coordinator": "other", "preparer": "chief", "owner": "leader"}],
    "dates": [DATES, {key: day + dt.timedelta(days=9) for key, day in DATES.items()}],
    "phases": [statuses(*names) for names in product(EVERY_STATUS[::2], EVERY_STATUS[:5], EVERY_STATUS[1:5:2])],
    "rounds": [{}, {"two": round_()}, {"two": round_(no=3)}, {"one": round_(), "two": round_()}],
    "objections": [{}, {"o1": objection()}, {"o2": objection(status=ObjectionStatus.DISSENT)}],
    "conditions": [{}, {"c1": CONDITION}, {"c1": CONDITION.model_copy(update={"owner": "eemeli"})}],
    "statements": [{}, {"s1": STATEMENT}, {"s1": STATEMENT.model_copy(update={"given": DUE})}],
    "hearings": [{}, {"h1": HEARING}, {"h1": HEARING.model_copy(update={"last": LATER})}],
    "meetings": [{}, {"seminar": MEETING}, {"m1": MEETING}, {"m1": MEETING.model_copy(update={"memo": True})}],
    "handlings": [{}, {"h1": handling("board")}, {"h1": handling("board"), "h2": handling("proposal")}],
    "cooperation": [Cooperation(), Cooperation(needed=True), Cooperation(needed=False)],
    "amended": [{}, {"one": AMENDED}, {"two": AMENDED}, {"three": AMENDED}],
    "ladders": [{}, {DutyKind.STANCE: Ladder(duty=DutyKind.STANCE, steps=())}],
}
"""What a process's fields may be."""

BUSY = process(
    phases=statuses("open", "at_checkpoint", "open", rounds=1),
    rounds={
        "two": round_(
            edition=2,
            versions={"two-a": version(), "two-b": version(2)},
            stances={"s1": accepts(2), "s3": accepts()},  # the board covers only what has not changed
            disqualified={"s2": ()},
            windows=(WINDOW,),
        )
    },
    objections={"o1": objection()},
    conditions={"c1": CONDITION},
    statements={"s1": STATEMENT},
    hearings={"h1": HEARING},
    meetings={"m1": MEETING.model_copy(update={"phase": "one"}), "m2": MEETING},
    handlings={"h1": handling("board")},
)
"""A process in which much is owed."""


def with_round(process: Process, **changed: Any) -> Process:
    rounds = {**process.rounds, "two": process.rounds["two"].model_copy(update=changed)}
    return process.model_copy(update={"rounds": rounds})


ONE_CHANGE = [
    *((field, BUSY.model_copy(update={field: value})) for field, values in OF_PROCESS.items() for value in values),
    *((field, with_round(BUSY, **{field: value})) for field, values in OF_ROUND.items() for value in values),
]


def applied(before: dict[str, PlannedDuty], difference: Difference) -> dict[str, PlannedDuty]:
    """The plan after the difference was written as rows are: void reminders go, new ones come, others stand."""
    rows = {key: duty for key, duty in before.items() if key not in difference.removed}
    for key, duty in difference.changed.items():
        stood = rows[key].steps if key in rows else ()
        kept = [step for step in stood if (key, step.key) not in difference.void]
        fresh = [step for step in duty.steps if step not in kept]
        rows[key] = duty._replace(steps=tuple(sorted([*kept, *fresh])))
    return rows


def sorted_steps(planned: dict[str, PlannedDuty]) -> dict[str, PlannedDuty]:
    return {key: duty._replace(steps=tuple(sorted(duty.steps))) for key, duty in planned.items()}


def check_difference(before: Process, after: Process) -> None:
    """The difference brings the one plan to the other and tells nothing that stands."""
    planned = plan(before, DEFINITION, CALENDAR)
    difference = plan_difference(before, after, DEFINITION, CALENDAR, LONG_AGO)

    assert applied(sorted_steps(planned), difference) == sorted_steps(plan(after, DEFINITION, CALENDAR))
    assert set(difference.removed) <= set(planned)
    assert all(planned.get(key) != duty for key, duty in difference.changed.items())


@pytest.mark.parametrize(("field", "other"), ONE_CHANGE)
def test_one_changed_field_changes_the_plan_as_much_as_it_should(field: str, other: Process) -> None:
    check_difference(BUSY, other)
    check_difference(other, BUSY)


rounds = st.builds(round_, **{field: st.sampled_from(values) for field, values in OF_ROUND.items()})
fields = {field: st.sampled_from(values) for field, values in OF_PROCESS.items()}
fields["rounds"] = st.fixed_dictionaries({}, optional={"one": rounds, "two": rounds})
processes = st.builds(process, **fields)


@st.composite
def acts(draw: st.DrawFn) -> tuple[Process, Process]:
    """A state and another one that shares with it what it does not change, as an act leaves it."""
    before = draw(processes)
    names = draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True))
    after = before.model_copy(update={name: draw(fields[name]) for name in names})
    if "two" in after.rounds and draw(st.booleans()):
        field = draw(st.sampled_from(sorted(OF_ROUND)))
        after = with_round(after, **{field: draw(st.sampled_from(OF_ROUND[field]))})
    rounds = [*before.rounds.values(), *after.rounds.values()]
    assume(all(set(one.stances) <= set(one.seats) for one in rounds))  # nobody speaks for a seat that is not there
    return before, after


@settings(max_examples=150, deadline=None)
@given(acts())
def test_the_difference_brings_the_plan_of_any_state_to_that_of_the_next(act: tuple[Process, Process]) -> None:
    check_difference(*act)


@settings(max_examples=50, deadline=None)
@given(processes, st.dates(dt.date(2027, 1, 1), dt.date(2027, 9, 1)))
def test_a_state_read_anew_makes_no_difference_and_nothing_is_planned_in_the_past(now: Process, day: dt.date) -> None:
    again = Process.model_validate_json(now.model_dump_json())
    instant = at_local(day, 9)

    assert plan_difference(now, again, DEFINITION, CALENDAR, instant) == Difference({}, (), ())
    fresh = plan_difference(None, now, DEFINITION, CALENDAR, instant)
    assert all(step.at >= instant for duty in fresh.changed.values() for step in duty.steps)
    assert set(fresh.changed) == set(plan(now, DEFINITION, CALENDAR))


@settings(max_examples=50, deadline=None)
@given(processes)
def test_keys_name_one_duty_each_and_begin_with_its_kind(now: Process) -> None:
    found = [(key, duty) for part in PARTS for key, duty in part.owed(View(now, DEFINITION, CALENDAR))]

    assert len({key for key, _ in found}) == len(found)
    assert all(key.startswith(f"{duty.kind.value}:") and "/" not in key for key, duty in found)
