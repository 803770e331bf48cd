"""Where one command works: at one process, or at the municipality's own record.

What is read is one picture at a time; what is asked is decided again under the lock by the engine.
"""

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ValidationError

from app.cli.office import Office
from app.history.names import Names
from models.commands import Command, Seen
from models.days.calendar import Calendar
from models.definitions.definition import CheckpointPlan, Definition
from models.errors import Broken, NotAuthorised, NotFound, NotValid, Overtaken
from models.lifecycle import the_round
from models.process import Process, RoundVersion
from models.rights import Thing, may_read
from models.rounds import digest
from models.secrecy import Secrecy
from models.storage import store
from models.storage.worlds import Worlds
from models.world import Facts, TypedFacts, World, checkpoint_of

if TYPE_CHECKING:
    from models.events import Event

LEAST_TARKISTE = 6  # characters by which a tarkiste is told


class Desk(Office):
    """One command's place of work, for one person in one municipality, and in one process where there is one."""

    def __init__(
        self,
        municipality: str | None = None,
        who: str | None = None,
        for_whom: str | None = None,
        process: str | None = None,
    ) -> None:
        super().__init__(municipality, who, for_whom)
        self.relied: str | None = None  # the tarkiste of what the act relies on
        self.key = process

    def at(self, process: str) -> "Desk":
        """The same place of work at another process."""
        other = Desk(self._wanted, self._who, self._for, process)
        other.database, other.worlds = self.database, self.worlds
        for known in ("municipality", "directory", "person"):
            other.__dict__[known] = getattr(self, known)
        return other

    def own_name(self) -> str:
        """What the one who acts is called."""
        return self.names.person(self.person)

    def prepare(self, worlds: Worlds) -> None:
        if self.key is None:
            return
        with self.reading() as session:
            scope, head, length = store.find_process(session, self.municipality, self.key)
            directory = worlds.directory(session, self.municipality, length)
            worlds.calendar(session, directory)
            worlds.definition(session, self.municipality, worlds.process(session, scope, head).definition)

    # --- the process --------------------------------------------------------------------------------------------------

    @cached_property
    def scope(self) -> store.Scope:
        with self.reading() as session:
            return store.find_process(session, self.municipality, self.key or "")[0]

    @cached_property
    def process(self) -> Process:
        """The process as it stands. Raises NotFound, and Broken where what is stored of it cannot be read."""
        with self.reading() as session:
            scope, head, _ = store.find_process(session, self.municipality, self.key or "")
            try:
                return self.worlds.process(session, scope, head)
            except ValidationError:
                raise Broken(what=f"the state of {self.key} cannot be read; etappi rebuild makes it again") from None

    @cached_property
    def definition(self) -> Definition:
        """The definition the process runs on."""
        return self.definition_of(self.process.definition)

    def world(self, *, calendar: bool = False, typed: str | None = None) -> World:
        """What rights and rules look at: the calendar only where dates are counted, because it takes a while, and what
        is found in the typed outputs of one phase only where that is asked."""
        counted = self.calendar if calendar else Calendar()
        facts = Facts(typed=self._typed(typed)) if typed else Facts()
        return World(definition=self.definition, directory=self.directory, calendar=counted, now=self.now, facts=facts)

    def _typed(self, phase: str) -> TypedFacts | None:
        from models.storage.typed import TypedContent  # here, because most commands read no output

        with self.reading() as session:
            content = TypedContent(session, self.files, self.municipality, self.scope.id)
            return content.facts(self.process, self.definition, phase)

    @cached_property
    def names(self) -> Names:
        """Names for ids, as the one who looks may read them."""
        if self.key is None:
            return Names(self.directory, None, self.language, self.private, lambda _: True, {})
        return Names(
            self.directory,
            self.definition,
            self.language,
            self.private,
            lambda group: self.may_read(Thing.NAMES, group),
            self.process.groups,
            self._reads_statement,
        )

    def _reads_statement(self, publicity: str, statement: str) -> bool:
        asked = self.process.statements.get(statement)
        return asked is not None and self.secrecy.allows(publicity, asked.phase)

    def may_read(self, thing: Thing, group: str | None = None) -> bool:
        """Whether the one who looks may read that of the process."""
        return may_read(self.process, thing, self.person, self.world(), group)

    @cached_property
    def secrecy(self) -> Secrecy:
        """What the one who looks may read of what is secret."""
        return Secrecy(self.process, self.world(), self.person)

    def phase(self, text: str) -> str:
        """A phase's id from its id or its number. Raises NotFound."""
        keys = list(self.process.phases)
        if text in (numbered := {str(number): key for number, key in enumerate(keys, 1)}):
            return numbered[text]
        if text not in keys:
            raise NotFound("There is no phase {name}; the process has: {phases}.", name=text, phases=", ".join(keys))
        return text

    def checkpoint(self, phase: str) -> CheckpointPlan:
        """The phase's checkpoint as it stands."""
        return checkpoint_of(self.process, self.world(), phase)

    def newest_version(self, phase: str, output: str) -> RoundVersion | None:
        """The newest version of an output: in the open round, else of the phase."""
        round_ = self.process.rounds.get(phase)
        return (round_.versions if round_ else self.process.phases[phase].versions).get(output)

    # --- rounds and seats ---------------------------------------------------------------------------------------------

    def seen(self, phase: str, insisted: str | None, *, passing: bool = False) -> Seen:
        """What stands at the checkpoint now, which the act relies on.

        Raises CheckpointNotOpen, and Overtaken when the one who acts insists on having read something else.
        """
        round_ = the_round(self.process, phase)
        relied = digest(self.process, phase) if passing else round_.manifest
        if insisted is not None:
            _insist(insisted, relied, round_.manifest)
        self.relied = relied
        return Seen(round=round_.no, manifest=round_.manifest, digest=relied if passing else None)

    def seat(self, phase: str, named: str | None) -> str:
        """The seat named, or the only one at the checkpoint that the one who acts holds or deputises in now."""
        if named:
            return named
        round_ = self.process.rounds.get(phase)
        if round_ is not None:
            held = {key: (seat.person, seat.deputies) for key, seat in round_.seats.items() if not seat.left}
        else:
            groups = {self.process.groups[at.group] for at in self.checkpoint(phase).groups}
            found = [one for group in groups for one in self.directory.seats_of(group, self.today)]
            held = {key: (seat.person, seat.deputies) for key, seat in found}
        own = [key for key, (person, _) in held.items() if person == self.person]
        away = [
            key for key, (person, deputies) in held.items() if self.person in deputies and self._out(phase, key, person)
        ]
        return self._only(own or away)

    def _out(self, phase: str, seat: str, holder: str) -> bool:
        round_ = self.process.rounds.get(phase)
        return self.directory.away(holder, self.today) or (round_ is not None and seat in round_.disqualified)

    def _only(self, seats: list[str]) -> str:
        if not seats:
            raise NotAuthorised("You have no seat there now; a deputy acts while the holder is away.")
        if len(seats) > 1:
            raise NotValid("You have several seats there; say --seat: {seats}.", seats=", ".join(seats))
        return seats[0]

    def seat_under(self, item: str, named: str | None) -> str:
        """The seat by which the one who acts stands under an objection or a dissent."""
        if named:
            return named
        objection, dissent = self.process.objections.get(item), self.process.dissents.get(item)
        signed = objection.makers if objection else dissent.signers if dissent else None
        if signed is None:
            raise NotFound(what="objection or dissent", name=item)
        return self._only([key for key, one in signed.items() if one.person == self.person])

    def seat_for(self, item: str, named: str | None) -> str:
        """The seat with which the one who acts can join an objection or a dissent."""
        found = self.process.objections.get(item) or self.process.dissents.get(item)
        if found is None:
            raise NotFound(what="objection or dissent", name=item)
        return self.seat(found.phase, named)

    def holder(self, phase: str, seat: str) -> str:
        """Who holds a seat. Raises NotFound."""
        round_ = self.process.rounds.get(phase)
        held = (round_.seats.get(seat) if round_ else None) or self.directory.seats.get(seat)
        if held is None:
            raise NotFound(what="seat", name=seat)
        return held.person

    # --- asking -------------------------------------------------------------------------------------------------------

    def acting_in(self, command: Command) -> tuple[str | None, str | None]:
        """The seat in which the command acts and for whom: a deputy acts for the holder of the seat."""
        seat = getattr(command, "seat", None)
        held = self.directory.seats.get(seat) if isinstance(seat, str) else None
        if held is not None and held.person != self.person:
            return seat, held.person
        return seat, self.for_whom

    def would(self, command: Command) -> "list[Event]":
        """What the command would lead to now. Nothing is changed. Raises what the command would be refused with."""
        from models.decide import decide
        from models.events import Actor
        from models.personal import sealed

        seat, for_whom = self.acting_in(command)
        by = Actor(person=self.person, seat=seat, for_whom=for_whom)
        asked, _ = sealed(command, lambda: secrets.token_hex(16))
        return decide(self.process, asked, by, self.world(calendar=True))


def _insist(insisted: str, relied: str, manifest: str) -> None:
    """Raises Overtaken where what was read is neither what the act relies on nor the manifest."""
    told = insisted.strip().rstrip("…").lower()
    if len(told) < LEAST_TARKISTE:
        raise NotValid("Give at least {count} characters of the tarkiste.", count=LEAST_TARKISTE)
    if not relied.startswith(told) and not manifest.startswith(told):
        said = "" if relied == manifest else ", or stances, objections or conditions have changed"
        raise Overtaken(what=f"the outputs in the round are other versions now{said} (tarkiste {relied[:12]})")
