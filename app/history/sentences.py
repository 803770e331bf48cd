"""Each event of a process as one plain sentence, in the past tense. What the reader may not read is left out of it."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from app.history.names import Names
from models import events as e
from models.commands import SettingUp
from models.days.formats import last_day
from models.events import Event
from models.papers.forms import BY_NAME
from models.process import Vacant

Sentence = Callable[[Any, Names], str]

SHORT = 12  # characters of a tarkiste that are shown
ENDED_TWICE = re.compile(r"([.!?…]”)\.(?=\s|$)")
"""The full stop of a sentence after a quotation that ended itself."""


def tell(event: Event, names: Names) -> str:
    """The event in a sentence. What somebody wrote ends it where it is a sentence itself."""
    return ENDED_TWICE.sub(r"\1", SENTENCES[type(event)](event, names))


def tarkiste(hash_: str | None) -> str:
    """A hash as people read it."""
    return hash_[:SHORT] if hash_ else "none"


def decided_by(decision: SettingUp, n: Names) -> str:
    """A decision as it is cited: KH 19.10.2026 § 210."""
    return n.words("decision", body=decision.body, day=n.day(decision.date), section=decision.section)


def _listing(items: Iterable[str], n: Names) -> str:
    return ", ".join(items) or n.words("none")


def _because(reason: str | None, n: Names) -> str:
    return n.words("because", text=n.text(reason)) if reason else ""


def _maybe(key: str, n: Names, condition: object, **facts: object) -> str:
    """The words where the condition holds, else nothing."""
    return n.words(key, **facts) if condition else ""


def _counted(key: str, number: int, n: Names) -> str:
    return n.words(f"{key}.{'one' if number == 1 else 'many'}", n=number)


# --- the process as a whole -------------------------------------------------------------------------------------------


def _created(event: e.ProcessCreated, n: Names) -> str:
    resting = event.setting_up
    rests = n.words("rests", decision=decided_by(resting, n)) if resting else n.words("rehearsal")
    return n.words("created", title=event.title, start=n.day(event.start), rests=rests)


def _moved(event: e.DatesMoved, n: Names) -> str:
    moves = [
        n.words("move", name=n.date(key), before=n.day(event.before[key]), after=n.day(day))
        for key, day in event.dates.items()
    ]
    more = n.words("more", n=len(moves) - 1) if len(moves) > 1 else ""
    return n.words("moved", what=moves[0], more=more, because=_because(event.reason, n))


def _amended(event: e.ProcessAmended, n: Names) -> str:
    change = event.change
    match change.change:
        case "role":
            what = n.words("amended.role", person=n.person(change.person), role=n.role(change.role))
        case "ladder":
            what = n.words("amended.ladder", duty=n.words(f"duty.{change.ladder.duty}"))
        case "group":
            rule = n.words(f"rule.{change.group.rule}")
            named = {"group": n.group(change.group.group), "phase": n.phase(change.phase)}
            what = n.words("amended.group", rule=rule, **named)
        case "remove_group":
            what = n.words("amended.remove_group", group=n.group(change.group), phase=n.phase(change.phase))
        case "criterion":
            text = change.criterion.text.in_(n.language)
            what = n.words("amended.criterion", phase=n.phase(change.phase), text=text)
        case _:
            text = n.criterion(change.phase, change.criterion)
            what = n.words("amended.remove_criterion", phase=n.phase(change.phase), text=text)
    return n.words("amended", what=what, because=_because(event.reason, n))


# --- phases and rounds ------------------------------------------------------------------------------------------------


def _submitted(event: e.OutputsSubmitted, n: Names) -> str:
    outputs = (n.words("version", output=n.output(key), no=version.no) for key, version in event.versions.items())
    return n.words(
        "submitted",
        phase=n.phase(event.phase),
        round=event.round,
        outputs=_listing(outputs, n),
        due=n.day(event.due),
        hash=tarkiste(event.manifest),
    )


def _revised(event: e.OutputRevised, n: Names) -> str:
    window = _maybe("contestable", n, event.window, until=n.day(last_day(event.window))) if event.window else ""
    return n.words(
        "corrected_text" if event.technical else "revised",
        output=n.output(event.output),
        no=event.version.no,
        because=_because(event.reason, n),
        hash=tarkiste(event.manifest),
        window=window,
    )


def _passed(event: e.CheckpointPassed, n: Names) -> str:
    waived = (f"{key}{_because(why, n)}" for key, why in event.waived.items())
    return n.words(
        event.outcome.value,
        phase=n.phase(event.phase),
        hash=tarkiste(event.package),
        waived=_maybe("waived", n, event.waived, what=_listing(waived, n)),
        ready=_maybe("ready", n, event.ready, phases=_listing(map(n.phase, event.ready), n)),
    )


def _returned(event: e.WorkReturned, n: Names) -> str:
    return n.words(
        "returned" if event.to == event.phase else "returned_to",
        phase=n.phase(event.phase),
        to=n.phase(event.to),
        because=_because(event.reason, n),
        suspended=_maybe("suspended", n, event.suspended, phases=_listing(map(n.phase, event.suspended), n)),
    )


# --- stances ----------------------------------------------------------------------------------------------------------


def _stance(event: e.StanceTaken, n: Names) -> str:
    return n.words(
        "stance",
        who=n.member(event.seat, event.group, event.person),
        said=n.words(f"said.{event.kind}"),
        ground=_maybe("ground", n, event.ground, ground=n.text(event.ground)),
        because=_because(event.reason, n),
        number=_maybe("number", n, n.tells_seats and event.objection, number=event.objection),
        phase=n.phase(event.phase),
        round=event.round,
        hash=tarkiste(event.manifest),
        withdrawn=_maybe("withdrawn_items", n, event.withdrawn, items=_listing(event.withdrawn, n)),
    )


def _withdrawn(event: e.ObjectionWithdrawn, n: Names) -> str:
    said, others = n.words(f"said.{event.then}"), _maybe("others_stand", n, not event.ended)
    return n.words("objection_withdrawn", item=n.item(event.objection), said=said, others=others)


def _answered(event: e.ObjectionAnswered, n: Names) -> str:
    result = n.words(f"result.{event.result}")
    return n.words("objection_answered", item=n.item(event.objection), result=result, text=n.text(event.text))


def _adopted(event: e.ConditionAdopted, n: Names) -> str:
    return n.words(
        "adopted",
        condition=event.condition,
        objection=n.item(event.objection),
        text=n.text(event.text),
        owner=n.person(event.owner),
        due=n.day(event.due),
        at=_maybe("at_checkpoint", n, event.checkpoint, phase=n.phase(event.checkpoint)),
    )


def _dissent(event: e.DissentRecorded, n: Names) -> str:
    return n.words(
        "dissent",
        dissent=event.dissent,
        of=_maybe("of_objection", n, n.tells_seats and event.objection, item=event.objection),
        group=n.group(event.group),
        text=n.text(event.text),
        reason=_maybe("reason", n, event.reason, text=n.text(event.reason)),
        late=_maybe("late", n, event.late),
    )


def _signed(event: e.Signed, n: Names) -> str:
    who = n.member(event.seat, event.signature.group, event.signature.person)
    return n.words("signed_by_name" if event.signature.name else "signed", who=who, item=n.item(event.item))


def _assessed(event: e.CriterionAssessed, n: Names) -> str:
    criterion = n.criterion(event.phase, event.criterion)
    return n.words("holds" if event.holds else "fails", criterion=criterion, because=_because(event.note, n))


# --- meetings, being heard --------------------------------------------------------------------------------------------


def _meeting(event: e.MeetingRecorded, n: Names) -> str:
    stance = event.group_stance
    return n.words(
        "meeting",
        group=n.group(event.group),
        day=n.day(event.held_on),
        present=len(event.present),
        stance=n.words("group_stance", said=n.words(f"said.{stance}")) if stance else "",
        until=n.words("correctable", until=n.day(last_day(event.window))) if event.window else "",
    )


def _scheduled(event: e.MeetingScheduled, n: Names) -> str:
    place = _maybe("place", n, event.place, place=event.place)
    return n.words("meeting_scheduled", name=event.name or n.meeting(event.meeting), at=n.at(event.at), place=place)


def _memo(event: e.MemoCorrected, n: Names) -> str:
    said, who = n.words(f"said.{event.kind}"), n.member(event.seat, event.group)
    meeting, because = n.meeting(event.meeting), _because(event.reason, n)
    return n.words("memo_corrected", meeting=meeting, who=who, said=said, because=because)


def _opportunity(event: e.OpportunityGiven, n: Names) -> str:
    return n.words(
        "heard" if event.heard else "opportunity",
        who=n.affected(event.phase, event.affected),
        day=n.day(event.on),
        because=_because(event.how, n),
        effect=_maybe("effect", n, event.effect, text=n.text(event.effect)),
    )


def _given(event: e.StatementGiven, n: Names) -> str:
    """What is secret of it is told to those alone who may read it."""
    text = n.text(event.text) if n.reads(event.publicity, event.statement) else n.words("secret")
    named, publicity = n.statement(event.statement), n.words(f"publicity.{event.publicity}")
    return n.words("statement_given", statement=named, day=n.day(event.given), publicity=publicity, text=text)


def _hearing(event: e.HearingOpened, n: Names) -> str:
    days = {"first": n.day(event.first), "last": n.day(event.last)}
    return n.words("hearing_opened", hearing=n.hearing(event.hearing), channels=_listing(event.channels, n), **days)


def _hearing_closed(event: e.HearingClosed, n: Names) -> str:
    named, text = n.hearing(event.hearing), n.text(event.summary)
    return n.words("hearing_closed", hearing=named, n=event.contributions, text=text)


# --- handlings --------------------------------------------------------------------------------------------------------


def _handling(event: e.HandlingRecorded, n: Names) -> str:
    return n.words(
        "handling",
        body=n.body(event.body),
        day=n.day(event.date),
        section=f" § {event.section}" if event.section else "",
        handling=event.handling,
        kind=n.words(f"handling.{event.kind}"),
        outcome=n.words(f"outcome.{event.outcome}"),
        vote=f", {event.vote.for_}–{event.vote.against}" if event.vote else "",
        decides=_maybe("decides", n, event.decides),
        defects=_maybe("defects", n, event.defects, defects=_listing(map(n.defect, event.defects), n)),
    )


def _minutes(event: e.MinutesRecorded, n: Names) -> str:
    days = [("inspected", event.inspected), ("published", event.published)]
    told = (n.words(f"minutes.{what}", day=n.day(day)) for what, day in days if day)
    return n.words("minutes", handling=n.item(event.handling), days=_listing(told, n))


def _legal(event: e.LegalStateRecorded, n: Names) -> str:
    return n.words(
        "legal_state", handling=n.item(event.handling), legal=n.words(f"legal.{event.legal}"), day=n.day(event.on)
    )


def _cooperation(event: e.CooperationRecorded, n: Names) -> str:
    facts: list[str] = []
    if event.needed is not None:
        needed = "needed" if event.needed else "not_needed"
        facts.append(n.words(f"cooperation.{needed}", because=_because(event.why, n)))
    dated: list[tuple[str, dt.date | None]] = [
        ("proposed", event.proposed),
        ("meeting", event.meeting),
        ("ended", event.ended),
    ]
    facts += [n.words(f"cooperation.{what}", day=n.day(day)) for what, day in dated if day]
    facts += [n.words("cooperation.outcome", text=n.text(event.outcome))] if event.outcome else []
    return n.words("cooperation", facts=_listing(facts, n))


def _made_public(event: e.OutputsMadePublic, n: Names) -> str:
    return n.words(
        "made_public",
        outputs=_listing(map(n.output, event.versions), n),
        ground=n.words(f"ground.{event.ground}"),
        because=_because(event.reason, n),
    )


def _vacancies(event: e.VacanciesNoted, n: Names) -> str:
    def told(one: Vacant) -> str:
        name = n.role(one.slot) if one.person else n.group(one.slot)
        return n.words(f"vacant.{one.missing}", name=name)

    return n.words("vacancies", list=", ".join(map(told, event.vacant))) if event.vacant else n.words("no_vacancies")


def _corrected(event: e.EntryCorrected, n: Names) -> str:
    return n.words(
        "entry_corrected",
        item=n.item(event.item),
        field=n.words(f"field.{event.field}"),
        before=_of_field(event.field, event.before, n) if event.before else n.words("nothing"),
        to=_of_field(event.field, event.to, n),
        because=_because(event.reason, n),
    )


def _of_field(field: str, value: str, n: Names) -> str:
    """A mended value in words."""
    match field:
        case "kind":
            return n.words(f"handling.{value}")
        case "outcome":
            return n.words(f"outcome.{value}")
        case "body":
            return n.body(value)
        case "section" | "contributions":
            return value
    return n.day(dt.date.fromisoformat(value))


def _redacted(event: e.Redacted, n: Names) -> str:
    return n.words(
        "redacted",
        ground=event.ground,
        values=_counted("values", len(event.commitments), n),
        files=_counted("files", len(event.files), n),
        again=_counted("again", len(event.editions), n) if event.editions else "",
    )


def _destroyed(event: e.DataDestroyed, n: Names) -> str:
    return n.words("destroyed", list=", ".join(n.words(f"destroyed.{one}") for one in event.data))


def _rendition(event: e.RenditionRecorded, n: Names) -> str:
    """The paper by its name, as a reader of papers knows it; the command line tells its form and language too."""
    form = BY_NAME.get(event.format)
    return n.words(
        "rendition",
        format=event.format,
        language=event.language,
        paper=n.words(f"paper.{form.kind}") if form else n.words("paper.text"),
        public=n.words("paper.public") if form and form.public else "",
        ending=f", {form.ending.upper()}" if form else "",
        tongue=n.words(f"tongue.{event.language}"),
        hash=tarkiste(event.of),
    )


def _of_phase(key: str) -> Sentence:
    """The sentence that names the event's phase, round and reason."""
    return lambda v, n: n.words(
        key,
        phase=n.phase(v.phase),
        round=getattr(v, "round", ""),
        because=_because(getattr(v, "reason", None), n),
    )


SENTENCES: dict[type[Event], Sentence] = {
    e.ProcessCreated: _created,
    e.ProcessHeld: lambda v, n: n.words("held", because=_because(v.reason, n)),
    e.ProcessResumed: lambda _, n: n.words("resumed"),
    e.ProcessStopped: lambda v, n: n.words("stopped", because=_because(v.reason, n)),
    e.ProcessReopened: lambda v, n: n.words("reopened", decision=decided_by(v.setting_up, n)),
    e.ProcessClosed: lambda v, n: n.words(
        "closed",
        unfinished=_maybe("unfinished", n, v.unfinished, phases=_listing(map(n.phase, v.unfinished), n)),
        because=_because(v.reason, n),
    ),
    e.DatesMoved: _moved,
    e.CoordinatorChanged: lambda v, n: n.words("handed_over", to=n.person(v.to), before=n.person(v.before)),
    e.ProcessAmended: _amended,
    e.PhaseOpened: _of_phase("opened"),
    e.OutputsSubmitted: _submitted,
    e.OutputRevised: _revised,
    e.SubmissionRetracted: _of_phase("submission_retracted"),
    e.OpeningRetracted: _of_phase("opening_retracted"),
    e.CheckpointPassed: _passed,
    e.WorkReturned: _returned,
    e.StanceTaken: _stance,
    e.StanceConfirmed: lambda v, n: n.words("confirmed", who=n.member(v.seat, v.group), phase=n.phase(v.phase)),
    e.StanceRetracted: _of_phase("stance_retracted"),
    e.SeatLeft: _of_phase("seat_left"),
    e.VacanciesNoted: _vacancies,
    e.CalendarFollowed: lambda v, n: n.words("calendar_followed", hash=tarkiste(v.hash)),
    e.ObjectionWithdrawn: _withdrawn,
    e.ObjectionAnswered: _answered,
    e.ConditionAdopted: _adopted,
    e.ConditionFulfilled: lambda v, n: n.words("fulfilled", condition=n.item(v.condition), text=n.text(v.how)),
    e.DissentRecorded: _dissent,
    e.Signed: _signed,
    e.SignatureWithdrawn: lambda v, n: n.words("signature_withdrawn", dissent=n.item(v.dissent)),
    e.CriterionAssessed: _assessed,
    e.MeetingScheduled: _scheduled,
    e.MeetingCancelled: lambda v, n: n.words(
        "meeting_cancelled", name=n.meeting(v.meeting), because=_because(v.reason, n)
    ),
    e.MeetingRecorded: _meeting,
    e.MemoCorrected: _memo,
    e.OpportunityGiven: _opportunity,
    e.StatementAsked: lambda v, n: n.words("statement_asked", body=n.body(v.body), due=n.day(v.due)),
    e.StatementGiven: _given,
    e.StatementAnswered: lambda v, n: n.words(
        "statement_answered", statement=n.statement(v.statement), text=n.text(v.text)
    ),
    e.HearingOpened: _hearing,
    e.HearingClosed: _hearing_closed,
    e.HandlingRecorded: _handling,
    e.DecidedTextRecorded: lambda v, n: n.words(
        "decided_text", handling=n.item(v.handling), outputs=_listing(map(n.output, v.decided), n)
    ),
    e.MinutesRecorded: _minutes,
    e.LegalStateRecorded: _legal,
    e.CooperationRecorded: _cooperation,
    e.OutputsMadePublic: _made_public,
    e.EntryCorrected: _corrected,
    e.RemindersFellDue: lambda v, n: _counted("reminders", len(v.reminders), n),
    e.RenditionRecorded: _rendition,
    e.Redacted: _redacted,
    e.DataDestroyed: _destroyed,
}
"""The sentence of each event; a test compares the list with the events there are."""
