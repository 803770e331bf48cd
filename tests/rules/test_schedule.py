"""The planned dates of a process: where they come from and what is odd in them."""

import datetime as dt

import pytest

from models.days.calendar import Calendar
from models.days.calendar_data import calendar_for
from models.days.schedule import parse_start, schedule
from models.days.schedule_warnings import WarningCode, warnings_of
from models.definitions.definition import Definition
from models.errors import NotValid

D = dt.date
BOXES, TEXTS = {"time-plan": "boxes"}, {"time-plan": "texts"}
FINLAND = calendar_for(meetings={"council": [D(2025, 6, 16), D(2025, 9, 8), D(2026, 6, 15)]})


def phase(key, *dates, **more):
    return {
        "id": key,
        "kind": "general",
        "name": {"fi": key},
        "dates": list(dates),
        "outputs": [{"id": f"{key}-output", "name": {"fi": key}, "owner": "owner"}],
        "checkpoint": {
            "id": f"{key}-checkpoint",
            "name": {"fi": key},
            "groups": [{"group": "group"}],
            **more.pop("checkpoint", {}),
        },
        **more,
    }


def months(first, last=None, **when):
    return {
        "from": {"month": first},
        "to": {"month": last or first, "year": int((last or first) < first)},
        "when": when,
    }


def next_year(span):
    return {**span, "from": {**span["from"], "year": 1}, "to": {**span["to"], "year": 1}}


def definition(phases, **more):
    return Definition.model_validate(
        {
            "format": 1,
            "id": "small",
            "version": "1",
            "name": {"fi": "Pieni"},
            "roles": [{"id": "owner", "name": {"fi": "Omistaja"}}],
            "groups": [{"id": "group", "name": {"fi": "Ryhmä"}, "kind": "working_group"}],
            "bodies": [{"id": "council", "name": {"fi": "Valtuusto"}, "kind": "council"}],
            "phases": phases,
            "decision": {
                "window": [next_year(months(6, 8))],
                "chain": [{"id": "decision", "name": {"fi": "Päätös"}, "body": "council", "kind": "decision"}],
            },
            **more,
        }
    )


def reading(key):
    return {"id": key, "name": {"fi": key}}


TIME_PLAN = {
    "id": "time-plan",
    "question": {"fi": "Kumpi aikataulu?"},
    "readings": [reading("boxes"), reading("texts")],
    "proposed": "boxes",
}
IMAGE = phase(
    "image",
    months(12, 1, **BOXES),
    {"to": {"month": 11}, "when": TEXTS},  # "työ valmistuu marraskuun loppuun"
)
NEED = phase("need", next_year(months(2, **BOXES)), {**months(12, 1), "when": TEXTS})
METHOD = phase("method", next_year(months(3, **BOXES)), next_year(months(2, **TEXTS)))
TWO_READINGS = definition(
    [IMAGE, NEED, METHOD],
    choices=[TIME_PLAN],
    start=[{"to": {"month": 12, "day": 1}, "when": BOXES}, {"to": {"month": 9, "day": 2}, "when": TEXTS}],
)


def span(dates, key):
    return dates[f"phase:{key}:first"], dates[f"phase:{key}:last"]


def codes(warnings):
    return [(warning.code, warning.key) for warning in warnings]


def test_by_the_boxes_phase_one_of_2024_runs_over_new_year():
    start = parse_start("2024", TWO_READINGS, BOXES)
    plan = schedule(TWO_READINGS, start, BOXES, FINLAND)
    assert start == D(2024, 12, 1)
    assert span(plan.dates, "image") == (D(2024, 12, 1), D(2025, 1, 31))
    assert span(plan.dates, "need") == (D(2025, 2, 1), D(2025, 2, 28))
    assert span(plan.dates, "method") == (D(2025, 3, 1), D(2025, 3, 31))
    assert (plan.dates["window:first"], plan.dates["window:last"]) == (D(2025, 6, 1), D(2025, 8, 31))
    assert plan.warnings == ()


def test_by_the_texts_phase_one_of_2024_ends_with_november():
    start = parse_start("2024", TWO_READINGS, TEXTS)
    plan = schedule(TWO_READINGS, start, TEXTS, FINLAND)
    assert span(plan.dates, "image") == (D(2024, 9, 2), D(2024, 11, 30))  # open: it begins with the process
    assert plan.dates["checkpoint:image"] == D(2024, 11, 29)  # the 30th is a Saturday
    assert span(plan.dates, "need") == (D(2024, 12, 1), D(2025, 1, 31))
    assert plan.warnings == ()


def test_a_december_start_is_late_for_the_texts():
    plan = schedule(TWO_READINGS, D(2024, 12, 1), TEXTS, FINLAND)
    assert codes(plan.warnings) == [(WarningCode.STARTED_LATE, "phase:image:last")]
    assert plan.warnings[0].sentence == (
        'The process starts on 1.12.2024, after its phase "image" should have ended on 30.11.2024.'
    )
    assert span(plan.dates, "image") == (D(2024, 11, 30), D(2024, 11, 30))
    assert schedule(TWO_READINGS, D(2024, 11, 30), TEXTS, FINLAND).warnings == ()


def test_a_start_months_before_the_first_phase_is_told_of():
    plan = schedule(TWO_READINGS, D(2024, 6, 1), BOXES, FINLAND)
    assert codes(plan.warnings)[0] == (WarningCode.BEGINS_LATER, "phase:image:first")
    assert plan.warnings[0].sentence == (
        'The process starts on 1.6.2024, but its first phase "image" begins only on 1.12.2024, as its definition says.'
    )
    assert schedule(TWO_READINGS, D(2024, 11, 1), BOXES, FINLAND).warnings == ()


def test_a_choice_left_open_is_read_as_the_definition_proposes():
    plan = schedule(TWO_READINGS, D(2024, 12, 1), {}, FINLAND)
    assert plan.choices == BOXES
    assert plan == schedule(TWO_READINGS, D(2024, 12, 1), BOXES, FINLAND)


@pytest.mark.parametrize("choices", [{"time-plan": "guess"}, {"other": "boxes"}])
def test_an_unknown_reading_is_refused_with_the_known_ones(choices):
    with pytest.raises(NotValid, match="time-plan: boxes or texts"):
        schedule(TWO_READINGS, D(2024, 12, 1), choices, FINLAND)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-01", D(2024, 12, 1)),
        ("2025-01-07", D(2025, 1, 7)),
        ("2024-11", D(2024, 11, 1)),
        (" 2026 ", D(2026, 12, 1)),
    ],
)
def test_a_start_is_a_day_a_month_or_a_year(text, day):
    assert parse_start(text, TWO_READINGS, {}) == day


@pytest.mark.parametrize("text", ["", "soon", "1.12.2024", "24", "2024-13", "2024-02-30", "2024-1", "0000"])
def test_other_starts_are_refused_with_an_example(text):
    with pytest.raises(NotValid, match="2024-12-01"):
        parse_start(text, TWO_READINGS, {})


def test_without_a_usual_start_the_first_phase_says_when_a_year_begins():
    assert parse_start("2024", definition([phase("one", months(10))]), {}) == D(2024, 10, 1)
    open_ended = definition([phase("one", {"to": {"month": 11}})])
    assert parse_start("2024", open_ended, {}) == D(2024, 11, 1)


def test_a_definition_of_a_process_that_was_starts_in_its_own_year():
    past = definition([phase("one", months(3))], start=[{"to": {"date": "2013-02-25"}}])
    assert parse_start("2013", past, {}) == D(2013, 2, 25)
    with pytest.raises(NotValid, match=r"starts on 25\.2\.2013, not in 2026"):
        parse_start("2026", past, {})


def test_a_checkpoint_is_due_on_the_last_working_day_unless_the_definition_says_otherwise():
    due = [{"to": {"month": 2, "day": 10}}]
    plan = schedule(
        definition(
            [phase("one", months(1)), phase("two", months(2), checkpoint={"due": due}), phase("three", months(5))]
        ),
        D(2026, 1, 1),
        {},
        FINLAND,
    )
    assert plan.dates["checkpoint:one"] == D(2026, 1, 30)  # the 31st is a Saturday
    assert plan.dates["checkpoint:two"] == D(2026, 2, 10)
    assert plan.dates["checkpoint:three"] == D(2026, 5, 29)


def test_a_phase_without_a_beginning_begins_when_all_it_receives_has_ended():
    joined = definition(
        [
            phase("one", months(1), receives=[]),
            phase("two", months(1, 2), receives=[]),
            phase("join", {"to": {"month": 5}}, receives=["one", "two"]),
        ],
        decision={
            "window": [{"to": {"month": 6}}],
            "chain": [{"id": "decision", "name": {"fi": "Päätös"}, "body": "council", "kind": "decision"}],
        },
    )
    plan = schedule(joined, D(2025, 1, 1), {}, FINLAND)
    assert span(plan.dates, "join") == (D(2025, 3, 1), D(2025, 5, 31))
    assert (plan.dates["window:first"], plan.dates["window:last"]) == (D(2025, 6, 1), D(2025, 6, 30))
    assert plan.warnings == ()


def test_meetings_have_their_days_and_their_invitations():
    meetings = [
        {
            "id": "workshop",
            "name": {"fi": "Työpaja"},
            "on": {"to": {"date": "2013-03-08"}},
            "invitations": {"date": "2013-02-26"},
        },
        {
            "id": "seminar",
            "name": {"fi": "Seminaari"},
            "on": {"from": {"date": "2013-04-22"}, "to": {"date": "2013-04-23"}},
        },
        {"id": "one-day", "name": {"fi": "Päivä"}, "on": {"from": {"start": True}, "to": {"start": True}}},
        {"id": "city-day", "name": {"fi": "Asukastapahtuma"}, "in_connection_with": {"fi": "Rauma-päivä"}},
        {"id": "texts-only", "name": {"fi": "Kierros"}, "on": {"to": {"month": 4}, "when": TEXTS}},
    ]
    plan = schedule(
        definition([phase("one", months(3))], meetings=meetings, choices=[TIME_PLAN]), D(2013, 2, 25), {}, FINLAND
    )
    assert {key: day for key, day in plan.dates.items() if key.startswith(("meeting", "invitations"))} == {
        "meeting:workshop": D(2013, 3, 8),
        "invitations:workshop": D(2013, 2, 26),
        "meeting:seminar": D(2013, 4, 22),
        "meeting:seminar:last": D(2013, 4, 23),
        "meeting:one-day": D(2013, 2, 25),
    }


def test_statements_and_hearings_are_asked_while_their_time_still_fits_in_the_phase():
    plan = schedule(
        definition(
            [phase("one", months(3)), phase("two", months(5))],
            statements=[
                {"id": "elders", "name": {"fi": "Vanhusneuvosto"}, "body": "council", "phase": "one", "least_days": 16},
                {"id": "long", "name": {"fi": "Pitkä"}, "body": "council", "phase": "two", "least_days": 60},
            ],
            hearings=[{"id": "residents", "name": {"fi": "Kuuleminen"}, "phase": "one"}],
        ),
        D(2025, 1, 1),
        {},
        FINLAND,
    )
    assert plan.dates["statement:elders"] == D(2025, 3, 14)  # 16 days before 31.3. is a Saturday
    assert plan.dates["hearing:residents"] == D(2025, 3, 17)
    assert (WarningCode.NO_TIME_TO_ASK, "statement:long") in codes(plan.warnings)


def of(*phases, calendar=FINLAND, **more):
    found = codes(schedule(definition(list(phases), **more), D(2025, 1, 1), {}, calendar).warnings)
    return [(code, key) for code, key in found if code is not WarningCode.BEGINS_LATER]  # the phases are in any month


def test_a_deadline_on_a_day_off_or_in_july_is_told():
    eve = {"due": [{"to": {"month": 6, "day": 20}}]}
    assert of(phase("one", months(6), checkpoint=eve)) == [(WarningCode.DAY_OFF, "checkpoint:one")]
    assert of(phase("one", months(7))) == [(WarningCode.IN_JULY, "checkpoint:one")]


def test_a_checkpoint_before_the_work_of_its_phase_is_told():
    start = D(2025, 1, 1)
    dates = dict(schedule(TWO_READINGS, start, BOXES, FINLAND).dates)
    first = dates["phase:method:first"]
    for day, told in ((first, False), (first - dt.timedelta(days=10), True)):
        found = warnings_of(TWO_READINGS, {**dates, "checkpoint:method": day}, start, FINLAND)
        assert ((WarningCode.BEFORE_WORK, "checkpoint:method") in codes(found)) is told


def test_phases_that_overlap_or_run_backwards_are_told():
    assert of(phase("one", months(1, 2)), phase("two", months(2, 3))) == [(WarningCode.OVERLAP, "phase:two:first")]
    assert of(phase("one", months(1, 2)), phase("two", months(2, 3), receives=[])) == []
    late = {"due": [{"to": {"month": 2, "day": 12}}]}
    assert of(phase("one", months(1), checkpoint=late), phase("two", months(2))) == [
        (WarningCode.OVERLAP, "phase:two:first")
    ]
    same_day = {"from": {"month": 1, "day": "last"}, "to": {"month": 2}}
    assert of(phase("one", months(1)), phase("two", same_day)) == []
    back = {"from": {"month": 3}, "to": {"month": 2}}
    assert of(phase("one", back)) == [(WarningCode.BACKWARDS, "phase:one:last")]


def test_a_window_without_a_meeting_of_the_deciding_body_is_told():
    one = phase("one", months(1))
    unmet, unknown = Calendar(FINLAND.days_off, meetings={"council": (D(2025, 9, 8),)}), Calendar(FINLAND.days_off)
    year = {"window": [months(6, 8)], "chain": definition([one]).decision.model_dump()["chain"]}
    assert of(one, decision=year, calendar=FINLAND) == []
    assert of(one, decision=year, calendar=unmet) == [(WarningCode.NO_MEETING, "window:last")]
    assert of(one, decision=year, calendar=unknown) == [(WarningCode.MEETINGS_UNKNOWN, "window:last")]


def test_a_window_that_closes_before_the_work_is_ready_is_told():
    chain = definition([phase("one", months(1))]).decision.model_dump()["chain"]
    window = {"window": [months(6)], "chain": chain}
    assert of(phase("one", months(9)), decision=window) == [(WarningCode.WINDOW_TOO_EARLY, "window:last")]


def test_a_year_whose_days_off_are_unknown_is_told_once():
    assert of(phase("one", months(3)), calendar=calendar_for(range(2020, 2026), meetings=FINLAND.meetings)) == [
        (WarningCode.DAYS_OFF_UNKNOWN, "window:first"),
    ]


def test_every_warning_says_itself_in_a_sentence():
    late = schedule(TWO_READINGS, D(2030, 7, 1), {}, Calendar())
    shuffled = dict(zip(late.dates, reversed(late.dates.values()), strict=True))
    found = warnings_of(TWO_READINGS, shuffled, D(2040, 1, 1), Calendar())
    assert {warning.code for warning in found} >= {WarningCode.STARTED_LATE, WarningCode.OVERLAP, WarningCode.BACKWARDS}
    assert all(warning.sentence.endswith(".") and "{" not in warning.sentence for warning in found)
