"""Reads and writes figures as people write them in tables: "1 240 000 €", "12,5 htv", "n. 1,2 milj. €".

A cell is read whole or not at all: a range, a guess or a figure that means different things in different languages
("1,200") is no figure, so that no sum is ever wrong by it.
"""

import re
from decimal import Decimal

from models.days.formats import Language

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-"})
_ABOUT = r"(?:noin |n\. ?|ca\.? |cirka |about )?"
_NUMBER = r"[+-]?(?:\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?)"
_UNIT = (
    r"(?:€|euroa?|eur|htv|henkilötyövuotta|henkilötyövuosi|årsverken?|årsv\.?|person-years?|fte)?"
    r"(?: ?/ ?(?:v|vuosi|år|year)\.?| vuodessa| per år| a year)?"
)
_FIGURE = re.compile(
    rf"{_ABOUT}({_NUMBER}) ?(milj\.?|miljoonaa|miljoner|million|m(?=€)|t(?=€))? ?{_UNIT}", re.IGNORECASE
)
_BREAKS = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|[€%])")
_MILLIONS_OR_THOUSANDS = re.compile(r"milj|million|m€|t€|1 ?000|tuhat|tuhansi|tusen|thousand", re.IGNORECASE)


def figure(text: str, heading: str = "") -> Decimal | None:
    """The figure that the cell holds, or None. Where the heading names a unit of thousands or millions, no cell may."""
    found = _FIGURE.fullmatch(text.translate(_SPACES).strip())
    if not found:
        return None
    number, unit = found[1].replace(" ", ""), (found[2] or "").lower()
    if number.count(".") > 1:
        number = number.replace(".", "")
    if re.fullmatch(r"[+-]?\d{1,3}[.,]\d{3}", number) or (unit and _MILLIONS_OR_THOUSANDS.search(heading)):
        return None
    value = Decimal(number.replace(",", "."))
    return value * {"": 1, "t": 1000}.get(unit, 1_000_000)


def written(value: Decimal, language: Language = "fi", signed: bool = False) -> str:
    """The figure as it is written: 1 240 000 and 12,5; in English 1,240,000 and 12.5. A minus is a real one."""
    text = f"{abs(value).normalize():,f}"
    if language != "en":
        text = text.replace(",", "\u00a0").replace(".", ",")
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def unbroken(text: str) -> str:
    """The text so that no line breaks within a figure, nor between it and its sign: 1 240 000 €."""
    return _BREAKS.sub("\u00a0", text)


def difference(was: Decimal | None, becomes: Decimal | None, language: Language = "fi") -> str:
    """The difference with its sign; a dash where one of the two is not known."""
    return "–" if was is None or becomes is None else written(becomes - was, language, signed=True)
