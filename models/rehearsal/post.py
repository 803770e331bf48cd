"""Messages of a rehearsal: gathered for each person until they may be written to, and read when they leave, as the
engine does.

What has been done or taken back meanwhile is left out; a message with nothing left to tell does not leave.
"""

import datetime as dt
from typing import NamedTuple

from models.days.calendar import Calendar
from models.days.formats import Language
from models.definitions.definition import Definition
from models.duties.owed import OwedByKind
from models.municipality.directory import Directory
from models.process import Process
from models.rehearsal.result import Message, NotSent
from models.telling.hours import Choices, leaves_at
from models.telling.leaving import Moment, Thing, leaving
from models.telling.said import Said, Telling, Unreached
from models.telling.windows import next_window
from models.telling.wording import Wording
from models.world import World

WINDOW = dt.timedelta(minutes=10)
USUAL = Choices()
"""Nobody in a rehearsal has chosen anything about their messages."""


class Told(NamedTuple):
    """What is told when something has happened, and who cannot be."""

    at: dt.datetime
    told: tuple[Telling, ...]
    unreached: tuple[Unreached, ...]


class Post:
    """What waits to leave, and what has left."""

    def __init__(
        self, definition: Definition, directory: Directory, calendar: Calendar, language: Language, title: str = ""
    ) -> None:
        self.definition, self.directory, self.calendar, self.language = definition, directory, calendar, language
        self.title = title or definition.name.in_(language)
        self.waiting: dict[dt.datetime, dict[str, dict[str, Said]]] = {}  # window -> person -> item
        self.sent: list[Message] = []
        self.not_sent: list[NotSent] = []
        self._mails = 0

    def put(self, told: Told) -> None:
        """What is told stands in each person's message of the window; each thing once."""
        leaves = leaves_at(next_window(told.at, WINDOW), USUAL, self.calendar)
        window = self.waiting.setdefault(leaves, {})
        for person, item, said in told.told:
            window.setdefault(person, {}).setdefault(item, said)
        for person, item, reason in told.unreached:
            self.not_sent.append(NotSent(at=told.at, to=person, item=item, reason=str(reason)))

    def next(self) -> dt.datetime | None:
        """When the next messages leave."""
        return min(self.waiting, default=None)

    def leave(self, window: dt.datetime, process: Process, owed: OwedByKind) -> None:
        """The window's messages leave, each as its reader reads it now."""
        wording = Wording(self.title, process, self.definition, self.directory, self.language)
        moment = Moment(process, World(self.definition, self.directory, self.calendar, window), owed)
        for person, items in sorted(self.waiting.pop(window).items()):
            going = leaving([Thing(item, said) for item, said in items.items()], person, moment)
            self._mails += bool(going.told)
            for thing, missing in going.told:
                self.sent.append(self._message(window, person, thing.item, thing.said, wording, missing))
            for item, reason in sorted(going.left_out.items()):
                self.not_sent.append(NotSent(at=window, to=person, item=item, reason=str(reason)))

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
