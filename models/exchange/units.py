"""The unit in which the heading of a column counts: what a bare figure under it is in the field's own unit.

Thousands and millions of euros are certain where the heading writes them out. Any other unit than the field's own is a
`Misread`: a month's euros under "Euroa vuodessa" would be wrong without anybody noticing.
"""

import re

from models.exchange.mistakes import Misread
from models.outputs.told import Column, Kind

_EURO = r"(?:€|eur|euroa?|euroina|euroja|euro|euros)"
_A_YEAR = r"(?: ?/ ?(?:v|vuosi|år|year)\.?| vuodessa| per år| a year| per year)?"
_ONES = rf"(?:^|[ (,;/]){{}}{_A_YEAR}\)?\.?$"
_THOUSANDS = re.compile(
    _ONES.format(rf"(?:t ?€|k ?€|teur|keur|1 ?000 ?{_EURO}|(?:tuhatta|tuhansia|tuhansina|tusen|thousand) {_EURO})")
)
_MILLIONS = re.compile(_ONES.format(rf"(?:m ?€|meur|(?:milj\.?|miljoonaa|miljoonia|miljoner|million) ?{_EURO})"))
_SCALED = re.compile(
    r"1 ?000|\bt ?€|\bk ?€|\bm ?€|\b[tkm]eur|tuhat|tuhans|tusen|thousand|milj|million|sada|hundra|hundred"
)
_OTHER = re.compile(
    r"%|‰|prosent|procent|per ?cent|\bsnt\b|senttiä|\$|£|dollar|\bkr\b|\bsek\b|kronor|kruunu"
    r"|/ ?(?!(?:v|vuosi|år|year)\b)\w|\bper (?!år|year|annum)\w|\b(?:kohti|kohden)\b"
    r"|kuukau|\bkk\b|månad|\bmån\b|month|viikossa|viikolta|i veckan|a week|weekly"
    r"|päivässä|päivältä|\bpv\b|om dagen|a day|daily|tunnissa|tunnilta|i timmen|an hour|hourly"
    r"|neljännes|kvartal|quarter"
)
_BOUND = re.compile(r"\b(?:yli|alle|enintään|vähintään|max|min|över|under|minst|högst|over|at least|at most|up to)\b")
_MEASURES = {"euro": re.compile(r"€|eur", re.IGNORECASE)}
_MEASURES["henkilötyövuo"] = re.compile(r"htv|henkilötyö|årsv|person-?year|fte", re.IGNORECASE)


def multiplier(column: Column, heading: str) -> int:
    """By what a figure under the heading is multiplied. Raises Misread for a unit that is not the field's."""
    words = " ".join(heading.split()).casefold().rstrip("*: ")
    if not words or words in {column.label(language).casefold() for language in ("fi", "sv", "en")}:
        return 1
    if not (_OTHER.search(words) or _SCALED.search(words) or _is_of_another(column, words)):
        return 1
    if not _OTHER.search(words) and not _BOUND.search(words) and _is_euros(column):
        if _THOUSANDS.search(words):
            return 1_000
        if _MILLIONS.search(words):
            return 1_000_000
    raise Misread("unit", heading=heading, label=column.told.label)


def in_ones(column: Column, words: str, times: int) -> None:
    """Raises Misread for a cell with a unit of its own beside its heading's, or with that of another field."""
    if _is_of_another(column, words) or (times != 1 and re.search(r"[^\W\d_]|€", words)):
        raise Misread("no_figure", text=words)


def _is_euros(column: Column) -> bool:
    return column.kind is Kind.FIGURE and "euro" in column.label("fi").casefold()


def _is_of_another(column: Column, words: str) -> bool:
    label = column.label("fi").casefold()
    return any(found.search(words) for measure, found in _MEASURES.items() if measure not in label)
