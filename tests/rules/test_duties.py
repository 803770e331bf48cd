"""What is owed in a process: by whom, and by when."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
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
    seat,
    statuses,
    text,
    version,
)

from models.days.calendar import ONE_DAY, Calendar, DayOff, at_local
from models.definitions.definition import Criterion, Definition
from models.duties.duties import duties
from models.duties.duty import Duty
from models.duties.owed import OwedByKind
from models.duties.phases import submission
from models.duties.planning import Difference, plan, plan_difference
from models.process import (
    Assessment,
    Condition,
    Cooperation,
    Handling,
    Hearing,
    Process,
    Statement,
    Window,
)
from models.words import (
    AnswerResult,
    Audience,
    BodyKind,
    DutyKind,
    HandlingOutcome,
    ObjectionStatus,
)


def owed(process: Process, *kinds: DutyKind) -> dict[str, Duty]:
    """The duties, of these kinds where any are given; each kind asked for alone is what it is among all."""
    everything, by_kind = duties(process, DEFINITION, CALENDAR), OwedByKind(process, DEFINITION, CALENDAR)
    for kind in DutyKind:
        assert by_kind.of(kind) == {key: duty for key, duty in everything.items() if duty.kind is kind}
    assert {key: by_kind.get(key) for key in everything} == everything
    return {key: duty for key, duty in everything.items() if not kinds or duty.kind in kinds}


def who(process: Process, *kinds: DutyKind) -> dict[str, str | None]:
    return {key: duty.person for key, duty in owed(process, *kinds).items()}


def test_what_nobody_owes_is_not_found_whatever_its_key() -> None:
    by_kind = OwedByKind(at_checkpoint(), DEFINITION, CALENDAR)

    assert [by_kind.get(key) for key in ("stance:two:2:s9", "condition:c9", "nothing:two", "")] == [None] * 4


# --- phases -------------------------------------------------------------------------------------------------------


def test_a_ready_phase_waits_for_the_coordinator_until_its_planned_first_day() -> None:
    now = process(phases=statuses("passed", "ready", "suspended", rounds=1))

    assert owed(now, DutyKind.OPEN_PHASE) == {
        "open_phase:two:2": Duty(DutyKind.OPEN_PHASE, DATES["phase:two:first"], phase="two", round=2, person="leader")
    }


def test_a_phase_that_begins_on_a_day_off_is_to_be_opened_on_the_working_day_after_it() -> None:
    saturday = dt.date(2027, 2, 6)
    now = process(
        phases=statuses("passed", "ready", "suspended", rounds=1), dates=DATES | {"phase:two:first": saturday}
    )

    (duty,) = owed(now, DutyKind.OPEN_PHASE).values()

    assert duty.due == dt.date(2027, 2, 8)


def test_required_outputs_of_an_open_phase_are_their_owners_in_time_for_the_groups_to_take_a_stance() -> None:
    now = process(phases=statuses("open", "planned", "planned"))

    assert who(now, DutyKind.OUTPUT) == {
        "output:one:1:one-a": "writer",
        "output:one:1:one-b": "leader",  # nobody plays the owner's part: the coordinator's
    }
    due = dt.date(2027, 1, 15)  # ten working days before the checkpoint
    assert {duty.due for duty in owed(now, DutyKind.OUTPUT).values()} == {due}


@pytest.mark.parametrize(
    ("first", "checkpoint", "due"),
    [
        ((2027, 1, 4), (2027, 3, 31), (2027, 3, 16)),  # ten working days, Good Friday between them
        ((2027, 2, 1), (2027, 2, 12), (2027, 2, 5)),  # two weeks: the work has one
        ((2027, 2, 1), (2027, 2, 5), (2027, 2, 2)),  # a week: the groups have three days
    ],
)
def test_outputs_come_so_early_that_the_groups_have_their_time(first: Any, checkpoint: Any, due: Any) -> None:
    dates = {"phase:one:first": dt.date(*first), "checkpoint:one": dt.date(*checkpoint)}
    assert submission(dates, "one", 10, CALENDAR) == dt.date(*due)


def test_a_submitted_phase_owes_no_outputs() -> None:
    assert owed(at_checkpoint(), DutyKind.OUTPUT, DutyKind.OPEN_PHASE) == {}


# --- rounds -------------------------------------------------------------------------------------------------------

STANCES: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("nobody has answered", {}, {"s1": "anna", "s2": "bertta", "s3": "eemeli"}),
    ("one has", {"stances": {"s1": accepts()}}, {"s2": "bertta", "s3": "eemeli"}),
    (
        "a revision of what only one group covers asks that group again",
        {
            "edition": 2,
            "versions": {"two-a": version(), "two-b": version(2)},
            "stances": {"s1": accepts(), "s2": accepts(2), "s3": accepts()},
        },
        {"s1": "anna"},
    ),
    ("a seat left", {"seats": {**SEATS, "s1": seat("anna", left=True)}}, {"s2": "bertta", "s3": "eemeli"}),
    (
        "disqualified in the whole matter: the first deputy's, or nobody's",
        {"disqualified": {"s1": (), "s2": ()}},
        {"s2": "cecilia", "s3": "eemeli"},
    ),
    (
        "disqualified in one output: the rest is still one's own",
        {"disqualified": {"s2": ("two-a",)}},
        {"s1": "anna", "s2": "bertta", "s3": "eemeli"},
    ),
    (
        "the deputy has spoken",
        {"disqualified": {"s2": ()}, "stances": {"s2": accepts()}},
        {"s1": "anna", "s3": "eemeli"},
    ),
]


@pytest.mark.parametrize(("case", "state", "expected"), STANCES)
def test_a_stance_is_owed_by(case: str, state: dict[str, Any], expected: dict[str, str]) -> None:
    found = owed(at_checkpoint(**state), DutyKind.STANCE)

    assert {key: duty.person for key, duty in found.items()} == {f"stance:two:2:{s}": p for s, p in expected.items()}
    assert {(duty.due, duty.seat) for duty in found.values()} == {(DUE, s) for s in expected}


def test_a_named_person_assesses_a_criterion_and_again_when_a_version_changed() -> None:
    said = {"checked": Assessment(holds=True, by="judge", edition=1)}

    assert who(at_checkpoint(), DutyKind.ASSESSMENT) == {"assessment:two:2:checked": "judge"}
    assert who(at_checkpoint(assessed=said), DutyKind.ASSESSMENT) == {}
    revised = at_checkpoint(assessed=said, edition=2, versions={"two-a": version(2)})
    assert who(revised, DutyKind.ASSESSMENT) == {"assessment:two:2:checked": "judge"}


def test_an_amended_checkpoint_asks_by_its_own_criteria() -> None:
    amended = DEFINITION.phases[1].checkpoint.model_copy(
        update={"criteria": (Criterion.model_validate({"id": "new", "text": text("?"), "assessed_by": "owner"}),)}
    )

    assert who(at_checkpoint(amended={"two": amended}), DutyKind.ASSESSMENT) == {"assessment:two:2:new": "writer"}


def test_the_outcome_is_due_on_the_first_working_day_after_the_last_word_may_come() -> None:
    window = Window(about="m", until=at_local(dt.date(2027, 4, 1), 0), concerned=("s1", "s3"), confirmed=("s1",))
    confirmed = window.model_copy(update={"confirmed": ("s1", "s3")})

    for windows, due in [
        ((), dt.date(2027, 3, 29)),  # after Good Friday and a weekend
        ((window,), dt.date(2027, 4, 1)),  # the correction days are over that day
        ((confirmed,), dt.date(2027, 3, 29)),
    ]:
        found = owed(at_checkpoint(windows=windows), DutyKind.OUTCOME)
        assert found == {
            "outcome:two:2": Duty(DutyKind.OUTCOME, due, phase="two", round=2, person="chief"),
        }


@pytest.mark.parametrize(
    ("changed", "waits"),
    [
        ({}, True),
        ({"offer": True}, True),  # a condition offered is answered too
        ({"result": AnswerResult.UNCHANGED}, False),
        ({"status": ObjectionStatus.WITHDRAWN}, False),
        ({"status": ObjectionStatus.DISSENT}, False),
        ({"phase": "one"}, False),  # its round is over
    ],
)
def test_the_preparer_owes_an_answer_to_an_open_objection(changed: dict[str, Any], waits: bool) -> None:
    found = owed(at_checkpoint(objections={"o1": objection(**changed)}), DutyKind.ANSWER)

    expected = Duty(DutyKind.ANSWER, DUE, "o1", "two", 2, group="needs", person="chief")
    assert found == ({"answer:o1": expected} if waits else {})


@pytest.mark.parametrize(
    ("changed", "waits"),
    [
        ({}, True),
        ({"answered": None, "asked": ()}, False),
        ({"asked": ()}, False),  # it was said that the answer does not suffice
        ({"makers": {}}, False),
        ({"status": ObjectionStatus.DISSENT}, False),
        ({"phase": "one"}, False),  # its round is over
    ],
)
def test_who_objected_says_whether_an_answer_suffices(changed: dict[str, Any], waits: bool) -> None:
    answered = {"answer": "c2", "result": AnswerResult.UNCHANGED, "answered": DUE, "asked": ("s1",)} | changed
    found = owed(at_checkpoint(objections={"o1": objection(**answered)}, stances={"s1": accepts()}), DutyKind.REPLY)

    due = CALENDAR.add_working_days(DUE, 3)
    expected = Duty(DutyKind.REPLY, due, "o1", "two", 2, "s1", "needs", "anna")
    assert found == ({"reply:o1:s1": expected} if waits else {})


def test_a_reply_to_an_early_answer_is_due_with_the_stances() -> None:
    answered = {"result": AnswerResult.UNCHANGED, "answered": DUE - ONE_DAY * 20, "asked": ("s1",)}
    asked = at_checkpoint(objections={"o1": objection(**answered)}, stances={"s1": accepts()})
    (duty,) = owed(asked, DutyKind.REPLY).values()

    assert duty.due == DUE


def test_a_stale_stance_is_owed_instead_of_a_reply() -> None:
    answered = {"result": AnswerResult.UNCHANGED, "answered": DUE, "asked": ("s1",)}
    changed = {"two-a": version(changed=2), "two-b": version()}
    stale = at_checkpoint(
        objections={"o1": objection(**answered)}, stances={"s1": accepts()}, edition=2, versions=changed
    )

    assert set(owed(stale, DutyKind.REPLY, DutyKind.STANCE)) >= {"stance:two:2:s1"}
    assert owed(stale, DutyKind.REPLY) == {}


def test_a_condition_is_its_owners_by_its_date() -> None:
    due = dt.date(2027, 4, 30)
    condition = Condition(phase="one", objection=None, text="c1", owner="anna", due=due, checkpoint="three")

    assert owed(process(conditions={"c1": condition}), DutyKind.CONDITION) == {
        "condition:c1": Duty(DutyKind.CONDITION, due, "c1", "three", person="anna")
    }


# --- meetings and participation -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ({}, dt.date(2027, 3, 13)),  # it is the 10th in Finland; three days to correct
        ({"phase": None}, dt.date(2027, 3, 13)),
        ({"memo": True}, None),
        ({"cancelled": True}, None),
        ({"group": None}, None),  # a seminar has no memo of a group
    ],
)
def test_a_meeting_of_a_group_owes_its_memo(changed: dict[str, Any], due: dt.date | None) -> None:
    found = owed(process(meetings={"m1": MEETING.model_copy(update=changed)}), DutyKind.MEMO)

    assert {key: duty.due for key, duty in found.items()} == ({} if due is None else {"memo:m1": due})
    assert {(duty.person, duty.group) for duty in found.values()} <= {(None, "needs")}  # its chair's


def test_nobody_is_told_of_a_missing_memo_before_the_meeting_was_held() -> None:
    found = plan(process(meetings={"m1": MEETING}), DEFINITION, CALENDAR)["memo:m1"]

    assert found.since == dt.date(2027, 3, 11)
    assert [step.to for step in found.steps] == [Audience.COORDINATOR]  # the step of five days before falls away


def test_invitations_wait_for_their_day_until_the_meeting_is_in_the_calendar() -> None:
    assert owed(process(), DutyKind.INVITATION) == {
        "invitation:seminar": Duty(DutyKind.INVITATION, DATES["invitations:seminar"], "seminar", person="leader")
    }
    assert owed(process(meetings={"seminar": MEETING}), DutyKind.INVITATION) == {}


def with_participation() -> tuple[Definition, dict[str, dt.date]]:
    """A statement and a hearing of phase two, each with the latest day that leaves its least time."""
    statement = {"id": "s2", "name": text("Lausunto"), "body": "board", "phase": "two", "least_days": 14}
    hearing = {"id": "h2", "name": text("Kuuleminen"), "phase": "two", "least_days": 21}
    parts = {"statements": [statement], "hearings": [hearing]}
    days = {"statement:s2": dt.date(2027, 3, 17), "hearing:h2": dt.date(2027, 3, 10)}
    return Definition.model_validate(DEFINITION.model_dump() | parts), days


@pytest.mark.parametrize(
    ("status", "waits"),
    [("planned", False), ("ready", False), ("open", True), ("at_checkpoint", True), ("passed", False)],
)
def test_asking_and_opening_wait_for_the_coordinator_while_their_phase_is_worked_on(status: str, waits: bool) -> None:
    definition, days = with_participation()
    now = process(phases=statuses("passed", status, "planned"), dates=DATES | days)

    kinds = (DutyKind.ASK_STATEMENT, DutyKind.OPEN_HEARING)
    found = {key: duty for key, duty in duties(now, definition, CALENDAR).items() if duty.kind in kinds}

    expected = {
        "ask_statement:s2": Duty(kinds[0], days["statement:s2"], "s2", "two", person="leader"),
        "open_hearing:h2": Duty(kinds[1], days["hearing:h2"], "h2", "two", person="leader"),
    }
    assert found == (expected if waits else {})


def test_asking_ends_when_it_is_asked_and_opening_when_it_is_opened() -> None:
    definition, days = with_participation()
    before = process(phases=statuses("passed", "open", "planned"), dates=DATES | days)
    asked = Statement(body="board", phase="two", asked=dt.date(2027, 3, 2), due=dt.date(2027, 3, 31))
    hearing = Hearing(phase="two", first=dt.date(2027, 3, 2), last=dt.date(2027, 3, 25))
    after = before.model_copy(update={"statements": {"s2": asked}, "hearings": {"h2": hearing}})

    found = plan_difference(before, after, definition, CALENDAR, at_local(dt.date(2027, 3, 2), 9))

    assert set(found.removed) == {"ask_statement:s2", "open_hearing:h2"}
    assert set(found.changed) == {"statement:s2", "hearing:h2"}


def test_a_statement_waits_until_it_is_given_or_its_phase_has_passed() -> None:
    asked = Statement(body="board", phase="one", asked=dt.date(2027, 1, 4), due=dt.date(2027, 1, 20))
    given = asked.model_copy(update={"given": dt.date(2027, 1, 18)})
    duty = Duty(DutyKind.STATEMENT, dt.date(2027, 1, 20), "s1", "one", person="leader")

    assert owed(process(statements={"s1": asked}), DutyKind.STATEMENT) == {"statement:s1": duty}
    assert owed(process(statements={"s1": given}), DutyKind.STATEMENT) == {}
    passed = statuses("passed", "ready", "planned")
    assert owed(process(statements={"s1": asked}, phases=passed), DutyKind.STATEMENT) == {}


def test_a_hearing_is_closed_on_the_first_working_day_after_its_last() -> None:
    hearing = Hearing(phase="two", first=dt.date(2027, 3, 1), last=dt.date(2027, 3, 25))
    closed = hearing.model_copy(update={"closed": dt.date(2027, 3, 29)})

    assert owed(process(hearings={"h1": hearing}), DutyKind.HEARING) == {
        "hearing:h1": Duty(DutyKind.HEARING, dt.date(2027, 3, 29), "h1", "two", person="leader")
    }
    assert owed(process(hearings={"h1": closed}), DutyKind.HEARING) == {}


# --- the decision -------------------------------------------------------------------------------------------------

HANDLINGS: list[tuple[str, list[Handling], set[str]]] = [
    ("nothing yet: the first of the chain", [], {"board"}),
    ("the next of the chain", [handling("board")], {"proposal"}),
    ("left on the table is to be handled again", [handling("board", HandlingOutcome.TABLED)], {"board"}),
    ("what was passed over is not waited for", [handling("proposal")], {"decision"}),
    ("decided", [handling("board"), handling("proposal"), handling("decision")], set()),
    (
        "sent back: the chain begins anew",
        [handling("board"), handling("proposal"), handling("decision", HandlingOutcome.RETURNED)],
        {"board"},
    ),
    ("a handling nobody expected changes nothing", [handling(None)], {"board"}),
]


@pytest.mark.parametrize(("case", "recorded", "waiting"), HANDLINGS)
def test_the_next_expected_handling_waits(case: str, recorded: list[Handling], waiting: set[str]) -> None:
    handlings = {f"h{no}": one for no, one in enumerate(recorded)}
    found = owed(process(handlings=handlings), DutyKind.HANDLING)

    assert set(found) == {f"handling:{key}" for key in waiting}
    assert {duty.person for duty in found.values()} <= {"leader"}


JUNE, AUGUST, LAST = dt.date(2027, 6, 14), dt.date(2027, 8, 30), DATES["window:last"]
BOARD, EXECUTIVE = dt.date(2027, 8, 3), dt.date(2027, 8, 16)
TIGHT = dt.date(2027, 8, 17)  # of the board: the executive can still propose on the 23rd
SLOW = HandlingOutcome.TABLED
MEETINGS: list[tuple[str, dict[str, tuple[dt.date, ...]], list[Handling], dict[str, dt.date]]] = [
    ("no calendar: the usual days", {}, [], {"board": dt.date(2027, 8, 3)}),
    ("the body that decides does not meet", {"council": (LAST + ONE_DAY,)}, [], {"board": LAST}),
    ("a meeting before it is ready is passed over", {"council": (JUNE, AUGUST)}, [], {"board": dt.date(2027, 8, 3)}),
    ("days the calendar has", {"council": (AUGUST,), "board": (JUNE, LAST)}, [], {"board": JUNE}),
    ("the next body's", {"council": (AUGUST,)}, [handling("board", date=BOARD)], {"proposal": EXECUTIVE}),
    ("then the one that decides", {"council": (AUGUST,)}, [handling("proposal", date=EXECUTIVE)], {"decision": AUGUST}),
    (
        "in the shortest time",
        {"council": (AUGUST,)},
        [handling("board", date=TIGHT)],
        {"proposal": dt.date(2027, 8, 23)},
    ),
    ("tabled too late for August", {"council": (AUGUST,)}, [handling("board", SLOW, TIGHT)], {"board": LAST}),
    ("proposed when the council has met", {"council": (JUNE,)}, [handling("proposal", date=JUNE)], {"decision": LAST}),
]


@pytest.mark.parametrize(("case", "meetings", "recorded", "due"), MEETINGS)
def test_a_handling_is_due_when_its_body_meets_in_time_for_the_decision(
    case: str, meetings: dict[str, tuple[dt.date, ...]], recorded: list[Handling], due: dict[str, dt.date]
) -> None:
    handlings = {f"h{no}": one for no, one in enumerate(recorded)}
    found = duties(process(handlings=handlings), DEFINITION, replace(CALENDAR, meetings=meetings))

    owed = {duty.item: duty.due for duty in found.values() if duty.kind is DutyKind.HANDLING}
    assert owed == due


def test_a_matter_that_was_left_on_the_table_waits_for_the_bodys_next_meeting() -> None:
    boards = (dt.date(2027, 6, 1), dt.date(2027, 6, 15))
    calendar = replace(CALENDAR, meetings={"council": (dt.date(2027, 6, 28),), "board": boards})
    early = DATES | {"checkpoint:three": dt.date(2027, 5, 7), "window:last": dt.date(2027, 6, 30)}

    def due(*recorded: Handling) -> dt.date:
        now = process(dates=early, handlings={f"h{no}": one for no, one in enumerate(recorded)})
        return duties(now, DEFINITION, calendar)["handling:board"].due

    assert due() == boards[0]
    assert due(handling("board", SLOW, boards[0])) == boards[1]
    assert due(handling("board", SLOW, boards[1])) == early["window:last"]  # the board meets no more in time


def test_the_outcome_as_it_was_stated_says_which_meeting_is_reached() -> None:
    calendar = replace(CALENDAR, meetings={"council": (dt.date(2027, 6, 28), AUGUST)})
    early, late = dt.date(2027, 5, 25), dt.date(2027, 5, 26)

    def due(passed: dt.date | None) -> dt.date:
        phases = statuses("passed", "passed", "passed" if passed else "open")
        phases["three"] = phases["three"].model_copy(update={"passed": passed})
        return duties(process(phases=phases), DEFINITION, calendar)["handling:board"].due

    assert (due(None), due(early), due(late)) == (dt.date(2027, 8, 3), dt.date(2027, 6, 1), dt.date(2027, 8, 3))


def test_a_handling_waits_from_four_weeks_before_the_meeting() -> None:
    calendar = replace(CALENDAR, meetings={"council": (AUGUST,)})

    board = duties(process(), DEFINITION, calendar)["handling:board"]

    assert (board.since, board.due) == (DATES["window:first"], dt.date(2027, 8, 3))  # the window has begun by then
    early = DATES | {"window:first": dt.date(2027, 8, 1)}
    board = duties(process(dates=early), DEFINITION, calendar)["handling:board"]
    assert board.since == dt.date(2027, 7, 6)


@pytest.mark.parametrize(
    ("facts", "third", "expected"),
    [
        ({}, "planned", {}),  # nobody asks yet
        ({}, "open", {"staff_cooperation:judge": dt.date(2027, 5, 28)}),
        ({"needed": False}, "open", {}),
        ({"needed": True}, "planned", {"staff_cooperation:begin": dt.date(2027, 4, 9)}),  # 47 days before is a Sunday
        ({"needed": True, "proposed": dt.date(2027, 3, 1)}, "open", {}),
        ({"needed": True}, "passed", {}),
    ],
)
def test_staff_cooperation_is_judged_and_begun_in_time(
    facts: dict[str, Any], third: str, expected: dict[str, dt.date]
) -> None:
    now = process(phases=statuses("passed", "passed", third), cooperation=Cooperation(**facts))

    assert {key: duty.due for key, duty in owed(now, DutyKind.STAFF_COOPERATION).items()} == expected


# --- the body that decides, and the executive on the way ----------------------------------------------------------


def meets(*days: dt.date) -> Calendar:
    return Calendar(days_off=CALENDAR.days_off, meetings={"council": days})


def test_a_decision_window_without_a_meeting_is_the_coordinators_two_months_ahead_until_one_is_known() -> None:
    started = process(phases=statuses("ready", "planned", "planned"))
    key, first = "decision_meeting:decision", DATES["window:first"]

    duty = duties(started, DEFINITION, CALENDAR)[key]

    assert (duty.person, duty.item, duty.due) == ("leader", "decision", dt.date(2027, 4, 2))
    assert duty.since == dt.date(2027, 2, 1)
    assert duty == duties(started, DEFINITION, meets(first - ONE_DAY, DATES["window:last"] + ONE_DAY))[key]
    assert key not in duties(started, DEFINITION, meets(first))


def test_another_calendar_ends_and_moves_what_follows_from_it_and_leaves_the_rest() -> None:
    now, instant = process(phases=statuses("ready", "planned", "planned")), at_local(dt.date(2027, 2, 1), 9)
    august = meets(dt.date(2027, 8, 30))

    found = plan_difference(now, now, DEFINITION, august, instant, CALENDAR)

    assert found.removed == ("decision_meeting:decision",)
    assert set(found.changed) == set()  # the board's usual day is the same before the window's last as before the 30th
    back = plan_difference(now, now, DEFINITION, CALENDAR, instant, august)
    assert (set(back.changed), back.removed) == ({"decision_meeting:decision"}, ())
    closed = replace(CALENDAR, own_days=frozenset([DayOff(dt.date(2027, 6, 1), "closed")]))
    assert plan_difference(now, now, DEFINITION, closed, instant, CALENDAR) == Difference({}, (), ())


@pytest.mark.parametrize(
    ("handled", "owed"), [(None, True), (dt.date(2027, 1, 28), True), (dt.date(2027, 1, 29), False)]
)
def test_a_passed_checkpoint_is_reported_to_the_executive_within_three_weeks(
    handled: dt.date | None, owed: bool
) -> None:
    passed = statuses("passed", "open", "planned")
    passed["one"] = passed["one"].model_copy(update={"passed": dt.date(2027, 1, 29)})
    handlings = {}
    if handled:
        told = handling(None, HandlingOutcome.NOTED).model_copy(
            update={"body_kind": BodyKind.EXECUTIVE, "date": handled}
        )
        handlings = {"k1": told}

    found = duties(process(phases=passed, handlings=handlings), DEFINITION, CALENDAR)

    assert ("report:one" in found) is owed
    if owed:
        duty = found["report:one"]
        assert (duty.phase, duty.person, duty.due) == ("one", "leader", dt.date(2027, 2, 19))
    boards = tuple(body.model_copy(update={"kind": BodyKind.BOARD}) for body in DEFINITION.bodies)
    nobody_to_report_to = DEFINITION.model_copy(update={"bodies": boards})
    assert "report:one" not in duties(process(phases=passed), nobody_to_report_to, CALENDAR)
