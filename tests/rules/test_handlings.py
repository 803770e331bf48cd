"""The chain of handlings up to the decision, mistakes of writing in it, and staff cooperation."""

import datetime as dt
import itertools

import pytest
from rulebook import Story
from small_town import ROLES, SMALL

from models.commands import (
    Close,
    CloseHearing,
    CorrectEntry,
    Hold,
    OpenHearing,
    RecordCooperation,
    RecordDecidedText,
    RecordHandling,
    RecordLegalState,
    RecordMinutes,
    Stop,
)
from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.events import EntryCorrected, HandlingRecorded
from models.words import BodyKind, HandlingKind, HandlingOutcome, LegalState, ProcessStatus

SUMMER = dt.datetime(2027, 6, 14, 15, 0, tzinfo=dt.UTC)
COUNCIL_DAY = dt.date(2027, 6, 14)


def handling(body: str = "council", kind: str = "decision", **more: object) -> RecordHandling:
    fields = {"body": body, "kind": kind, "outcome": "approved", "date": COUNCIL_DAY, "section": "§ 110"}
    return RecordHandling.model_validate(fields | more)


def recorded(story: Story, *args: str, by: str = "registrar", **more: object) -> HandlingRecorded:
    event = story.does(by, handling(*args, **more))[0]
    assert isinstance(event, HandlingRecorded)
    return event


def in_summer(*phases: str) -> Story:
    story = Story(SMALL)
    story.goes_through(*phases)
    story.now = SUMMER
    return story


def ready_to_decide() -> Story:
    """Everything the council's decision should have before it."""
    story = in_summer("image", "need", "method")
    story.does("registrar", RecordCooperation(needed=False, why="Nobody's work changes."))
    recorded(story, "executive", "proposal", plan="proposal", date=dt.date(2027, 5, 24), section="§ 99")
    return story


# --- always recorded ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "outcome"),
    [*itertools.product(["council", "executive", "board", "youth-council"], HandlingKind, HandlingOutcome)],
)
def test_a_handling_that_happened_is_always_recorded(body, kind, outcome):
    story = Story()
    event = recorded(story, body, kind, outcome=outcome, date=dt.date(2027, 2, 1), section=None)
    assert story.process.handlings["h1"].defects == event.defects


def test_the_registrar_and_the_coordinator_record_handlings():
    story = Story()
    for by in ("preparer", "owner", "teacher-1", "administrator", "outsider", "clock"):
        story.refused(NotAuthorised, by, handling(date=dt.date(2027, 2, 1)))
    recorded(story, by="coordinator", date=dt.date(2027, 2, 1))


def test_a_handling_to_come_or_of_an_unknown_body_plan_or_file_is_none():
    story = Story()
    today = story.world().today
    story.refused(NotValid, "registrar", handling(date=today + dt.timedelta(days=1)))
    story.refused(NotValid, "registrar", handling(date=dt.date(2001, 1, 1)))  # years before the process
    story.refused(NotFound, "registrar", handling("parliament", date=today))
    story.refused(NotFound, "registrar", handling(date=today, plan="a-seance"))
    story.refused(NotFound, "registrar", handling(date=today, decided={"vision": "f" * 64}))


def test_one_matter_may_take_several_handlings():
    story = Story()
    for outcome in ("tabled", "returned", "approved"):
        recorded(story, "executive", "proposal", outcome=outcome, date=dt.date(2027, 2, 1))
    assert list(story.process.handlings) == ["h1", "h2", "h3"]


# --- defects ------------------------------------------------------------------------------------------------------


def test_a_decision_in_good_order_has_no_defect():
    story = ready_to_decide()
    event = recorded(story, plan="decision")
    assert (event.defects, event.decides) == ((), True)
    assert story.process.decision == "h2"
    assert story.process.handlings["h2"].legal is LegalState.PENDING


@pytest.mark.parametrize(
    ("defect", "more"),
    [
        ("no-section", {"section": None}),
        ("decided-text-missing", {"outcome": "amended"}),
        ("outside-window", {"date": dt.date(2027, 5, 31)}),
    ],
)
def test_what_is_amiss_stands_beside_the_decision(defect, more):
    assert recorded(ready_to_decide(), plan="decision", **more).defects == (defect,)


def test_an_influence_body_never_decides():
    story = ready_to_decide()
    event = recorded(story, "youth-council", ground="Kuntalaki 26 §")
    assert ("influence-body-decides" in event.defects, event.decides) == (True, False)


def test_a_body_without_the_ground_of_its_power_has_a_defect():
    assert "no-ground" in recorded(ready_to_decide(), "board").defects
    assert "no-ground" not in recorded(ready_to_decide(), "board", ground="Hallintosääntö 23 §").defects


def test_the_executive_comes_before_the_council():
    story = in_summer("image", "need", "method")
    story.does("registrar", RecordCooperation(needed=False, why="Nobody's work changes."))
    event = recorded(story, plan="decision")
    assert event.defects == ("executive-missing", "before:proposal")


@pytest.mark.parametrize(
    ("outcome", "defects"),
    [
        ("tabled", ("executive-missing", "before:proposal")),  # it has not been handled yet
        ("returned", ("executive-missing", "before:proposal")),
        ("rejected", ("executive-missing",)),  # it has been handled, and nothing was proposed
    ],
)
def test_a_proposal_the_executive_did_not_make_is_none(outcome, defects):
    story = in_summer("image", "need", "method")
    story.does("registrar", RecordCooperation(needed=False, why="Nobody's work changes."))
    recorded(story, "executive", "proposal", plan="proposal", outcome=outcome, date=dt.date(2027, 6, 7))
    assert recorded(story, plan="decision").defects == defects


def test_a_decision_before_readiness_or_without_staff_cooperation_shows_it():
    story = in_summer("image")
    event = recorded(story, plan="decision")
    assert event.defects[:2] == ("readiness-not-passed", "staff-cooperation-not-judged")
    story = in_summer("image", "need", "method")
    story.does("registrar", RecordCooperation(needed=True, why="Services move."))
    assert "staff-cooperation-not-ended" in recorded(story, plan="decision").defects


def test_what_is_for_information_or_a_statement_needs_nothing_before_it():
    story = in_summer("image")
    for kind in ("for_information", "statement"):
        assert recorded(story, "council", kind, outcome="noted").defects == ()


# --- what decides -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "outcome", "plan", "decides"),
    [
        ("council", "decision", "approved", "decision", True),
        ("council", "decision", "amended", "decision", True),
        ("council", "decision", "partly", "decision", True),
        ("council", "decision", "returned", "decision", False),
        ("council", "decision", "tabled", "decision", False),
        ("council", "decision", "rejected", "decision", True),  # a decision as well: the matter ends by it
        ("council", "decision", "noted", "decision", False),
        ("council", "decision", "approved", None, True),  # the council's own, without a plan
        ("board", "decision", "approved", None, False),  # something else on the way
        ("executive", "proposal", "approved", "proposal", False),
        ("council", "for_information", "noted", None, False),
    ],
)
def test_the_matter_is_decided_by_the_deciding_handling_alone(body, kind, outcome, plan, decides):
    story = ready_to_decide()
    assert recorded(story, body, kind, outcome=outcome, plan=plan).decides is decides
    assert (story.process.decision is not None) is decides


def test_a_step_of_the_chain_is_the_planned_bodys_and_of_its_kind():
    story = ready_to_decide()
    error = story.refused(NotValid, "registrar", handling("executive", "decision", plan="decision"))
    assert "council" in str(error)
    story.refused(NotValid, "registrar", handling("council", "for_information", plan="decision", outcome="noted"))
    assert not recorded(story, "executive", "decision").decides  # it happened, and is not the decision


def test_a_handling_counts_for_what_comes_after_it_by_its_day_and_not_before():
    story = ready_to_decide()
    story.does("registrar", handling("executive", "proposal", date=COUNCIL_DAY, section="§ 99"))
    early = recorded(story, plan="decision", date=dt.date(2027, 5, 23))  # the day before the executive's proposal
    assert early.defects == ("executive-missing", "outside-window", "before:proposal")
    story = Story()
    story.after(days=2)
    story.goes_through("image", "need", "method")
    story.now = SUMMER
    story.does("registrar", RecordCooperation(needed=True, why="Work moves.", proposed=dt.date(2027, 6, 2)))
    story.does("registrar", RecordCooperation(ended=COUNCIL_DAY))
    before = recorded(story, plan="decision", date=dt.date(2027, 2, 2))
    assert before.defects[:2] == ("readiness-not-passed", "staff-cooperation-not-ended")


def test_a_decision_stands_until_it_is_annulled_whatever_is_decided_besides():
    story = ready_to_decide()
    recorded(story, plan="decision")
    second = recorded(story, plan="decision", section="§ 111")
    assert (second.decides, second.defects, story.process.decision) == (False, ("decided-already",), "h2")
    story.does("registrar", RecordLegalState(handling="h2", legal="annulled", on=COUNCIL_DAY))
    third = recorded(story, plan="decision", section="§ 112")
    assert (third.decides, third.defects, story.process.decision) == (True, (), "h4")


def test_a_changed_decision_holds_the_decided_text_as_a_new_version():
    story = ready_to_decide()
    story.files.add("f" * 64)
    event = recorded(story, plan="decision", outcome="amended", decided={"vision": "f" * 64})
    assert (event.decided, event.defects) == ({"vision": "f" * 64}, ())


def test_the_decided_text_may_be_attached_afterwards_and_the_defect_goes():
    story = ready_to_decide()
    recorded(story, plan="decision", outcome="amended")
    later = RecordDecidedText(handling="h2", decided={"vision": "f" * 64})
    story.refused(NotFound, "registrar", later)
    story.files.add("f" * 64)
    story.refused(NotFound, "registrar", later.model_copy(update={"handling": "h9"}))
    story.does("registrar", later)
    assert story.process.handlings["h2"].defects == ()
    assert story.process.handlings["h2"].decided == {"vision": "f" * 64}


# --- afterwards ---------------------------------------------------------------------------------------------------


def test_minutes_are_inspected_then_published_and_neither_before_the_handling():
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.after(days=10)
    day = dt.timedelta(days=1)
    rows = [
        {"inspected": COUNCIL_DAY - day},
        {"published": COUNCIL_DAY - day},
        {"inspected": COUNCIL_DAY + 3 * day, "published": COUNCIL_DAY + 2 * day},
        {"inspected": COUNCIL_DAY + 30 * day},
    ]
    for row in rows:
        story.refused(NotValid, "registrar", RecordMinutes.model_validate({"handling": "h2", **row}))
    story.does("registrar", RecordMinutes(handling="h2", inspected=COUNCIL_DAY + 2 * day))
    story.refused(NotValid, "registrar", RecordMinutes(handling="h2", published=COUNCIL_DAY + day))
    story.does("registrar", RecordMinutes(handling="h2", published=COUNCIL_DAY + 3 * day))
    decision = story.process.handlings["h2"]
    assert (decision.inspected, decision.published) == (COUNCIL_DAY + 2 * day, COUNCIL_DAY + 3 * day)


@pytest.mark.parametrize("legal", [LegalState.FINAL, LegalState.APPEALED, LegalState.ANNULLED])
def test_a_decision_becomes_final_or_is_appealed_or_annulled(legal):
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.after(days=40)
    story.does("registrar", RecordMinutes(handling="h2", published=COUNCIL_DAY))
    state = RecordLegalState(handling="h2", legal=legal, on=story.world().today)
    story.refused(NotValid, "registrar", state.model_copy(update={"handling": "h1"}))  # a proposal is no decision
    story.refused(NotValid, "registrar", state.model_copy(update={"on": COUNCIL_DAY - dt.timedelta(days=1)}))
    story.does("registrar", state)
    assert story.process.handlings["h2"].legal is legal


def becomes_final(story: Story, key: str) -> None:
    story.does("registrar", RecordMinutes(handling=key, published=COUNCIL_DAY))
    story.does("registrar", RecordLegalState(handling=key, legal="final", on=COUNCIL_DAY))


def test_a_state_in_law_is_of_a_day_that_has_come():
    story = ready_to_decide()
    recorded(story, plan="decision")
    tomorrow = story.world().today + dt.timedelta(days=1)
    story.refused(NotValid, "registrar", RecordLegalState(handling="h2", legal="appealed", on=tomorrow))


def test_an_annulled_decision_whose_place_another_has_taken_stays_annulled():
    story = ready_to_decide()
    recorded(story, plan="decision")
    annulled = RecordLegalState(handling="h2", legal="annulled", on=COUNCIL_DAY)
    story.does("registrar", annulled)
    assert recorded(story, plan="decision", section="111").decides
    story.refused(Refused, "registrar", annulled.model_copy(update={"legal": LegalState.PENDING}))


def test_a_decision_that_is_not_the_processs_own_has_a_state_in_law_too():
    story = ready_to_decide()
    recorded(story, "board", "decision")
    story.does("registrar", RecordLegalState(handling="h2", legal="appealed", on=COUNCIL_DAY))
    assert story.process.decision is None


def test_an_appeal_may_be_told_of_before_the_minutes_were_published():
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.after(days=3)
    story.does("registrar", RecordMinutes(handling="h2", published=story.world().today))
    story.does("registrar", RecordLegalState(handling="h2", legal="appealed", on=COUNCIL_DAY))


def test_a_decisions_state_in_law_follows_an_order():
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.after(days=60)
    day = dt.timedelta(days=1)
    today = story.world().today

    def state(legal: str, on: dt.date = today) -> RecordLegalState:
        return RecordLegalState.model_validate({"handling": "h2", "legal": legal, "on": on})

    story.refused(Refused, "registrar", state("final"))  # nobody has had notice of it
    story.does("registrar", RecordMinutes(handling="h2", published=COUNCIL_DAY + 3 * day))
    story.refused(NotValid, "registrar", state("final", COUNCIL_DAY + 2 * day))
    story.does("registrar", state("appealed", COUNCIL_DAY + 20 * day))
    story.refused(NotValid, "registrar", state("annulled", COUNCIL_DAY + 10 * day))
    story.does("registrar", state("final", COUNCIL_DAY + 50 * day))
    for legal in ("final", "appealed"):
        story.refused(Refused, "registrar", state(legal))
    story.does("registrar", state("annulled"))
    story.refused(Refused, "registrar", state("final"))
    story.does("registrar", state("pending"))  # it was a mistake
    story.does("registrar", state("final", COUNCIL_DAY + 40 * day))
    assert story.process.handlings["h2"].legal is LegalState.FINAL


def test_a_wrong_kind_or_outcome_is_mended_with_what_hangs_on_it():
    story = ready_to_decide()
    recorded(story, outcome="tabled")
    assert story.process.decision is None
    story.refused(NotValid, "registrar", correcting("outcome", "adopted", "h2"))
    story.refused(NotFound, "registrar", correcting("given", "2027-06-14", "h2"))
    event = story.does("registrar", correcting("outcome", "amended", "h2"))[0]
    assert (event.before, event.to, event.decides) == ("tabled", "amended", True)
    assert "decided-text-missing" in story.process.handlings["h2"].defects
    assert story.process.decision == "h2"
    story.does("registrar", correcting("kind", "for_information", "h2"))
    assert (story.process.decision, story.process.handlings["h2"].defects) == (None, ())


def test_what_has_followed_from_an_outcome_keeps_it_from_being_mended():
    story = ready_to_decide()
    recorded(story, plan="decision")
    becomes_final(story, "h2")
    story.refused(Refused, "registrar", correcting("outcome", "rejected", "h2"))
    story = ready_to_decide()
    recorded(story, outcome="returned")
    story.returns("method", handling="h2")
    story.refused(Refused, "registrar", correcting("outcome", "tabled", "h2"))
    story.does("registrar", correcting("section", "111", "h2"))


def test_a_process_is_closed_when_its_decision_is_final():
    story = ready_to_decide()
    story.refused(Refused, "registrar", Close())
    recorded(story, plan="decision")
    story.refused(Refused, "registrar", Close())
    becomes_final(story, "h2")
    story.does("registrar", Close())
    assert story.process.status is ProcessStatus.CLOSED


def test_what_is_under_way_when_the_matter_was_decided_ends_unfinished_with_a_reason():
    story = in_summer("image", "need")
    story.opens("method")
    recorded(story, plan="decision")
    becomes_final(story, "h1")
    assert "method" in str(story.refused(Refused, "registrar", Close()))
    reason = "The council decided before the last phase."
    hearing = OpenHearing(hearing="doors", phase="method", first=COUNCIL_DAY, last=COUNCIL_DAY, channels=("web",))
    story.does("coordinator", hearing)
    assert "doors" in str(story.refused(Refused, "registrar", Close(reason=reason)))
    story.after(days=1)
    story.does("coordinator", CloseHearing(hearing="doors", contributions=0, summary="Nobody came."))
    story.does("coordinator", Hold(reason="The money is late."))
    (event,) = story.does("registrar", Close(reason=reason))
    assert (story.process.status, event.unfinished) == (ProcessStatus.CLOSED, ("method",))


def test_a_decided_matter_is_not_stopped_unless_the_decision_is_annulled():
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.refused(Refused, "coordinator", Stop(reason="The towns are merged."))
    story.does("registrar", RecordLegalState(handling="h2", legal="annulled", on=COUNCIL_DAY))
    story.does("coordinator", Stop(reason="The towns are merged."))


def test_what_bodies_did_is_recorded_and_mended_of_a_closed_process_too():
    story = ready_to_decide()
    recorded(story, plan="decision")
    becomes_final(story, "h2")
    story.does("registrar", Close())
    story.does("registrar", correcting("section", "§ 111", "h2"))
    story.does("registrar", RecordLegalState(handling="h2", legal="annulled", on=COUNCIL_DAY))
    assert (story.process.handlings["h2"].section, story.process.status) == ("111", ProcessStatus.CLOSED)


# --- mistakes of writing ------------------------------------------------------------------------------------------


def correcting(field: str, to: str, item: str = "h1") -> CorrectEntry:
    return CorrectEntry.model_validate({"item": item, "field": field, "to": to, "reason": "A slip of the pen."})


def test_a_mistake_of_writing_is_mended_by_its_own_event_and_the_old_value_kept():
    story = Story()
    recorded(story, "executive", "proposal", section="§ 11", date=dt.date(2027, 2, 1))
    event = story.does("registrar", correcting("section", "§ 110"))[0]
    assert isinstance(event, EntryCorrected)
    assert (event.before, event.to) == ("11", "110")
    assert story.process.handlings["h1"].section == "110"
    story.after(days=2)
    story.does("registrar", correcting("date", "2027-02-02"))
    assert story.process.handlings["h1"].date == dt.date(2027, 2, 2)


def test_a_corrected_body_is_one_of_the_definitions_and_counts_as_what_it_is():
    story = in_summer("image", "need", "method")
    story.does("registrar", RecordCooperation(needed=False, why="Nobody's work changes."))
    recorded(story, "executive", "proposal", date=dt.date(2027, 5, 24))
    story.refused(NotFound, "registrar", correcting("body", "parliament"))
    story.does("registrar", correcting("body", "board"))
    assert story.process.handlings["h1"].body_kind is BodyKind.BOARD
    assert recorded(story, plan="decision").defects == ("executive-missing", "before:proposal")


def test_a_mistake_is_not_mended_into_another():
    story = Story()
    recorded(story, "executive", "proposal", date=dt.date(2027, 2, 1))
    story.refused(NotValid, "registrar", correcting("date", "1.2.2027"))
    story.refused(NotValid, "registrar", correcting("date", "2027-02-02"))  # is still to come
    story.refused(NotFound, "registrar", correcting("given", "2027-02-01"))  # a handling has no such field
    story.refused(NotFound, "registrar", correcting("date", "2027-02-01", item="h9"))


def test_never_a_version_stance_or_package_is_mended():
    story = Story()
    story.goes_through("image")
    for item in ("vision", "t1", story.process.phases["image"].package, "image"):
        story.refused(NotFound, "registrar", correcting("date", "2027-02-01", item=item))


def test_only_what_is_there_is_mended_and_a_section_is_never_emptied():
    story = Story()
    recorded(story, "executive", "proposal", date=dt.date(2027, 2, 1), section=None)
    for field in ("inspected", "published"):
        story.refused(NotValid, "registrar", correcting(field, "2027-02-01"))
    for field in ("proposed", "ended"):
        story.refused(NotValid, "registrar", correcting(field, "2027-02-01", "cooperation"))
    for nothing in ("", " ", "§", "§ "):
        story.refused(NotValid, "registrar", correcting("section", nothing))
    story.does("registrar", correcting("section", "§ 15"))  # one that was left out
    assert story.process.handlings["h1"].section == "15"


def test_mended_days_stay_in_their_possible_order():
    story = ready_to_decide()
    recorded(story, plan="decision")
    story.after(days=10)
    inspected, published = dt.date(2027, 6, 16), dt.date(2027, 6, 18)
    story.does("registrar", RecordMinutes(handling="h2", inspected=inspected, published=published))
    for field, day in (
        ("published", "2027-06-13"),
        ("published", "2027-06-15"),
        ("date", "2027-06-17"),
        ("date", "2001-06-14"),
    ):
        story.refused(NotValid, "registrar", correcting(field, day, "h2"))
    story.does("registrar", RecordCooperation(needed=True, why="Work moves.", proposed=dt.date(2027, 6, 2)))
    story.does("registrar", RecordCooperation(meeting=dt.date(2027, 6, 4), ended=dt.date(2027, 6, 8)))
    for field, day in (("proposed", "2027-06-05"), ("ended", "2027-06-03")):
        story.refused(NotValid, "registrar", correcting(field, day, "cooperation"))
    story.refused(NotValid, "registrar", RecordCooperation(proposed=dt.date(2027, 6, 9)))
    story.does("registrar", correcting("ended", "2027-06-04", "cooperation"))


def test_what_hangs_on_a_mended_value_follows_it():
    story = ready_to_decide()
    recorded(story, section=None, date=COUNCIL_DAY)
    assert story.process.handlings["h2"].defects == ("no-section",)
    story.does("registrar", correcting("section", "110", "h2"))
    assert story.process.handlings["h2"].defects == ()
    story.does("registrar", correcting("date", "2027-05-23", "h2"))  # before the executive's proposal
    assert story.process.handlings["h2"].defects == ("executive-missing", "outside-window")
    story.does("registrar", correcting("body", "board", "h2"))
    assert story.process.handlings["h2"].defects == ("no-ground", "outside-window")
    assert (story.process.decision, story.process.handlings["h2"].legal) == (None, None)
    story.does("registrar", correcting("body", "council", "h2"))
    assert (story.process.decision, story.process.handlings["h2"].legal) == ("h2", LegalState.PENDING)


def test_the_body_of_a_step_is_not_mended_into_another():
    story = ready_to_decide()
    story.refused(NotValid, "registrar", correcting("body", "board"))


# --- staff cooperation --------------------------------------------------------------------------------------------

TODAY = dt.date(2027, 2, 1)
NEEDED = RecordCooperation(needed=True, why="Services move between units.")


def test_staff_cooperation_is_dated_facts_and_those_not_given_stay():
    story = Story()
    story.does("coordinator", NEEDED)
    story.after(days=9)
    for fact in ({"proposed": TODAY}, {"meeting": dt.date(2027, 2, 8)}, {"meeting": dt.date(2027, 2, 9)}):
        story.does("registrar", RecordCooperation.model_validate(fact))
    story.does("coordinator", RecordCooperation(ended=dt.date(2027, 2, 10), outcome="Agreed on all points."))
    facts = story.process.cooperation
    assert (facts.needed, facts.judged_by, facts.judged_on) == (True, "coordinator", TODAY)
    assert (facts.proposed, len(facts.meetings), facts.ended) == (TODAY, 2, dt.date(2027, 2, 10))


def test_who_judges_says_why_and_facts_come_in_their_order():
    story = Story()
    rows = [
        (NotValid, {"needed": True}),
        (NotValid, {}),
        (Refused, {"proposed": TODAY}),  # not judged to be needed
    ]
    for kind, fact in rows:
        story.refused(kind, "coordinator", RecordCooperation.model_validate(fact))
    story.does("coordinator", NEEDED)
    rows = [
        (NotValid, {"meeting": TODAY}),  # begins with its proposal
        (NotValid, {"ended": TODAY}),
        (NotValid, {"proposed": TODAY + dt.timedelta(days=1)}),
        (NotValid, {"proposed": TODAY, "ended": TODAY - dt.timedelta(days=1)}),
    ]
    for kind, fact in rows:
        story.refused(kind, "coordinator", RecordCooperation.model_validate(fact))


def test_the_judging_has_the_day_it_had_in_helsinki():
    story = Story()
    story.now = dt.datetime(2027, 2, 1, 22, 30, tzinfo=dt.UTC)
    story.does("coordinator", NEEDED)
    assert story.process.cooperation.judged_on == dt.date(2027, 2, 2)


def test_no_meeting_of_staff_cooperation_comes_after_it_has_ended():
    story = Story()
    story.does("coordinator", NEEDED)
    story.after(days=20)
    day = story.world().today
    story.does("registrar", RecordCooperation(proposed=day - dt.timedelta(days=9)))
    story.does("registrar", RecordCooperation(ended=day - dt.timedelta(days=1)))
    story.refused(NotValid, "registrar", RecordCooperation(meeting=day))
    story.does("registrar", RecordCooperation(meeting=day - dt.timedelta(days=2)))


def test_coordinator_and_registrar_record_staff_cooperation():
    story = Story()
    for by in (*set(ROLES.values()) - {"coordinator"}, "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, NEEDED)
