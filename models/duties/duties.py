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
)
from models.duties.decision import decision_meetings, handlings, reports
from models.duties.duty import Duty, Owed, Part, View
from models.duties.phases import answers, checkpoints, conditions, phases, stances
from models.process import Process
from models.words import ProcessStatus


def duties(process: Process, definition: Definition, calendar: Calendar) -> dict[str, Duty]:
    """Everything owed in the process, by key."""
    if process.status is not ProcessStatus.RUNNING:
        return {}
    view = View(process, definition, calendar)
    owed = {key: duty for part in PARTS for key, duty in part.owed(view)}
    for phase, round_ in process.rounds.items():
        owed.update(stances(phase, round_, round_.seats))
    return owed


def _part(owed: Callable[[View], Owed], *reads: str, of_round: Iterable[str] = ()) -> Part:
    return Part(owed, frozenset(reads), frozenset(of_round))


PARTS: tuple[Part, ...] = (
    _part(phases, "phases", "dates", "roles", "amended"),
    _part(checkpoints, "roles", "amended", of_round=("no", "due", "versions", "assessed", "windows")),
    _part(answers, "objections", "roles", "amended", of_round=("no", "due")),
    _part(conditions, "conditions"),
    _part(memos, "meetings", "amended"),
    _part(invitations, "meetings", "dates", "roles"),
    _part(asking, "statements", "phases", "dates", "roles"),
    _part(statements, "statements", "phases", "roles"),
    _part(opening, "hearings", "phases", "dates", "roles"),
    _part(hearings, "hearings", "roles"),
    _part(handlings, "handlings", "phases", "dates", "roles"),
    _part(cooperation, "cooperation", "phases", "dates", "roles", "amended"),
    _part(decision_meetings, "handlings", "dates", "roles"),
    _part(reports, "phases", "handlings", "roles", "amended"),
)
"""Every part, with the fields it reads, so that an act asks only the parts it touched. The stances of rounds are not
here: they are compared seat by seat."""
