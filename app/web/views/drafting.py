"""An output's draft as it stands: its text, its typed content, and what is known of who saved it last."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.documents import FileView
from models.commands import Submit
from models.definitions.definition import OutputPlan
from models.documents.document_comparison import Passage, compare_documents
from models.documents.reading import read_document
from models.errors import NotFound
from models.exchange.from_document import from_document
from models.outputs.carrying import offered
from models.outputs.forms import FORMS, merged
from models.outputs.rows import Output
from models.outputs.told import Register, columns, registers
from models.storage import reading
from models.storage.database import Session
from models.storage.drafts import Contents, Draft, drafts_before, drafts_of
from models.storage.file_kinds import SUFFIXES
from models.storage.reading import Version
from models.storage.typed import READABLE, TypedContent
from models.words import PhaseKind

WRITING = dt.timedelta(minutes=10)  # whoever has saved within them may be writing still
PAUSE = dt.timedelta(minutes=1)
SHORTER = 40  # bytes: about half a line
MOST_BEFORE = 30


@dataclass(frozen=True)
class Drafting:
    """One output's draft, as the visitor finds it."""

    phase: str
    plan: OutputPlan
    kind: PhaseKind
    draft: Draft | None
    text: str | None  # None where the document is no text that can be written here
    typed: Output
    main: FileView | None
    attachments: tuple[FileView, ...]
    saved_by: str | None
    left: Output  # what was handed over and no draft of the phase has taken up
    others: Mapping[str, Output]  # what the phase's other drafts hold, where the visitor may read them

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def offered(self) -> int:
        """How many rows were handed over that no draft has taken up."""
        return sum(len(getattr(self.left, register.name)) for register in registers(self.form))

    @property
    def contents(self) -> Contents | None:
        return self.draft.contents if self.draft else None

    @property
    def form(self) -> type[Output]:
        return FORMS[self.kind]

    def register(self, name: str) -> Register:
        """The table of that name. Raises NotFound."""
        found = next((one for one in registers(self.form) if one.name == name), None)
        if found is None:
            raise NotFound(what="table", name=name)
        return found


class SavedBefore(NamedTuple):
    """The draft as it was before it was saved again."""

    revision: int
    at: dt.datetime
    by: str


class TableLine(NamedTuple):
    """One table of the output's form, and how many rows it has."""

    name: str
    label: str
    rows: int
    core: bool
    elsewhere: tuple[tuple[str, str, int], ...]  # other outputs of the phase that hold rows of it: name, address, rows


def drafting(place: Place, session: Session, phase: str, output: str) -> Drafting:
    """The draft of the output. Raises NotFound, and NotAuthorised where it is secret to the visitor."""
    plan = output_plan(place, phase, output)
    kind = place.world.phase(phase).kind
    drafts, municipality = drafts_of(session, place.scope.id, phase), place.visitor.municipality
    draft = drafts.get(output)
    content = TypedContent(session, place.visitor.installation.files, municipality, place.scope.id)
    begins = content.begins_with(place.secrecy, phase)
    whole = merged([content.of(one.contents, kind) for one in drafts.values()] or [FORMS[kind]()], FORMS[kind])
    left = offered(whole, begins)
    others = {
        key: content.of(one.contents, kind)
        for key, one in drafts.items()
        if key != output and place.secrecy.allows(one.contents.publicity, phase, key)
    }
    if draft is None:
        return Drafting(phase, plan, kind, None, "", FORMS[kind](), None, (), None, left, others)
    contents = draft.contents
    place.secrecy.check(contents.publicity, phase, output, contents.paragraph)
    media = reading.media(session, municipality, contents.files)
    main = None
    if contents.document in media:
        main = file_of(media, contents.document, f"{output}{SUFFIXES.get(media[contents.document][0], '')}")
    place.fetch_people(session, [draft.updated_by])
    there = (one for one in contents.attachments if one.sha256 in media)
    shown = (one for one in there if place.secrecy.allows(one.publicity, phase, output))
    attached = tuple(file_of(media, one.sha256, one.name) for one in shown)
    text = text_of(place, main) if main else ""  # what was covered is written anew
    who = place.person(draft.updated_by)
    typed = content.of(contents, kind)
    return Drafting(phase, plan, kind, draft, text, typed, main, attached, who, left, others)


def output_plan(place: Place, phase: str, output: str) -> OutputPlan:
    """What the definition says of the output. Raises NotFound."""
    place.check_phase(phase)
    found = next((one for one in place.world.phase(phase).outputs if one.id == output), None)
    if found is None:
        raise NotFound(what="output", name=output)
    return found


def somebody_else_writes(place: Place, drafting: Drafting) -> bool:
    """Whether somebody else has saved the draft so lately that they may be writing still."""
    draft = drafting.draft
    if draft is None or draft.updated_by == place.visitor.person:
        return False
    return place.visitor.now - draft.updated_at < WRITING


def may_draft(place: Place, phase: str) -> bool:
    """Whether the visitor may save the phase's drafts."""
    return place.possible.entitled(Submit(phase=phase)) is not None


def file_of(media: dict[str, tuple[str, int]], sha256: str, name: str) -> FileView:
    """The stored file, under that name."""
    kind, size = media[sha256]
    return FileView(sha256, name, kind, size)


def text_of(place: Place, file: FileView | None) -> str | None:
    """The file's text; None where it is none, or was covered."""
    if file is None or file.media not in READABLE:
        return None
    with place.visitor.installation.files.open(file.sha256) as opened:
        return opened.read().decode("utf-8", errors="replace").replace("\r\n", "\n")


def tables_of(place: Place, drafting: Drafting) -> tuple[TableLine, ...]:
    """The tables of the output's form, which the phase's outputs share: those that it holds rows of come first."""
    found = (
        TableLine(
            one.name,
            one.label(place.visitor.language),
            len(getattr(drafting.typed, one.name)),
            one.told.must,
            tuple(_elsewhere(place, drafting, one)),
        )
        for one in registers(drafting.form)
    )
    return tuple(sorted(found, key=lambda one: (one.rows == 0, bool(one.elsewhere))))


def _elsewhere(place: Place, drafting: Drafting, register: Register) -> Iterator[tuple[str, str, int]]:
    for output, typed in drafting.others.items():
        rows = len(getattr(typed, register.name))
        if rows:
            address = f"{addresses.draft(place.key, drafting.phase, output)}/taulukko/{register.name}"
            yield place.name("output", output), address, rows


def has_texts(drafting: Drafting) -> bool:
    """Whether the form has texts of its own besides tables."""
    return bool(columns(drafting.form))


def changes(before: str, after: str) -> tuple[Passage, ...]:
    """What changed between two Markdown texts."""
    old, new = read_document(before.encode(), "before.md"), read_document(after.encode(), "after.md")
    return tuple(one for one in compare_documents(old, new) if one.changed)


def typed_in(text: str, kind: PhaseKind) -> Output:
    """The typed content that the document's own tables say."""
    return from_document(read_document(text.encode(), "document.md"), kind).output


def saved_before(place: Place, session: Session, drafting: Drafting) -> tuple[SavedBefore, ...]:
    """What the draft was before, the newest first: as somebody left it, or before something was taken out of it."""
    if drafting.draft is None:
        return ()
    found = _readable_before(place, session, drafting)
    media = reading.media(
        session, place.visitor.municipality, [one.contents.document for one in (drafting.draft, *found)]
    )
    kept, after = [], drafting.draft
    for one in found:
        if one.contents != after.contents and one.contents.document in media and _worth_going_back(one, after, media):
            kept.append(one)
        after = one
    kept = kept[:MOST_BEFORE]
    place.fetch_people(session, [one.updated_by for one in kept])
    return tuple(SavedBefore(one.revision, one.updated_at, place.person(one.updated_by)) for one in kept)


def _readable_before(place: Place, session: Session, drafting: Drafting) -> list[Draft]:
    phase, output = drafting.phase, drafting.plan.id
    found = drafts_before(session, place.scope.id, phase, output)
    return [one for one in found if place.secrecy.allows(one.contents.publicity, phase, output)]


def _worth_going_back(one: Draft, after: Draft, media: Mapping[str, tuple[str, int]]) -> bool:
    """Whether a pause or another person came after it, or the next save took something out."""
    size = {key: media[key][1] for key in (one.contents.document, after.contents.document) if key in media}
    shorter = size[one.contents.document] - size.get(after.contents.document, 0)
    left = after.updated_at - one.updated_at >= PAUSE or after.updated_by != one.updated_by
    return left or shorter >= SHORTER or one.contents.attachments != after.contents.attachments


def draft_before(place: Place, session: Session, drafting: Drafting, revision: int) -> Draft:
    """The draft as it was in that revision. Raises NotFound."""
    found = next((one for one in _readable_before(place, session, drafting) if one.revision == revision), None)
    if found is None:
        raise NotFound(what="page", name=str(revision))
    return found


def versions_of(place: Place, session: Session, drafting: Drafting) -> list[Version]:
    """The versions that the output has had, the newest first."""
    return reading.versions_of(session, place.scope.id, drafting.phase, drafting.plan.id)
