"""Takes in a file that people filled in, whatever its kind: Excel, Word, YAML, JSON, Markdown, a pasted table.

All of it, or a refusal with every mistake in its place. References are looked up among all rows that there are; a new
row without an identifier gets the one it had before, or the next free number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from pydantic import ValidationError

from models.days.formats import Language
from models.documents.parts import Document
from models.documents.reading import read_document
from models.exchange.checking import Read, Stood, astray
from models.exchange.from_document import Taken, from_document
from models.exchange.mistakes import Misread, Mistake, not_taken_in, table_called
from models.exchange.pasted import read_pasted
from models.exchange.plain import read_plain
from models.exchange.strategy_text import is_strategy, strategy_image
from models.exchange.tables import Names, known_register
from models.exchange.typed_rows import misread
from models.exchange.word import read_word
from models.exchange.workbook_reading import read_workbook
from models.outputs.forms import FORMS
from models.outputs.rows import Output
from models.outputs.told import registers
from models.words import PhaseKind

SPREADSHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm")
WORDS = (".docx", ".docm", ".dotx")
PLAIN = (".yaml", ".yml", ".json")
TEXTS = (".md", ".markdown")
PASTED = (".tsv", ".txt", ".csv", ".tab")


class TakenIn(NamedTuple):
    """What a file said: rows and texts, the document it is, where it is one, and what was not read as it stands.

    Of the output, the tables and texts of which the file speaks are set, also those that it says are empty.
    """

    output: Output
    document: Document | None = None
    remarks: tuple[Mistake, ...] = ()


class Around(NamedTuple):
    """What a file is read beside: the outputs of other phases and of this one, and what it says now."""

    others: Sequence[tuple[str, Output]] = ()
    draft: Output | None = None

    @property
    def all(self) -> list[tuple[str, Output]]:
        """All of them by phase; the draft's stands beside, for it may be of the same."""
        return [*self.others, *([("\1", self.draft)] if self.draft else [])]


def _refused(error: ValidationError) -> Iterator[Mistake]:
    for one in error.errors(include_url=False):
        yield misread(one).at("", None, ".".join(map(str, one["loc"])))


def take_in_output(
    content: bytes, name: str, kind: PhaseKind, around: Around | None = None, language: Language = "fi"
) -> TakenIn:
    """What the file says of the output of a phase of the kind. Raises NotTakenIn with every mistake, NotValid."""
    around = around or Around()
    taking = _Taking(kind, around)
    try:
        taken = taking.read(content, PurePosixPath(name).suffix.lower(), name)
    except Misread as what:
        raise not_taken_in(name, [what.told()], language) from None
    except ValidationError as error:  # what no place was found for
        raise not_taken_in(name, _refused(error), language) from None
    mistakes = taking.mistakes or list(astray(taken.output, around.all, taking.stood))
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
        self.stood: Mapping[str, Sequence[Stood]] = {}
        self.names = names_of(self.form, around)

    def read(self, content: bytes, suffix: str, name: str) -> TakenIn:
        if suffix in SPREADSHEETS or (suffix not in WORDS and b"xl/workbook.xml" in content[:20_000]):
            book = read_workbook(content, self.form, self.names)
            self.stood = {
                table.register.name: [Stood(table.sheet, line, table.letters) for line in table.lines]
                for table in book.tables
            }
            self.mistakes += book.mistakes
            return TakenIn(book.output, remarks=tuple(book.remarks))
        if suffix in WORDS:
            return self._word(content)
        if suffix in PLAIN:
            return self._read(read_plain(content, self.form, self.names, as_json=suffix == ".json"))
        if suffix in TEXTS:
            document = read_document(content, name)
            return _of_document(from_document(document, self.kind), document)
        if suffix in PASTED:
            return self._strategy(content, name) or self._pasted(content, suffix)
        raise Misread("unlike")

    def _word(self, content: bytes) -> TakenIn:
        read = read_word(content)
        for number, table in enumerate(read.document.tables, 1):
            if number in read.merged and known_register(self.form, table.headings, table.under):
                self.mistakes.append(read.merged[number])
        return _of_document(from_document(read.document, self.kind), read.document, read.remarks)

    def _strategy(self, content: bytes, name: str) -> TakenIn | None:
        """A municipal strategy as text, for a future image; None where it is another text."""
        if self.kind is not PhaseKind.FUTURE_IMAGE:
            return None
        try:
            image = strategy_image(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None
        if not is_strategy(image):
            return None
        said = {name: value for name, value in image if value not in ("", ())}
        return TakenIn(self.form.model_validate(said), read_document(content, name))

    def _read(self, read: Read) -> TakenIn:
        self.mistakes += read.mistakes
        self.stood = read.stood
        return TakenIn(read.output)

    def _pasted(self, content: bytes, suffix: str) -> TakenIn:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Misread("no_text") from None
        if not text.strip():
            raise Misread("nothing")
        if "\t" not in text and ";" not in text:
            raise Misread("unlike" if suffix == ".txt" and "," not in text else "no_cells")
        return self._read(read_pasted(text, self.form, self.names))


def _of_document(taken: Taken, document: Document, remarks: Iterable[Mistake] = ()) -> TakenIn:
    """What was taken from the document, with what was not."""
    numbers = {id(table): number for number, table in enumerate(document.tables, 1)}
    unknown = (
        Mistake("unknown_table", {"headings": table.headings}, table_called(table.under, numbers[id(table)]))
        for table in taken.unknown
    )
    return TakenIn(taken.output, document, (*taken.remarks, *unknown, *remarks))


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
