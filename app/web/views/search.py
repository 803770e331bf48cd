"""Search over what the visitor may read: processes, phases, outputs, objections, conditions, dissents, handlings."""

from collections.abc import Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.session import Visitor
from models.days.formats import date_text
from models.rights import Thing, may_read
from models.secrecy import Secrecy
from models.storage import reading
from models.storage.database import Session
from models.telling.wording import Wording

MOST = 100  # shown at most


class Found(NamedTuple):
    """One thing that was found, and where it is."""

    what: str
    text: str
    process: str
    address: str


class _Named(NamedTuple):
    """Something that can be found: what it is, the words it is found by, which may be a commitment, and its page."""

    what: str
    words: str
    commitment: bool
    address: str


def search(visitor: Visitor, session: Session, wanted: str) -> tuple[Found, ...]:
    """Everything whose words hold all the words wanted, in the order of processes, the newest first."""
    parts = wanted.casefold().split()
    if not parts:
        return ()
    worlds, directory = visitor.engine.worlds, visitor.directory_in(session)
    listed = reading.processes(session, visitor.municipality)
    states = worlds.processes(session, visitor.municipality, {one.key for one in listed})
    named: list[tuple[str, _Named]] = []
    for one in reversed(listed):
        process = states[one.key]
        world = worlds.world(session, directory, process.definition, visitor.now)
        if may_read(process, Thing.PROCESS, visitor.person, world):
            wording = Wording(one.title, process, world.definition, directory, visitor.language)
            secrecy = Secrecy(process, world, visitor.person)
            words = f"{one.title} {one.matter_number or ''}".strip()
            named.append((one.title, _Named(visitor.say("Prosessi"), words, False, addresses.process(one.key))))
            named += [(one.title, found) for found in _in_process(visitor, one.key, secrecy, wording)]
    said = reading.values(session, visitor.municipality, {one.words for _, one in named if one.commitment})
    told = ((title, one, said.get(one.words, "") if one.commitment else one.words) for title, one in named)
    found = (
        Found(one.what, words, title, one.address)
        for title, one, words in told
        if all(part in words.casefold() for part in parts)
    )
    return tuple(found)[:MOST]


def _in_process(visitor: Visitor, key: str, secrecy: Secrecy, wording: Wording) -> Iterator[_Named]:
    _, process = visitor.say, secrecy.process
    for phase in process.phases:
        yield _Named(_("Vaihe"), wording.name(f"phase:{phase}"), False, addresses.phase(key, phase))
    for phase, state in process.phases.items():
        round_ = process.rounds.get(phase)
        for output, version in (round_.versions if round_ else state.versions).items():
            if version.phase == phase and secrecy.allows(version.publicity, phase, output):
                name = wording.name(f"output:{output}")
                yield _Named(_("Asiakirja"), name, False, addresses.document(key, version.sha256))
    for item, objection in process.objections.items():
        address = f"{addresses.checkpoint(key, objection.phase)}#{item}"
        yield _Named(_("Vastustus tai ehdotettu edellytys"), objection.text, True, address)
    for condition in process.conditions.values():
        yield _Named(_("Edellytys"), condition.text, True, addresses.checkpoint(key, condition.phase))
    for item, dissent in process.dissents.items():
        address = f"{addresses.checkpoint(key, dissent.phase)}#{item}"
        yield _Named(_("Eriävä mielipide"), dissent.text, True, address)
    for item, handling in process.handlings.items():
        day = date_text(handling.date, visitor.language)
        section = f" § {handling.section}" if handling.section else ""
        words = f"{wording.name(f'body:{handling.body}')} {day}{section}"
        yield _Named(_("Käsittely"), words, False, f"{addresses.handlings(key)}#{item}")
