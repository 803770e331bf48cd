"""Which meetings can be reached: of a process to be, and of one that runs, whose steps may have been done already."""

import datetime as dt

from models.days.backwards import Done, StepKind
from models.days.calendar import Calendar
from models.days.ways import Ways
from models.definitions.definition import Definition
from models.process import Process
from models.rehearsal.result import Outlook
from models.telling.wording import Wording
from models.words import HandlingOutcome, PhaseStatus


def outlook(ways: Ways, wording: Wording) -> Outlook:
    """The meetings with all that sentences about them need."""
    found = ways.all()
    return Outlook(
        language=wording.language,
        dates=dict(ways.dates),
        names=_names(wording),
        ways=found,
        shortest={way.meeting: ways.quickest(way).reached for way in found},
    )


def outlook_of(wording: Wording, calendar: Calendar, today: dt.date) -> Outlook:
    """The meetings that a running process can reach from the day on."""
    process, definition = wording.process, wording.definition
    return outlook(Ways(definition, process.dates, calendar, today, done_of(process, definition)), wording)


def done_of(process: Process, definition: Definition) -> Done:
    """The steps that have been taken."""
    last = definition.phases[-1].id
    status = process.phases[last].status
    done: set[tuple[StepKind, str | None]] = set()
    if status in (PhaseStatus.AT_CHECKPOINT, PhaseStatus.PASSED):
        done.add((StepKind.SUBMISSION, f"checkpoint:{last}"))
    if status is PhaseStatus.PASSED:
        done.add((StepKind.READINESS, f"checkpoint:{last}"))
    if process.cooperation.needed is False or process.cooperation.proposed is not None:
        done.add((StepKind.COOPERATION, None))
    done |= {(StepKind.STATEMENT, f"statement:{key}") for key in process.statements}
    done |= {(StepKind.HEARING, f"hearing:{key}") for key in process.hearings}
    standing = [handling for handling in process.handlings.values() if not handling.set_aside]
    for handling in standing:
        if handling.plan is not None and handling.outcome not in (HandlingOutcome.RETURNED, HandlingOutcome.TABLED):
            done |= {(kind, f"handling:{handling.plan}") for kind in StepKind}
    return frozenset(done)


def _names(wording: Wording) -> dict[str, str]:
    """The names of all that steps and people refer to."""
    definition = wording.definition
    references = [f"handling:{plan.id}" for plan in definition.decision.chain]
    references += [f"body:{body.id}" for body in definition.bodies]
    references += [f"group:{group.id}" for group in definition.groups]
    references += [f"statement:{plan.id}" for plan in definition.statements]
    references += [f"hearing:{plan.id}" for plan in definition.hearings]
    references += [f"{kind}:{phase.id}" for phase in definition.phases for kind in ("phase", "checkpoint")]
    return {reference: wording.name(reference) for reference in references}
