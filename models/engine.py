"""The one door through which anything changes: load, decide, evolve, save with what follows from it, commit.

Nothing else commits an act. A refusal, a crash or a full disk leaves everything as it was. What follows in the outside
world is written as owed in the same transaction and carried out afterwards. The clock is read after the lock, and the
time of an act is never earlier than the last event of the record.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.acting import Acting
from models.calendar_followed import follow_calendar
from models.canonical import canonical, sha256
from models.commands import Command, CreateProcess, Destroy, Redact
from models.days.calendar import local_date
from models.definitions.definition import Definition
from models.errors import Busy, NoRoom, NotFound, NotValid, Refused, Unreachable
from models.events import Recorded
from models.machine_clock import clock_of_the_machine
from models.municipality.commands import (
    LoadDefinition,
    MunicipalityCommand,
    SetAppearance,
    SetCalendar,
    SetUpMunicipality,
)
from models.papers.appearance import Appearance
from models.personal import sealed
from models.receipts import Asked, Clock, MunicipalityReceipt, Receipt, TickReport, Together, Wanted
from models.seats_ended import ended_by, ended_now, leave_rounds, looked_at, not_looked_at_today
from models.storage import municipality_saving, retention, store, sweep
from models.storage.covered_files import take_away
from models.storage.covering import concerned
from models.storage.database import Database, Session
from models.storage.drafts import Drafts
from models.storage.facts import Beforehand, NotLooked, look_beforehand
from models.storage.files import FileStore
from models.storage.saving import Saved
from models.storage.stored_texts import calendar_text, put_definition, put_text
from models.storage.worlds import Worlds
from models.vacancies_noted import note_turned, note_vacancies

Also = Callable[[Session, dt.datetime], object]
"""What is written in the same transaction as an act, at its instant."""


def nothing_else(session: Session, now: dt.datetime) -> None:
    """Nothing is written besides."""


class Engine:
    """The engine of one installation. Any number of threads may use it at once."""

    def __init__(
        self, database: Database, files: FileStore, clock: Clock = clock_of_the_machine, archive: Path | None = None
    ) -> None:
        self.database = database
        self.files = files
        self.archive = archive  # the folder of what has been handed over
        self.clock = clock
        self.worlds = Worlds()
        self.drafts = Drafts(database, files, self.worlds, clock)
        self._acting = Acting(self.worlds, clock)

    # --- processes ------------------------------------------------------------------------------------------------

    def handle(
        self,
        municipality: str,
        command: Command,
        person: str,
        *,
        process: str | None,
        seat: str | None = None,
        for_whom: str | None = None,
        channel: str = "cli",
        occurred_on: dt.date | None = None,
    ) -> Receipt:
        """The command is carried out in the process, or with `CreateProcess` (and no process) a new one is there.

        Raises what `decide` refuses with, NotFound, Busy, NoRoom; then nothing has changed.
        """
        asked = _asked(command, person, channel, occurred_on, seat, for_whom)
        if isinstance(command, CreateProcess):
            if process is not None:
                raise NotValid("A new process is named after its definition; give no name.")
            return self._settled(self._create(municipality, asked))
        if process is None:
            raise NotFound("Say in which process.")
        if isinstance(command, Redact):
            return self._cover(municipality, process, asked)
        return self._settled(self._act(municipality, process, asked))

    def _act(self, municipality: str, process: str, asked: Asked[Command]) -> Saved:
        looking = self.database, self.files, self.worlds, municipality, process, asked.command
        try:
            return self._act_having_seen(municipality, process, asked, look_beforehand(*looking))
        except NotLooked:  # the process has moved on elsewhere since it was last looked at here
            return self._act_having_seen(municipality, process, asked, look_beforehand(*looking, surely=True))

    def _act_having_seen(self, municipality: str, process: str, asked: Asked[Command], seen: Beforehand) -> Saved:
        with self.database.transaction() as session:
            session.lock(municipality)
            scope, head, length = store.lock_process(session, municipality, process)
            directory = self.worlds.directory(session, municipality, length)
            return self._acting.act(session, scope, head, directory, asked, seen)

    def _cover(self, municipality: str, process: str, asked: Asked[Any]) -> Receipt:
        """What is covered is covered in every record that names it, in one transaction."""
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)  # nothing comes to name it meanwhile
            scope, _, length = store.find_process(session, municipality, process)
            directory = self.worlds.directory(session, municipality, length)
            saved: dict[str, Saved] = {}
            parts = concerned(session, scope, asked.command)
            for id_ in sorted(parts):
                place, head = store.lock_process_by_id(session, municipality, id_)
                command, covering = parts[id_]
                part = replace(asked, command=command)
                saved[place.key] = self._acting.act(
                    session, place, head, directory, part, Beforehand(covering=covering)
                )
        receipts = {key: self._settled(one) for key, one in saved.items()}
        return receipts[process]

    def _create(self, municipality: str, asked: Asked[Command]) -> Saved:
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)  # no two processes take the same name
            head = store.municipality_head(session, municipality)
            directory = self.worlds.directory(session, municipality, head.sequence if head else 0)
            return self._acting.create(session, directory, asked)

    def _settled(self, saved: Saved) -> Receipt:
        """What is left to do after the commit: remember the state, take what was covered off the disk."""
        self.worlds.remember(saved.scope, saved.hash, saved.state)
        if saved.covered is not None:
            take_away(self.database, self.files, self.archive, saved.scope.municipality, saved.covered)
        return Receipt(saved.scope.key, saved.events, saved.state)

    # --- the municipality -----------------------------------------------------------------------------------------

    def handle_municipality(
        self,
        municipality: str,
        command: MunicipalityCommand,
        person: str,
        *,
        channel: str = "cli",
        occurred_on: dt.date | None = None,
    ) -> MunicipalityReceipt:
        """The command is carried out in the municipality's own record, and processes follow: seats that it ends leave
        their rounds, another calendar moves what is owed, and who is missing then is noted.

        Raises what `decide_municipality` refuses with, NotFound, Busy, NoRoom; then nothing has changed.
        """
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            receipt, followed = self._act_in_municipality(
                session, municipality, _asked(command, person, channel, occurred_on)
            )
            day = self._day(receipt.events)
            followed += note_vacancies(session, self._acting, receipt.directory, receipt.events, day)
        return self._settled_municipality(receipt, followed)

    def handle_together(
        self,
        municipality: str,
        commands: Iterable[MunicipalityCommand],
        person: str,
        *,
        create: CreateProcess | None = None,
        also: Also = nothing_else,
        channel: str = "cli",
    ) -> Together:
        """All the commands are carried out in the municipality's own record, and with `create` a process is there; or
        nothing is. `also` writes what belongs to it in the same transaction.

        Raises what any of them is refused with.
        """
        worlds = self.worlds.apart(municipality)
        acting = Acting(worlds, self.clock)
        done: list[tuple[MunicipalityReceipt, list[Saved]]] = []
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            for command in commands:
                asked = _asked(command, person, channel)
                done.append(self._act_in_municipality(session, municipality, asked, acting))
            if done:
                moved = [recorded for receipt, _ in done for recorded in receipt.events]
                receipt, followed = done[-1]
                followed += note_vacancies(session, acting, receipt.directory, moved, self._day(moved))
            created = None
            if create is not None:
                head = store.municipality_head(session, municipality)
                directory = worlds.directory(session, municipality, head.sequence if head else 0)
                created = acting.create(session, directory, _asked(create, person, channel))
            also(session, self.clock())
        receipts = tuple(self._settled_municipality(receipt, left) for receipt, left in done)
        return Together(receipts, self._settled(created) if created else None)

    def load_definition(
        self, municipality: str, definition: Definition, source: str, person: str, *, channel: str = "cli"
    ) -> str:
        """The definition's version is in use in the municipality, with the file it was read from; its hash."""
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            command = self._put_definition(session, municipality, definition, source)
            receipt, followed = self._act_in_municipality(session, municipality, _asked(command, person, channel))
        self._settled_municipality(receipt, followed)
        return command.hash

    def set_up(
        self,
        command: SetUpMunicipality,
        definitions: Iterable[tuple[Definition, str]],
        *,
        channel: str = "cli",
    ) -> tuple[str, ...]:
        """The municipality is there with these definitions in use, each with its source, or nothing of it is; their
        hashes. Raises NotValid where it was there before."""
        municipality, person = command.municipality, command.administrator
        worlds, hashes = Worlds(), []  # worlds of its own: nothing that may not come to be committed is remembered
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            municipality_saving.act(session, municipality, _asked(command, person, channel), worlds, self.clock)
            for definition, source in definitions:
                load = self._put_definition(session, municipality, definition, source)
                municipality_saving.act(session, municipality, _asked(load, person, channel), worlds, self.clock)
                hashes.append(load.hash)
        return tuple(hashes)

    def _put_definition(
        self, session: Session, municipality: str, definition: Definition, source: str
    ) -> LoadDefinition:
        """The definition's text is stored; the command that takes it into use."""
        hash_ = put_definition(session, municipality, definition, source, self.clock())
        return LoadDefinition(hash=hash_, definition=definition.id, version=definition.version, source=sha256(source))

    def set_calendar(
        self,
        municipality: str,
        own_days: Mapping[dt.date, str],
        meetings: Mapping[str, Iterable[dt.date]],
        person: str,
        *,
        channel: str = "cli",
    ) -> str:
        """The municipality's own days off and its bodies' meeting dates are in use; the hash of their text."""
        text = calendar_text(own_days, meetings)
        return self._take_into_use(municipality, "calendar", text, SetCalendar(hash=sha256(text)), person, channel)

    def set_appearance(self, municipality: str, appearance: Appearance, person: str, *, channel: str = "cli") -> str:
        """The municipality's papers look so from now on; the hash of the look's text."""
        text = canonical(appearance)
        return self._take_into_use(municipality, "appearance", text, SetAppearance(hash=sha256(text)), person, channel)

    def _take_into_use(
        self,
        municipality: str,
        kind: str,
        text: str,
        command: SetCalendar | SetAppearance,
        person: str,
        channel: str,
    ) -> str:
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            put_text(session, municipality, kind, text)
            receipt, followed = self._act_in_municipality(session, municipality, _asked(command, person, channel))
        self._settled_municipality(receipt, followed)
        return command.hash

    def _act_in_municipality(
        self, session: Session, municipality: str, asked: Asked[MunicipalityCommand], acting: Acting | None = None
    ) -> tuple[MunicipalityReceipt, list[Saved]]:
        acting = acting or self._acting
        events, directory = municipality_saving.act(session, municipality, asked, acting.worlds, self.clock)
        ended = ended_now(events, self._day(events))
        followed = leave_rounds(session, acting, municipality, directory, ended)
        followed += follow_calendar(session, acting, municipality, directory, events)
        return MunicipalityReceipt(municipality, events, directory), followed

    def _day(self, events: Sequence[Recorded]) -> dt.date:
        """The day on which they were recorded: never one before another event's, whatever the clock says."""
        return local_date(events[-1].at if events else self.clock())

    def _settled_municipality(self, receipt: MunicipalityReceipt, followed: list[Saved]) -> MunicipalityReceipt:
        return MunicipalityReceipt(
            receipt.municipality, receipt.events, receipt.directory, tuple(map(self._settled, followed))
        )

    # --- the clock ------------------------------------------------------------------------------------------------

    def tick(self) -> TickReport:
        """Everything that has fallen due by now is in the records and owed to be told. Twice does nothing more.

        A process in use just then is passed over; the next tick looks at it again.
        """
        now, report = self.clock(), TickReport()
        with self.database.reading() as session:
            waiting = sweep.candidates(session, now)
            unlooked = not_looked_at_today(session, now)
        for start in range(0, len(waiting), sweep.BATCH):
            with self.database.transaction() as session:
                sweep.fall_due(session, waiting[start : start + sweep.BATCH], now, report)
        for municipality in unlooked:
            report.left += len(self._leave_ended_seats(municipality, now))
        return report

    def destroy_over(self) -> None:
        """What the definitions of closed processes keep no longer is gone, and their records say so.

        Raises Busy, NoRoom or Unreachable where the database does not let it; the next night goes on.
        """
        with self.database.reading() as session:
            over = list(retention.over(session, self.worlds, local_date(self.clock())))
        for municipality, process, data in over:
            try:
                self.handle(municipality, Destroy(data=data), "clock", process=process, channel="clock")
            except (Busy, NoRoom, Unreachable):
                raise
            except Refused:  # another clock was first
                continue

    def _leave_ended_seats(self, municipality: str, now: dt.datetime) -> list[Receipt]:
        """Seats whose last day has gone by are out of their rounds, and who is missing then is noted. Looked at once a
        day."""
        with self.database.transaction() as session:
            session.lock(municipality, alone=True)
            head = store.municipality_head(session, municipality)
            directory = self.worlds.directory(session, municipality, head.sequence if head else 0)
            ended = ended_by(directory, local_date(now))
            left = leave_rounds(session, self._acting, municipality, directory, ended)
            left += note_turned(session, self._acting, directory, local_date(now))
            looked_at(session, municipality, now)
        return [self._settled(saved) for saved in left if saved.events]


def _asked(
    command: Wanted,
    person: str,
    channel: str,
    occurred_on: dt.date | None = None,
    seat: str | None = None,
    for_whom: str | None = None,
) -> Asked[Wanted]:
    """The command with its private words sealed: the rules and the record see commitments only."""
    without, kept = sealed(command, lambda: secrets.token_hex(16))
    return Asked(without, tuple(kept), person, seat, for_whom, channel, occurred_on)
