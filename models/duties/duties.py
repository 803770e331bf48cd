"""What is owed in a process. When people are told of it is in `planning.py`.

A duty is a matter of the state alone: the same process has the same duties, whatever the time. Its key names it for
good: `<kind>:<phase>:<round>:<item>`, `<kind>:<phase>:<round>` or `<kind>:<item>`. A process that is held, stopped or
closed has none.
"""

from collections.abc import Callable, Iterable

from models.days.calendar import Calendar
from models.definitions.definition import Definition
from models.duties.around import (
    asking,
    cooperation,
    hearings,
    invitations,
    memos,
    opening,
    statements,
    vacant,
)
from models.duties.decision import decision_meetings, handlings, reports
from models.duties.duty import Duty, Owed, Part, View
from models.duties.phases import answers, checkpoints, conditions, phases, replies, stances
from models.process import Process
from models.words import DutyKind, ProcessStatus


def duties(process: Process, definition: Definition, calendar: Calendar) -> dict[str, Duty]:
    """Everything owed in the process, by key."""
    if process.status is not ProcessStatus.RUNNING:
        return {}
    view = View(process, definition, calendar)
    owed = {key: duty for part in PARTS for key, duty in part.owed(view)}
    owed.update(_stances(process))
    return owed


def owed_of_kind(view: View, kind: DutyKind) -> Owed:
    """What of one kind is owed in the process, by key."""
    if view.process.status is not ProcessStatus.RUNNING:
        return
    if kind is DutyKind.STANCE:
        yield from _stances(view.process)
        return
    (part,) = (part for part in PARTS if kind in part.kinds)
    yield from (one for one in part.owed(view) if one[1].kind is kind)


def _stances(process: Process) -> Owed:
    for phase, round_ in process.rounds.items():
        yield from stances(phase, round_, round_.seats)


STANDING = ("stances", "edition", "versions", "groups", "disqualified")
"""What decides whether a stance is current."""


def _part(
    owed: Callable[[View], Owed],
    kinds: Iterable[DutyKind],
    *reads: str,
    of_round: Iterable[str] = (),
    arises_from: str | None = None,
) -> Part:
    return Part(owed, frozenset(kinds), frozenset(reads), frozenset(of_round), arises_from)


PARTS: tuple[Part, ...] = (
    _part(phases, (DutyKind.OPEN_PHASE, DutyKind.OUTPUT), "phases", "dates", "roles", "amended"),
    _part(
        checkpoints,
        (DutyKind.ASSESSMENT, DutyKind.OUTCOME),
        "roles",
        "amended",
        of_round=("no", "due", "versions", "assessed", "windows"),
    ),
    _part(
        answers,
        (DutyKind.ANSWER,),
        *("objections", "roles", "amended"),
        of_round=("no", "due"),
        arises_from="objections",
    ),
    _part(
        replies,
        (DutyKind.REPLY,),
        "objections",
        of_round=("no", "due", "seats", *STANDING),
        arises_from="objections",
    ),
    _part(conditions, (DutyKind.CONDITION,), "conditions"),
    _part(memos, (DutyKind.MEMO,), "meetings", "amended"),
    _part(invitations, (DutyKind.INVITATION,), "meetings", "dates", "roles"),
    _part(asking, (DutyKind.ASK_STATEMENT,), "statements", "phases", "dates", "roles"),
    _part(statements, (DutyKind.STATEMENT,), "statements", "phases", "roles", arises_from="statements"),
    _part(opening, (DutyKind.OPEN_HEARING,), "hearings", "phases", "dates", "roles"),
    _part(hearings, (DutyKind.HEARING,), "hearings", "roles"),
    _part(handlings, (DutyKind.HANDLING,), "handlings", "phases", "dates", "roles"),
    _part(cooperation, (DutyKind.STAFF_COOPERATION,), "cooperation", "phases", "dates", "roles", "amended"),
    _part(decision_meetings, (DutyKind.DECISION_MEETING,), "handlings", "dates", "roles"),
    _part(vacant, (DutyKind.VACANCY,), "vacant", "phases", "roles", "amended"),
    _part(reports, (DutyKind.REPORT,), "phases", "handlings", "roles", "amended"),
)
"""Every part, with the kinds it finds and the fields it reads, so that an act asks only the parts it touched. The
stances of rounds are not here: they are compared seat by seat."""
