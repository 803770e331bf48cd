"""The compiled document of any other phase, and of one that begins: what documents speak of, and their tables."""

from models.compiled.compiling import (
    Material,
    Phrases,
    Source,
    escaped,
    page,
    plain_row,
    points,
    table_of,
    text,
)
from models.days.formats import Language

TEXTS = {
    "title": text("Sisältö ja taulukot", "Innehåll och tabeller", "Contents and tables"),
    "inherited": text("Mistä vaihe alkaa", "Vad fasen börjar med", "What the phase begins with"),
    "contents": text("Sisältö", "Innehåll", "Contents"),
    "tables": text("Taulukot", "Tabellerna", "The tables"),
    "no_tables": text(
        "Asiakirjoissa ei ole taulukoita.", "Dokumenten har inga tabeller.", "The documents have no tables."
    ),
    "no_documents": text(
        "Vaiheella ei ole vielä asiakirjoja.", "Fasen har ännu inga dokument.", "The phase has no documents yet."
    ),
}


def general(material: Material, language: Language) -> str:
    """The headings of every document, and every table under the heading it stands under."""
    phrases = Phrases(TEXTS, language)
    parts = _shown(material.own, phrases) if material.own else [phrases("no_documents")]
    return page(phrases("title"), material, parts, phrases)


def inherited(material: Material, language: Language) -> str:
    """What a phase begins with, before it has documents of its own: those it received, with their tables."""
    phrases = Phrases(TEXTS, language)
    parts = [phrases("no_documents"), *_shown(material.received, phrases)]
    return page(phrases("inherited"), material, parts, phrases)


def _shown(sources: tuple[Source, ...], phrases: Phrases) -> list[str]:
    parts = [f"## {phrases('contents')}"]
    for source in sources:
        parts += [f"### {escaped(source.name)}", _contents(source) or points([escaped(source.document.title)])]
    parts.append(f"## {phrases('tables')}")
    tables = [(source, table) for source in sources for table in source.document.tables]
    for source, table in tables:
        under = f"{source.name}: {table.under}" if table.under else source.name
        parts += [f"### {escaped(under)}", table_of(plain_row(table.headings), map(plain_row, table.rows))]
    return parts if tables else [*parts, phrases("no_tables")]


def _contents(source: Source) -> str:
    """The headings as a list, each at most one step deeper than the one before."""
    sections = [section for section in source.document.sections if section.heading]
    highest = min((section.level for section in sections), default=1)
    lines, depth = list[str](), -1
    for section in sections:
        depth = min(section.level - highest, depth + 1)
        lines.append("  " * depth + f"- {escaped(section.heading)}")
    return "\n".join(lines)
