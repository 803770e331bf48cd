"""Messages of a rehearsal: gathered for each person and window, and read when they leave, as the engine does.

What has been done meanwhile is left out; a message with nothing left to tell does not leave.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from models.days.formats import Language
from models.definitions.definition import Definition
from models.duties.duty import Duty
from models.municipality.directory import Directory
from models.process import Process
from models.rehearsal.result import Message, NotSent
from models.telling.said import Said, Telling, Unreached
from models.telling.windows import next_window
from models.telling.wording import Wording
from models.words import DutyKind

WINDOW = dt.timedelta(minutes=10)


class Told(NamedTuple):
    """What is told when something has happened, and who cannot be."""

    at: dt.datetime
    told: tuple[Telling, ...]
    unreached: tuple[Unreached, ...]


class Post:
    """What waits to leave, and what has left."""

    def __init__(self, definition: Definition, directory: Directory, language: Language) -> None:
        self.definition, self.directory, self.language = definition, directory, language
        self.waiting: dict[dt.datetime, dict[str, dict[str, Said]]] = {}  # window -> person -> item
        self.sent: list[Message] = []
        self.not_sent: list[NotSent] = []
        self._mails = 0

    def put(self, told: Told) -> None:
        """What is told stands in each person's message of the window; each thing once."""
        window = self.waiting.setdefault(next_window(told.at, WINDOW), {})
        for person, item, said in told.told:
            window.setdefault(person, {}).setdefault(item, said)
        for person, item, reason in told.unreached:
            self.not_sent.append(NotSent(at=told.at, to=person, item=item, reason=str(reason)))

    def next(self) -> dt.datetime | None:
        """When the next messages leave."""
        return min(self.waiting, default=None)

    def leave(self, window: dt.datetime, process: Process, owed: dict[str, Duty]) -> None:
        """The window's messages leave, each as its reader reads it now."""
        wording = Wording(
            self.definition.name.in_(self.language), process, self.definition, self.directory, self.language
        )
        for person, items in sorted(self.waiting.pop(window).items()):
            going = [(item, said, missing) for item, said in items.items() if (missing := _missing(said, owed))]
            self._mails += bool(going)
            for item, said, missing in going:
                self.sent.append(self._message(window, person, item, said, wording, missing))
            lapsed = items.keys() - {item for item, _, _ in going}
            self.not_sent += [
                NotSent(at=window, to=person, item=item, reason="done meanwhile") for item in sorted(lapsed)
            ]

    def _message(
        self, window: dt.datetime, person: str, item: str, said: Said, wording: Wording, missing: int
    ) -> Message:
        notice = wording.notice(said, missing)
        about = notice.about or notice.phase or notice.process
        return Message(
            mail=self._mails,
            at=window,
            to=person,
            item=item,
            kind=said.kind,
            about=about,
            duty=said.duty,
            notice=notice,
        )


def _missing(said: Said, owed: dict[str, Duty]) -> int:
    """How much of what is reminded of is still owed: stances of a group are counted. 1 for what is no reminder."""
    if said.duty is None:
        return 1
    if said.round is None:
        return int(said.duty in owed)
    group = str(said.facts["group"]).partition(":")[2]
    return _stances(owed.values(), said, group)


def _stances(owed: Iterable[Duty], said: Said, group: str) -> int:
    same = (said.phase, said.round, group)
    return sum(duty.kind is DutyKind.STANCE and (duty.phase, duty.round, duty.group) == same for duty in owed)
