"""Takes in a file that people filled in, whatever its kind: Excel, Word, YAML, JSON, Markdown, a pasted table.

All of it, or a refusal with every mistake in its place. References are looked up among all rows that there are; a new
row without an identifier gets the one it had before, or the next free number.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from models.days.formats import Language
from models.definitions.parts import Text
from models.documents.parts import Document
from models.documents.reading import read_document
from models.exchange.from_document import Remark, from_document
from models.exchange.mistakes import Misread, Mistake, not_taken_in
from models.exchange.pasted import read_pasted
from models.exchange.plain import read_plain
from models.exchange.strategy_text import is_strategy, strategy_image
from models.exchange.tables import Names, known_register
from models.exchange.word import read_word
from models.exchange.workbook_reading import BookRead, read_workbook
from models.outputs.forms import FORMS
from models.outputs.rows import Output
from models.outputs.thread import Node, Thread
from models.outputs.told import registers
from models.words import PhaseKind

SPREADSHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm")
WORDS = (".docx", ".docm", ".dotx")
PLAIN = (".yaml", ".yml", ".json")
TEXTS = (".md", ".markdown")
PASTED = (".tsv", ".txt", ".csv", ".tab")


class TakenIn(NamedTuple):
    """What a file said: rows and texts, and the document it is, where it is one."""

    output: Output
    document: Document | None = None
    remarks: tuple[Remark, ...] = ()


class Around(NamedTuple):
    """What a file is read beside: the outputs of other phases and of this one, and what it says now."""

    others: Sequence[tuple[str, Output]] = ()
    draft: Output | None = None


def take_in_output(
    content: bytes, name: str, kind: PhaseKind, around: Around | None = None, language: Language = "fi"
) -> TakenIn:
    """What the file says of the output of a phase of the kind. Raises NotTakenIn with every mistake, NotValid."""
    around = around or Around()
    taking = _Taking(kind, around)
    try:
        taken = taking.read(content, PurePosixPath(name).suffix.lower(), name)
    except Misread as what:
        raise not_taken_in(name, [what.at("", None, "")], language) from None
    mistakes = [*taking.mistakes, *taking.loose(taken.output)]
    if mistakes:
        raise not_taken_in(name, mistakes, language)
    return taken


class _Taking:
    """One reading of one file."""

    def __init__(self, kind: PhaseKind, around: Around) -> None:
        self.kind = kind
        self.form = FORMS[kind]
        self.around = around
        self.mistakes: list[Mistake] = []
        self.book: BookRead | None = None
        self.names = names_of(self.form, around)

    def read(self, content: bytes, suffix: str, name: str) -> TakenIn:
        if suffix in SPREADSHEETS or (suffix not in WORDS and b"xl/workbook.xml" in content[:20_000]):
            self.book = read_workbook(content, self.form, self.names)
            self.mistakes += self.book.mistakes
            return TakenIn(self.book.output)
        if suffix in WORDS:
            return self._word(content)
        if suffix in PLAIN:
            output, mistakes = read_plain(content, self.form, self.names, as_json=suffix == ".json")
            self.mistakes += mistakes
            return TakenIn(output)
        if suffix in TEXTS:
            document = read_document(content, name)
            taken = from_document(document, self.kind)
            return TakenIn(taken.output, document, taken.remarks)
        if suffix in PASTED:
            return self._strategy(content, name) or self._pasted(content)
        raise Misread("unlike")

    def _word(self, content: bytes) -> TakenIn:
        read = read_word(content)
        for number, table in enumerate(read.document.tables, 1):
            if number in read.merged and known_register(self.form, table.headings, table.under):
                self.mistakes.append(Mistake("merged", {"range": ""}, table.under or str(number)))
        taken = from_document(read.document, self.kind)
        return TakenIn(taken.output, read.document, taken.remarks)

    def _strategy(self, content: bytes, name: str) -> TakenIn | None:
        """A municipal strategy as text, for a future image; None where it is another text."""
        if self.kind is not PhaseKind.FUTURE_IMAGE:
            return None
        try:
            image = strategy_image(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None
        return TakenIn(image, read_document(content, name)) if is_strategy(image) else None

    def _pasted(self, content: bytes) -> TakenIn:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Misread("no_text") from None
        if "\t" not in text and ";" not in text:
            raise Misread("unlike")
        output, mistakes = read_pasted(text, self.form, self.names)
        self.mistakes += mistakes
        return TakenIn(output)

    def loose(self, output: Output) -> Iterable[Mistake]:
        """References that lead nowhere and identifiers that stand twice, in their places."""
        if self.mistakes:
            return
        phase = "\0"  # no phase is called so
        own = Thread([(phase, output)])
        all_ = Thread(
            [*self.around.others, *([("\1", self.around.draft)] if self.around.draft else []), (phase, output)]
        )
        for twice in own.twice:
            yield Mistake(
                "twice",
                {"id": twice.first.id, "other": self._line(twice.first) or "?"},
                *self._place(twice.other, "id"),
            )
        for loose in all_.loose:
            if loose.source.phase == phase:
                column = next(
                    c
                    for r in registers(self.form)
                    if r.name == loose.source.register
                    for c in r.columns
                    if c.name == loose.field
                )
                yield Mistake(
                    "loose",
                    {"to": loose.to, "tables": _tables(column.told.to)},
                    *self._place(loose.source, loose.field),
                )

    def _place(self, node: Node, field: str) -> tuple[str, int | None, str]:
        register = next(one for one in registers(self.form) if one.name == node.register)
        label = register.label("fi")
        for table in self.book.tables if self.book else ():
            if table.register.name == node.register:
                return table.sheet, self._line(node), table.letters.get(field, "")
        column = next((one.label("fi") for one in register.columns if one.name == field), field)
        return f"{label} {node.id}", None, column

    def _line(self, node: Node) -> int | None:
        for table in self.book.tables if self.book else ():
            if table.register.name == node.register:
                found = [
                    line for row, line in zip(table.rows, table.lines, strict=True) if (row.id, row.name) == node[2:]
                ]
                return found[-1] if found else None
        return None


def _tables(names: Iterable[str]) -> tuple[Text, ...]:
    """The labels of registers, for those who look for a row."""
    found = {one.name: one.told.label for form in FORMS.values() for one in registers(form)}
    return tuple(found[name] for name in names)


def names_of(form: type[Output], around: Around) -> dict[str, Names]:
    """By register, what its references may name and which identifiers its rows had."""
    outputs = [output for _, output in around.others] + ([around.draft] if around.draft else [])
    known = {
        row.id.casefold(): row.name
        for output in outputs
        for register in registers(type(output))
        for row in getattr(output, register.name)
    }
    found = {}
    for register in registers(form):
        rows = getattr(around.draft, register.name, ()) if around.draft else ()
        former = {row.name.casefold(): row.id for row in rows if row.name}
        found[register.name] = Names(known, former, numbered=True)
    return found
