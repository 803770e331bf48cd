"""A duty in words, and the command that does it."""

from collections.abc import Callable

from app.history.names import Names
from models.storage.reading import OpenDuty
from models.words import DutyKind

Told = Callable[[OpenDuty, Names], str]

WHAT: dict[DutyKind, Told] = {
    DutyKind.OPEN_PHASE: lambda d, n: f"Open {n.phase(d.phase)}",
    DutyKind.OUTPUT: lambda d, n: f"Prepare and submit {n.output(d.item or '')} ({n.phase(d.phase)})",
    DutyKind.STANCE: lambda d, n: f"Take a stance on {n.phase(d.phase)} for {n.group(d.group or '')}",
    DutyKind.ANSWER: lambda d, n: f"Answer the objection {d.item} of {n.group(d.group or '')} ({n.phase(d.phase)})",
    DutyKind.REPLY: lambda d, n: f"Say whether the answer removes your objection {d.item} ({n.phase(d.phase)})",
    DutyKind.CONDITION: lambda d, n: f"Do what condition {d.item} asks ({n.phase(d.phase)})",
    DutyKind.ASSESSMENT: lambda d, n: f"Assess: {n.criterion(d.phase or '', d.item or '')} ({n.phase(d.phase)})",
    DutyKind.OUTCOME: lambda d, n: f"State the outcome of the checkpoint of {n.phase(d.phase)}",
    DutyKind.MEMO: lambda d, n: f"Record the meeting {n.meeting(d.item or '')}",
    DutyKind.ASK_STATEMENT: lambda d, n: f"Ask for the statement {n.statement(d.item or '')} ({n.phase(d.phase)})",
    DutyKind.STATEMENT: lambda d, n: f"Record the statement {n.statement(d.item or '')} when it comes",
    DutyKind.OPEN_HEARING: lambda d, n: f"Open the hearing {n.hearing(d.item or '')} ({n.phase(d.phase)})",
    DutyKind.HEARING: lambda d, n: f"Close the hearing {n.hearing(d.item or '')} and say what became of it",
    DutyKind.HANDLING: lambda d, n: f"Record the handling {n.handling(d.item or '')}",
    DutyKind.STAFF_COOPERATION: lambda _, __: "Say whether staff cooperation (449/2007) is needed, and hold it",
    DutyKind.INVITATION: lambda d, n: f"Put {n.meeting(d.item or '')} in the calendar; that invites",
    DutyKind.DECISION_MEETING: lambda d, n: f"Agree on a meeting for {n.handling(d.item or '')}: none is in its window",
    DutyKind.VACANCY: lambda d, n: f"Find somebody: {n.group(d.group) if d.group else n.role(d.item or '')}",
    DutyKind.REPORT: lambda d, n: f"Report the checkpoint of {n.phase(d.phase)} to the executive, tiedoksi",
}

HOW: dict[DutyKind, str] = {
    DutyKind.OPEN_PHASE: "open {process} {phase}",
    DutyKind.OUTPUT: "draft save {process} {phase} {item} FILE",
    DutyKind.STANCE: "stance {process} {phase} --seat {seat} --accept | --object TEXT | …",
    DutyKind.ANSWER: "answer {process} {item} --changed TEXT | --unchanged TEXT",
    DutyKind.REPLY: "withdraw {process} {item} --seat {seat} | confirm {process} {phase} --seat {seat}",
    DutyKind.CONDITION: "fulfil {process} {item} --how TEXT",
    DutyKind.ASSESSMENT: "assess {process} {phase} {item} --holds | --fails",
    DutyKind.OUTCOME: "pass {process} {phase}",
    DutyKind.MEMO: "meeting record {process} {item} --phase PHASE --group GROUP --present SEAT --memo @FILE",
    DutyKind.ASK_STATEMENT: "statement ask {process} {item} --body BODY --phase {phase} --due DATE",
    DutyKind.STATEMENT: "statement record {process} {item} --text @FILE",
    DutyKind.OPEN_HEARING: "hearing open {process} {item} …",
    DutyKind.HEARING: "hearing close {process} {item} --contributions COUNT --summary TEXT",
    DutyKind.HANDLING: "handling record {process} BODY --plan {item} …",
    DutyKind.STAFF_COOPERATION: "cooperation {process} --needed | --not-needed | --ended DATE",
    DutyKind.INVITATION: "meeting schedule {process} {item} --at TIME",
    DutyKind.DECISION_MEETING: "calendar --file FILE (its meetings), or: extend {process} window:last DATE",
    DutyKind.VACANCY: "status {process}  (its vacant parts, each with what fills it)",
    DutyKind.REPORT: "handling record {process} BODY --kind for-information …",
}


def told_duty(duty: OpenDuty, names: Names) -> str:
    """What is owed."""
    return WHAT[DutyKind(duty.kind)](duty, names)


def how_done(duty: OpenDuty) -> str:
    """The command that does it."""
    said = HOW[DutyKind(duty.kind)]
    return "etappi " + said.format(process=duty.process, phase=duty.phase, item=duty.item, seat=duty.seat)
