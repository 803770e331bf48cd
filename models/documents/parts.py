"""What a document consists of, once it has been read: sections under headings, with paragraphs, lists and tables.

Texts here are plain: emphasis is gone, a link is its words and its address. Values only; nothing here reads a file.
"""

from collections.abc import Iterator
from enum import StrEnum

from models.frozen import Frozen


class RemarkKind(StrEnum):
    NO_HEADING = "no_heading"  # the first line serves as the title
    TABLE_AS_TEXT = "table_as_text"  # lines with bars that are no table
    CELLS_LEFT_OUT = "cells_left_out"  # a row has more cells than its table has columns
    CODE_UNCLOSED = "code_unclosed"  # all that follows was read as code


class Remark(Frozen):
    """Something odd that did not stop the reading, told to whoever added the document."""

    kind: RemarkKind
    line: int
    sentence: str


class Paragraph(Frozen):
    """Running text. Line breaks that were meant are kept."""

    text: str


class Item(Frozen):
    """One point of a list, and how deep it lies in it."""

    text: str
    depth: int = 0


class Items(Frozen):
    """A list."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(Frozen):
    """A table. Every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    under: str = ""  # the heading of its section
    line: int = 0


Block = Paragraph | Items | Table


class Section(Frozen):
    """A heading and what stands under it, up to the next heading. Before the first heading the level is 0."""

    level: int
    heading: str
    blocks: tuple[Block, ...] = ()


class Document(Frozen):
    """A document as its readers see it."""

    title: str
    sections: tuple[Section, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """All its tables, in order."""
        return tuple(block for _, block in self.blocks() if isinstance(block, Table))

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Every block with the section it stands in."""
        return ((section, block) for section in self.sections for block in section.blocks)

    def below(self, name: str) -> Iterator[tuple[int, Section]]:
        """Every section with how deep its heading lies below the document's name, no level left out; 0 where none is
        shown: it has none, or it is the first and says the name again."""
        first = next((section for section in self.sections if section.heading), None)
        again = first if first and _alike(first.heading, name) else None
        highest = min((one.level for one in self.sections if one.heading and one is not again), default=1)
        depth = 0
        for section in self.sections:
            is_shown = bool(section.heading) and section is not again
            if is_shown:
                depth = min(section.level - highest, depth) + 1
            yield depth if is_shown else 0, section


def _alike(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
