"""How grounds of law, which definitions and the calendar of steps name in Finnish, read in the other languages.

A Finnish law has an official name in Swedish. In English it has none that binds: its number in the statute book goes
along. What is not known here stays as it was written.
"""

import re
from collections.abc import Iterable
from functools import partial

from models.days.formats import Language

NAMES: dict[str, tuple[str, str]] = {
    "kuntalaki": ("kommunallagen", "Local Government Act (410/2015)"),
    "hallintolaki": ("förvaltningslagen", "Administrative Procedure Act (434/2003)"),
    "perustuslaki": ("grundlagen", "Constitution (731/1999)"),
    "julkisuuslaki": ("offentlighetslagen", "Act on the Openness of Government Activities (621/1999)"),
    "tiedonhallintalaki": ("informationshanteringslagen", "Public Administration Information Act (906/2019)"),
    "tietosuojalaki": ("dataskyddslagen", "Data Protection Act (1050/2018)"),
    "tasa-arvolaki": ("jämställdhetslagen", "Gender Equality Act (609/1986)"),
    "yhdenvertaisuuslaki": ("diskrimineringslagen", "Non-Discrimination Act (1325/2014)"),
    "hallintosäännön mukainen toimivalta": (
        "behörighet enligt förvaltningsstadgan",
        "powers given by the administrative regulations",
    ),
    "laki": ("lag", "Act"),  # with its number: laki 449/2007
}
"""By their Finnish names, the Swedish and the English ones."""

PARTS: tuple[tuple[str, str, str], ...] = (
    (r"(\d+) mom\. (\d+) kohta", r"\1 mom. \2 punkten", r"(\1)(\2)"),
    (r"(\d+) mom\.", r"\1 mom.", r"(\1)"),
    (r"\bja\b", "och", "and"),
)
"""What stands round the numbers."""

_NAMED = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in NAMES), re.IGNORECASE)


def law_in(ground: str | None, language: Language) -> str:
    """The ground with its laws by their names in the language; nothing where there is none."""
    if language == "fi" or ground is None:
        return ground or ""
    at = 0 if language == "sv" else 1
    said = _NAMED.sub(partial(_named, at), ground)
    for pattern, *instead in PARTS:
        said = re.sub(pattern, instead[at], said)
    return said


def laws_in(grounds: Iterable[str | None], language: Language) -> str:
    """Several grounds, each once, and the name of one law once: Kuntalaki 26 §, 27 §."""
    first, *others = [*dict.fromkeys(filter(None, grounds))] or [""]
    law = first.partition(" ")[0]
    return law_in(", ".join([first, *(ground.removeprefix(f"{law} ") for ground in others)]), language)


def _named(at: int, found: re.Match[str]) -> str:
    name = NAMES[found[0].lower()][at]
    return name[0].upper() + name[1:] if found[0][0].isupper() else name
