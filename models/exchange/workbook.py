"""Excel workbooks made for people: a sheet for each table, headings in their language, lists to choose from, guidance.

What is written reads back as it was (`workbook_reading.py`). A text that looks like a formula is written as text.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.days.formats import Language
from models.definitions.parts import Text
from models.exchange.cells import YES_NO, shown
from models.exchange.tables import ORIGIN, OWN
from models.outputs.rows import Output, Row
from models.outputs.thread import Thread
from models.outputs.told import Column, Kind, Register, columns, registers

SHEET_LETTERS = 31
ROOM = 300  # rows beyond the filled ones that have lists to choose from
PICKED = 80  # characters of a row's words in a list
MUST = " *"

WIDTHS = {
    Kind.LINE: 34,
    Kind.TEXT: 46,
    Kind.WHOLE: 12,
    Kind.FIGURE: 18,
    Kind.CHOICE: 22,
    Kind.YES_NO: 12,
    Kind.DAY: 14,
    Kind.REFERENCE: 26,
    Kind.REFERENCES: 22,
}
INK, PAPER, PALE, WARM = "1B2A33", "2F6470", "E8F1F2", "FDF3E3"
HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
BODY = Font(name="Calibri", size=11, color=INK)
LINE = Border(bottom=Side(style="thin", color="C7D5D9"), right=Side(style="thin", color="E3EBED"))
WRAPPED = Alignment(vertical="top", wrap_text=True)

SAYS: Mapping[str, Text] = {
    "guide": Text(fi="Ohje", sv="Anvisning", en="Guide"),
    "texts": Text(fi="Tekstit", sv="Texter", en="Texts"),
    "lists": Text(fi="Valinnat", sv="Alternativ", en="Choices"),
    "field": Text(fi="Kohta", sv="Fält", en="Field"),
    "text": Text(fi="Teksti", sv="Text", en="Text"),
    "table": Text(fi="Taulukko", sv="Tabell", en="Table"),
    "column": Text(fi="Sarake", sv="Kolumn", en="Column"),
    "means": Text(fi="Mitä siihen kirjoitetaan", sv="Vad man skriver där", en="What to write"),
    "how": Text(fi="Miten täytetään", sv="Hur det fylls i", en="How it is filled in"),
    "must": Text(fi="Tarvitaan aina", sv="Behövs alltid", en="Always needed"),
    "yes": Text(fi="kyllä", sv="ja", en="yes"),
    "title": Text(fi="Näin täytät", sv="Så här fyller du i", en="How to fill this in"),
    "page": Text(fi="Sivu &P / &N", sv="Sida &P / &N", en="Page &P / &N"),
}
STEPS: tuple[Text, ...] = (
    Text(
        fi="1. Täytä taulukot välilehti kerrallaan. Tähdellä (*) merkityt sarakkeet tarvitaan aina, muut auttavat.",
        sv="1. Fyll i tabellerna ett blad i taget. Kolumner med stjärna (*) behövs alltid, de andra hjälper.",
        en="1. Fill in the tables sheet by sheet. Columns with a star (*) are always needed, the others help.",
    ),
    Text(
        fi="2. Tunnus (T1, T2) pysyy samana koko prosessin ajan. Uuden rivin tunnuksen voi jättää tyhjäksi.",
        sv="2. Beteckningen (T1, T2) är densamma under hela processen. För en ny rad kan den lämnas tom.",
        en="2. The identifier (T1, T2) stays the same throughout. For a new row it may be left empty.",
    ),
    Text(
        fi="3. Harmaalla pohjalla olevat rivit on peritty edellisestä vaiheesta. Täydennä ne, älä poista niitä.",
        sv="3. Rader på grå botten är ärvda från den föregående fasen. Komplettera dem, ta inte bort dem.",
        en="3. Rows on grey were carried over from the phase before. Complete them, do not remove them.",
    ),
    Text(
        fi="4. Jos jokin jää pois, kirjaa se välilehdelle Pois jätetty ja kerro miksi. Mikään ei katoa hiljaa.",
        sv="4. Om något lämnas bort, skriv det på bladet Det som lämnades bort och berätta varför.",
        en="4. What is left out goes on the sheet Left out, with the reason. Nothing vanishes silently.",
    ),
    Text(
        fi="5. Sarakkeiden järjestystä saa muuttaa ja omia sarakkeita lisätä. Älä yhdistä soluja äläkä käytä kaavoja.",
        sv="5. Kolumner får flyttas och egna läggas till. Slå inte ihop celler och använd inte formler.",
        en="5. Columns may be moved and your own added. Do not merge cells, and use no formulas.",
    ),
    Text(
        fi="6. Tallenna .xlsx-tiedostona ja vie se Etappiin. Jos jotain on pielessä, saat jokaisen kohdan luettelona.",
        sv="6. Spara som .xlsx och för in filen i Etappi. Om något är fel får du en lista över varje ställe.",
        en="6. Save it as .xlsx and take it into Etappi. What is wrong is listed place by place.",
    ),
)
HOW: Mapping[Kind, Text] = {
    Kind.LINE: Text(fi="Lyhyt teksti", sv="Kort text", en="A few words"),
    Kind.TEXT: Text(fi="Teksti, myös useita rivejä", sv="Text, också flera rader", en="Text, also on several lines"),
    Kind.WHOLE: Text(fi="Kokonaisluku", sv="Heltal", en="A whole number"),
    Kind.FIGURE: Text(fi="Luku: 285000 tai 5,5", sv="Tal: 285000 eller 5,5", en="A figure: 285000 or 5.5"),
    Kind.CHOICE: Text(fi="Valitse luettelosta", sv="Välj ur listan", en="Choose from the list"),
    Kind.YES_NO: Text(fi="kyllä tai ei", sv="ja eller nej", en="yes or no"),
    Kind.DAY: Text(fi="Päivä: 14.6.2027", sv="Dag: 14.6.2027", en="A day: 14.6.2027"),
    Kind.REFERENCE: Text(fi="Yhden rivin tunnus: T1", sv="En rads beteckning: T1", en="The identifier of a row: T1"),
    Kind.REFERENCES: Text(
        fi="Rivien tunnukset pilkulla: T1, T4", sv="Radernas beteckningar: T1, T4", en="Identifiers of rows: T1, T4"
    ),
}


def workbook(output: Output, language: Language, title: str, received: Sequence[tuple[str, Output]] = ()) -> bytes:
    """The workbook of an output as it stands, for people to go on with. `received` fills the lists of references."""
    form = type(output)
    book = Workbook()
    guide: Any = book.active
    made = _Made(book, language, Thread([*received, ("", output)]))
    _guide(guide, form, language, title)
    if columns(form):
        made.texts(output)
    for register in registers(form):
        made.table(register, getattr(output, register.name))
    made.finish()
    book.properties.title = title
    book.properties.creator = "Etappi"
    book.properties.language = language
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(label: str) -> str:
    """A label as the name of a sheet."""
    return label.replace("/", "-").replace(":", "")[:SHEET_LETTERS].strip()


class _Made:
    """A workbook that is being made."""

    def __init__(self, book: Workbook, language: Language, thread: Thread) -> None:
        self.book = book
        self.language = language
        self.thread = thread
        self.lists: dict[str, tuple[str, ...]] = {}

    def texts(self, output: Output) -> None:
        """The texts of the output, a line for each."""
        sheet = self.book.create_sheet(sheet_name(SAYS["texts"].in_(self.language)))
        for at, key in enumerate(("field", "text"), 1):
            _head(sheet, at, SAYS[key].in_(self.language), must=False)
        for row, column in enumerate(columns(type(output)), 2):
            _put(sheet.cell(row, 1), column.label(self.language) + (MUST if column.must else ""))
            _put(sheet.cell(row, 2), getattr(output, column.name))
            sheet.cell(row, 1).font = Font(name="Calibri", size=11, bold=True, color=INK)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 100
        for row, column in enumerate(columns(type(output)), 2):
            sheet.row_dimensions[row].height = max(_height(sheet, ["", getattr(output, column.name)]), 48)
        _print(sheet, self.language)

    def table(self, register: Register, rows: Sequence[Row]) -> None:
        """A sheet with the register's rows under its headings."""
        sheet = self.book.create_sheet(sheet_name(register.label(self.language)))
        own = list(dict.fromkeys(heading for row in rows for heading in row.more))
        inherited = any(row.origin for row in rows)
        for at, column in enumerate(register.columns, 1):
            cell = _head(sheet, at, column.label(self.language) + (MUST if column.must else ""), must=column.must)
            sheet.column_dimensions[get_column_letter(at)].width = 17 if column.name == "id" else WIDTHS[column.kind]
            self._help(sheet, cell, column, len(rows))
        beyond = len(register.columns)
        for at, heading in enumerate(
            [*(OWN + one for one in own), *([ORIGIN.in_(self.language)] if inherited else [])]
        ):
            _head(sheet, beyond + 1 + at, heading, must=False)
            sheet.column_dimensions[get_column_letter(beyond + 1 + at)].width = 30
        for place, row in enumerate(rows, 2):
            values = [shown(column, getattr(row, column.name), self.language) for column in register.columns]
            values += [row.more.get(heading, "") for heading in own] + ([row.origin] if inherited else [])
            for at, value in enumerate(values, 1):
                field = register.columns[at - 1] if at <= beyond else None
                _cell(sheet.cell(place, at), field, row, value, grey=bool(row.origin))
            sheet.row_dimensions[place].height = _height(sheet, values)
        sheet.freeze_panes = "B2"
        last = get_column_letter(max(beyond + len(own) + inherited, 1))
        sheet.auto_filter.ref = f"A1:{last}{max(len(rows), 1) + 1}"
        _print(sheet, self.language)

    def _help(self, sheet: Worksheet, heading: Cell, column: Column, filled: int) -> None:
        """Choosing from a list, and the column's help where a cell is chosen."""
        found = self._list(column)
        told = column.told.help.in_(self.language) if column.told.help else HOW[column.kind].in_(self.language)
        if found:
            name, count = found
            formula = f"{quote_sheetname(self._lists_sheet)}!${name}$1:${name}${count}"
            rule = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
        else:
            rule = DataValidation(allow_blank=True)
        rule.promptTitle, rule.prompt, rule.showInputMessage = column.label(self.language)[:32], told[:255], True
        sheet.add_data_validation(rule)
        rule.add(f"{heading.column_letter}2:{heading.column_letter}{filled + ROOM}")

    def _list(self, column: Column) -> tuple[str, int] | None:
        """The column of the sheet of lists that holds what may be chosen, and how much there is."""
        if column.choices:
            key, words = column.choices.__name__, tuple(one.words.in_(self.language) for one in column.choices)
        elif column.kind is Kind.YES_NO:
            key, words = "yes_no", YES_NO[self.language]
        elif column.kind is Kind.REFERENCE:
            nodes = [node for register in column.told.to for node in self.thread.of(register)]
            key, words = "+".join(column.told.to), tuple(_picked(f"{node.id} {node.name}") for node in nodes)
        else:
            return None
        if not words:
            return None
        self.lists.setdefault(key, words)
        return get_column_letter(list(self.lists).index(key) + 1), len(words)

    @property
    def _lists_sheet(self) -> str:
        return SAYS["lists"].in_(self.language)

    def finish(self) -> None:
        """The lists stand on a sheet that is not shown."""
        sheet = self.book.create_sheet(self._lists_sheet)
        for at, words in enumerate(self.lists.values(), 1):
            for row, word in enumerate(words, 1):
                _put(sheet.cell(row, at), word)
        sheet.sheet_state = "hidden"


def _height(sheet: Worksheet, values: Sequence[str]) -> float:
    """High enough for the longest cell, as far as a row can be."""
    most = 1
    for at, value in enumerate(values, 1):
        wide = sheet.column_dimensions[get_column_letter(at)].width * 1.05
        most = max(most, sum(1 + int(len(line) // wide) for line in value.split("\n")))
    return float(min(15.5 * most + 3, 400))


def _picked(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= PICKED else line[: PICKED - 1] + "…"


def _head(sheet: Worksheet, at: int, words: str, *, must: bool) -> Any:
    cell = sheet.cell(1, at)
    _put(cell, words)
    cell.font = HEAD
    cell.fill = PatternFill("solid", fgColor=PAPER if must or at == 1 else "5B7F88")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 34
    return cell


def _cell(cell: Any, column: Column | None, row: Row, value: str, *, grey: bool) -> None:
    if column is not None and column.kind in (Kind.FIGURE, Kind.WHOLE) and value:
        cell.value = getattr(row, column.name)
        cell.number_format = "#,##0.##" if column.kind is Kind.FIGURE else "#,##0"
    else:
        _put(cell, value)
    cell.font, cell.alignment, cell.border = BODY, WRAPPED, LINE
    if grey:
        cell.fill = PatternFill("solid", fgColor="EEF1F2")


def _put(cell: Any, words: str) -> None:
    """The words as text, also where they begin like a formula."""
    if words:
        cell.value = words
        cell.data_type = "s"
        cell.alignment = WRAPPED
        if words[0] in "=+-@'":
            cell.quotePrefix = True


def _print(sheet: Worksheet, language: Language) -> None:
    """On paper: across, as wide as the page, the headings on every page, the sheet's name and the page's number."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.left.text, sheet.oddFooter.right.text = "&A", SAYS["page"].in_(language)


def _guide(sheet: Any, form: type[Output], language: Language, title: str) -> None:
    """The first sheet: how to fill the workbook in, and what each column means."""
    sheet.title = sheet_name(SAYS["guide"].in_(language))
    sheet.sheet_view.showGridLines = False
    _put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(name="Calibri", size=18, bold=True, color=PAPER)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    row = 2
    for words in [SAYS["title"].in_(language), *(step.in_(language) for step in STEPS)]:
        _put(sheet.cell(row, 1), words)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
        sheet.cell(row, 1).font = BODY
        sheet.row_dimensions[row].height = 32 if len(words) > 110 else 18
        row += 1
    sheet.cell(row - len(STEPS) - 1, 1).font = Font(name="Calibri", size=13, bold=True, color=INK)
    row += 1
    for at, key in enumerate(GUIDED, 1):
        cell = sheet.cell(row, at)
        _put(cell, SAYS[key].in_(language))
        cell.font, cell.fill = HEAD, PatternFill("solid", fgColor=PAPER)
    for told in _explained(form, language):
        row += 1
        for at, words in enumerate(told, 1):
            _put(sheet.cell(row, at), words)
            sheet.cell(row, at).font, sheet.cell(row, at).border = BODY, LINE
            if told.must:
                sheet.cell(row, at).fill = PatternFill("solid", fgColor=PALE if at < 5 else WARM)
        sheet.row_dimensions[row].height = 32 if max(len(told.means), len(told.how)) > 52 else 17
    for letter, width in zip("ABCDE", (26, 28, 52, 52, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    _print(sheet, language)


class _Explained(NamedTuple):
    """One line of the guidance."""

    table: str
    column: str
    means: str
    how: str
    must: str


GUIDED = _Explained("table", "column", "means", "how", "must")
"""The headings over the lines, as `SAYS` has them."""


def guide_words(form: type[Output], language: Language) -> set[str]:
    """All that the guidance says, but for its title."""
    told = {SAYS[key].in_(language) for key in ("title", *GUIDED)} | {step.in_(language) for step in STEPS}
    return told.union(*_explained(form, language))


def _explained(form: type[Output], language: Language) -> list[_Explained]:
    texts = [(SAYS["texts"].in_(language), column) for column in columns(form)]
    tables = [(one.label(language), column) for one in registers(form) for column in one.columns]
    return [_explanation(table, column, language) for table, column in texts + tables]


def _explanation(table: str, column: Column, language: Language) -> _Explained:
    means = column.told.help.in_(language) if column.told.help else column.label(language)
    how = HOW[column.kind].in_(language)
    if column.choices:
        how = ", ".join(one.words.in_(language) for one in column.choices)
    return _Explained(table, column.label(language), means, how, SAYS["yes"].in_(language) if column.must else "")
