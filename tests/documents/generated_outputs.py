"""Outputs of every form as Hypothesis makes them: any words people may write, any figures, any references."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from models.outputs.forms import FORMS
from models.outputs.rows import Output
from models.outputs.told import Column, Kind, columns, registers

LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
    include_characters="\n\t",
)
NASTY = st.sampled_from(
    [
        *("=1+1", "+358 40", "-5", "@risu", "'lainaus", "_x0041_", "a_x000D_b", "<b>lihava</b>", "a | b", "* piste"),
        *("# otsikko", "1. kohta", "rivi\nrivi", "kappale\n\nkappale", "\u00a0kova", "🙂", "حاجة", "–", "&amp;", "T1"),
        *("a\n\n\nb", "a\n\n\n\nb", "a\n\n b", "a \n\nb"),
        *("Tarve", "+ oma", "kyllä", "1 240 000", "6.5. ja 18.5.2027", "a" * 2000, "100 %", '"', "\u2028x", "a\tb"),
    ]
)
WORDS = st.one_of(NASTY, st.text(LETTERS, max_size=40))
HEADINGS = st.one_of(
    st.sampled_from(["Tarve", "Oma sarake", "Tunnus", "– x", "+ y"]), st.text(LETTERS, min_size=1, max_size=12)
)
ITEMS = st.one_of(
    st.from_regex(r"[A-ZÅÄÖ]{1,3}[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"[A-Za-zÅÄÖåäö0-9]([A-Za-z0-9_.\-]{0,20}[A-Za-z0-9])?", fullmatch=True),
)
FIGURES = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6)
)


def value(column: Column) -> st.SearchStrategy[Any]:
    match column.kind:
        case Kind.LINE | Kind.TEXT:
            return WORDS
        case Kind.WHOLE:
            return st.none() | st.integers(0, 10_000_000)
        case Kind.FIGURE:
            return st.none() | FIGURES
        case Kind.CHOICE:
            assert column.choices
            return st.none() | st.sampled_from(list(column.choices))
        case Kind.YES_NO:
            return st.none() | st.booleans()
        case Kind.DAY:
            return st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
        case Kind.REFERENCE:
            return st.just("") | ITEMS
        case Kind.REFERENCES:
            return st.lists(ITEMS, max_size=4, unique=True).map(tuple)


@st.composite
def outputs(draw: st.DrawFn) -> Output:
    """An output of some form, its rows with identifiers of their own."""
    form = draw(st.sampled_from(list(FORMS.values())))
    fields: dict[str, Any] = {column.name: draw(value(column)) for column in columns(form)}
    for register in registers(form):
        ids = draw(st.lists(ITEMS, max_size=3, unique_by=str.casefold))
        rows = []
        for id_ in ids:
            row = {column.name: draw(value(column)) for column in register.columns} | {"id": id_}
            row["more"] = _clean(draw(st.dictionaries(HEADINGS, WORDS, max_size=2)))
            row["origin"] = draw(st.sampled_from(["", "tuottamistarve 1a2b3c4d5e6f"]))
            rows.append(row)
        fields[register.name] = rows
    return form.model_validate(fields)


def _clean(more: dict[str, str]) -> dict[str, str]:
    """Columns of people's own as a table can hold them: with a heading, of one line, and something in them."""
    kept = {" ".join(heading.split()): words for heading, words in more.items() if words.strip()}
    by_name = {heading.casefold(): (heading, words) for heading, words in kept.items() if heading}
    return dict(by_name.values())
