"""Two versions of a document compared."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.comparison import Change, ChangeKind
from models.documents.document_comparison import Passage, What, compare_documents
from models.documents.parts import Document, Item, Items, Paragraph, Section, Table
from models.documents.reading import read_document

REGISTER = """# Tarverekisteri

Tarpeet on koottu kyselystä ja ryhmistä.

| Tunnus | Tarve | Kiireellisyys |
| --- | --- | --- |
| T1 | Lääkärille pääsee viikossa | kiireellinen |
| T2 | Koulukyyti kylistä | pian |
| T3 | Kirjasto auki iltaisin | myöhemmin |
"""


def differences(before: str, after: str) -> list[Passage]:
    compared = compare_documents(read_document(before, "a.md"), read_document(after, "a.md"))
    return [passage for passage in compared if passage.changed]


def shown(passage: Passage) -> str:
    marks = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "[+{}+]"}
    return "".join(marks[change.kind].format(change.text) for change in passage.changes)


def test_what_changed_in_a_row_is_told_cell_by_cell():
    one, new = differences(REGISTER, REGISTER.replace("| pian |", "| heti |") + "| T4 | Uimahalli | pian |\n")

    def told(passage: Passage) -> list[str]:
        marks = {ChangeKind.KEPT: "", ChangeKind.REMOVED: "-", ChangeKind.ADDED: "+"}
        return [" ".join(f"{marks[one.kind]}{one.text.strip()}" for one in cell) for cell in passage.cells]

    assert told(one) == ["T2", "Koulukyyti kylistä", "-pian +heti"]
    assert told(new) == ["+T4", "+Uimahalli", "+pian"]


def test_cells_stand_side_by_side_where_bars_went_and_came_with_their_words():
    changes = (
        Change(kind=ChangeKind.KEPT, text="T1 | "),
        Change(kind=ChangeKind.REMOVED, text="vanha | pian"),
        Change(kind=ChangeKind.ADDED, text="uusi | heti"),
    )
    row = Passage(what=What.ROW, under="", changes=changes)
    assert [[one.text.strip() for one in cell] for cell in row.cells] == [["T1"], ["vanha", "uusi"], ["pian", "heti"]]


def test_a_corrected_comma_is_the_only_difference():
    (only,) = differences(REGISTER, REGISTER.replace("kyselystä ja", "kyselystä, ja"))
    assert (only.what, only.under) == (What.PARAGRAPH, "Tarverekisteri")
    assert shown(only) == "Tarpeet on koottu kyselystä[+,+] ja ryhmistä."


def test_a_row_is_compared_with_the_row_of_the_same_first_cell():
    sorted_anew = REGISTER.replace("| T1 | Lääkärille pääsee viikossa | kiireellinen |\n", "").replace(
        "| T2 | Koulukyyti kylistä | pian |", "| T2 | Koulukyyti kaikista kylistä | pian |"
    )
    sorted_anew += "| T1 | Lääkärille pääsee viikossa | heti |\n"
    changed = differences(REGISTER, sorted_anew)
    assert [shown(passage) for passage in changed] == [
        "T2 | Koulukyyti [+kaikista +]kylistä | pian",
        "T1 | Lääkärille pääsee viikossa | [-kiireellinen-][+heti+]",
    ]
    assert [passage.moved for passage in changed] == [False, True]


def test_a_row_that_came_and_one_that_went_stand_in_their_places():
    after = REGISTER.replace("| T2 | Koulukyyti kylistä | pian |\n", "") + "| T4 | Nuorille oma tila | pian |\n"
    went, came = differences(REGISTER, after)
    assert (went.before, went.after) == ("T2 | Koulukyyti kylistä | pian", "")
    assert (came.before, came.after) == ("", "T4 | Nuorille oma tila | pian")
    passages = compare_documents(read_document(REGISTER, "a.md"), read_document(after, "a.md"))
    firsts = [(passage.before or passage.after)[:2] for passage in passages if passage.what is What.ROW]
    assert firsts == ["Tu", "T1", "T2", "T3", "T4"]


def test_a_mended_first_cell_is_one_change():
    (only,) = differences(REGISTER, REGISTER.replace("| T3 | Kirjasto", "| T33 | Kirjasto"))
    assert shown(only) == "[-T3-][+T33+] | Kirjasto auki iltaisin | myöhemmin"


def test_a_new_column_changes_every_row_and_loses_none():
    after = REGISTER.replace("| Kiireellisyys |", "| Kiireellisyys | Suunta |").replace("--- |\n", "--- | --- |\n")
    after = after.replace("| kiireellinen |", "| kiireellinen | kasvaa |").replace("| pian |", "| pian | ennallaan |")
    changed = differences(REGISTER, after)
    assert [shown(passage) for passage in changed] == [
        "Tunnus | Tarve | Kiireellisyys[+ | Suunta+]",
        "T1 | Lääkärille pääsee viikossa | kiireellinen[+ | kasvaa+]",
        "T2 | Koulukyyti kylistä | pian[+ | ennallaan+]",
        "T3 | Kirjasto auki iltaisin | myöhemmin[+ | +]",
    ]


def test_a_moved_paragraph_is_told_as_moved():
    before = "# A\n\nYksi kappale tässä.\n\n## B\n\nToinen on täällä näin.\n\nKolmas vielä lopuksi sanoo.\n"
    after = "# A\n\n## B\n\nToinen on täällä näin.\n\nKolmas vielä lopuksi sanoo.\n\nYksi kappale tässä.\n"
    (only,) = differences(before, after)
    assert (only.moved, only.before, only.after, only.under) == (True, *["Yksi kappale tässä."] * 2, "B")


def test_a_rewritten_paragraph_is_removed_and_added():
    before = "# A\n\nKoulukyydit järjestetään itse.\n\n- yksi\n- kaksi\n"
    after = "# A\n\nHallituksen esitys annetaan syksyllä.\n\n- yksi\n- kolme\n"
    kinds = [(passage.what, bool(passage.before), bool(passage.after)) for passage in differences(before, after)]
    assert kinds == [
        (What.PARAGRAPH, True, False),
        (What.PARAGRAPH, False, True),
        (What.POINT, True, False),
        (What.POINT, False, True),
    ]


WORD = st.sampled_from(["tarve", "äly", "yö", "kylä", "a b", "palvelu,"])
ROWS = st.lists(st.tuples(WORD, WORD), max_size=4)
BLOCKS = (
    st.builds(Paragraph, text=WORD)
    | st.lists(st.builds(Item, text=WORD), min_size=1, max_size=3).map(lambda items: Items(items=tuple(items)))
    | ROWS.map(lambda rows: Table(headings=("Tunnus", "Asia"), rows=tuple(rows)))
)
SECTIONS = st.builds(
    lambda heading, blocks: Section(level=2, heading=heading, blocks=tuple(blocks)),
    WORD,
    st.lists(BLOCKS, max_size=4),
)
DOCUMENTS = st.lists(SECTIONS, max_size=4).map(lambda sections: Document(title="t", sections=tuple(sections)))


def texts(document: Document) -> list[str]:
    found = []
    for section in document.sections:
        found.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Items):
                found.extend(item.text for item in block.items)
            else:
                found.extend(" | ".join(row) for row in (block.headings, *block.rows))
    return found


@settings(deadline=None)
@given(before=DOCUMENTS, after=DOCUMENTS)
def test_the_passages_give_both_documents_back(before, after):
    passages = compare_documents(before, after)
    assert [passage.after for passage in passages if passage.after] == texts(after)
    assert Counter(passage.before for passage in passages if passage.before) == Counter(texts(before))
    if not any(passage.moved for passage in passages):
        assert [passage.before for passage in passages if passage.before] == texts(before)


@settings(deadline=None)
@given(document=DOCUMENTS)
def test_a_document_compared_with_itself_has_no_changes(document):
    assert not any(passage.changed for passage in compare_documents(document, document))
