"""What the compilers of the phases share: tables known by their headings, phrases in three languages, Markdown.

A compiler finds in what people wrote the tables it knows and brings them together; it guesses nothing. A table is known
by the beginnings of its headings in Finnish, Swedish or English; what else it holds is kept as it is.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from models.days.formats import Language
from models.definitions.parts import Text
from models.documents.parts import Document, Table
from models.exchange.markdown import escaped, plain_row, table_of
from models.exchange.powers import says
from models.frozen import Frozen

Roles = Mapping[str, str]
"""What a column may hold, and how its heading then begins (a regular expression)."""

SHORT_HASH = 12


__all__ = ["escaped", "plain_row", "says", "table_of"]  # with what is defined here, what every compiler uses


class Source(Frozen):
    """A document that a phase has produced or received."""

    output: str  # its id
    name: str  # in the reader's language
    document: Document
    sha256: str | None = None  # of the version it is; None for a draft


class Material(Frozen):
    """What a compiled document is made from."""

    process: str  # its title
    phase: str  # its name
    own: tuple[Source, ...]
    received: tuple[Source, ...] = ()
    draft: bool = True  # nothing of it has been locked
    covered: tuple[str, ...] = ()  # the names of outputs that were covered (peitetty)
    editions: tuple[dt.datetime, ...] = ()  # when former editions of the document were covered


class Known(NamedTuple):
    """A table whose columns are known."""

    source: Source
    table: Table
    columns: dict[str, int]  # by role


class Row(NamedTuple):
    """A row by the roles of its cells; other cells stand under their own headings, marked with "="."""

    cells: dict[str, str]
    source: Source

    def of(self, role: str) -> str:
        """The cell of that role, or nothing."""
        return self.cells.get(role, "")


def known_tables(sources: Iterable[Source], roles: Roles, required: Iterable[str]) -> list[Known]:
    """The tables that have at least the required columns."""
    found = []
    for source in sources:
        for table in source.document.tables:
            columns = _columns(table, roles)
            if columns.keys() >= set(required):
                found.append(Known(source, table, columns))
    return found


def _columns(table: Table, roles: Roles) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, heading in enumerate(table.headings):
        role = next((r for r, begins in roles.items() if r not in columns and _begins(begins, heading)), None)
        if role:
            columns[role] = at
    return columns


def _begins(pattern: str, heading: str) -> bool:
    return re.match(pattern, heading.strip(), re.IGNORECASE) is not None


def rows(tables: Iterable[Known]) -> list[Row]:
    """The rows of all the tables, in order, each once; rows without a word are left out."""
    done: dict[tuple[tuple[str, str], ...], Row] = {}
    for known in tables:
        roles = {at: role for role, at in known.columns.items()}
        keys = [roles.get(at, f"={heading}") for at, heading in enumerate(known.table.headings)]
        for cells in known.table.rows:
            if any(cells):
                named = dict(zip(keys, cells, strict=True))
                done.setdefault(tuple(sorted(named.items())), Row(named, known.source))
    return list(done.values())


def headings(tables: Iterable[Known], roles: Roles) -> dict[str, str]:
    """The columns that the tables have together: the known ones in the order of the roles, then the others."""
    named: dict[str, str] = {}
    others: dict[str, str] = {}
    for known in tables:
        back = {at: role for role, at in known.columns.items()}
        for at, heading in enumerate(known.table.headings):
            if at in back:
                named.setdefault(back[at], heading)
            elif heading:
                others.setdefault(f"={heading}", heading)
    return {role: named[role] for role in roles if role in named} | others


# --- phrases ------------------------------------------------------------------------------------------------------


class Phrases:
    """The phrases of a compiler in one language."""

    def __init__(self, texts: Mapping[str, Text], language: Language) -> None:
        self.texts = {**COMMON, **texts}
        self.language = language

    def __call__(self, key: str, **facts: object) -> str:
        """The phrase, with its facts put in; words that people wrote come in escaped."""
        words = {name: escaped(str(value)) for name, value in facts.items()}
        return str(self.texts[key].in_(self.language)).format(**words)


def text(fi: str, sv: str, en: str) -> Text:
    """A phrase in the three languages."""
    return Text(fi=fi, sv=sv, en=en)


COMMON: Mapping[str, Text] = {
    "draft": text(
        "LUONNOS – valmisteluaineistoa, ei päätös",
        "UTKAST – beredningsmaterial, inte ett beslut",
        "DRAFT – material for preparation, not a decision",
    ),
    "preparation": text("Valmistelua, ei päätös", "Beredning, inte ett beslut", "Preparation, not a decision"),
    "process": text("Prosessi: {title}", "Process: {title}", "Process: {title}"),
    "compiled": text(
        "Koottu vaiheen asiakirjoista. Summat ja puutteet on laskettu niistä; alkuperäiset asiakirjat ovat voimassa.",
        "Sammanställt ur fasens dokument. Summor och brister är räknade ur dem; de ursprungliga dokumenten gäller.",
        "Compiled from the documents of the phase. Sums and gaps are counted from them; the original documents hold.",
    ),
    "from": text("Mistä tämä on koottu", "Vad detta är sammanställt av", "What this is compiled from"),
    "own": text("Tämän vaiheen tuotos", "Den här fasens resultat", "Output of this phase"),
    "received": text("Aiemmasta vaiheesta", "Från en tidigare fas", "From an earlier phase"),
    "hash": text("tarkiste {hash}", "kontrollsumma {hash}", "hash {hash}"),
    "as_draft": text("luonnos", "utkast", "draft"),
    "missing": text("Mitä vielä puuttuu", "Vad som ännu saknas", "What is still missing"),
    "nothing_missing": text(
        "Taulukoista ei puutu mitään, minkä tämä kooste osaa tarkistaa.",
        "I tabellerna saknas inget som den här sammanställningen kan kontrollera.",
        "Nothing that this compilation can check is missing from the tables.",
    ),
    "no_table": text(
        "Vaiheen asiakirjoissa ei ole tätä taulukkoa. Se tunnistetaan sarakkeiden otsikoista, esimerkiksi: {like}.",
        "I fasens dokument finns inte den här tabellen. Den känns igen på kolumnrubrikerna, till exempel: {like}.",
        "The documents of the phase do not hold this table. It is known by the headings of its columns, as: {like}.",
    ),
    "total": text("Yhteensä", "Sammanlagt", "Total"),
}
"""Phrases that every compiled document uses."""


# --- Markdown -----------------------------------------------------------------------------------------------------


def points(lines: Iterable[str]) -> str:
    """A list in Markdown, of lines that are escaped already."""
    return "\n".join(f"- {line}" for line in lines)


def missing(phrases: Phrases, lines: Sequence[str]) -> list[str]:
    """The part that says what is missing."""
    return [f"## {phrases('missing')}", points(lines) if lines else phrases("nothing_missing")]


def page(title: str, material: Material, parts: Iterable[str], phrases: Phrases) -> str:
    """The whole compiled document: what it is, its parts, and what it is made from."""
    stamp = phrases("draft") if material.draft else phrases("preparation")
    named = phrases("process", title=material.process)
    head = [f"# {title}: {escaped(material.phase)}", f"**{stamp}**", named, phrases("compiled")]
    made_of = [(source, "own") for source in material.own] + [(source, "received") for source in material.received]
    sources = [
        f"{phrases(kind)}: {escaped(source.name)} "
        f"({phrases('hash', hash=source.sha256[:SHORT_HASH]) if source.sha256 else phrases('as_draft')})"
        for source, kind in made_of
    ]
    tail = [f"## {phrases('from')}", points(sources)] if sources else []
    return "\n\n".join([*head, *parts, *tail]) + "\n"
