"""The table of contents of everything that can be done to a process: each command and the rule that decides it.

`decide` is pure: it returns events or refuses with an error that says which kind of no it is; it changes nothing.
"""

from collections.abc import Callable
from typing import Any

from models import commands as c
from models import (
    correcting,
    dissents,
    handlings,
    lifecycle,
    meetings,
    participation,
    publicity,
    redaction,
    retracting,
    stances,
    steering,
    vacancies,
)
from models.commands import Command
from models.errors import NotFound, ProcessNotRunning
from models.events import Actor, Event
from models.process import Process
from models.rights import check_right
from models.words import ProcessStatus
from models.world import World

Decider = Callable[[Any, Any, Actor, World], list[Event]]

DECIDERS: dict[type[Command], Decider] = {
    c.CreateProcess: steering.decide_create,
    c.Hold: steering.decide_hold,
    c.Resume: steering.decide_resume,
    c.Stop: steering.decide_stop,
    c.Reopen: steering.decide_reopen,
    c.Close: steering.decide_close,
    c.Extend: steering.decide_extend,
    c.HandOver: steering.decide_hand_over,
    c.Amend: steering.decide_amend,
    c.OpenPhase: lifecycle.decide_open,
    c.Submit: lifecycle.decide_submit,
    c.Revise: lifecycle.decide_revise,
    c.Retract: retracting.decide_retract,
    c.Pass: lifecycle.decide_pass,
    c.Return: lifecycle.decide_return,
    c.TakeStance: stances.decide_take_stance,
    c.Confirm: stances.decide_confirm,
    c.Withdraw: stances.decide_withdraw,
    c.Answer: stances.decide_answer,
    c.CarryAsCondition: stances.decide_carry,
    c.RecordDissent: dissents.decide_record_dissent,
    c.FileDissent: dissents.decide_file_dissent,
    c.CoSign: dissents.decide_co_sign,
    c.FulfilCondition: stances.decide_fulfil,
    c.Assess: stances.decide_assess,
    c.LeaveRound: stances.decide_leave_round,
    c.NoteVacancies: vacancies.decide_note_vacancies,
    c.FollowCalendar: steering.decide_follow_calendar,
    c.ScheduleMeeting: meetings.decide_schedule_meeting,
    c.CancelMeeting: meetings.decide_cancel_meeting,
    c.RecordMeeting: meetings.decide_record_meeting,
    c.CorrectMemo: meetings.decide_correct_memo,
    c.GiveOpportunity: participation.decide_give_opportunity,
    c.AskStatement: participation.decide_ask_statement,
    c.RecordStatement: participation.decide_record_statement,
    c.AnswerStatement: participation.decide_answer_statement,
    c.OpenHearing: participation.decide_open_hearing,
    c.CloseHearing: participation.decide_close_hearing,
    c.RecordHandling: handlings.decide_record_handling,
    c.RecordDecidedText: handlings.decide_decided_text,
    c.RecordMinutes: handlings.decide_record_minutes,
    c.RecordLegalState: handlings.decide_legal_state,
    c.MakePublic: publicity.decide_make_public,
    c.RecordCooperation: handlings.decide_cooperation,
    c.CorrectEntry: correcting.decide_correct_entry,
    c.RecordRendition: redaction.decide_record_rendition,
    c.Destroy: redaction.decide_destroy,
    c.Redact: redaction.decide_redact,
}

ALWAYS: tuple[type[Command], ...] = (c.Redact, c.RecordRendition, c.LeaveRound)
"""What can be done whatever the process's status."""

HAPPENED = (c.RecordHandling, c.RecordDecidedText, c.RecordMinutes, c.RecordLegalState, c.CorrectEntry)
"""What is recorded of bodies' acts, and mended: a handling that happened is always recorded."""

WHILE: dict[ProcessStatus, tuple[type[Command], ...]] = {
    ProcessStatus.RUNNING: (Command,),
    ProcessStatus.HELD: (
        c.Resume,
        c.Stop,
        c.Close,
        c.Extend,
        c.HandOver,
        c.Amend,
        c.RecordStatement,
        c.RecordCooperation,
        c.FileDissent,
        c.NoteVacancies,
        *HAPPENED,
        c.MakePublic,
    ),
    ProcessStatus.STOPPED: (c.Reopen, c.Close, c.HandOver, *HAPPENED, c.MakePublic),
    ProcessStatus.CLOSED: (*HAPPENED, c.MakePublic, c.Destroy),
}
"""What can be done in a process of each status."""


def decide(process: Process | None, command: Command, by: Actor, world: World) -> list[Event]:
    """The events the command leads to. Nothing is changed.

    Raises NotFound without a process, NotAuthorised, ProcessNotRunning, and whatever the command's own rule refuses.
    """
    if process is None and not isinstance(command, c.CreateProcess):
        raise NotFound(what="process", name="")
    check_right(process, command, by, world)
    if process and not isinstance(command, ALWAYS) and not isinstance(command, WHILE[process.status]):
        raise ProcessNotRunning(status=process.status)
    return DECIDERS[type(command)](process, command, by, world)
