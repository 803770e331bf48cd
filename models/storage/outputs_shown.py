"""The outputs that a paper or a front shows: exact versions, each with its document where that may be read, and what
they say together.

What is secret, wholly or in part, is in none of it, whoever looks; the public edition leaves out all that is not
public.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from models.days.formats import Language
from models.documents.parts import Document
from models.documents.reading import read_document
from models.errors import NotValid
from models.exchange.markdown import markdown_of
from models.exchange.to_document import disagreeing
from models.outputs.forms import FORMS, merged
from models.outputs.rows import Output as Typed
from models.papers.material import Attached, Output, Setting, Substance, Without
from models.papers.saying import Saying
from models.papers.substance import substance
from models.papers.texts_package import TEXTS
from models.process import RoundVersion
from models.storage.drafts import Contents
from models.storage.typed import TypedContent
from models.words import SECRET, PhaseKind, Publicity

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


Now = Callable[[str, Publicity], Publicity]
"""The publicity that an edition goes by: of a version, whose publicity was that when it was written down."""


class Version(NamedTuple):
    """A version of an output in a round or package."""

    phase: str
    no: int
    sha256: str
    publicity: Publicity


def versions_of(round_: Mapping[str, RoundVersion]) -> dict[str, Version]:
    """The versions of a round."""
    return {key: Version(one.phase, one.no, one.sha256, one.publicity) for key, one in round_.items()}


def as_it_was(_version: str, publicity: Publicity) -> Publicity:
    """A version's publicity as it was written down."""
    return publicity


def versions_in(package: Mapping[str, Any], now: Now = as_it_was) -> dict[str, Version]:
    """The versions of a package, whose text was read."""
    return {
        key: Version(one["phase"], one["no"], one["sha256"], now(one["sha256"], Publicity(one["publicity"])))
        for key, one in package["versions"].items()
    }


def outputs(typed: TypedContent, setting: Setting, own: str, versions: Mapping[str, Version]) -> tuple[Output, ...]:
    """The outputs of those versions, each with its document where that may be read: those of the phase `own` first,
    then those it carries along, in the definition's order."""
    phases = setting.definition.phases
    names = {one.id: one.name for phase in phases for one in phase.outputs}
    places = {key: place for place, key in enumerate(names)}
    kinds = {phase.id: phase.kind for phase in phases}
    found = []
    for key, version in sorted(
        versions.items(), key=lambda one: (one[1].phase != own, places.get(one[0], len(places)), one[0])
    ):
        contents = typed.contents(version.sha256).as_it_is_now(version.publicity)
        name = names[key].in_(setting.language) if key in names else key
        document, without = _document(typed, setting, contents, kinds.get(version.phase, PhaseKind.GENERAL), name)
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
    typed: TypedContent, setting: Setting, contents: Contents, kind: PhaseKind, name: str
) -> tuple[Document | None, Without | None]:
    """What the version says, as its document has it, else as its rows do; or why it is not here."""
    if contents.publicity in SECRET:
        return None, Without.SECRET
    if setting.public and contents.publicity is not Publicity.PUBLIC:
        return None, Without.NOT_PUBLIC
    if typed.media(contents.document) is None:
        return None, Without.COVERED
    with suppress(NotValid):
        document = typed.document(contents.document)
        if contents.typed:
            document = with_its_rows(document, typed.of(contents, kind), setting.language, name)
        if document is not None:
            return document, None
    return None, Without.NO_TEXT


def said(
    typed: TypedContent,
    setting: Setting,
    phase: str,
    shown: Sequence[Output],
    packages: Mapping[str, str],
    now: Now = as_it_was,
) -> Substance:
    """The rows and figures of the phase's outputs that this edition may show, and of the packages they build on."""
    kind = setting.plan(phase).kind
    readable = [one for one in shown if one.phase == phase and one.without in (None, Without.NO_TEXT)]
    own = merged([typed.output(one.sha256, kind) for one in readable], FORMS[kind])
    documents = [one.document for one in readable if one.document is not None]
    say = Saying(TEXTS, setting.language, {})
    return substance(own, received(typed, setting, packages, now), documents, setting.language, say)


def received(
    typed: TypedContent, setting: Setting, packages: Mapping[str, str], now: Now = as_it_was
) -> list[tuple[str, Typed]]:
    """What those packages hold by phase, and what they built on: what may be shown of it. Raises Broken."""
    found: list[tuple[str, Typed]] = []
    for phase, body in bodies(typed, packages):
        kind = setting.plan(phase).kind
        versions = versions_in(body, now).values()
        shown = [one.sha256 for one in versions if may_show(setting, one.publicity)]
        found.append((phase, merged([typed.output(sha256, kind) for sha256 in shown], FORMS[kind])))
    return found


def bodies(typed: TypedContent, packages: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those packages and what they were built on, each phase's once. Raises Broken."""
    waiting, seen = dict(packages), set[str]()
    while waiting:
        phase, package = waiting.popitem()
        told = json.loads(typed.package(package))
        seen.add(phase)
        yield phase, told
        waiting |= {key: sha for key, sha in told["received"].items() if key not in seen}


def may_show(setting: Setting, publicity: Publicity) -> bool:
    """Whether this edition may show something of that publicity."""
    return publicity is Publicity.PUBLIC if setting.public else publicity not in SECRET


def with_its_rows(document: Document | None, rows: Typed, language: Language, name: str) -> Document:
    """The document, and after it the rows and texts that count where it says anything else; rows alone where there is
    no document to be read."""
    if document is None:
        return read_document(markdown_of(rows, language, name), "rows.md")
    differing = disagreeing(document, rows, lines=False)
    if not differing:
        return document
    left = {key: value for key, value in rows.__dict__.items() if key in differing}
    text = markdown_of(type(rows)(**left), language, ROWS_COUNT[language][0], ROWS_COUNT[language][1])
    return document.model_copy(update={"sections": (*document.sections, *read_document(text, "rows.md").sections)})
