"""Two texts compared word by word."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.comparison import (
    Change,
    ChangeKind,
    compare_texts,
    count_changes,
    longest_rising,
    runs,
    text_after,
    text_before,
)

WORDS = st.lists(st.sampled_from(["tarve", "äiti", "Öljy", ",", ".", " ", "  ", "\n", "\n\n", "1,5", "ja"])).map(
    "".join
)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def as_written(changes):
    marks = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "[+{}+]"}
    return "".join(marks[change.kind].format(change.text) for change in changes)


@settings(deadline=None)
@given(before=WORDS | ANY_TEXT, after=WORDS | ANY_TEXT)
def test_the_changes_give_both_texts_back(before, after):
    changes = compare_texts(before, after)
    assert text_before(changes) == before
    assert text_after(changes) == after


@settings(deadline=None)
@given(before=WORDS, after=WORDS)
def test_neighbouring_changes_are_of_different_kinds_and_never_empty(before, after):
    changes = compare_texts(before, after)
    assert all(change.text for change in changes)
    assert all(one.kind is not next_.kind for one, next_ in pairwise(changes))


@settings(deadline=None)
@given(text=WORDS)
def test_a_text_compared_with_itself_is_kept(text):
    assert compare_texts(text, text) == ((Change(kind=ChangeKind.KEPT, text=text),) if text else ())


def test_a_comma_is_one_change():
    changes = compare_texts(
        "On tärkeää että ihmiset sitoutuvat.\nToinen kappale.", "On tärkeää, että ihmiset sitoutuvat.\nToinen kappale."
    )
    assert as_written(changes) == "On tärkeää[+,+] että ihmiset sitoutuvat.\nToinen kappale."
    assert count_changes(changes) == 1


def test_words_with_finnish_letters_change_whole():
    changes = compare_texts("Kylien väestö vähenee.", "Kylien väki vähenee.")
    assert as_written(changes) == "Kylien [-väestö-][+väki+] vähenee."
    decomposed = compare_texts("a a\u0308a\u0308 b", "a o\u0308o\u0308 b")
    assert as_written(decomposed) == "a [-a\u0308a\u0308-][+o\u0308o\u0308+] b"


def test_a_number_changes_whole():
    assert as_written(compare_texts("12,5 htv 4.12.2023", "12,7 htv 5.12.2023")) == (
        "[-12,5-][+12,7+] htv [-4.12.2023-][+5.12.2023+]"
    )


def test_a_replaced_phrase_is_one_change():
    changes = compare_texts("Palvelu tuotetaan itse kaikille.", "Palvelu ostetaan yhdessä naapurien kanssa kaikille.")
    assert as_written(changes) == "Palvelu [-tuotetaan itse-][+ostetaan yhdessä naapurien kanssa+] kaikille."
    assert count_changes(changes) == 1


def paragraphs(count, seed=1):
    pick = random.Random(seed)
    words = [f"sana{n}" for n in range(900)]
    return [" ".join(pick.choices(words, k=40)) + "\n\n" for _ in range(count)]


def test_a_moved_paragraph_leaves_the_rest_as_it_was():
    text = paragraphs(20)
    moved = text[:3] + text[4:15] + [text[3]] + text[15:]
    changes = compare_texts("".join(text), "".join(moved))
    assert [change.text for change in changes if change.kind is ChangeKind.REMOVED] == [text[3]]
    assert [change.text for change in changes if change.kind is ChangeKind.ADDED] == [text[3]]


class Counted(str):
    """A token that counts how often it is looked at."""

    looks = 0
    __slots__ = ()

    def __hash__(self):
        Counted.looks += 1
        return str.__hash__(self)

    def __eq__(self, other):
        Counted.looks += 1
        return str.__eq__(self, other)


def looks_per_token(before, after):
    Counted.looks = 0
    found = list(runs([Counted(one) for one in before], [Counted(one) for one in after]))
    looks = Counted.looks
    assert [one for run in found for one in before[run.before]] == list(before)
    assert [one for run in found for one in after[run.after]] == list(after)
    assert all(before[run.before] == after[run.after] for run in found if run.same)
    return looks / (len(before) + len(after))


def test_a_long_text_costs_little_more_per_word_than_a_short_one():
    assert len("".join(paragraphs(200))) > 50_000
    for count in (20, 200):
        text = " ".join(paragraphs(count)).split()
        edited = ["muu" if word == "sana7" else word for word in text]
        assert looks_per_token(text, edited) < 60
        assert looks_per_token(text, " ".join(random.Random(2).sample(paragraphs(count), k=count)).split()) < 60
        assert looks_per_token(text, " ".join(paragraphs(count, seed=3)).split()) < 60


def test_texts_made_to_be_slow_are_not():
    pick = random.Random(4)
    words = [f"w{n}" for n in range(6_000)]
    assert looks_per_token(words, words[::-1]) < 60
    assert looks_per_token(["a"] * 12_000, ["b", "a"] * 6_000) < 60
    assert looks_per_token(pick.choices("ab", k=12_000), pick.choices("ab", k=12_000)) < 60


@settings(deadline=None)
@given(st.permutations(range(30)))
def test_a_longest_rising_subsequence_rises(numbers):
    found = longest_rising(numbers)
    assert found == sorted(found)
    values = [numbers[at] for at in found]
    assert values == sorted(values)
    best = [1] * 30
    for at in range(30):
        best[at] += max((best[to] for to in range(at) if numbers[to] < numbers[at]), default=0)
    assert len(values) == max(best)
