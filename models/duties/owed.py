"""What is owed in a process, kind by kind: whoever asks after one duty need not have all others found as well."""

from models.days.calendar import Calendar
from models.definitions.definition import Definition
from models.duties.duties import owed_of_kind
from models.duties.duty import Duty, View
from models.process import Process
from models.words import DutyKind

KINDS = {kind.value: kind for kind in DutyKind}


class OwedByKind:
    """The duties of a process as it stands. Those of a kind are found when one of them is first asked for."""

    def __init__(self, process: Process, definition: Definition, calendar: Calendar) -> None:
        self._view = View(process, definition, calendar)
        self._found: dict[str, dict[str, Duty]] = {}  # by the kind's word

    def get(self, key: str) -> Duty | None:
        """The duty of that key; None where nobody owes it."""
        word = key.partition(":")[0]
        found = self._found.get(word)
        if found is None:
            found = self.of(KINDS[word]) if word in KINDS else {}
        return found.get(key)

    def of(self, kind: DutyKind) -> dict[str, Duty]:
        """The duties of that kind, by key."""
        if kind.value not in self._found:
            self._found[kind.value] = dict(owed_of_kind(self._view, kind))
        return self._found[kind.value]
