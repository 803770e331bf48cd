"""Each event of a process as one plain sentence, in the past tense. What the reader may not read is left out of it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from app.cli.names import Names
from app.cli.screen import count, instant, plain
from models import events as e
from models.commands import SettingUp
from models.days.formats import finnish_date
from models.events import Event
from models.words import StanceKind

Sentence = Callable[[Any, Names], str]

SAID = {
    StanceKind.ACCEPT: "accepts",
    StanceKind.ACCEPT_WITH_CONDITIONS: "accepts on a condition",
    StanceKind.OBJECT: "objects",
    StanceKind.ABSTAIN: "abstains",
    StanceKind.NOT_READ: "has not read it",
    StanceKind.DISQUALIFIED: "is disqualified",
}
SHORT = 12  # characters of a tarkiste that are shown


def tell(event: Event, names: Names) -> str:
    """The event in a sentence."""
    return SENTENCES[type(event)](event, names)


def tarkiste(hash_: str | None) -> str:
    """A hash as people read it."""
    return hash_[:SHORT] if hash_ else "none"


def listing(items: Iterable[str]) -> str:
    """Things one after the other, or "none"."""
    return ", ".join(items) or "none"


def decided_by(decision: SettingUp) -> str:
    """A decision as it is cited: KH 19.10.2026 § 210."""
    return f"{decision.body} {finnish_date(decision.date)} § {decision.section}"


def _because(reason: str | None, n: Names) -> str:
    return f": {n.text(reason)}" if reason else ""


# --- the process as a whole -------------------------------------------------------------------------------------------


def _created(event: e.ProcessCreated, n: Names) -> str:
    rests = f"It rests on {decided_by(event.setting_up)}." if event.setting_up else "It is a rehearsal (harjoitus)."
    return f'The process "{event.title}" was set up; it starts on {finnish_date(event.start)}. {rests}'


def _moved(event: e.DatesMoved, n: Names) -> str:
    moves = [f"{n.date(k)} from {finnish_date(event.before[k])} to {finnish_date(d)}" for k, d in event.dates.items()]
    more = f" and {len(moves) - 1} more" if len(moves) > 1 else ""
    return f"Moved: {moves[0]}{more}{_because(event.reason, n)}."


def _amended(event: e.ProcessAmended, n: Names) -> str:
    change = event.change
    match change.change:
        case "role":
            what = f"{n.person(change.person)} is {n.role(change.role)} from now on"
        case "ladder":
            what = f"reminders of {plain(change.ladder.duty)} follow another ladder"
        case "group":
            what = f"{n.group(change.group.group)} at {n.phase(change.phase)}: rule {change.group.rule.value}"
        case "remove_group":
            what = f"{n.group(change.group)} leaves {n.phase(change.phase)}"
        case "criterion":
            what = f"{n.phase(change.phase)} tests {change.criterion.text.in_(n.language)}"
        case _:
            what = f"{n.phase(change.phase)} no longer tests {n.criterion(change.phase, change.criterion)}"
    return f"Amended: {what}{_because(event.reason, n)}."


# --- phases and rounds ------------------------------------------------------------------------------------------------


def _submitted(event: e.OutputsSubmitted, n: Names) -> str:
    outputs = listing(f"{n.output(key)} (version {version.no})" for key, version in event.versions.items())
    return (
        f"{n.phase(event.phase)} came to its checkpoint, round {event.round}: {outputs}. Stances are due "
        f"{finnish_date(event.due)}; tarkiste {tarkiste(event.manifest)}."
    )


def _revised(event: e.OutputRevised, n: Names) -> str:
    how = "corrected (technical)" if event.technical else "revised"
    window = f" It may be contested until {instant(event.window)}." if event.window else ""
    return (
        f"{n.output(event.output)} was {how} to version {event.version.no}{_because(event.reason, n)}; "
        f"tarkiste {tarkiste(event.manifest)}.{window}"
    )


def _passed(event: e.CheckpointPassed, n: Names) -> str:
    how = "passed with conditions" if event.outcome.value == "passed_with_conditions" else "passed"
    waived = f" Waived: {listing(f'{k}{_because(why, n)}' for k, why in event.waived.items())}." if event.waived else ""
    ready = f" Ready: {listing(map(n.phase, event.ready))}." if event.ready else ""
    return f"{n.phase(event.phase)} {how}. Its package is locked, tarkiste {tarkiste(event.package)}.{waived}{ready}"


def _returned(event: e.WorkReturned, n: Names) -> str:
    suspended = f" Suspended: {listing(map(n.phase, event.suspended))}." if event.suspended else ""
    back = "to preparation" if event.to == event.phase else f"back to {n.phase(event.to)}"
    return f"{n.phase(event.phase)} was returned {back}{_because(event.reason, n)}.{suspended}"


# --- stances ----------------------------------------------------------------------------------------------------------


def _stance(event: e.StanceTaken, n: Names) -> str:
    reason = _because(event.reason, n)
    number = f" [{event.objection}]" if event.objection else ""
    ground = f" ({event.ground})" if event.ground else ""
    withdrawn = f" Withdrawn: {listing(event.withdrawn)}." if event.withdrawn else ""
    who = n.member(event.seat, event.group, event.person)
    over = f"{n.phase(event.phase)}, round {event.round}, tarkiste {tarkiste(event.manifest)}"
    return f"{who} {SAID[event.kind]}{ground}{reason}{number}. {over}.{withdrawn}"


def _withdrawn(event: e.ObjectionWithdrawn, n: Names) -> str:
    ended = "" if event.ended else " Others still stand by it."
    return f"Objection {event.objection} was withdrawn by its maker, who now {SAID[event.then]}.{ended}"


def _adopted(event: e.ConditionAdopted, n: Names) -> str:
    at = f" at the checkpoint of {n.phase(event.checkpoint)}" if event.checkpoint else ""
    return (
        f"Condition {event.condition} was adopted from {event.objection}: {n.text(event.text)}. "
        f"{n.person(event.owner)} does it by {finnish_date(event.due)}{at}."
    )


def _dissent(event: e.DissentRecorded, n: Names) -> str:
    late = " It came after the phase had passed." if event.late else ""
    from_ = f" of objection {event.objection}" if event.objection else ""
    reason = f" Reason: {n.text(event.reason)}." if event.reason else ""
    return (
        f"Dissent {event.dissent}{from_} was recorded for {n.group(event.group)}: {n.text(event.text)}.{reason}{late}"
    )


def _signed(event: e.Signed, n: Names) -> str:
    by_name = " by name" if event.signature.name else ""
    return f"{n.member(event.seat, event.signature.group, event.signature.person)} signed {event.item}{by_name}."


# --- meetings, being heard --------------------------------------------------------------------------------------------


def _meeting(event: e.MeetingRecorded, n: Names) -> str:
    stance = f"; the group {SAID[event.group_stance]}" if event.group_stance else ""
    until = f" Those recorded may correct it until {instant(event.window)}." if event.window else ""
    return (
        f"{n.group(event.group)} met on {finnish_date(event.held_on)}, {len(event.present)} present{stance}. "
        f"The memo stands in the record.{until}"
    )


def _scheduled(event: e.MeetingScheduled, n: Names) -> str:
    place = f", {event.place}" if event.place else ""
    return f"Meeting {event.name or event.meeting}: {instant(event.at)}{place}."


def _opportunity(event: e.OpportunityGiven, n: Names) -> str:
    used = "heard" if event.heard else "given an opportunity to be heard"
    effect = f" What changed: {n.text(event.effect)}." if event.effect else ""
    who = n.affected(event.phase, event.affected)
    return f"{who}: {used} on {finnish_date(event.on)}{_because(event.how, n)}.{effect}"


# --- handlings --------------------------------------------------------------------------------------------------------


def _handling(event: e.HandlingRecorded, n: Names) -> str:
    section = f" § {event.section}" if event.section else ""
    vote = f", {event.vote.for_}–{event.vote.against}" if event.vote else ""
    decides = " This is the decision." if event.decides else ""
    defects = f" Beside it stands: {listing(event.defects)}." if event.defects else ""
    return (
        f"{n.body(event.body)} {finnish_date(event.date)}{section} [{event.handling}]: {plain(event.kind)}, "
        f"{plain(event.outcome)}{vote}.{decides}{defects}"
    )


def _minutes(event: e.MinutesRecorded, n: Names) -> str:
    days = [("inspected", event.inspected), ("published", event.published)]
    return f"Minutes of {event.handling}: {listing(f'{what} {finnish_date(d)}' for what, d in days if d)}."


def _cooperation(event: e.CooperationRecorded, n: Names) -> str:
    facts: list[str] = []
    if event.needed is not None:
        facts.append(("needed" if event.needed else "not needed") + _because(event.why, n))
    dated: list[tuple[str, dt.date | None]] = [
        ("proposed", event.proposed),
        ("meeting", event.meeting),
        ("ended", event.ended),
    ]
    facts += [f"{what} {finnish_date(day)}" for what, day in dated if day]
    facts += [f"outcome {n.text(event.outcome)}"] if event.outcome else []
    return f"Staff cooperation: {listing(facts)}."


def _redacted(event: e.Redacted, n: Names) -> str:
    covered = f"{count(len(event.commitments), 'personal value')} and {count(len(event.files), 'file')}"
    again = f" {count(len(event.editions), 'document')} to be made again without it." if event.editions else ""
    return f"Covered for good on the ground {event.ground}: {covered}.{again}"


SENTENCES: dict[type[Event], Sentence] = {
    e.ProcessCreated: _created,
    e.ProcessHeld: lambda v, n: f"The process was put on hold{_because(v.reason, n)}.",
    e.ProcessResumed: lambda _, __: "The process goes on.",
    e.ProcessStopped: lambda v, n: f"The process was stopped{_because(v.reason, n)}.",
    e.ProcessReopened: lambda v, _: f"The process was reopened; it rests on {decided_by(v.setting_up)}.",
    e.ProcessClosed: lambda _, __: "The process was closed.",
    e.DatesMoved: _moved,
    e.CoordinatorChanged: lambda v, n: f"{n.person(v.to)} coordinates from now on, not {n.person(v.before)}.",
    e.ProcessAmended: _amended,
    e.PhaseOpened: lambda v, n: f"{n.phase(v.phase)} was opened.",
    e.OutputsSubmitted: _submitted,
    e.OutputRevised: _revised,
    e.SubmissionRetracted: lambda v, n: f"The submission of {n.phase(v.phase)}, round {v.round}, was taken back.",
    e.OpeningRetracted: lambda v, n: f"The opening of {n.phase(v.phase)} was taken back.",
    e.CheckpointPassed: _passed,
    e.WorkReturned: _returned,
    e.StanceTaken: _stance,
    e.StanceConfirmed: lambda v, n: f"{n.member(v.seat, v.group)} stands by what was said, {n.phase(v.phase)}.",
    e.StanceRetracted: lambda v, n: f"A stance on {n.phase(v.phase)}, round {v.round}, was taken back.",
    e.SeatLeft: lambda v, n: f"A seat left the round of {n.phase(v.phase)}{_because(v.reason, n)}.",
    e.CalendarFollowed: lambda v, _: (
        f"The reminders follow the municipality's new calendar; tarkiste {tarkiste(v.hash)}."
    ),
    e.ObjectionWithdrawn: _withdrawn,
    e.ObjectionAnswered: lambda v, n: f"Objection {v.objection} was answered ({v.result.value}): {n.text(v.text)}.",
    e.ConditionAdopted: _adopted,
    e.ConditionFulfilled: lambda v, n: f"Condition {v.condition} is done: {n.text(v.how)}.",
    e.DissentRecorded: _dissent,
    e.Signed: _signed,
    e.SignatureWithdrawn: lambda v, _: f"A signature under dissent {v.dissent} was withdrawn.",
    e.CriterionAssessed: lambda v, n: (
        f"{n.criterion(v.phase, v.criterion)}: {'holds' if v.holds else 'does not hold'}{_because(v.note, n)}."
    ),
    e.MeetingScheduled: _scheduled,
    e.MeetingCancelled: lambda v, n: f"Meeting {v.meeting} was cancelled{_because(v.reason, n)}.",
    e.MeetingRecorded: _meeting,
    e.MemoCorrected: lambda v, n: (
        f"The memo of {v.meeting} was corrected: {n.member(v.seat, v.group)} {SAID[v.kind]}{_because(v.reason, n)}."
    ),
    e.OpportunityGiven: _opportunity,
    e.StatementAsked: lambda v, n: f"{n.body(v.body)} was asked for a statement by {finnish_date(v.due)}.",
    e.StatementGiven: lambda v, n: (
        f"Statement {v.statement} came on {finnish_date(v.given)} ({plain(v.publicity)}): {n.text(v.text)}."
    ),
    e.StatementAnswered: lambda v, n: f"What statement {v.statement} led to: {n.text(v.text)}.",
    e.HearingOpened: lambda v, _: (
        f"Hearing {v.hearing} is open {finnish_date(v.first)}–{finnish_date(v.last)}: {listing(v.channels)}."
    ),
    e.HearingClosed: lambda v, n: f"Hearing {v.hearing} was closed, {v.contributions} came in: {n.text(v.summary)}.",
    e.HandlingRecorded: _handling,
    e.DecidedTextRecorded: lambda v, _: f"The text as decided stands with {v.handling}: {listing(v.decided)}.",
    e.MinutesRecorded: _minutes,
    e.LegalStateRecorded: lambda v, _: f"{v.handling} is {v.legal.value} since {finnish_date(v.on)}.",
    e.CooperationRecorded: _cooperation,
    e.EntryCorrected: lambda v, n: (
        f"Corrected: {v.field} of {v.item} from {v.before or 'nothing'} to {v.to}{_because(v.reason, n)}."
    ),
    e.RemindersFellDue: lambda v, _: f"{count(len(v.reminders), 'reminder')} fell due.",
    e.RenditionRecorded: lambda v, _: f"A document ({v.format}, {v.language}) was made from {tarkiste(v.of)}.",
    e.Redacted: _redacted,
}
"""The sentence of each event; a test compares the list with the events there are."""
