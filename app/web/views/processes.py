"""The processes that a visitor may read, each with where it stands."""

from typing import NamedTuple

from app.web.session import Visitor
from app.web.views.standing import NextCheckpoint, next_checkpoint, stands
from models.rights import Thing, may_read
from models.storage import reading
from models.storage.database import Session
from models.telling.wording import Wording


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


def process_list(visitor: Visitor, session: Session) -> tuple[ProcessLine, ...]:
    """Those the visitor may read, the newest first."""
    worlds = visitor.engine.worlds
    directory = visitor.directory_in(session)
    listed = reading.processes(session, visitor.municipality)
    states = worlds.processes(session, visitor.municipality, {one.key for one in listed})
    lines = []
    for one in reversed(listed):
        process = states[one.key]
        world = worlds.world(session, directory, process.definition, visitor.now)
        if not may_read(process, Thing.PROCESS, visitor.person, world):
            continue
        wording = Wording(one.title, process, world.definition, directory, visitor.language)
        lines.append(
            ProcessLine(
                key=one.key,
                title=one.title,
                stands=stands(visitor, process, wording),
                rehearsal=one.rehearsal,
                matter_number=one.matter_number,
                coming=next_checkpoint(process, wording),
                passed=sum(phase.package is not None for phase in process.phases.values()),
                phases=len(process.phases),
            )
        )
    return tuple(lines)
