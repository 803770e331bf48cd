"""Search over what the visitor may read: processes, phases, outputs and what they hold, objections and their answers,
those in packages too, conditions, dissents, handlings. People are not found by their names.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from app.web import addresses
from app.web.session import Visitor
from models.days.formats import date_text
from models.papers.shortening import one_line, shortened
from models.process import Process
from models.rights import Thing, may_read
from models.secrecy import Secrecy
from models.storage import reading
from models.storage.database import Session
from models.storage.searched_texts import text_of
from models.storage.searching import MOST_VERSIONS, Searched, Snippet, hits, snippet
from models.telling.wording import Wording

MOST = 100  # shown at most
MOST_WORDS = 10  # looked for at once
LONG = 200.0  # letters of words that are shown whole


class Found(NamedTuple):
    """One thing that was found, and where it is."""

    what: str
    text: str
    process: str
    address: str
    snippet: Snippet | None = None  # of what is long: what was found, with the words around it


class Results(NamedTuple):
    """What was found."""

    found: tuple[Found, ...]
    within: str | None  # the title of the one process that was searched
    read: int  # of how many documents the texts were read
    unread: int  # of how many they were not
    words_left: bool  # whether more words were given than are looked for


class _Named(NamedTuple):
    """Something that can be found: what it is, the words it is found by, which may be a commitment, and its page."""

    what: str
    words: str
    commitment: bool
    address: str


class _Document(NamedTuple):
    """A document that may be searched, and the process it is of."""

    title: str
    name: str
    address: str
    version: Searched


def search(visitor: Visitor, session: Session, wanted: str, within: str | None = None) -> Results:
    """Everything whose words hold all the words wanted, in the order of processes, the newest first: by its name first,
    then by what documents and their rows say. Of all processes, or within the one."""
    given = list(dict.fromkeys(wanted.casefold().split()))
    parts = given[:MOST_WORDS]
    worlds, directory = visitor.engine.worlds, visitor.directory_in(session)
    listed = [one for one in reading.processes(session, visitor.municipality) if within in (None, one.key)]
    states = worlds.processes(session, visitor.municipality, {one.key for one in listed})
    locked = {hash_ for one in states.values() for hash_ in _locked(one)} if parts else set()
    packages = reading.packages(session, visitor.municipality, locked)
    named: list[tuple[str, _Named]] = []
    documents: list[_Document] = []
    readable: list[str] = []
    for one in reversed(listed) if parts else ():
        process = states[one.key]
        world = worlds.world(session, directory, process.definition, visitor.now)
        if may_read(process, Thing.PROCESS, visitor.person, world):
            readable.append(one.title)
            wording = Wording(one.title, process, world.definition, directory, visitor.language)
            secrecy = Secrecy(process, world, visitor.person)
            of_process = list(_documents(one.key, secrecy, wording))
            kept = [packages[locked] for locked in _locked(process)]
            words = f"{one.title} {one.matter_number or ''}".strip()
            named.append((one.title, _Named(visitor.say("Prosessi"), words, False, addresses.process(one.key))))
            named += [(one.title, found) for found in _in_process(visitor, one.key, process, wording, of_process, kept)]
            documents += of_process
    found = list(islice(_among(visitor, session, named, parts), MOST))
    if documents:
        found += islice(_texts(visitor, session, documents, parts), MOST - len(found))
    return Results(
        tuple(found),
        readable[0] if within and readable else None,
        min(len(documents), MOST_VERSIONS),
        max(0, len(documents) - MOST_VERSIONS),
        len(given) > MOST_WORDS,
    )


def _among(
    visitor: Visitor, session: Session, named: Sequence[tuple[str, _Named]], parts: Sequence[str]
) -> Iterator[Found]:
    """Those of the things that hold all the words; of long words, those around the first that was found."""
    said = reading.values(session, visitor.municipality, {one.words for _, one in named if one.commitment})
    for title, one in named:
        words = one_line(said.get(one.words, "")) if one.commitment else one.words
        found = snippet(text_of((words,)), parts)
        if found:
            short, whole = shortened(words, LONG)
            yield Found(one.what, short, title, one.address, None if whole else found)


def _documents(key: str, secrecy: Secrecy, wording: Wording) -> Iterator[_Document]:
    """The newest versions of the process's outputs that the visitor may read."""
    process = secrecy.process
    for phase, state in process.phases.items():
        round_ = process.rounds.get(phase)
        for output, version in (round_.versions if round_ else state.versions).items():
            if version.phase == phase and secrecy.allows(version.publicity, phase, output):
                searched = Searched(version.sha256, phase, output, secrecy)
                address = addresses.document(key, version.sha256)
                yield _Document(wording.title, wording.name(f"output:{output}"), address, searched)


def _texts(visitor: Visitor, session: Session, documents: list[_Document], parts: list[str]) -> Iterator[Found]:
    _, versions = visitor.say, [one.version for one in documents]
    files, municipality = visitor.installation.files, visitor.municipality
    for hit in hits(session, files, municipality, versions, parts, visitor.language):
        document = documents[hit.at]
        what, text = _("Asiakirjan teksti"), document.name
        if hit.attachment:
            what, text = _("Liitteen teksti"), f"{document.name}: {hit.attachment}"
        elif hit.row:
            what, text = _("Rivi: %(table)s", table=hit.row.register), f"{document.name}: {hit.row.called}"
        yield Found(what, text, document.title, document.address, hit.snippet)


def _locked(process: Process) -> list[str]:
    """The packages of the phases: what was objected stands there once a phase has passed."""
    return [locked for one in process.phases.values() if (locked := one.package or one.former)]


def _objection(visitor: Visitor, text: str, answer: str | None, address: str) -> Iterator[_Named]:
    yield _Named(visitor.say("Vastustus tai ehdotettu edellytys"), text, True, address)
    if answer:
        yield _Named(visitor.say("Vastaus"), answer, True, address)


def _in_process(
    visitor: Visitor,
    key: str,
    process: Process,
    wording: Wording,
    documents: Sequence[_Document],
    packages: Sequence[Mapping[str, Any]],
) -> Iterator[_Named]:
    _ = visitor.say
    for phase in process.phases:
        yield _Named(_("Vaihe"), wording.name(f"phase:{phase}"), False, addresses.phase(key, phase))
    for document in documents:
        yield _Named(_("Asiakirja"), document.name, False, document.address)
    for item, objection in process.objections.items():
        address = f"{addresses.checkpoint(key, objection.phase)}#{item}"
        yield from _objection(visitor, objection.text, objection.answer, address)
    for package in packages:
        address = f"{addresses.checkpoint(key, package['phase'])}#papers"
        for one in package["objections"].values():
            yield from _objection(visitor, one["text"], one["answer"], address)
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
