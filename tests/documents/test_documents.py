"""Documents that people wrote are read; what cannot be read is refused in a clear sentence."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.parts import Item, Items, Paragraph, RemarkKind, Section, Table
from models.documents.reading import DEEPEST, read_document
from models.errors import NotValid

NEEDS = """# Tuottamistarve

Selvitys pohjautuu **tulevaisuuskuvaan**
ja [ohjelmiin](https://kunta.fi/ohjelmat).

## Rekisteri

| Tarve | Kenen | Kiireellisyys |
|-------|:-----:|--------------:|
| Koulukyyti \\| iltapäivä | kylien lapset | pian |
| Älä *jää* yksin | ikääntyneet |

- ensimmäinen
  - tarkennus
- toinen
"""


def remarks(content, name="a.md"):
    return [(remark.kind, remark.line) for remark in read_document(content, name).remarks]


def test_a_document_has_its_title_sections_and_tables():
    document = read_document(NEEDS, "tarve.md")
    assert document.title == "Tuottamistarve"
    assert document.remarks == ()
    table = Table(
        headings=("Tarve", "Kenen", "Kiireellisyys"),
        rows=(("Koulukyyti | iltapäivä", "kylien lapset", "pian"), ("Älä jää yksin", "ikääntyneet", "")),
        under="Rekisteri",
        line=8,
    )
    words = "Selvitys pohjautuu tulevaisuuskuvaan ja ohjelmiin (https://kunta.fi/ohjelmat)."
    points = (Item(text="ensimmäinen"), Item(text="tarkennus", depth=1), Item(text="toinen"))
    assert document.sections == (
        Section(level=1, heading="Tuottamistarve", blocks=(Paragraph(text=words),)),
        Section(level=2, heading="Rekisteri", blocks=(table, Items(items=points))),
    )
    assert document.tables == (table,)


def below(text: str, name: str) -> list[tuple[int, str]]:
    return [(depth, section.heading) for depth, section in read_document(text, "x.md").below(name) if depth]


def test_headings_stand_below_the_name_and_one_that_says_it_again_is_not_shown():
    text = "# Visio\n\nx\n\n### Arvot\n\ny\n\n## Tavoitteet\n\nz\n\n# Liite\n"
    under_vision = [(2, "Arvot"), (2, "Tavoitteet")]
    assert below(text, "Tulevaisuuskuva") == [(1, "Visio"), *under_vision, (1, "Liite")]
    assert below(text, " visio ") == [(1, "Arvot"), (2, "Tavoitteet"), (1, "Liite")]
    assert below("# Visio\n\n## Arvot\n\n### Rohkeus\n\n## Visio\n", "Visio") == [
        (1, "Arvot"),
        (2, "Rohkeus"),
        (1, "Visio"),
    ]
    assert below("Vain tekstiä.\n\n## Arvot\n", "Visio") == [(1, "Arvot")]
    assert below("Vain tekstiä.", "Visio") == []


def test_the_same_letters_written_two_ways_are_the_same_document():
    assert read_document(unicodedata.normalize("NFD", NEEDS), "a.md") == read_document(NEEDS, "a.md")
    assert read_document(b"\xef\xbb\xbf" + NEEDS.replace("\n", "\r\n").encode(), "a.md") == read_document(NEEDS, "a.md")


def test_plain_text_keeps_its_lines_and_its_spreadsheet_cells():
    text = "\nKemijärvi 2030\nsuunnitelma\n\nTarve\tKenen\nkyyti\tlapset\n\n• yksi\n• kaksi\n\n# ei otsikko\n"
    document = read_document(text, "muistio.TXT")
    assert document.title == "Kemijärvi 2030"
    assert document.sections[0].blocks == (
        Paragraph(text="Kemijärvi 2030\nsuunnitelma"),
        Table(headings=("Tarve", "Kenen"), rows=(("kyyti", "lapset"),), line=5),
        Items(items=(Item(text="yksi"), Item(text="kaksi"))),
        Paragraph(text="# ei otsikko"),
    )
    assert [(one.kind, one.line) for one in document.remarks] == [(RemarkKind.NO_HEADING, 2)]


def test_nothing_written_stays_hidden():
    hidden = '# A\n\n<!-- ei näy -->\n\n<b>näkyy</b>\n\n[a]: salaa "otsikko"\n'
    paragraphs = [block.text for _, block in read_document(hidden, "a.md").blocks()]
    assert paragraphs == ["<!-- ei näy -->", "<b>näkyy</b>", '[a]: salaa "otsikko"']
    assert read_document('# A\n\n![kuva](a.png "x")\n', "a.md").sections[0].blocks == (Paragraph(text="kuva (a.png)"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Älä\n\nö\n".encode("latin-1"), r"not text in UTF-8 \(line 1\)"),
        (b"# A\n\nrivi\n\xff\xfe", r"not text in UTF-8 \(line 4\)"),
        ("# A\n\nNUL \x00 keskellä\n".encode(), r"on line 3 a character that cannot be seen \(U\+0000\)"),
        ("# A\n\x1b[2J tyhjennä\n", r"on line 2 .* \(U\+001B\)"),
        ("# A\n\n\n\u202eesrever\n", r"on line 4 .* \(U\+202E\)"),
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("# A \ud800", "half of a character"),
        ("# A\n\n" + "> " * DEEPEST + "syvällä\n", r"too deep inside each other \(line 3\)"),
        ("".join("  " * n + "- a\n" for n in range(DEEPEST)), "too deep inside each other"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content, said):
    with pytest.raises(NotValid, match=said):
        read_document(content, "tuotos.md")


def test_a_document_without_a_heading_is_called_by_its_first_line():
    document = read_document("\n\n**Kylien** tarpeet\n\nteksti\n", "a.md")
    assert document.title == "Kylien tarpeet"
    assert read_document("***", "a.md").title == "***"
    assert remarks("\n\n**Kylien** tarpeet\n") == [(RemarkKind.NO_HEADING, 3)]
    assert len(read_document("sana " * 100, "a.md").title) <= 120


def test_a_table_without_its_line_of_dashes_is_read_as_text_and_told():
    content = "# A\n\n| Tarve | Kenen |\n| kyyti | lapset |\n"
    document = read_document(content, "a.md")
    assert document.tables == ()
    assert remarks(content) == [(RemarkKind.TABLE_AS_TEXT, 3)]
    assert "| --- | --- |" in document.remarks[0].sentence
    assert remarks("# A\n\n| Tarve | Kenen |\n| --- |\n| kyyti | lapset |\n") == [(RemarkKind.TABLE_AS_TEXT, 3)]


def test_cells_beyond_the_columns_are_told():
    content = "# A\n\n| Tarve | Kenen |\n| --- | --- |\n| kyyti | lapset |\n| a | b \\| c | d |\n| a \\| b | c |\n"
    assert read_document(content, "a.md").tables[0].rows[1] == ("a", "b | c")
    assert remarks(content) == [(RemarkKind.CELLS_LEFT_OUT, 6)]


def test_a_table_without_closing_bars_is_a_table():
    document = read_document("# A\n\nTarve | Kenen\n--- | ---\nkyyti | lapset", "a.md")
    assert document.tables[0].rows == (("kyyti", "lapset"),)
    assert document.remarks == ()


def test_code_that_is_never_closed_is_told():
    assert remarks("# A\n\n```\n| Tarve |\n| --- |\n| a |\n") == [(RemarkKind.CODE_UNCLOSED, 3)]
    assert remarks("# A\n\n```\nkoodi\n```\n\nteksti\n") == []


def test_tables_in_quotations_and_lists_are_found():
    document = read_document(
        "# A\n\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n\n1. kohta\n\n   | c |\n   |---|\n   | 3 |\n", "a.md"
    )
    assert [table.headings for table in document.tables] == [("a", "b"), ("c",)]


@pytest.mark.parametrize(
    "part", ["[", "[[a]", " ![[", "*a ", "a_", "`", "sana, ", "a\n\n", "|a", "\\", "[a](", "> a\n"]
)
def test_a_hundred_thousand_characters_are_read_whatever_they_are(part):
    content = "# A\n\n" + part * (100_000 // len(part))
    assert read_document(content, "a.md").title == "A"


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_read_or_refused(text, name):
    try:
        document = read_document(text, name)
    except NotValid as refusal:
        assert name in str(refusal)
    else:
        assert document.title
        assert all(len(row) == len(table.headings) for table in document.tables for row in table.rows)
