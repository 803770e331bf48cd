"""Who may what: one table for acting and one for reading, stand-ins, and outsiders."""

import datetime as dt

import pytest
from rulebook import ABSTAIN, Story, at_round
from small_town import ROLES, STANDING, START, deputy

from models import commands as c
from models.commands import OpenPhase, Seen, TakeStance
from models.decide import DECIDERS, decide
from models.errors import NotAuthorised, NotFound, Refused
from models.events import Actor
from models.municipality.directory import SeatOf
from models.rights import READING, RETRACTING, RIGHTS, Part, Thing, may_create, may_read, reads_until
from models.secrecy import Secrecy
from models.words import Publicity

TODAY = START
SEEN = Seen(round=1, manifest="m")
WORDS = "A few words of my own."

EVERY_COMMAND: list[c.Command] = [
    Story.creation(),
    c.Hold(reason=WORDS),
    c.Resume(),
    c.Stop(reason=WORDS),
    c.Reopen(setting_up=c.SettingUp(body="executive", date=TODAY, section="§ 1")),
    c.Close(),
    c.Extend(date="checkpoint:image", to=TODAY + dt.timedelta(days=60), reason=WORDS),
    c.HandOver(to="outsider"),
    c.Amend(change={"change": "role", "role": "owner", "person": "outsider"}, reason=WORDS),
    c.OpenPhase(phase="need"),
    c.Submit(phase="image"),
    c.Revise(phase="image", output="vision", reason=WORDS),
    c.Retract(what="submission", phase="image"),
    c.Retract(what="opening", phase="image"),
    c.Retract(what="stance", phase="image", seat="t1"),
    c.Pass(phase="image", seen=SEEN),
    c.Return(phase="image", to="image", reason=WORDS),
    c.TakeStance(phase="image", seat="t1", kind="accept", seen=SEEN),
    c.Confirm(phase="image", seat="t1", seen=SEEN),
    c.Withdraw(item="o1", seat="t2"),
    c.Answer(objection="o1", result="changed", text=WORDS),
    c.CarryAsCondition(objection="o1", owner="outsider", due=TODAY + dt.timedelta(days=60)),
    c.RecordDissent(objection="o1", reason=WORDS),
    c.FileDissent(phase="image", seat="t1", text=WORDS),
    c.CoSign(item="o1", seat="t1"),
    c.FulfilCondition(condition="c1", how=WORDS),
    c.Assess(phase="image", criterion="clear", holds=True, seen=SEEN),
    c.ScheduleMeeting(meeting="spring", at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC)),
    c.CancelMeeting(meeting="spring"),
    c.RecordMeeting(meeting="spring", phase="image", group="teachers", held_on=TODAY, present={}, memo=WORDS),
    c.CorrectMemo(meeting="spring", seat="t1", kind="accept"),
    c.GiveOpportunity(phase="image", affected="village", on=TODAY, how=WORDS),
    c.AskStatement(statement="youth", body="youth-council", phase="image", due=TODAY + dt.timedelta(days=60)),
    c.RecordStatement(statement="youth", given=TODAY, text=WORDS),
    c.AnswerStatement(statement="youth", text=WORDS),
    c.OpenHearing(hearing="doors", phase="image", first=TODAY, last=TODAY + dt.timedelta(days=60), channels=("web",)),
    c.CloseHearing(hearing="doors", contributions=0, summary=WORDS),
    c.RecordHandling(body="council", kind="decision", outcome="approved", date=TODAY),
    c.RecordDecidedText(handling="h1", decided={"vision": "f" * 64}),
    c.RecordMinutes(handling="h1", inspected=TODAY),
    c.RecordLegalState(handling="h1", legal="final", on=TODAY),
    c.RecordCooperation(needed=False, why=WORDS),
    c.MakePublic(phase="image", ground="decided"),
    c.CorrectEntry(item="h1", field="section", to="§ 2", reason=WORDS),
    c.LeaveRound(seat="t1", reason="the term ended"),
    c.NoteVacancies(),
    c.FollowCalendar(former=None, hash="a" * 64),
    c.RecordRendition(of="a" * 64, language="fi", format="pdf", sha256="b" * 64, renderer="typst"),
    c.Destroy(data=("drafts",)),
    c.Redact(commitments=("c1:" + "0" * 64,), ground="GDPR 17"),
]
NAMES = [f"{type(command).__name__}-{getattr(command, 'what', '')}".rstrip("-") for command in EVERY_COMMAND]


@pytest.fixture(scope="module")
def in_full_swing() -> Story:
    """A process with an open round, an objection, a condition, a dissent, a meeting, a handling and a statement."""
    story = Story()
    story.comes_to_checkpoint("image")
    due = TODAY + dt.timedelta(days=60)
    story.does("preparer", c.CarryAsCondition(objection=story.objects("t3"), owner="owner", due=due))
    story.objects("t2")
    story.does("teacher-1", c.FileDissent(phase="image", seat="t1", text=WORDS))
    story.does("coordinator", c.ScheduleMeeting(meeting="spring", at=story.now, phase="image", group="teachers"))
    story.does("registrar", c.RecordHandling(body="executive", kind="for_information", outcome="noted", date=TODAY))
    story.does("registrar", c.AskStatement(statement="youth", body="youth-council", phase="image", due=due))
    return story


# --- the table ----------------------------------------------------------------------------------------------------


def test_every_command_has_a_rule_and_belongs_to_somebody():
    every = {command for command in c.Command.__subclasses__() if command.__module__ == c.__name__}
    assert set(DECIDERS) == every
    assert set(RIGHTS) == every
    assert {type(command) for command in EVERY_COMMAND} == every
    assert all(RIGHTS.values())


def test_what_is_taken_back_belongs_to_those_of_whom_the_table_says_so():
    assert {part for parts in RETRACTING.values() for part in parts} == set(RIGHTS[c.Retract])


@pytest.mark.parametrize("by", ["outsider", "auditor", "stand-in"])
@pytest.mark.parametrize("command", EVERY_COMMAND, ids=NAMES)
def test_every_command_is_refused_for_an_outsider(in_full_swing, command, by):
    in_full_swing.refused(NotAuthorised, by, command)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=NAMES)
def test_every_command_is_refused_for_a_stranger_and_for_who_is_no_longer_active(in_full_swing, command):
    story = in_full_swing
    story.refused(NotAuthorised, "a stranger", command)
    everybody = story.directory
    story.directory = everybody.model_copy(
        update={"people": {key: one.model_copy(update={"active": False}) for key, one in everybody.people.items()}}
    )
    for by in (*ROLES.values(), *STANDING, "teacher-1"):
        story.refused(NotAuthorised, by, command)
    story.directory = everybody


@pytest.mark.parametrize("by", ["clock", "flow", "directory"])
@pytest.mark.parametrize("command", EVERY_COMMAND, ids=NAMES)
def test_the_clock_the_flows_and_the_directory_do_only_what_is_etappis_own(in_full_swing, command, by):
    if Part.SYSTEM not in RIGHTS[type(command)]:
        in_full_swing.refused(NotAuthorised, by, command)


@pytest.mark.parametrize("command", EVERY_COMMAND[1:], ids=NAMES[1:])
def test_nothing_but_creating_is_done_to_a_process_that_is_not_there(in_full_swing, command):
    with pytest.raises(NotFound):
        decide(None, command, Actor(person="coordinator"), in_full_swing.world(command))


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=NAMES)
def test_a_member_without_another_part_does_only_what_belongs_to_a_seat(in_full_swing, command):
    allowed = RETRACTING[command.what] if isinstance(command, c.Retract) else RIGHTS[type(command)]
    if Part.SEAT not in allowed:
        in_full_swing.refused(NotAuthorised, "neighbour-3", command)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=NAMES)
def test_nobody_of_another_part_speaks_as_a_member(in_full_swing, command):
    allowed = RETRACTING[command.what] if isinstance(command, c.Retract) else RIGHTS[type(command)]
    if allowed == (Part.SEAT,):
        for by in (*ROLES.values(), *STANDING):
            in_full_swing.refused(NotAuthorised, by, command)


# --- stand-ins ----------------------------------------------------------------------------------------------------


def test_a_stand_in_plays_the_parts_of_an_employee_who_is_away():
    story = Story()
    for_them = Actor(person="stand-in", for_whom="coordinator")
    story.refused(NotAuthorised, for_them, OpenPhase(phase="image"))
    story.is_away("coordinator", stand_in="stand-in")
    story.refused(NotAuthorised, "stand-in", OpenPhase(phase="image"))  # it is said for whom
    story.refused(NotAuthorised, Actor(person="outsider", for_whom="coordinator"), OpenPhase(phase="image"))
    story.does(for_them, OpenPhase(phase="image"))
    assert (story.record[-1].by.person, story.record[-1].by.for_whom) == ("stand-in", "coordinator")


def test_an_employee_who_is_back_is_not_stood_in_for():
    story = Story()
    story.is_away("coordinator", stand_in="stand-in")
    story.after(days=4)
    story.refused(NotAuthorised, Actor(person="stand-in", for_whom="coordinator"), OpenPhase(phase="image"))


def test_an_employee_with_a_stand_in_may_still_act():
    story = Story()
    story.is_away("coordinator", stand_in="stand-in")
    story.opens("image")


def test_a_stand_in_for_the_registrar_plays_the_standing_role():
    story = Story()
    story.is_away("registrar", stand_in="stand-in")
    handling = c.RecordHandling(body="council", kind="for_information", outcome="noted", date=TODAY)
    story.does(Actor(person="stand-in", for_whom="registrar"), handling)


def test_nobody_is_recorded_as_acting_in_a_seat_or_for_somebody_that_is_not_theirs_to_act_for():
    story = at_round()
    stance = TakeStance(phase="image", seat="t1", kind="accept", seen=story.seen("image"))
    story.refused(NotAuthorised, Actor(person="teacher-1", seat="t1", for_whom="preparer"), stance)
    story.refused(NotAuthorised, Actor(person="teacher-1", seat="t2"), stance)
    story.refused(NotAuthorised, Actor(person="coordinator", seat="t1"), c.Hold(reason=WORDS))
    story.does(Actor(person="teacher-1", seat="t1"), stance)
    story.is_away("teacher-2")
    stance = stance.model_copy(update={"seat": "t2"})
    story.does(Actor(person=deputy("t2"), seat="t2", for_whom="teacher-2"), stance)


# --- parts of seats -----------------------------------------------------------------------------------------------


def test_a_seat_that_has_ended_gives_no_rights_outside_its_round():
    story = Story()
    seats = dict(story.directory.seats)
    seats["t1"] = seats["t1"].model_copy(update={"last": TODAY - dt.timedelta(days=1)})
    story.changes(seats=seats)
    story.goes_through("image")
    story.refused(NotAuthorised, "teacher-1", c.FileDissent(phase="image", seat="t1", text=WORDS))


def leading(story: Story) -> set[str]:
    """Who reads which of the teachers are late, by a part in the group."""
    world = story.world()
    members = {one for seat in story.directory.seats.values() for one in (seat.person, *seat.deputies)}
    return {one for one in members if may_read(story.process, Thing.LATE, one, world, "teachers")}


def test_a_vice_chair_leads_while_no_chair_is_present_and_a_deputy_never_does():
    story = Story()
    seats, people = story.directory.seats, story.directory.people
    call = c.ScheduleMeeting(meeting="spring", at=story.now, phase="image", group="teachers")
    assert leading(story) == {"teacher-1"}
    story.refused(NotAuthorised, "teacher-2", call)

    story.is_away("teacher-1")
    assert leading(story) == {"teacher-1", "teacher-2"}
    story.refused(NotAuthorised, deputy("t1"), call)
    story.refused(NotAuthorised, "neighbour-2", call)
    story.does("teacher-2", call)
    story.is_back("teacher-1")
    assert leading(story) == {"teacher-1"}

    story.changes(people={**people, "teacher-1": people["teacher-1"].model_copy(update={"active": False})})
    assert leading(story) == {"teacher-2"}
    story.changes(people=people, seats={key: seat for key, seat in seats.items() if key != "t1"})
    assert leading(story) == {"teacher-2"}


def test_a_seat_frozen_in_the_round_speaks_though_it_is_given_to_another_meanwhile():
    story = at_round()
    seats = dict(story.directory.seats)
    seats["t1"] = SeatOf(group="the-teachers", person="outsider", first=TODAY)
    story.changes(seats=seats)
    story.refused(NotAuthorised, "outsider", story.stance("t1", ABSTAIN))
    story.does("teacher-1", story.stance("t1", ABSTAIN))


# --- reading ------------------------------------------------------------------------------------------------------

READERS = [
    # who, and what they may read: process, names of the teachers, late ones of the teachers, record, everything
    ("coordinator", "pnlre"),
    ("preparer", "pr"),
    ("owner", "pr"),
    ("registrar", "pr"),
    ("auditor", "pr"),
    ("protection", "pr"),
    ("administrator", "p"),
    ("teacher-1", "pnlr"),  # the chair
    ("teacher-2", "pnr"),
    ("teacher-3-deputy", "pnr"),
    ("neighbour-1", "pr"),  # the chair of another group
    ("neighbour-2", "pr"),
    ("setter-up", ""),
    ("outsider", ""),
    ("a stranger", ""),
    ("clock", ""),
]


@pytest.mark.parametrize(("person", "things"), READERS)
def test_who_reads_what(in_full_swing, person, things):
    process, world = in_full_swing.process, in_full_swing.world()
    letters = dict(zip("pnlre", Thing, strict=True))
    readable = [key for key, thing in letters.items() if may_read(process, thing, person, world, group="teachers")]
    assert "".join(readable) == things


def test_a_stand_in_reads_what_who_is_away_may_but_nothing_of_their_seats():
    story = Story()
    assert not may_read(story.process, Thing.PROCESS, "stand-in", story.world())
    story.is_away("coordinator", stand_in="stand-in")
    assert all(may_read(story.process, thing, "stand-in", story.world(), "teachers") for thing in Thing)
    story.is_back("coordinator")
    story.is_away("teacher-1", stand_in="stand-in")
    assert not any(may_read(story.process, thing, "stand-in", story.world(), "teachers") for thing in Thing)


def readable(story: Story, person: str) -> set[Thing]:
    return {thing for thing in Thing if may_read(story.process, thing, person, story.world(), "teachers")}


def test_a_coordinator_who_handed_over_reads_on_for_a_month_but_no_names():
    story = Story()
    story.does("coordinator", c.HandOver(to="stand-in"))
    assert readable(story, "coordinator") == {Thing.PROCESS, Thing.RECORD}
    assert not Secrecy(story.process, story.world(), "coordinator").allows(Publicity.SECRET, "image")
    story.after(days=30)
    assert reads_until(story.process, "coordinator", story.world()) == story.world().today
    story.after(days=1)
    assert readable(story, "coordinator") == set()
    assert reads_until(story.process, "coordinator", story.world()) is None


def test_only_the_last_who_handed_over_reads_on_and_none_whose_part_was_taken():
    story = Story()
    story.does("coordinator", c.HandOver(to="stand-in"))
    story.does("stand-in", c.HandOver(to="setter-up"))
    assert (readable(story, "coordinator"), len(readable(story, "stand-in"))) == (set(), 2)
    story.does("administrator", c.HandOver(to="stand-in"))
    assert readable(story, "setter-up") == set()


def test_who_handed_over_and_has_another_part_reads_by_that():
    story = Story()
    story.does("coordinator", c.HandOver(to="stand-in"))
    story.does("stand-in", c.Amend(change=c.AssignRole(role="owner", person="coordinator"), reason=WORDS))
    assert reads_until(story.process, "coordinator", story.world()) is None
    story.after(days=60)
    assert Thing.PROCESS in readable(story, "coordinator")


def test_everything_that_may_be_read_belongs_to_somebody():
    assert set(READING) == set(Thing)


def test_whoever_is_no_longer_active_reads_nothing(in_full_swing):
    people = {key: one.model_copy(update={"active": False}) for key, one in in_full_swing.directory.people.items()}
    story = Story()
    story.changes(people=people)
    for person in people:
        assert not any(may_read(story.process, thing, person, story.world()) for thing in Thing)


def test_who_creates_processes():
    directory = Story().directory
    assert {person for person in directory.people if may_create(directory, person, TODAY)} == {
        "administrator",
        "setter-up",
    }
    left = directory.people["setter-up"].model_copy(update={"active": False})
    gone = directory.model_copy(update={"people": {**directory.people, "setter-up": left}})
    assert not may_create(gone, "setter-up", TODAY)


def test_who_destroys_what_is_over(in_full_swing):
    destroy, may = c.Destroy(data=("drafts",)), {"administrator", "registrar", "protection"}
    for person in in_full_swing.directory.people:
        in_full_swing.refused(Refused if person in may else NotAuthorised, person, destroy)
    in_full_swing.refused(Refused, Actor(person="clock", channel="clock"), destroy)
