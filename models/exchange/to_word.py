"""Typed content in a Word document: its tables stand where the document has them, the rest stays as people wrote it."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from models.days.formats import Language
from models.documents.parts import Table
from models.exchange.document_texts import places_of
from models.exchange.to_document import disagreeing, is_called, is_of
from models.exchange.word import heading_level, read_word
from models.exchange.word_words import plain, unwrapped
from models.exchange.word_writing import paragraphs, register_table, write
from models.outputs.rows import Output
from models.outputs.told import Column, Register, columns, registers

HEADING = "Heading 2"


def word_with_output(content: bytes, output: Output, language: Language) -> bytes:
    """The document with what the output holds in its tables and texts, where it says anything else. Raises Misread."""
    document = read_word(content).document
    differing, form = disagreeing(document, output), type(output)
    if not differing:
        return content
    word = docx.Document(io.BytesIO(content))
    word.element.body.get_or_add_sectPr()
    drawn = [one for one in unwrapped(word.element.body) if one.tag == qn("w:tbl")]
    pairs = list(zip(drawn, document.tables, strict=False))
    for register in registers(form):
        if register.name in differing:
            old = [drawn for drawn, read in pairs if _is_of(form, register, read)]
            _put_table(word, old, register, output, language)
    for column in columns(form):
        if column.name in differing:
            _put_text(word, column, getattr(output, column.name), language)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _is_of(form: type[Output], register: Register, table: Table) -> bool:
    return is_of(form, register, table.headings, table.rows, table.under)


def _put_table(word: Any, old: Sequence[Any], register: Register, output: Output, language: Language) -> None:
    rows = getattr(output, register.name)
    if rows:
        place = old[0] if old else _last(word, lambda heading: is_called(register, heading))
        if place is None:
            _heading(word, register.label(language))
        made = register_table(word, register, rows, language)._tbl
        if place is not None:
            place.addnext(made)
    for one in old:
        one.getparent().remove(one)


def _put_text(word: Any, column: Column, words: str, language: Language) -> None:
    sections = list(_headed(word))
    at = places_of(column, [(heading, any(map(plain, _paragraphs(under)))) for heading, _, under in sections])
    place = sections[at[0]][1] if at else _heading(word, column.label(language))
    for old in (old for one in at for old in _paragraphs(sections[one][2])):
        old.getparent().remove(old)
    for part in reversed(paragraphs(words)):
        paragraph = word.add_paragraph()
        write(paragraph, part)
        place.addnext(paragraph._p)


def _paragraphs(elements: Iterable[Any]) -> Iterator[Any]:
    return (one for one in elements if one.tag == qn("w:p"))


def _heading(word: Any, words: str) -> Any:
    """The heading at the end of the document; one made elsewhere may have no style for it."""
    if HEADING not in word.styles:
        word.styles.add_style(HEADING, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    return word.add_paragraph(words, style=HEADING)._p


def _last(word: Any, wanted: Callable[[str], bool]) -> Any:
    """What stands last under the last heading that is wanted; None where there is none."""
    found = [([place, *under])[-1] for heading, place, under in _headed(word) if wanted(heading)]
    return found[-1] if found else None


def _headed(word: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Every heading with its paragraph and what stands under it."""
    heading: tuple[str, Any] | None = None
    under: list[Any] = []
    for element in list(unwrapped(word.element.body)):
        paragraph = Paragraph(element, word) if element.tag == qn("w:p") else None
        if paragraph is not None and paragraph.text.strip() and heading_level(paragraph):
            if heading is not None:
                yield (*heading, under)
            heading, under = (" ".join(paragraph.text.split()), element), []
        elif element.tag in (qn("w:p"), qn("w:tbl")):
            under.append(element)
    if heading is not None:
        yield (*heading, under)
