"""A definition played through: everybody hears what concerns them, on working days, once, and not after they have done
their part."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import KEMI, KEMIJARVI, RAUMA, YEARS, shipped, usual_calendar

from models.days.calendar import HELSINKI, local_date
from models.days.calendar_data import calendar_for
from models.days.schedule import parse_start
from models.duties.recipients import Nobody
from models.errors import NotValid
from models.process import Process
from models.rehearsal.cast import cast
from models.rehearsal.play import Asked, rehearse
from models.rehearsal.post import Post, Told
from models.rehearsal.result import MomentKind, Rehearsal, WorryKind
from models.telling.said import Said, Telling

STARTS = {KEMI: "2023", RAUMA: "2013"}


def played(key: str = KEMIJARVI, start: str | None = None, **more: object) -> Rehearsal:
    definition = shipped(key)
    choices: dict[str, str] = more.get("choices", {})  # type: ignore[assignment]
    begins = parse_start(start or STARTS.get(key, "2026-12"), definition, choices)
    return rehearse(definition, usual_calendar(), Asked.model_validate({"start": begins, **more}))


def check_messages(rehearsal: Rehearsal) -> None:
    """Of every message: when it leaves, that it leaves once, and that what it reminds of is still owed."""
    done = {line.key: line.done for line in rehearsal.duties}
    daily = Counter((one.to, one.item, local_date(one.at)) for one in rehearsal.messages)
    assert [thing for thing, count in daily.items() if count > 1] == [], "twice in a day"
    events = Counter((one.to, one.item) for one in rehearsal.messages if ":" not in one.kind)
    assert [thing for thing, count in events.items() if count > 1] == [], "twice of what happened once"
    for one in rehearsal.messages:
        assert usual_calendar().is_working_day(local_date(one.at)), f"on a day off: {one}"
        assert 7 <= one.at.astimezone(HELSINKI).hour < 18, f"at night: {one}"
        if ":" in one.kind:
            finished = done[one.duty or ""]
            assert finished is None or finished > one.at, f"after it was done: {one}"


@pytest.mark.parametrize("key", [KEMIJARVI, KEMI, RAUMA])
def test_a_shipped_definition_comes_to_its_decision(key: str) -> None:
    rehearsal = played(key)
    assert rehearsal.decided is not None
    passed = [one for one in rehearsal.moments if one.kind is MomentKind.PASSED]
    assert len(passed) == len(shipped(key).phases)
    assert [line for line in rehearsal.duties if line.done is None] == []
    check_messages(rehearsal)


WRONG = {
    "on a day off": lambda one, _: one.model_copy(update={"at": one.at.replace(month=12, day=25)}),
    "at night": lambda one, _: one.model_copy(update={"at": one.at.replace(hour=20)}),
    "twice in a day": lambda one, _: one.model_copy(update={"at": one.at + dt.timedelta(minutes=30)}),
    "twice of what happened once": lambda one, _: one.model_copy(update={"at": one.at + dt.timedelta(days=7)}),
    "after it was done": lambda one, done: one.model_copy(update={"at": done[one.duty] + dt.timedelta(minutes=1)}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_message_at_a_wrong_time_or_told_twice_is_noticed(wrong: str) -> None:
    rehearsal = played()
    kind = "PhaseOpened" if wrong == "twice of what happened once" else "stance:holder"
    one = next(one for one in reversed(rehearsal.messages) if one.kind == kind)
    another = WRONG[wrong](one, {line.key: line.done for line in rehearsal.duties})
    others = [other for other in rehearsal.messages if other is not one or wrong.startswith("twice")]
    told = rehearsal.model_copy(update={"messages": (*others, another)})
    with pytest.raises(AssertionError, match=wrong):
        check_messages(told)


@settings(max_examples=25, deadline=None)
@given(
    year=st.integers(2024, 2040),
    month=st.integers(1, 12),
    reading=st.sampled_from(["laatikot", "tekstit"]),
    late=st.sampled_from(["", "hyvinvointiryhma", "laajennettu-jory", "coordinator", "preparer", "nuorisovaltuusto"]),
)
def test_whenever_it_starts_nobody_is_written_to_at_the_wrong_time_or_twice(
    year: int, month: int, reading: str, late: str
) -> None:
    asked = {"choices": {"aikataulu": reading}, "late": (late,) if late else ()}
    rehearsal = played(start=f"{year}-{month:02}", **asked)
    assert rehearsal.decided is not None
    check_messages(rehearsal)


def test_kemijarvi_is_decided_in_august_though_its_window_opens_in_june() -> None:
    rehearsal = played()
    assert [(way.meeting.isoformat(), way.reached) for way in rehearsal.outlook.ways] == [
        ("2027-06-14", False),
        ("2027-08-30", True),
    ]
    assert rehearsal.decided == dt.date(2027, 8, 30)


def test_a_silent_group_is_told_of_to_its_chair_and_the_coordinator_as_a_count() -> None:
    rehearsal = played(late=("hyvinvointiryhma",))
    told = [one for one in rehearsal.messages if one.kind in ("stance:chair", "stance:coordinator")]
    assert {one.to for one in told} <= {"hyvinvointiryhma-chair", "hyvinvointiryhma-vice_chair", "coordinator"}
    assert {one.notice.facts["waiting"] for one in told if one.to == "coordinator"} == {3}
    late = [worry for worry in rehearsal.worries if worry.kind is WorryKind.OPENED_LATE]
    assert late, "what the group holds up begins late"


def test_who_is_away_is_not_written_to_and_the_deputy_is() -> None:
    first, last = dt.date(2027, 1, 11), dt.date(2027, 2, 5)
    rehearsal = played(away={"hyvinvointiryhma-chair": (first, last), "coordinator": (first, last)})
    during = [one for one in rehearsal.messages if first <= local_date(one.at) <= last]
    assert {one.to for one in during}.isdisjoint({"hyvinvointiryhma-chair", "coordinator"})
    assert {"hyvinvointiryhma-chair-deputy", "coordinator-deputy"} <= {one.to for one in during}
    assert rehearsal.decided is not None


def test_a_choice_and_a_name_that_are_not_there_are_refused() -> None:
    with pytest.raises(NotValid, match="Nobody is called naapurit"):
        played(late=("naapurit",))
    with pytest.raises(NotValid, match="no choice"):
        played(choices={"aikataulu": "arvaus"}, start="2026-12-01")


def test_the_same_rehearsal_says_the_same() -> None:
    assert played() == played()


def test_a_hearing_in_july_and_a_phase_over_christmas_are_worries() -> None:
    kinds = {worry.kind for worry in played().worries}
    assert {WorryKind.PHASE_CHRISTMAS, WorryKind.MEETINGS_UNKNOWN, WorryKind.LIST_IN_JULY} <= kinds


def test_meetings_of_a_calendar_are_used_and_an_unknown_body_is_told() -> None:
    meetings = {"valtuusto": [dt.date(2027, 8, 23)], "valtusto": [dt.date(2027, 6, 7)]}
    calendar = calendar_for(YEARS, meetings=meetings)
    rehearsal = rehearse(shipped(KEMIJARVI), calendar, Asked(start=dt.date(2026, 12, 1)))
    assert [(way.meeting, way.proposed) for way in rehearsal.outlook.ways] == [(dt.date(2027, 8, 23), False)]
    assert [worry.facts["body"] for worry in rehearsal.worries if worry.kind is WorryKind.BODY_UNKNOWN] == ["valtusto"]


def test_where_no_meeting_in_the_window_is_reached_the_first_one_after_it_is_shown() -> None:
    rehearsal = played(KEMI)
    assert [way.in_window for way in rehearsal.outlook.ways] == [True, False]
    assert rehearsal.outlook.ways[-1].reached
    assert WorryKind.OUTSIDE_WINDOW in {worry.kind for worry in rehearsal.worries}


MORNING = dt.datetime(2027, 1, 29, 7, 0, tzinfo=dt.UTC)
REMINDER = Said(
    kind="outcome:holder",
    phase="tulevaisuuskuva",
    about="checkpoint:tulevaisuuskuva",
    due=dt.date(2027, 1, 29),
    facts={"silent": 0, "unanswered": 0},
)


def begun_process() -> Process:
    """A process of the definition, as a reader of its messages sees it."""
    definition = shipped(KEMIJARVI)
    return Process(
        id=KEMIJARVI,
        municipality="kemijarvi",
        definition="0" * 64,
        roles={slot.id: slot.id for slot in definition.roles},
        groups={group.id: group.id for group in definition.groups},
        choices={},
        dates={},
        phases={},
    )


def posted(*tellings: Telling) -> Post:
    """The messages of one morning, gathered but not gone."""
    definition = shipped(KEMIJARVI)
    directory = cast(definition, dt.date(2026, 11, 3), "fi", {}).directory
    post = Post(definition, directory, usual_calendar(), "fi")
    for telling in tellings:
        post.put(Told(MORNING, (telling,), ()))
    return post


def test_what_was_done_before_its_message_left_is_left_out_and_said_why() -> None:
    said = REMINDER.model_copy(update={"duty": "outcome:tulevaisuuskuva:1"})
    post = posted(Telling("preparer", "kemijarvi:1", said))
    assert post.next() == MORNING + dt.timedelta(minutes=10)
    post.leave(MORNING + dt.timedelta(minutes=10), begun_process(), {})
    assert (post.sent, [one.reason for one in post.not_sent]) == ([], [Nobody.DONE])


def test_the_same_thing_told_again_in_a_window_is_told_once_and_another_stands_in_the_same_message() -> None:
    post = posted(*(Telling("preparer", item, REMINDER) for item in ("kemijarvi:1", "kemijarvi:1", "kemijarvi:2")))
    post.leave(MORNING + dt.timedelta(minutes=10), begun_process(), {})
    assert [(one.mail, one.item) for one in post.sent] == [(1, "kemijarvi:1"), (1, "kemijarvi:2")]
