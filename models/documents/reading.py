"""Reads a document that people wrote, Markdown or plain text, into its sections, lists and tables.

All that was written is kept visible: HTML stands as text, nothing can hide in comments or reference lines. What cannot
be read is refused in a sentence; what is odd is read and remarked upon. A table's columns are known by its headings.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from models.documents.parts import Block, Document, Item, Items, Paragraph, Remark, RemarkKind, Section, Table
from models.errors import NotValid

Format = Literal["markdown", "text"]

DEEPEST = 60  # levels of lists and quotations inside each other, two for each list
MOST_BRACKETS = 200  # in one paragraph with links; looking for their pairs takes the square of the time
LONGEST_TITLE = 120

_STRUCTURE = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
_STRUCTURE.disable(["inline", "reference"])
_WORDS = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
_WORDS_WITHOUT_LINKS = MarkdownIt("commonmark", {"html": False}).disable(["link", "image"])

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_BAR = re.compile(r"(?<!\\)\|")
_LINE_END = re.compile(r"(?<!\\)<br ?/?>", re.IGNORECASE)
"""How a line ends within a cell of a table, which can hold no other."""
_BULLET = re.compile(r"[-*•–]\s+(?=\S)")


def read_document(content: bytes | str, name: str, form: Format | None = None) -> Document:
    """The document that the content holds, as Unicode NFC. `name` ends in .txt for plain text, else it is Markdown.

    Raises NotValid where it is not text in UTF-8, holds control characters or hidden direction marks, is empty, or its
    lists and quotations lie too deep inside each other.
    """
    text = _text(content, name)
    if (form or ("text" if name.lower().endswith(".txt") else "markdown")) == "text":
        sections, remarks = [Section(level=0, heading="", blocks=tuple(_plain_blocks(text)))], []
    else:
        reading = _Markdown(text, name)
        sections, remarks = reading.sections(), reading.remarks
    title, line = _title(sections, text)
    if line:
        sentence = f"The document has no heading; its first line ({line}) was taken as its title."
        remarks = [Remark(kind=RemarkKind.NO_HEADING, line=line, sentence=sentence), *remarks]
    return Document(title=title, sections=tuple(sections), remarks=tuple(remarks))


def _text(content: bytes | str, name: str) -> str:
    if isinstance(content, bytes):
        content = _decoded(content, name)
    try:
        content.encode()
    except UnicodeEncodeError:
        raise NotValid("The document {name} holds half of a character. Save it again as UTF-8.", name=name) from None
    text = content.removeprefix("\ufeff").replace("\r\n", "\n")
    text = re.sub("[\r\v\f\x85\u2028\u2029]", "\n", text)
    found = _FORBIDDEN.search(text)
    if found:
        raise NotValid(
            "The document {name} holds on line {line} a character that cannot be seen (U+{code}). "
            "Save it as plain text or Markdown in UTF-8 and add it again.",
            name=name,
            line=text.count("\n", 0, found.start()) + 1,
            code=f"{ord(found[0]):04X}",
        )
    if not text.strip():
        raise NotValid("The document {name} is empty. Write something in it and add it again.", name=name)
    return unicodedata.normalize("NFC", text)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise NotValid(
        "The document {name} is not text in UTF-8 (line {line}). "
        "Save it as plain text or Markdown in UTF-8 and add it again.",
        name=name,
        line=line,
    )


def _title(sections: list[Section], text: str) -> tuple[str, int]:
    """The highest of the first headings; else the first line and its number."""
    headings = [section for section in sections if section.heading]
    if headings:
        return next((one.heading for one in headings if one.level == 1), headings[0].heading), 0
    number, line = next((n, line.strip()) for n, line in enumerate(text.split("\n"), 1) if line.strip())
    if sections and sections[0].blocks:
        line = _first_words(sections[0].blocks[0]) or line
    line = " ".join(line.split())
    return (line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"), number


def _first_words(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text.split("\n")[0]
    return block.items[0].text if isinstance(block, Items) else " ".join(block.headings)


# --- plain text ---------------------------------------------------------------------------------------------------


def _plain_blocks(text: str) -> Iterator[Block]:
    """Paragraphs between empty lines; lines with dashes are lists, lines with tabs (from a spreadsheet) tables."""
    line = 1
    for part in re.split(r"\n[ \t]*(?=\n)", text):
        first = line + len(part) - len(part.lstrip("\n"))
        line += part.count("\n") + 1
        lines = [one.rstrip() for one in part.strip("\n").split("\n") if one.strip()]
        if not lines:
            continue
        cells = [tuple(cell.strip() for cell in one.split("\t")) for one in lines]
        if len(lines) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1:
            yield Table(headings=cells[0], rows=tuple(cells[1:]), line=first)
        elif all(_BULLET.match(one.lstrip()) for one in lines):
            yield Items(items=tuple(Item(text=_BULLET.sub("", one.lstrip(), count=1)) for one in lines))
        else:
            yield Paragraph(text="\n".join(one.strip() for one in lines))


# --- Markdown -----------------------------------------------------------------------------------------------------


class _Markdown:
    """One reading of one Markdown text."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.split("\n")
        self.remarks: list[Remark] = []
        self.tokens = _STRUCTURE.parse(text)
        self.under = ""
        deep = next((token for token in self.tokens if token.level >= DEEPEST - 1), None)
        if deep is not None:
            raise NotValid(
                "The lists or quotations of the document {name} lie too deep inside each other (line {line}). "
                "Take some of the levels out and add it again.",
                name=name,
                line=_line(deep),
            )

    def sections(self) -> list[Section]:
        """The document's sections. `remarks` is complete thereafter."""
        level, blocks = 0, list[Block]()
        done = list[Section]()
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            end = self._end(at)
            if token.type == "heading_open":
                done.append(Section(level=level, heading=self.under, blocks=tuple(blocks)))
                level, blocks, self.under = int(token.tag[1]), [], _words(self.tokens[at + 1].content)
            else:
                blocks.extend(self._blocks(at, end))
            at = end
        done.append(Section(level=level, heading=self.under, blocks=tuple(blocks)))
        return [one for one in done if one.heading or one.blocks]

    def _end(self, at: int) -> int:
        """The index after the token's closing one."""
        first = self.tokens[at]
        if first.nesting == 0:
            return at + 1
        return next(i for i in range(at + 1, len(self.tokens)) if self.tokens[i].level == first.level) + 1

    def _blocks(self, at: int, end: int) -> Iterator[Block]:
        token = self.tokens[at]
        if token.type == "table_open":
            yield self._table(at, end)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield from self._list(at, end)
        elif token.type == "blockquote_open":
            inner = at + 1
            while inner < end - 1:
                after = self._end(inner)
                yield from self._blocks(inner, after)
                inner = after
        elif token.type in ("fence", "code_block"):
            self._remark_unclosed(token)
            yield Paragraph(text=token.content.rstrip("\n"))
        elif token.type in ("paragraph_open", "heading_open"):
            self._remark_bars(self.tokens[at + 1])
            text = _words(self.tokens[at + 1].content)
            if text:
                yield Paragraph(text=text)

    def _table(self, at: int, end: int) -> Table:
        rows = list[list[str]]()
        for token in self.tokens[at:end]:
            if token.type == "tr_open":
                rows.append([])
                self._remark_cells(token, len(rows[0]), first=len(rows) == 1)
            elif token.type == "inline":
                rows[-1].append("\n".join(filter(None, map(_words, _LINE_END.split(token.content)))))
        body = tuple(map(tuple, rows[1:]))
        return Table(headings=tuple(rows[0]), rows=body, under=self.under, line=_line(self.tokens[at]))

    def _list(self, at: int, end: int) -> Iterator[Block]:
        """The list's points, nested ones deeper; a table or code inside a point comes after the list."""
        items, after = list[Item](), list[Block]()
        depth = -1
        inner = at
        while inner < end:
            token = self.tokens[inner]
            if token.type.endswith("_list_open"):
                depth += 1
            elif token.type.endswith("_list_close"):
                depth -= 1
            elif token.type == "inline":
                items.append(Item(text=_words(token.content), depth=depth))
            elif token.type in ("table_open", "fence", "code_block"):
                after.extend(self._blocks(inner, self._end(inner)))
                inner = self._end(inner)
                continue
            inner += 1
        if items:
            yield Items(items=tuple(items), ordered=self.tokens[at].type == "ordered_list_open")
        yield from after

    def _remark_bars(self, token: Token) -> None:
        lines = token.content.split("\n")
        if len(lines) > 1 and all(line.lstrip().startswith("|") for line in lines):
            self._remark(
                RemarkKind.TABLE_AS_TEXT,
                _line(token),
                "The lines from line {line} on look like a table but were read as text: under the headings a table "
                "needs a line of dashes with as many columns, as here: | --- | --- |.",
            )

    def _remark_cells(self, token: Token, columns: int, first: bool) -> None:
        row = self.lines[_line(token) - 1].strip().removeprefix("|")
        row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
        cells = len(_BAR.findall(row)) + 1
        if not first and cells > columns:
            self._remark(
                RemarkKind.CELLS_LEFT_OUT,
                _line(token),
                f"The row on line {{line}} has {cells} cells and its table {columns} columns; the cells beyond them "
                "were left out. Write \\| where a bar belongs to the text.",
            )

    def _remark_unclosed(self, token: Token) -> None:
        if (
            token.type == "fence"
            and token.map
            and token.markup not in self.lines[token.map[1] - 1][-len(token.markup) :]
        ):
            self._remark(
                RemarkKind.CODE_UNCLOSED,
                _line(token),
                f"The lines from line {{line}} on were read as code, because its mark {token.markup} is never closed.",
            )

    def _remark(self, kind: RemarkKind, line: int, sentence: str) -> None:
        self.remarks.append(Remark(kind=kind, line=line, sentence=sentence.format(line=line)))


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _words(content: str) -> str:
    """The inline content as plain words."""
    parser = _WORDS if content.count("[") <= MOST_BRACKETS else _WORDS_WITHOUT_LINKS
    found = list[Token]()
    parser.inline.parse(content, parser, {}, found)
    return _plain(found).strip()


def _plain(tokens: list[Token]) -> str:
    parts, targets = list[str](), list[tuple[str, int]]()
    for token in tokens:
        if token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "link_open":
            targets.append((str(token.attrGet("href") or ""), len(parts)))
        elif token.type == "link_close":
            target, begun = targets.pop()
            if target and target.removeprefix("mailto:") != "".join(parts[begun:]):
                parts.append(f" ({target})")
        elif token.type == "image":
            parts.append(f"{token.content} ({token.attrGet('src')})".strip())
        else:
            parts.append(token.content)
    return "".join(parts)
