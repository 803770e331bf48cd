"""The texts of an output as a document has them: what stands under the headings that name them."""

from collections.abc import Iterator, Sequence

from models.documents.parts import Document, Items, Paragraph, Section
from models.exchange.mistakes import Mistake
from models.exchange.powers import says
from models.outputs.rows import Output
from models.outputs.told import LONGEST, Column, Kind, columns


def texts_of(document: Document, form: type[Output], remarks: list[Mistake]) -> dict[str, str]:
    """The texts, also those that were cleared; what does not become part of one is told."""
    found = {}
    for column in columns(form):
        sections = [one for one in document.sections if column.kind is Kind.TEXT and _first(form, one) is column]
        words = _joined(column, sections, remarks)
        if words or (sections and all(_is_cleared(document, column, one) for one in sections)):
            found[column.name] = words
    return found


def places_of(column: Column, sections: Sequence[tuple[str, bool]]) -> list[int]:
    """Where the text stands, of headings and whether words stand under them: the first of its headings that has any,
    else the first, and then those that are the same or its very name."""
    own = [at for at, (heading, _) in enumerate(sections) if is_headed(column, heading)]
    first = next((at for at in own if sections[at][1]), own[0] if own else None)
    if first is None:
        return []
    same = sections[first][0].casefold()
    others = ((at, sections[at][0]) for at in own if at != first)
    return [first, *(at for at, heading in others if heading.casefold() == same or _is_label(column, heading))]


def is_headed(column: Column, heading: str) -> bool:
    """Whether the heading is that of the text."""
    return _is_label(column, heading) or bool(column.told.known and says(column.told.known, heading))


def _is_label(column: Column, heading: str) -> bool:
    return heading.casefold() in {column.label(language).casefold() for language in ("fi", "sv", "en")}


def _first(form: type[Output], section: Section) -> Column | None:
    texts = (one for one in columns(form) if one.kind is Kind.TEXT)
    return next((one for one in texts if is_headed(one, section.heading)), None)


def _joined(column: Column, sections: Sequence[Section], remarks: list[Mistake]) -> str:
    words = ["\n\n".join(_paragraphs(section)) for section in sections]
    at = places_of(column, [(section.heading, bool(said)) for section, said in zip(sections, words, strict=True)])
    for place, section in enumerate(sections):
        if words[place] and place not in at:
            remarks.append(Mistake("text_elsewhere", {"field": column.told.label}, section.heading))
    whole = "\n\n".join(words[place] for place in sorted(at) if words[place])
    if len(whole) <= LONGEST:
        return whole
    facts = {"count": len(whole), "most": LONGEST, "field": column.told.label}
    remarks.append(Mistake("too_long_text", facts, sections[at[0]].heading))
    return ""


def _is_cleared(document: Document, column: Column, section: Section) -> bool:
    """Whether nothing is left under the text's own heading, nor under headings below it."""
    after = document.sections[document.sections.index(section) + 1 :][:1]
    return (
        _is_label(column, section.heading) and not section.blocks and all(one.level <= section.level for one in after)
    )


def _paragraphs(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Items):
            yield "\n".join(item.text for item in block.items)
