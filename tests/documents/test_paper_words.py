"""Whatever people wrote, it stands in their papers as words: no markup, nothing lost, nothing run."""

import io
import zipfile
from xml.etree import ElementTree

import paper_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_looking import html_page, pages, squeezed, word_text

from models.papers.agenda_item import agenda_item
from models.papers.fitting import ACROSS, fitted, unbroken
from models.papers.memo_paper import memo_paper
from models.papers.package_paper import package_paper
from models.papers.paper import Look
from models.papers.shortening import clean, one_line, shortened, width
from tasks.papers.html import as_html
from tasks.papers.pdf import as_pdf
from tasks.papers.word import as_word

MARKUP = (
    '#panic(); #import "@preview/x:0.1.0"; $1/0$ *x* _y_ `raw` <label> @ref \\ // /* */ = Otsikko',
    "{{ 7 * 7 }} {% for x in y %} {%p endif %} {{ self.__init__ }} {_{ x }_} {_% x %_} {# pois #}",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; &lt; ]]> <!-- --> <w:p/> <?xml?>",
    '=HYPERLINK("http://x") | --- | \\a \\n %s {0} {name} \\u0041',
    "a\u0007b\u000bc\fd\x00e\x1bf \u202eolleh\u202c \ufeff \ud800 \uffff",
    "שלום עולם مرحبا 😀 👩‍👩‍👧 🇫🇮 ❤️ é ñ ǆ ﷽ 日本",
)
WORDS = st.one_of(st.sampled_from(MARKUP), st.text(min_size=1, max_size=300)).filter(lambda words: clean(words) != "")


def in_a_paper(words: str) -> dict[str, str]:
    return {"memo": words, "why": words}


@pytest.mark.parametrize("words", MARKUP)
def test_markup_of_any_kind_is_printed_as_it_was_written(words: str) -> None:
    paper = memo_paper(samples.memo(words=in_a_paper(words)))
    visible = "".join(letter for letter in clean(words) if letter.isascii() and letter.isalnum())

    text = "".join(pages(as_pdf(paper)))

    assert visible in squeezed(text) or not visible.isascii() or "שלום" in words


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_a_page_of_html_holds_the_words_themselves(words: str) -> None:
    page = html_page(as_html(memo_paper(samples.memo(words=in_a_paper(words)))))

    assert page.parts.count(clean(words)) >= 2 or clean(words) in "".join(page.parts)
    assert not page.unclosed
    assert not {"script", "img"} & set(page.names)


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_a_word_file_holds_the_words_themselves(words: str) -> None:
    material = samples.package(words={"why": words}, dissents={"d1": samples.dissent("why")})

    written = as_word(package_paper(material))

    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        ElementTree.fromstring(opened.read("word/document.xml"))
    text = word_text(written).replace("\u2060", "")
    assert clean(words).replace("\u2060", "") in text


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_any_words_can_be_printed(words: str) -> None:
    named = {"title": words, "look": Look(name=words)}
    material = samples.package(words={"why": words}, dissents={"d1": samples.dissent("why")}, of_setting=named)

    found = pages(as_pdf(package_paper(material)))

    assert len(found) >= 2


@given(st.text(max_size=400), st.floats(min_value=4, max_value=200))
def test_shortened_words_fit_and_say_that_they_are_shortened(words: str, room: float) -> None:
    short, whole = shortened(words, room)

    assert width(short) <= room + 1
    assert short == one_line(words) if whole else short.endswith("…")
    assert "\n" not in short


def test_a_front_in_word_shows_at_least_one_row_of_everything_and_says_how_many_more() -> None:
    material = samples.package(
        words={"why": "Perustelu. " * 400}, dissents={f"d{n}": samples.dissent("why") for n in range(50)}
    )

    shown = {one.part.key: one for page in fitted(package_paper(material).front) for one in page}
    text = word_text(as_word(package_paper(material)))

    assert 0 < shown["dissents"].shown < 50
    assert f"(vielä {shown['dissents'].rest})." in text
    assert text.count("Perustelu. Perustelu.") >= 50


def test_the_agenda_item_shortens_and_never_loses_where_the_rest_is() -> None:
    material = samples.package(
        words={"why": "Perustelu. " * 400}, dissents={f"d{n}": samples.dissent("why") for n in range(50)}
    )

    text = word_text(as_word(agenda_item(material)))

    assert "Jatkuu kokonaan vaiheen koosteessa (vielä" in text


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "7", "310 000", "−1 250 000", "yhteistoiminta", "vuoropäiväkoti ja kerho"]),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.sampled_from(["Tarve", "€ muutos", "Esitetään", "Ei ehtinyt lukea"]), min_size=4, max_size=4),
)
def test_columns_in_word_keep_figures_and_words_whole(rows: list[list[str]], headings: list[str]) -> None:
    columns = unbroken([20.0, 5.0, 5.0, 30.0], headings, rows, numbers=(1, 2))

    assert sum(columns.shares) == pytest.approx(1)
    for at, share in enumerate(columns.shares):
        room = share * ACROSS / columns.size
        cells = [row[at] for row in rows]
        for whole in cells if at in (1, 2) else " ".join(cells).split():
            assert min(width(whole), 18) <= room
