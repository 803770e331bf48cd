"""The output of any other phase: points with who answers for them, and what a municipal strategy must take up."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import StrategyMatter
from models.outputs.rows import Output, Row
from models.outputs.told import Words, told


class Point(Row):
    """One thing that the output says."""

    NAMED = "point"

    point: Annotated[
        Words,
        told(
            "Asia",
            "Ärende",
            "Point",
            source="002:206",
            must=True,
            known=r"asia|kohta|tavoite|päämäärä|teema|ärende|mål|tema|point|goal|theme",
        ),
    ] = ""
    text: Annotated[
        Words,
        told(
            "Mitä siitä sanotaan",
            "Vad som sägs om det",
            "What is said of it",
            source="002:206",
            long=True,
            known=r"mitä|kuvaus|selit|vad|beskriv|what|descr|text",
        ),
    ] = ""
    answers: Annotated[
        Words,
        told(
            "Kuka vastaa",
            "Vem svarar",
            "Who answers for it",
            source="003:2-3",
            known=r"kuka|vastuu|vastaa|vem|ansvar|who|owner|respons",
        ),
    ] = ""
    when: Annotated[
        Words,
        told(
            "Aikataulu",
            "Tidtabell",
            "Schedule",
            source="001:231",
            known=r"aikataulu|milloin|viimeist|tidtabell|när|senast|schedule|when|by\b",
        ),
    ] = ""


class Matter(Row):
    """What the strategy says of one of the matters that it must take up."""

    NAMED = "says"

    matter: Annotated[
        StrategyMatter | None,
        told(
            "Kuntalain 37 §:n asia",
            "Ärende enligt 37 § i kommunallagen",
            "Matter of section 37",
            source="Kuntalaki 37 §",
            must=True,
            known=r"kuntalain|37|ärende enl|matter of",
        ),
    ] = None
    says: Annotated[
        Words,
        told(
            "Mitä strategia siitä sanoo",
            "Vad strategin säger om det",
            "What the strategy says of it",
            source="Kuntalaki 37 §",
            must=True,
            long=True,
            known=r"mitä|vad|what",
        ),
    ] = ""


class General(Output):
    """The typed output of a general phase."""

    form: Literal["general"] = "general"
    version: Literal[1] = Field(default=1, description="of the form")

    summary: Annotated[
        Words,
        told("Tiivistelmä", "Sammandrag", "Summary", source="002:206", long=True, known=r"tiivist|sammandr|summary"),
    ] = ""

    points: Annotated[tuple[Point, ...], told("Sisältö", "Innehåll", "Contents", source="002:206", prefix="KO")] = ()
    matters: Annotated[
        tuple[Matter, ...],
        told(
            "Mitä kuntastrategiassa on oltava",
            "Vad en kommunstrategi ska innehålla",
            "What a municipal strategy takes up",
            source="Kuntalaki 37 §",
            prefix="LK",
        ),
    ] = ()
