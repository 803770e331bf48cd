"""One process, as the visitor may see it: its state, its names in the visitor's language, and people's own words.

A page reads everything in one picture of the database. Words that stand in the record as commitments are fetched all at
once (`fetch`), so that a page's statements do not grow with what it shows.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from app.web.session import NotSignedIn, Visitor, visitor_of
from app.web.views.taken_over import taken_over
from models.commands import Command
from models.definitions.definition import CheckpointPlan, Definition
from models.errors import NotFound
from models.possible import Possible
from models.process import Process
from models.receipts import Receipt
from models.rights import Thing, may_read
from models.secrecy import Secrecy
from models.storage import reading, store
from models.storage.database import Session
from models.storage.typed import TypedContent
from models.telling.wording import Wording
from models.world import Facts, World, checkpoint_of


class Place:
    """A process that the visitor may read. Raises NotFound where there is none, or none the visitor may read."""

    def __init__(self, visitor: Visitor, key: str, session: Session) -> None:
        self.visitor = visitor
        self.key = key
        self._words: dict[str, str | None] = {}
        self._read: dict[tuple[Thing, str | None], bool] = {}
        worlds = visitor.engine.worlds
        self.scope, self.head, length = store.find_process(session, visitor.municipality, key)
        self.process: Process = worlds.process(session, self.scope, self.head)
        self.directory = worlds.directory(session, visitor.municipality, length)
        self.definition: Definition = worlds.definition(session, visitor.municipality, self.process.definition)
        self.world: World = worlds.world(session, self.directory, self.process.definition, visitor.now)
        if not self.may_read(Thing.PROCESS):
            raise NotFound(what="process", name=key)
        self.listed = reading.listed(session, self.scope.id)

    # --- reading ------------------------------------------------------------------------------------------------

    def may_read(self, thing: Thing, group: str | None = None) -> bool:
        """Whether the visitor may read that of the process, or of one of its groups. A page asks of many rows."""
        asked = thing, group
        if asked not in self._read:
            self._read[asked] = may_read(self.process, thing, self.visitor.person, self.world, group)
        return self._read[asked]

    def sees_names(self, group: str) -> bool:
        """Whether the visitor may read which member of the group said what."""
        return self.may_read(Thing.EVERYTHING) or self.may_read(Thing.NAMES, group)

    def sees_late(self, group: str | None) -> bool:
        """Whether the visitor may read who has not done a duty: the coordinator, and a chair of the own group."""
        return self.may_read(Thing.EVERYTHING) or (group is not None and self.may_read(Thing.LATE, group))

    @cached_property
    def secrecy(self) -> Secrecy:
        """What the visitor may read of what is secret."""
        return Secrecy(self.process, self.world, self.visitor.person)

    def fetch(self, session: Session, commitments: Iterable[str | None]) -> None:
        """The words behind the commitments are at hand (`words`), read with one statement."""
        wanted = {one for one in commitments if one} - set(self._words)
        found = reading.values(session, self.visitor.municipality, wanted)
        self._words |= {one: found.get(one) for one in wanted}

    def words(self, commitment: str | None) -> str | None:
        """The words behind a commitment that was fetched; None where they were covered (peitä tieto)."""
        return self._words[commitment] if commitment else None

    @property
    def known_words(self) -> dict[str, str]:
        """The words that were fetched and stand yet, by their commitments."""
        return {one: words for one, words in self._words.items() if words is not None}

    def fetch_people(self, session: Session, people: Iterable[str | None]) -> None:
        """The people's names are at hand (`person`)."""
        known = self.directory.people
        self.fetch(session, (known[one].name for one in people if one in known))

    def person(self, key: str | None) -> str:
        """What somebody is called, once fetched."""
        known = self.directory.people.get(key or "")
        if known is None:
            return "Etappi"
        return self.words(known.name) or self.visitor.say("[peitetty]")

    # --- names --------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return self.listed.title

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.title, self.process, self.definition, self.directory, self.visitor.language)

    def name(self, kind: str, key: str) -> str:
        """What a part of the process is called: a phase, checkpoint (of a phase), output, group, body, role …

        An objection is called by the group it was made in.
        """
        if kind == "objection":
            return self.name("group", self.process.objections[key].group)
        return self.wording.name(f"{kind}:{key}")

    def phase_number(self, phase: str) -> int:
        """1 for the first phase."""
        return list(self.process.phases).index(phase) + 1

    def check_phase(self, phase: str) -> None:
        """Raises NotFound where the process has no such phase."""
        if phase not in self.process.phases:
            raise NotFound(what="phase", name=phase)

    def checkpoint(self, phase: str) -> CheckpointPlan:
        """The phase's checkpoint as it stands."""
        return checkpoint_of(self.process, self.world, phase)

    # --- acting -------------------------------------------------------------------------------------------------

    @cached_property
    def possible(self) -> Possible:
        """What the visitor may do here now."""
        return Possible(self.process, self.visitor.person, self.world)

    def world_at(self, session: Session, phase: str) -> World:
        """The world with what the typed checks find in the versions of the phase's round."""
        content = TypedContent(session, self.visitor.installation.files, self.visitor.municipality, self.scope.id)
        typed = content.facts(self.process, self.definition, phase)
        return World(self.definition, self.directory, self.world.calendar, self.visitor.now, Facts(typed=typed))

    def possible_with(self, facts: Facts) -> Possible:
        """What the visitor may do here now, where it depends on stored drafts or packages."""
        worlds = World(self.definition, self.directory, self.world.calendar, self.visitor.now, facts)
        return Possible(self.process, self.visitor.person, worlds)

    def act(self, command: Command) -> Receipt:
        """The command is carried out by the visitor, for whom they stand in where that is needed. Raises refusals."""
        by = self.possible.actor(command)
        return self.visitor.engine.handle(
            self.visitor.municipality,
            command,
            self.visitor.person,
            process=self.key,
            seat=by.seat,
            for_whom=by.for_whom,
            channel="web",
        )


def signed_in(request: Request) -> Visitor:
    """The visitor, who is signed in. Raises NotSignedIn."""
    visitor = visitor_of(request)
    if visitor.known is None:
        raise NotSignedIn
    return visitor


def place(request: Request, process: str) -> Place:
    """The process in the page's address, as the visitor may see it.

    Raises NotFound, and TakenOver to one who coordinated it before.
    """
    visitor = signed_in(request)
    with visitor.reading() as session:
        try:
            found = Place(visitor, process, session)
        except NotFound:
            raise taken_over(visitor, session, process) or NotFound(what="process", name=process) from None
    request.state.called = found.name
    return found


Anyone = Annotated[Visitor, Depends(visitor_of)]
SignedInVisitor = Annotated[Visitor, Depends(signed_in)]
At = Annotated[Place, Depends(place)]
