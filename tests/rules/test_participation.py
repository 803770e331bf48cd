"""Being heard: affected groups, statements and hearings. They inform; only a criterion can make them block."""

import datetime as dt

import pytest
from rulebook import Story
from small_town import definition, phase

from models.commands import (
    AnswerStatement,
    AskStatement,
    CloseHearing,
    CorrectEntry,
    Extend,
    GiveOpportunity,
    OpenHearing,
    RecordStatement,
)
from models.errors import NotAuthorised, NotFound, NotValid, Refused

TODAY = dt.date(2027, 2, 1)
DAY = dt.timedelta(days=1)
PLAN_STATEMENTS = [
    {"id": "youth", "name": {"fi": "Nuoret"}, "body": "youth-council", "phase": "image", "least_days": 14}
]
PLAN = definition(
    phase("image", 2, ["vision"], affected=[{"id": "village", "name": {"fi": "Kylä"}}]),
    statements=PLAN_STATEMENTS,
    hearings=[{"id": "open-doors", "name": {"fi": "Avoimet ovet"}, "phase": "image", "least_days": 10}],
)
ASK = AskStatement(statement="youth", body="youth-council", phase="image", due=TODAY + 14 * DAY)
HEARING = OpenHearing(hearing="open-doors", phase="image", first=TODAY, last=TODAY + 9 * DAY, channels=("the library",))
OPPORTUNITY = GiveOpportunity(phase="image", affected="village", on=TODAY, how="An evening at the village school.")


@pytest.fixture
def story() -> Story:
    return Story(PLAN)


def given(**more: object) -> RecordStatement:
    return RecordStatement.model_validate(
        {"statement": "youth", "given": TODAY, "text": "We want a skate park.", **more}
    )


# --- affected groups ----------------------------------------------------------------------------------------------


def test_an_affected_group_is_given_an_opportunity_to_be_heard_whether_it_used_it_or_not(story):
    story.does("owner", OPPORTUNITY)
    assert not story.process.opportunities["image/village"].heard
    story.does("coordinator", OPPORTUNITY.model_copy(update={"heard": True}))
    assert story.process.opportunities["image/village"].heard


def test_an_opportunity_is_a_known_groups_and_has_been_given(story):
    story.refused(NotFound, "coordinator", OPPORTUNITY.model_copy(update={"affected": "city"}))
    story.refused(NotValid, "coordinator", OPPORTUNITY.model_copy(update={"on": TODAY + DAY}))
    story.refused(NotValid, "coordinator", OPPORTUNITY.model_copy(update={"on": dt.date(2001, 1, 1)}))
    story.refused(NotAuthorised, "teacher-1", OPPORTUNITY)


# --- statements ---------------------------------------------------------------------------------------------------


def test_a_statement_is_asked_with_a_reasonable_time(story):
    story.refused(NotValid, "coordinator", ASK.model_copy(update={"due": TODAY + 13 * DAY}))
    story.does("registrar", ASK)
    assert story.process.statements["youth"].asked == TODAY


def test_the_day_a_statement_was_asked_is_the_day_in_helsinki(story):
    story.now = dt.datetime(2027, 2, 1, 22, 30, tzinfo=dt.UTC)
    story.does("registrar", ASK.model_copy(update={"due": TODAY + 15 * DAY}))
    assert story.process.statements["youth"].asked == TODAY + DAY
    story.refused(NotValid, "registrar", given())


def test_a_statement_is_asked_once_of_a_known_body(story):
    story.refused(NotFound, "registrar", ASK.model_copy(update={"body": "parliament"}))
    story.does("registrar", ASK)
    story.refused(Refused, "registrar", ASK)


def test_a_planned_statement_is_asked_of_its_body_in_its_phase():
    two = definition(phase("image", 2, ["vision"]), phase("need", 3, ["register"]), statements=PLAN_STATEMENTS)
    story = Story(two)
    for wrong in ({"body": "board"}, {"phase": "need"}):
        error = story.refused(NotValid, "registrar", ASK.model_copy(update=wrong))
        assert "youth-council" in str(error)
    story.does("registrar", ASK.model_copy(update={"statement": "another", "body": "board", "phase": "need"}))
    story.does("registrar", ASK)
    mend = CorrectEntry(item="youth", field="body", to="board", reason="A slip of the pen.")
    story.refused(NotValid, "registrar", mend)


def test_a_statement_that_came_is_public_on_arrival_unless_secret_by_a_paragraph(story):
    story.refused(NotFound, "registrar", given())
    story.does("registrar", ASK)
    story.refused(NotValid, "registrar", given(publicity="secret"))
    for publicity in ("internal", "in_preparation"):
        story.refused(NotValid, "registrar", given(publicity=publicity))
    story.refused(NotValid, "registrar", given(given=TODAY - DAY))
    story.refused(NotValid, "registrar", given(given=TODAY + DAY))
    story.does("registrar", given(publicity="partly_secret", paragraph="JulkL 24 § 1 mom. 25 k"))
    story.refused(Refused, "registrar", given())


def test_a_statement_informs_and_never_blocks(story):
    story.does("registrar", ASK)
    story.goes_through("image")
    story.does("registrar", given())


def test_what_a_statement_led_to_stands_beside_it(story):
    answer = AnswerStatement(statement="youth", text="The park is in the plan.")
    story.does("registrar", ASK)
    story.refused(NotFound, "coordinator", answer)
    story.does("registrar", given())
    story.does("coordinator", answer)
    story.does("preparer", answer)
    assert story.process.statements["youth"].answer is not None


def test_the_time_to_answer_is_made_longer_and_never_shorter(story):
    story.does("registrar", ASK)
    extend = Extend(date="statement:youth", to=TODAY + 20 * DAY, reason="They meet late.")
    story.does("coordinator", extend)
    assert story.process.statements["youth"].due == TODAY + 20 * DAY
    story.refused(NotValid, "coordinator", extend.model_copy(update={"to": TODAY + 3 * DAY}))


def test_a_statement_that_was_not_planned_has_a_week_and_a_phase(story):
    ask = AskStatement(statement="park", body="board", phase="image", due=TODAY + 6 * DAY)
    story.refused(NotValid, "registrar", ask)
    enough = ask.model_copy(update={"due": TODAY + 7 * DAY})
    story.refused(NotFound, "registrar", enough.model_copy(update={"phase": "nowhere"}))
    story.does("registrar", enough)


def test_a_mistake_in_a_statements_date_is_mended(story):
    story.does("registrar", ASK)
    story.after(days=3)
    story.does("registrar", given())
    mend = CorrectEntry(item="youth", field="given", to="2027-02-03", reason="It came two days later.")
    story.does("registrar", mend)
    assert story.process.statements["youth"].given == TODAY + 2 * DAY


def test_a_statement_that_never_came_is_not_mended_into_one_and_days_keep_their_order(story):
    mend = CorrectEntry(item="youth", field="given", to="2027-02-01", reason="A slip of the pen.")
    story.does("registrar", ASK)
    story.refused(NotValid, "registrar", mend)
    story.after(days=3)
    story.does("registrar", given(given=TODAY + 2 * DAY))
    for field, day in (("given", "2027-01-31"), ("asked", "2027-02-04"), ("asked", "2001-02-01")):
        story.refused(NotValid, "registrar", mend.model_copy(update={"field": field, "to": day}))


# --- hearings -----------------------------------------------------------------------------------------------------


def test_a_hearing_runs_at_least_as_long_as_the_definition_says(story):
    story.refused(NotValid, "coordinator", HEARING.model_copy(update={"last": TODAY + 8 * DAY}))
    story.refused(NotValid, "coordinator", HEARING.model_copy(update={"first": TODAY - DAY}))
    story.does("coordinator", HEARING)
    story.refused(Refused, "coordinator", HEARING)


def test_closing_a_hearing_earlier_is_refused(story):
    close = CloseHearing(hearing="open-doors", contributions=12, summary="Most want the park.")
    story.refused(NotFound, "coordinator", close)
    story.does("coordinator", HEARING)
    story.after(days=9)
    story.refused(Refused, "coordinator", close)  # the last day is theirs
    story.after(days=1)
    story.does("coordinator", close)
    assert (story.process.hearings["open-doors"].contributions, story.process.hearings["open-doors"].closed) == (
        12,
        TODAY + 10 * DAY,
    )
    story.refused(NotFound, "coordinator", close)


def test_only_the_coordinator_opens_and_closes_hearings(story):
    for by in ("owner", "registrar", "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, HEARING)


def test_a_planned_hearing_is_held_in_its_phase():
    hearings = [{"id": "open-doors", "name": {"fi": "Avoimet ovet"}, "phase": "image", "least_days": 10}]
    story = Story(definition(phase("image", 2, ["vision"]), phase("need", 3, ["register"]), hearings=hearings))
    story.refused(NotValid, "coordinator", HEARING.model_copy(update={"phase": "need"}))
    story.does("coordinator", HEARING)


def test_an_open_hearing_is_given_more_time_and_never_less(story):
    story.does("coordinator", HEARING)
    extend = Extend(date="hearing:open-doors", to=TODAY + 20 * DAY, reason="The library was shut.")
    story.does("coordinator", extend)
    assert story.process.hearings["open-doors"].last == TODAY + 20 * DAY
    story.refused(NotValid, "coordinator", extend.model_copy(update={"to": TODAY + 12 * DAY}))
    story.after(days=21)
    story.does("coordinator", CloseHearing(hearing="open-doors", contributions=1, summary="One came."))
    story.refused(Refused, "coordinator", extend.model_copy(update={"to": TODAY + 30 * DAY}))


def test_a_mistake_in_a_hearings_days_is_mended_but_takes_no_time_away(story):
    story.does("coordinator", HEARING)
    mend = CorrectEntry(item="open-doors", field="last", to="2027-02-12", reason="A slip of the pen.")
    story.does("registrar", mend)
    assert story.process.hearings["open-doors"].last == dt.date(2027, 2, 12)
    story.refused(Refused, "registrar", mend.model_copy(update={"to": "2027-02-11"}))
    story.refused(NotValid, "registrar", mend.model_copy(update={"field": "first", "to": "2027-02-11"}))
    story.after(days=14)
    story.does("coordinator", CloseHearing(hearing="open-doors", contributions=1, summary="One came."))
    story.refused(NotValid, "registrar", mend.model_copy(update={"to": "2027-02-15"}))
    story.does("registrar", mend.model_copy(update={"to": "2027-02-11"}))


def test_how_many_contributions_a_closed_hearing_brought_is_mended(story):
    mend = CorrectEntry(item="open-doors", field="contributions", to="143", reason="Two sheets stuck together.")
    story.does("coordinator", HEARING)
    for nothing_yet in ("0", "143"):
        story.refused(NotValid, "registrar", mend.model_copy(update={"to": nothing_yet}))
    story.after(days=10)
    story.does("coordinator", CloseHearing(hearing="open-doors", contributions=134, summary="Most want the park."))
    for wrong in ("many", "-1", "14.5", "²", "9" * 5000, "134"):
        story.refused(NotValid, "registrar", mend.model_copy(update={"to": wrong}))
    (event,) = story.does("registrar", mend)
    assert (event.before, event.to, story.process.hearings["open-doors"].contributions) == ("134", "143", 143)
    story.refused(NotFound, "registrar", mend.model_copy(update={"field": "given", "to": "2027-02-12"}))


def test_the_day_by_which_a_statement_was_asked_is_mended_and_leaves_time_enough(story):
    story.does("registrar", ASK)
    mend = CorrectEntry(item="youth", field="due", to="2027-02-19", reason="A slip of the pen.")
    story.refused(NotValid, "registrar", mend.model_copy(update={"to": "9999-12-31"}))
    story.does("registrar", mend)
    assert story.process.statements["youth"].due == dt.date(2027, 2, 19)
    story.refused(NotValid, "registrar", mend)  # it stands so already
    story.refused(NotValid, "registrar", mend.model_copy(update={"to": "2027-02-14"}))


def test_a_hearing_that_was_not_planned_is_open_for_a_day_at_least_and_in_a_phase(story):
    evening = OpenHearing(hearing="evening", phase="image", first=TODAY, last=TODAY, channels=("the school",))
    story.refused(NotValid, "coordinator", evening.model_copy(update={"first": TODAY + DAY}))
    story.refused(NotFound, "coordinator", evening.model_copy(update={"phase": "nowhere"}))
    story.does("coordinator", evening)
