"""Every way Etappi says no, drawn as a tree and defined in the same order.

    EtappiError
    ├─ DefinitionError      the YAML is wrong: every problem with file, line and column
    ├─ NotValid             the input makes no sense, whoever gives it
    │  └─ NotTakenIn        a file that people filled in: every mistake with its place, nothing half-read
    ├─ Refused              the rules say not now
    │  ├─ ProcessNotRunning, PhaseNotReady, PhaseNotOpen, CheckpointNotOpen, RoundHasStances
    │  ├─ PackageChanged    the incoming package differs or is set aside
    │  ├─ FourEyes          the submitter would be the only acceptor, or the preparer
    │  ├─ WindowRuns        a memo's or a correction's days are running
    │  ├─ CriteriaUnmet     must criteria that fail or cannot be evaluated
    │  ├─ GroupsUnmet       groups whose rule does not hold
    │  ├─ ObjectionsOpen    objections nobody has withdrawn, carried or recorded
    │  ├─ Busy              another writer held the lock for too long
    │  ├─ LinkExpired       a link from a message whose time is over
    │  ├─ NoRoom            the disk is full
    │  └─ Unreachable       the database does not answer
    ├─ NotAuthorised        the rules say not you
    ├─ NotFound             there is no such thing here
    ├─ Overtaken            what the actor saw and relies on has changed
    ├─ Broken               stored data does not hold: a hash, a chain, a missing file
    └─ DeliveryFailed       the outside world failed; tried again later, never shown to a signer

A message is one plain sentence. Where none is given it is the class's docstring; its `{names}` are filled from the
keyword facts, which stay readable as `error.facts`, so that pages can say the same in another language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar


class EtappiError(Exception):
    """Something went wrong."""

    kind: ClassVar[str] = "error"

    def __init__(self, sentence: str | None = None, /, **facts: Any) -> None:
        self.template = sentence or (type(self).__doc__ or "").strip()
        self.facts = facts
        super().__init__(self.template.format(**facts) if facts else self.template)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a definition's file: where it is, and what is wrong, allowed and to be done."""

    file: str
    line: int
    column: int
    path: str  # "phases[1].checkpoint.carries[0]"
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class DefinitionError(EtappiError):
    """The process definition has mistakes ({count}):\n{list}"""

    kind = "definition"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(count=len(self.problems), list="\n".join(map(str, self.problems)))


class NotValid(EtappiError):
    """The input makes no sense."""

    kind = "not_valid"


class NotTakenIn(NotValid):
    """Nothing was taken in from {file}. Mistakes ({count}):
    {list}
    Mend them and try again."""

    mistakes: tuple[Any, ...] = ()  # each with its place (`exchange.mistakes.Mistake`)


class Refused(EtappiError):
    """Not now."""

    kind = "not_now"


class ProcessNotRunning(Refused):
    """The process is {status}: nothing can be done in it until it runs again."""


class PhaseNotReady(Refused):
    """The phase {phase} is {status}; it can be opened when it is ready."""


class PhaseNotOpen(Refused):
    """The phase {phase} is {status}; this can be done only while it is open."""


class CheckpointNotOpen(Refused):
    """No round is open at the checkpoint of {phase}: the phase is {status}."""


class RoundHasStances(Refused):
    """The submission cannot be taken back: {count} stances have been taken on it. Return it instead."""


class PackageChanged(Refused):
    """The package that {phase} builds on no longer matches what was locked: {why}."""


class FourEyes(Refused):
    """Two pairs of eyes are needed: {why}."""


class WindowRuns(Refused):
    """Those recorded may still correct what was recorded of them, until {until}."""


class CriteriaUnmet(Refused):
    """These must hold before the phase can pass: {criteria}. Do what is missing, or waive it with a reason."""


class GroupsUnmet(Refused):
    """These groups have not accepted: {groups}. Their members take their stances first, or the work is returned."""


class ObjectionsOpen(Refused):
    """These objections are open: {objections}. Their makers withdraw them, or you carry or record them as dissent."""


class Busy(Refused):
    """Somebody else is writing just now. Nothing was done; try again."""


class LinkExpired(Refused):
    """This link is no longer in use. Sign in, or ask for a new link."""


class NoRoom(Refused):
    """The disk is full ({where}). Nothing was saved; make room on it and try again."""


class Unreachable(Refused):
    """The database does not answer: {why}. Nothing was done; try again when it does."""


class NotAuthorised(EtappiError):
    """This is not yours to do: it belongs to {who}."""

    kind = "not_you"


class NotFound(EtappiError):
    """There is no {what} named {name}."""

    kind = "not_found"


class Overtaken(EtappiError):
    """What you were looking at has changed: {what}. Look at it again and then decide."""

    kind = "overtaken"


class Broken(EtappiError):
    """Stored data does not hold: {what}."""

    kind = "broken"


class DeliveryFailed(EtappiError):
    """The message or document could not be delivered: {why}."""

    kind = "delivery"
