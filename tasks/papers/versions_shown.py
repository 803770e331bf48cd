"""The outputs that a paper shows: exact versions, each with its document where that may be read."""

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from models.days.formats import Language
from models.documents.parts import Document
from models.documents.reading import read_document
from models.errors import NotValid
from models.exchange.markdown import markdown_of
from models.exchange.to_document import disagreeing
from models.outputs.rows import Output as Typed
from models.papers.material import Attached, Output, Without
from models.storage import stored_texts
from models.storage.database import Session
from models.storage.drafts import Contents, version_contents
from models.storage.typed import TypedContent
from models.words import SECRET, PhaseKind, Publicity
from tasks.installation import here
from tasks.papers.moments import Moment

HAS = "select 1 from file where municipality_id = :municipality and sha256 = :sha256"

ROWS_COUNT: dict[Language, tuple[str, str]] = {
    "fi": (
        "Rivit, jotka ovat voimassa",
        "Asiakirjassa ja sen riveissä on eri tietoja. Tässä olevat rivit ratkaisevat.",
    ),
    "sv": ("Rader som gäller", "Dokumentet och dess rader säger olika saker. Raderna här är de som gäller."),
    "en": (
        "The rows that count",
        "The document and its rows say different things. The rows here are those that count.",
    ),
}


class Version(NamedTuple):
    """A version of an output in a round or package."""

    phase: str
    no: int
    sha256: str
    publicity: Publicity


def outputs(session: Session, at: Moment, versions: Mapping[str, Version]) -> tuple[Output, ...]:
    """The outputs of those versions, each with its document where that may be read: the phase's own first, then those
    it carries along, in the definition's order."""
    phases = at.setting.definition.phases
    names = {one.id: one.name for phase in phases for one in phase.outputs}
    places = {key: place for place, key in enumerate(names)}
    kinds = {phase.id: phase.kind for phase in phases}
    own = getattr(at.recorded.event, "phase", "")
    found = []
    for key, version in sorted(
        versions.items(), key=lambda one: (one[1].phase != own, places.get(one[0], len(places)), one[0])
    ):
        contents = version_contents(stored_texts.text(session, at.scope.municipality, version.sha256))
        contents = contents.as_it_is_now(version.publicity)
        name = names[key].in_(at.setting.language) if key in names else key
        document, without = _document(session, at, contents, kinds.get(version.phase, PhaseKind.GENERAL), name)
        attached = tuple(
            Attached(name=one.name, sha256=one.sha256, publicity=one.publicity, paragraph=one.paragraph)
            for one in contents.attachments
        )
        found.append(
            Output(
                key=key,
                phase=version.phase,
                name=name,
                no=version.no,
                sha256=version.sha256,
                publicity=version.publicity,
                paragraph=contents.paragraph,
                document=document,
                without=without,
                attached=attached,
            )
        )
    return tuple(found)


def _document(
    session: Session, at: Moment, contents: Contents, kind: PhaseKind, name: str
) -> tuple[Document | None, Without | None]:
    """What the version says, as its document has it, else as its rows do; or why it is not here."""
    if contents.publicity in SECRET:
        return None, Without.SECRET
    if at.setting.public and contents.publicity is not Publicity.PUBLIC:
        return None, Without.NOT_PUBLIC
    if session.one(HAS, {"municipality": at.scope.municipality, "sha256": contents.document}) is None:
        return None, Without.COVERED
    typed = TypedContent(session, here().files, at.scope.municipality, at.scope.id)
    with suppress(NotValid):
        document = typed.document(contents.document)
        if contents.typed:
            document = with_its_rows(document, typed.of(contents, kind), at.setting.language, name)
        if document is not None:
            return document, None
    return None, Without.NO_TEXT


def with_its_rows(document: Document | None, rows: Typed, language: Language, name: str) -> Document:
    """The document, and after it the rows and texts that count where it says anything else; rows alone where there is
    no document to be read."""
    if document is None:
        return read_document(markdown_of(rows, language, name), "rows.md")
    differing = disagreeing(document, rows)
    if not differing:
        return document
    left = {key: value for key, value in rows.__dict__.items() if key in differing}
    text = markdown_of(type(rows)(**left), language, ROWS_COUNT[language][0], ROWS_COUNT[language][1])
    return document.model_copy(update={"sections": (*document.sections, *read_document(text, "rows.md").sections)})
