"""The processes that a visitor may read, each with where it stands, a page at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from app.web.session import Visitor
from app.web.views.standing import NextCheckpoint, next_checkpoint, stands
from models.process import Process
from models.rights import Thing, may_create, may_read
from models.storage import reading
from models.storage.database import Session
from models.storage.reading import Listed
from models.telling.wording import Wording
from models.world import World

ON_PAGE = 25
AT_ONCE = 50  # processes whose states are read together, at first; whoever may read few has more read each time


class ProcessLine(NamedTuple):
    """A process in the list."""

    key: str
    title: str
    stands: str
    rehearsal: bool
    matter_number: str | None
    coming: NextCheckpoint | None
    passed: int
    phases: int


class ProcessList(NamedTuple):
    """One page of the list."""

    lines: tuple[ProcessLine, ...]
    page: int
    before: int | None  # the page before, with newer ones
    after: int | None  # the page after, with older ones
    may_create: bool


def process_list(visitor: Visitor, session: Session, page: int = 1) -> ProcessList:
    """Those the visitor may read, the newest first."""
    page = max(1, page)
    first, last = (page - 1) * ON_PAGE, page * ON_PAGE
    lines, more = [], False
    for number, (one, process, world) in enumerate(_readable(visitor, session)):
        if number == last:
            more = True
            break
        if number >= first:
            lines.append(_line(visitor, one, process, world))
    creates = may_create(visitor.directory, visitor.person, visitor.today)
    before = page - 1 if page > 1 else None
    return ProcessList(tuple(lines), page, before, page + 1 if more else None, creates)


def _readable(visitor: Visitor, session: Session) -> Iterator[tuple[Listed, Process, World]]:
    """Those the visitor may read, the newest first; the states of some at a time are read."""
    worlds, directory = visitor.engine.worlds, visitor.directory_in(session)
    listed = reading.processes(session, visitor.municipality)[::-1]
    at, count = 0, AT_ONCE
    while at < len(listed):
        some = listed[at : at + count]
        states = worlds.processes(session, visitor.municipality, {one.key for one in some})
        for one in some:
            process = states[one.key]
            world = worlds.world(session, directory, process.definition, visitor.now)
            if may_read(process, Thing.PROCESS, visitor.person, world):
                yield one, process, world
        at, count = at + count, count * 2


def _line(visitor: Visitor, one: Listed, process: Process, world: World) -> ProcessLine:
    wording = Wording(one.title, process, world.definition, world.directory, visitor.language)
    return ProcessLine(
        key=one.key,
        title=one.title,
        stands=stands(visitor, process, wording),
        rehearsal=one.rehearsal,
        matter_number=one.matter_number,
        coming=next_checkpoint(process, wording),
        passed=sum(phase.package is not None for phase in process.phases.values()),
        phases=len(process.phases),
    )
