"""What a definition of the right shape may still have wrong: all cross checks in one place, pure.

A problem is a path as the YAML writes it and a sentence. `problems_of` is empty for every definition that runs.
"""

import math
from collections.abc import Iterator

from models.definitions import rules_checkpoints as checkpoints
from models.definitions import rules_decision as decision
from models.definitions import rules_references as references
from models.definitions import rules_schedule as schedule
from models.definitions.dates import dates_of
from models.definitions.definition import Definition
from models.words import PhaseKind

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

MOST_COMBINATIONS = 4096
RULES = (
    references.name_problems,
    references.reference_problems,
    references.condition_problems,
    references.language_problems,
    checkpoints.phase_problems,
    checkpoints.checkpoint_problems,
    decision.chain_problems,
    decision.ladder_problems,
    decision.retention_problems,
)
DATE_RULES = (
    schedule.day_problems,
    schedule.choice_problems,
    schedule.order_problems,
    schedule.meeting_problems,
    schedule.length_problems,
)


def problems_of(definition: Definition) -> list[tuple[Path, str]]:
    """Everything that keeps the definition from being used; empty when nothing does."""
    found = [problem for rule in RULES for problem in rule(definition)]
    if math.prod(len(choice.readings) for choice in definition.choices) > MOST_COMBINATIONS:
        sentence = f"The choices can be settled in more than {MOST_COMBINATIONS} ways. Leave some of them out."
        return [*found, (("choices",), sentence)]
    return found + [problem for rule in DATE_RULES for problem in rule(definition)]


def warnings_of(definition: Definition) -> list[tuple[Path, str]]:
    """What deserves a second look but keeps nothing from running. For a definition without problems."""
    return [*_window_warnings(definition), *_cooperation_warnings(definition)]


def _window_warnings(definition: Definition) -> Found:
    """Councils seldom meet in July."""
    for i, span in enumerate(definition.decision.window):
        months = {
            day.month for start in schedule.starts(definition, span) for day in dates_of(span, start) if day is not None
        }
        if months == {7}:
            yield ("decision", "window", i), "The window of the decision lies in July, when councils seldom meet."


def _cooperation_warnings(definition: Definition) -> Found:
    """449/2007: whether staff cooperation is needed is asked early, and it has ended before the decision."""
    for i, phase in enumerate(definition.phases):
        must = {criterion.computed for criterion in phase.checkpoint.criteria if criterion.must}
        at: Path = ("phases", i, "checkpoint", "criteria")
        if phase.kind is PhaseKind.PRODUCTION_METHOD and "staff-cooperation-judged" not in must:
            yield at, "Nothing here asks whether staff cooperation is needed (449/2007) before the method is chosen."
        if phase.kind is PhaseKind.OPERATIONAL_MODEL and "staff-cooperation-done" not in must:
            yield at, "Nothing here makes sure that staff cooperation has ended (449/2007) before the decision."
