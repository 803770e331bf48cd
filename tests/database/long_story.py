"""A town whose record holds every kind of event there is: a process told to its decision, one in the middle of a round
and one that was stopped. What is tampered with, redacted, rebuilt, exported and backed up is this."""

import datetime as dt
from dataclasses import dataclass

from chronicle import Chronicle

from models import commands as c
from models.definitions.definition import Ladder, LadderStep
from models.municipality import commands as m
from models.papers.appearance import Appearance
from models.words import (
    AnswerResult,
    Audience,
    DutyKind,
    GroupKind,
    HandlingKind,
    HandlingOutcome,
    LegalState,
    PublicGround,
    Publicity,
    StanceKind,
)

ACCEPT, OBJECT, OFFER = StanceKind.ACCEPT, StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS


@dataclass(frozen=True)
class Told:
    """What a test needs to know of the story."""

    decided: str  # the process that came to its decision
    going_on: str  # the one in the middle of a round
    stopped: str
    redacted_values: tuple[str, ...]
    redacted_file: str


def tell(town: Chronicle) -> Told:
    """The whole story."""
    town.settles()
    _people_come_and_go(town)
    going_on = town.creates(decision=False)
    decided = town.creates()
    meets = {"council": [town.clock().date() + dt.timedelta(days=150)]}
    town.engine.set_calendar(town.town, {dt.date(2027, 2, 5): "Testilän päivä"}, meets, "administrator")
    stopped = town.creates(decision=False)
    _is_stopped(town, stopped)
    _the_image(town, decided)
    values, file = _redacted(town, decided)
    _the_method(town, decided)
    _the_model(town, decided)
    _the_decision(town, decided)
    town.later(days=1)
    _goes_on(town, going_on)
    neighbour = Chronicle(town.database, town.files, "naapurila", clock=town.clock)
    first = {"administrator": "administrator", "administrator_name": neighbour.said("administrator")}
    neighbour.rules(m.SetUpMunicipality(municipality="naapurila", name="Naapurila", **first))
    return Told(decided, going_on, stopped, values, file)


def _people_come_and_go(town: Chronicle) -> None:
    day = town.clock().date()
    town.rules(m.ChangeMunicipality(name="Testilän kaupunki"))
    town.adds("visitor", "trainee", "stand-in")
    town.rules(m.RenamePerson(person="visitor", name=town.said("a new name")))
    town.rules(m.ChangePerson(person="visitor", language="sv"))
    town.rules(m.SetUpGroup(group="guests", name="Vieraat", kind=GroupKind.COMMITTEE))
    town.rules(m.RenameGroup(group="guests", name="Kutsutut"))
    town.rules(m.GiveSeat(seat="guest-1", group="guests", person="visitor", deputies=("trainee",), first=day))
    town.rules(m.NameDeputies(seat="guest-1", deputies=("trainee", "stand-in")))
    town.rules(m.ChangeSeatPart(seat="guest-1", part="chair"))
    town.rules(m.NoteAbsence(person="visitor", first=day, last=day + dt.timedelta(days=9), stand_in="trainee"))
    town.rules(m.EndAbsence(person="visitor", first=day, last=day + dt.timedelta(days=8)))
    town.rules(m.GiveRole(person="trainee", role="auditor", first=day))
    town.rules(m.EndRole(person="trainee", role="auditor", last=day))
    town.rules(m.RemovePerson(person="trainee", reason=town.said("left the town")))
    town.rules(m.DissolveGroup(group="guests", reason=town.said("no guests any more")))
    town.engine.set_appearance(town.town, Appearance(colour="#00573f"), "administrator")


def _is_stopped(town: Chronicle, key: str) -> None:
    town.does(key, "coordinator", c.OpenPhase(phase="image"))
    town.does(key, "coordinator", c.Retract(what="opening", phase="image"))
    town.comes_to_checkpoint(key, "image")
    town.does(key, "owner", c.Retract(what="submission", phase="image"))
    town.does(key, "owner", c.Submit(phase="image"))
    town.does(key, "coordinator", c.Hold(reason=town.said("elections")))
    town.does(key, "coordinator", c.Resume())
    town.does(key, "coordinator", c.Stop(reason=town.said("the state's new law")))
    decision = c.SettingUp(body="executive", date=town.clock().date(), section="§ 99")
    town.does(key, "coordinator", c.Reopen(setting_up=decision))
    town.does(key, "coordinator", c.Stop(reason=town.said("once more")))
    town.does(key, "coordinator", c.Close())


def _the_image(town: Chronicle, key: str) -> None:
    """A first round that is returned, and a second with all that can be said in one."""
    opens = town.clock() + dt.timedelta(days=3)
    town.does(key, "coordinator", c.ScheduleMeeting(meeting="workshop", at=opens, phase="image", group="teachers"))
    town.does(key, "coordinator", c.ScheduleMeeting(meeting="walk", at=opens, place="Tori"))
    town.does(key, "coordinator", c.CancelMeeting(meeting="walk", reason=town.said("it rains")))
    heard = {"phase": "image", "affected": "pupils", "on": town.clock().date(), "heard": True}
    town.does(key, "coordinator", c.GiveOpportunity(how=town.said("at school"), effect=town.said("a yard"), **heard))
    town.does(key, "coordinator", c.OpenPhase(phase="image"))
    town.drafts(key, "image", "Ensimmäinen luonnos", attached="Sisäinen muistio")
    town.does(key, "owner", c.Submit(phase="image"))
    town.says(key, "image", "teachers-1", OBJECT, "the school would close")
    town.does(key, "teachers-2", c.CoSign(item="o1", seat="teachers-2", name=town.said("teachers-2")))
    town.accepts(key, "image", "neighbours-1", "neighbours-2")
    town.does(key, "owner", c.Answer(objection="o1", result=AnswerResult.CHANGED, text=town.said("it stays open")))
    back = c.Return(phase="image", to="image", reason=town.said("look at the school"), seen=town.seen(key, "image"))
    town.does(key, "preparer", back)
    town.later(days=2)
    town.drafts(key, "image", "Toinen luonnos", attached="Sisäinen muistio")
    town.does(key, "owner", c.Submit(phase="image"))
    _the_second_round(town, key)


def _the_second_round(town: Chronicle, key: str) -> None:
    town.accepts(key, "image", "teachers-1", "neighbours-1", "neighbours-2")
    town.does(key, "neighbours-2", c.Retract(what="stance", phase="image", seat="neighbours-2"))
    town.says(key, "image", "neighbours-2", StanceKind.ABSTAIN)
    out = c.TakeStance(
        phase="image",
        seat="neighbours-3",
        kind="disqualified",
        seen=town.seen(key, "image"),
        ground="Hallintolaki 28 §",
    )
    town.does(key, "neighbours-3", out)
    town.says(key, "image", "neighbours-3", ACCEPT, by="neighbours-3-deputy")
    _corrected(town, key, "map", "Pilkku korjattu", technical=True)
    for seat in ("neighbours-1", "neighbours-2", "neighbours-3"):
        by = f"{seat}-deputy" if seat == "neighbours-3" else seat
        town.does(key, by, c.Confirm(phase="image", seat=seat, seen=town.seen(key, "image")))
    _corrected(town, key, "vision", "Uusi kappale", technical=False)
    town.does(key, "neighbours-1", c.Confirm(phase="image", seat="neighbours-1", seen=town.seen(key, "image")))
    town.later(days=3)
    said = c.SpokenStance(seat="teachers-3", kind=OFFER, reason=town.said("if the yard stays"))
    memo = c.RecordMeeting(
        meeting="workshop",
        phase="image",
        group="teachers",
        held_on=town.clock().date(),
        present={seat: seat for seat in town.seats["teachers"]},
        seen=town.seen(key, "image"),
        group_stance=ACCEPT,
        stances=(said,),
        memo=town.said("what was said"),
    )
    town.does(key, "teachers-1", memo)
    corrects = {"meeting": "workshop", "seat": "teachers-2", "kind": OBJECT}
    town.does(key, "teachers-2", c.CorrectMemo(**corrects, reason=town.said("I did not say so")))
    town.says(key, "image", "teachers-1", OBJECT, "too little time")
    _answered(town, key)
    seen = town.seen(key, "image")
    town.does(key, "assessor", c.Assess(phase="image", criterion="clear", holds=True, seen=seen, note=town.said("yes")))
    town.later(days=8)
    town.engine.tick()
    town.passes(key, "image")
    town.does(key, "teachers-3", c.CorrectMemo(meeting="workshop", seat="teachers-3", kind=ACCEPT))


def _corrected(town: Chronicle, key: str, output: str, said: str, *, technical: bool) -> None:
    town.drafts(key, "image", said, attached="Sisäinen muistio")
    revise = c.Revise(phase="image", output=output, reason=town.said("a correction"), technical=technical)
    town.does(key, "owner", revise)


def _answered(town: Chronicle, key: str) -> None:
    """One objection is carried as a condition, one recorded as dissent, one withdrawn; two dissents are filed."""
    answer = {"result": AnswerResult.UNCHANGED, "text": town.said("it cannot be changed")}
    objections = {k: o for k, o in town.state(key).objections.items() if o.status == "open"}
    by_maker = {next(iter(o.makers)): k for k, o in objections.items()}
    for objection in objections:
        town.does(key, "preparer", c.Answer(objection=objection, **answer))
    due = town.clock().date() + dt.timedelta(days=60)
    carried = {"objection": by_maker["teachers-3"], "owner": "owner", "due": due, "checkpoint": "model"}
    town.does(key, "preparer", c.CarryAsCondition(**carried, text=town.said("the yard stays")))
    town.does(key, "preparer", c.RecordDissent(objection=by_maker["teachers-2"], reason=town.said("the majority")))
    town.does(key, "teachers-1", c.Withdraw(item=by_maker["teachers-1"], seat="teachers-1"))
    files = {"phase": "image", "seat": "neighbours-2"}
    town.does(key, "neighbours-2", c.FileDissent(**files, text=town.said("I dissent"), name=town.said("neighbours-2")))
    town.does(key, "neighbours-1", c.CoSign(item="d2", seat="neighbours-1"))
    town.does(key, "neighbours-1", c.Withdraw(item="d2", seat="neighbours-1"))


def _redacted(town: Chronicle, key: str) -> tuple[tuple[str, ...], str]:
    """A rendition of the package is made, and one reason and one attachment are covered."""
    state = town.state(key)
    package = state.last_package or ""
    rendition = town.file("The package with what was said", "kooste.txt")
    made = {"of": package, "language": "fi", "format": "txt", "renderer": "test 1"}
    town.does(key, "flow", c.RecordRendition(**made, sha256=rendition))
    values = (state.dissents["d1"].text,)
    hidden = town.file("Sisäinen muistio of map", "muistio.txt")
    covers = c.Redact(commitments=values, files=(hidden,), ground="Tietosuoja-asetus 17 artikla")
    (covered,) = town.does(key, "protector", covers).events
    edition = town.file("The package without what was covered", "kooste.txt")
    town.does(key, "flow", c.RecordRendition(**made, sha256=edition, edition=covered.sequence))
    return values, hidden


def _the_method(town: Chronicle, key: str) -> None:
    """A phase around which people are heard, and in which what steers it changes."""
    town.does(key, "coordinator", c.OpenPhase(phase="method"))
    today = town.clock().date()
    steps = (LadderStep(when="2 working days before", to=Audience.HOLDER),)
    change = c.ChangeLadder(ladder=Ladder(duty=DutyKind.STANCE, steps=steps))
    town.does(key, "coordinator", c.Amend(change=change, reason=town.said("fewer messages")))
    criterion = {"id": "plain", "text": {"fi": "Selkokieli"}, "must": False, "assessed_by": "assessor"}
    added = c.ChangeCriterion(phase="method", criterion=criterion)
    town.does(key, "coordinator", c.Amend(change=added, reason=town.said("plain words")))
    town.does(key, "coordinator", c.HandOver(to="registrar", reason=town.said("a leave")))
    town.does(key, "registrar", c.HandOver(to="coordinator"))
    date = c.Extend(date="checkpoint:method", to=dt.date(2027, 4, 7), reason=town.said("Easter"), shift=True)
    town.does(key, "coordinator", date)
    asks = {"statement": "youth", "body": "youth-council", "phase": "method"}
    town.does(key, "coordinator", c.AskStatement(**asks, due=today + dt.timedelta(days=15)))
    hearing = {"hearing": "hearing", "phase": "method", "first": today, "last": today + dt.timedelta(days=14)}
    town.does(key, "coordinator", c.OpenHearing(**hearing, channels=("kirjaamo",)))
    town.later(days=16)
    today = town.clock().date()
    town.does(key, "coordinator", c.CloseHearing(hearing="hearing", contributions=4, summary=town.said("four")))
    came = {"statement": "youth", "given": today, "publicity": Publicity.PARTLY_SECRET, "paragraph": "JulkL 24 §"}
    town.does(key, "registrar", c.RecordStatement(**came, text=town.said("we want a yard")))
    town.does(key, "coordinator", c.AnswerStatement(statement="youth", text=town.said("a yard comes")))
    town.does(key, "coordinator", c.RecordCooperation(needed=True, why=town.said("work moves")))
    town.does(key, "owner", c.FulfilCondition(condition="c1", how=town.said("the yard is drawn")))
    town.drafts(key, "method", "Vertailu")
    town.does(key, "owner", c.Submit(phase="method"))
    town.accepts(key, "method")
    town.passes(key, "method")


def _the_model(town: Chronicle, key: str) -> None:
    """The last phase, sent back by a body and passed again."""
    today = town.clock().date()
    town.comes_to_checkpoint(key, "model")
    town.accepts(key, "model")
    town.does(key, "registrar", c.RecordCooperation(proposed=today, meeting=today))
    town.passes(key, "model", cooperated="it ends before the decision")
    returned = {"body": "executive", "kind": HandlingKind.PROPOSAL, "outcome": HandlingOutcome.RETURNED}
    town.does(key, "registrar", c.RecordHandling(**returned, plan="proposal", date=today, section="§ 50"))
    town.does(key, "coordinator", c.Return(phase="model", to="model", reason=town.said("redo"), handling="h1"))
    town.does(key, "registrar", c.RecordCooperation(ended=today, outcome=town.said("agreed")))
    town.drafts(key, "model", "Toinen malli")
    town.does(key, "owner", c.Submit(phase="model"))
    town.accepts(key, "model")
    town.passes(key, "model")


def _the_decision(town: Chronicle, key: str) -> None:
    town.later(days=70)
    today = town.clock().date()
    proposal = {"body": "executive", "kind": HandlingKind.PROPOSAL, "outcome": HandlingOutcome.APPROVED}
    town.does(key, "registrar", c.RecordHandling(**proposal, plan="proposal", date=today, section="§ 60"))
    decided = {"body": "council", "kind": HandlingKind.DECISION, "outcome": HandlingOutcome.AMENDED, "date": today}
    vote = c.Vote(**{"for": 20, "against": 7})
    decision = c.RecordHandling(**decided, plan="decision", section="§ 7", vote=vote, summary=town.said("amended"))
    town.does(key, "registrar", decision)
    text = town.file("# As decided", "paatetty.md")
    town.does(key, "registrar", c.RecordDecidedText(handling="h3", decided={"structure": text}))
    town.does(key, "registrar", c.RecordMinutes(handling="h3", inspected=today, published=today))
    corrected = c.CorrectEntry(item="h3", field="section", to="§ 8", reason=town.said("a slip of the pen"))
    town.does(key, "registrar", corrected)
    town.does(key, "registrar", c.MakePublic(phase="model", ground=PublicGround.DECIDED))
    town.does(key, "registrar", c.RecordLegalState(handling="h3", legal=LegalState.FINAL, on=today))


def _goes_on(town: Chronicle, key: str) -> None:
    """A round with objections, a condition and a dissent; reminders that have fallen due and others that will."""
    heard = {"phase": "image", "affected": "pupils", "on": town.clock().date()}
    town.does(key, "coordinator", c.GiveOpportunity(how=town.said("at school"), **heard))
    town.comes_to_checkpoint(key, "image", "Kolmas prosessi")
    town.says(key, "image", "teachers-1", OBJECT, "not this")
    town.says(key, "image", "teachers-2", OFFER, "with a yard")
    town.says(key, "image", "neighbours-1", OBJECT, "nor that")
    town.accepts(key, "image", "neighbours-2")
    due = town.clock().date() + dt.timedelta(days=20)
    town.does(key, "preparer", c.CarryAsCondition(objection="o2", owner="owner", due=due))
    town.does(key, "preparer", c.RecordDissent(objection="o3", reason=town.said("noted")))
    town.rules(
        m.EndSeat(seat="neighbours-3", last=town.clock().date() - dt.timedelta(days=1), reason=town.said("moved"))
    )
    town.rules(m.ChangeSeatPart(seat="neighbours-1", part="member"))  # nobody leads the group
    town.later(days=9)
    town.engine.tick()
    town.later(days=1)
