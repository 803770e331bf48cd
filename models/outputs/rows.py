"""What every typed output and its rows have: identifiers that survive versions, and the people whom it touches."""

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from models.frozen import Frozen
from models.outputs.told import Words, told

ITEM = re.compile(r"[^\W_][\w.\-]{0,39}")
"""An identifier: letters, digits, dots and hyphens, as people write them: T1, H-4, T1.own. A last dot is dropped."""


def _item(text: str) -> str:
    if not ITEM.fullmatch(text):
        raise ValueError("no identifier: letters, digits, dots and hyphens, at most 40")
    return undotted(text)


def undotted(text: str) -> str:
    """The identifier without full stops at its end: people write "T1." before words, and mean T1."""
    return text.rstrip(".")


Item = Annotated[Words, AfterValidator(_item)]
"""The identifier of a row. A row keeps it from version to version; case does not matter, nor a full stop after it."""

Reference = Annotated[Words, AfterValidator(undotted)]
"""The identifier of another row, or nothing."""

Items = tuple[Item, ...]
"""Identifiers of other rows."""

ID = told(
    *("Tunnus", "Beteckning", "Identifier"),
    "Pysyy samana versiosta toiseen. Uudelle riville sopii seuraava vapaa numero.",
    "Är densamma från version till version. En ny rad får följande lediga nummer.",
    "Stays the same from version to version. A new row takes the next free number.",
    source="000:145-150",
    must=True,
    known=r"tunnus|tunniste|nro|nr\b|numero|beteckning|no\b|number|id\b|identifier",
)


class Row(Frozen):
    """A row of a register."""

    id: Annotated[Item, ID]
    origin: Words = ""  # the package it was carried over from: its phase and the beginning of its tarkiste
    more: dict[Words, Words] = Field(default_factory=dict)  # columns of people's own, by their headings

    NAMED: ClassVar[str] = ""  # the field that says in words what the row is

    @property
    def name(self) -> str:
        """The row in words, without its identifier."""
        return str(getattr(self, self.NAMED))


class Affected(Row):
    """People whom the change touches most, and how they were heard."""

    NAMED = "group"

    group: Annotated[
        Words,
        told(
            *("Ryhmä, jota muutos koskee", "Grupp som berörs", "Affected group"),
            source="000:53",
            must=True,
            known=r"ryhmä|ketä|keitä|keihin|grupp|vilka|group|whom",
        ),
    ] = ""
    how: Annotated[
        Words,
        told(
            *("Miten mukana", "Hur delaktig", "How involved"),
            "Miten ryhmää kuultiin: tilaisuus, kysely, keskustelut, lausunto.",
            "Hur gruppen hördes: möte, enkät, samtal, utlåtande.",
            "How the group was heard: meeting, survey, talks, statement.",
            source="000:53",
            known=r"miten (?:kuult|muk)|kuuleminen|hur|how",
        ),
    ] = ""
    when: Annotated[Words, told("Milloin", "När", "When", source="000:53", known=r"milloin|kuultu|när|when|heard")] = ""
    effect: Annotated[
        Words,
        told(
            *("Mikä muuttui sen vuoksi", "Vad ändrades av det", "What changed because of it"),
            "Mitä ryhmän sanoma muutti, tai miksi ei muuttanut.",
            "Vad gruppens åsikt ändrade, eller varför den inte gjorde det.",
            "What the group's words changed, or why they did not.",
            source="000:53",
            long=True,
            known=r"mikä muuttui|mitä (?:sille|siitä)|vaikutti|vad (?:ändr|blev)|what (?:changed|became)",
        ),
    ] = ""


class LeftOut(Row):
    """Something handed over or said before that is left out, and why: nothing vanishes silently."""

    NAMED = "reason"

    what: Annotated[
        Words,
        told(
            *("Mikä jätettiin pois", "Vad som lämnades bort", "What was left out"),
            "Rivin tunnus: T4, H2.",
            "Radens beteckning: T4, H2.",
            "The identifier of the row: T4, H2.",
            source="000:38",
            must=True,
            known=r"mikä jät|pois jät|jätettiin|vad som läm|bortläm|what was left|left out",
        ),
    ] = ""
    reason: Annotated[
        Words,
        told(
            *("Miksi", "Varför", "Why"),
            source="000:38",
            must=True,
            long=True,
            known=r"miksi|perust|varför|motiv|why|reason",
        ),
    ] = ""


class Output(Frozen):
    """A typed output: the texts and registers of one kind of phase. A phase's outputs each may hold a part of it."""

    affected: Annotated[
        tuple[Affected, ...],
        told(
            *("Ihmiset, joita muutos koskee", "Människor som berörs", "People whom it touches"),
            source="000:53",
            prefix="RY",
        ),
    ] = ()
    left_out: Annotated[
        tuple[LeftOut, ...],
        told(
            *("Pois jätetty", "Det som lämnades bort", "Left out"),
            source="000:38",
            prefix="PJ",
        ),
    ] = ()
