"""The production need: what people need, who they are, and how it is known. A need is no service and no building."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import Trend, Urgency
from models.outputs.rows import Items, Output, Row
from models.outputs.told import Words, told


class Need(Row):
    """Something that people need."""

    NAMED = "need"

    need: Annotated[
        Words,
        told(
            *("Tarve", "Behov", "Need"),
            "Mitä ihmiset tarvitsevat. Ei nykyinen palvelu eikä rakennus.",
            "Vad människor behöver. Inte en nuvarande tjänst eller en byggnad.",
            "What people need. Not a present service, nor a building.",
            source="000:7-10, 000:28",
            must=True,
            known=r"tarve|tarpee|behov|need",
        ),
    ] = ""
    holder: Annotated[
        Words,
        told(
            *("Kenellä tarve on", "Vems behovet är", "Whose it is"),
            source="000:38",
            must=True,
            known=r"kene|haltija|vem|whose|holder|who\b",
        ),
    ] = ""
    how_many: Annotated[
        Words,
        told(
            "Kuinka monta",
            "Hur många",
            "How many",
            source="000:38",
            known=r"kuinka|montako|määrä|hur många|antal|how many",
        ),
    ] = ""
    evidence: Annotated[
        Words,
        told(
            *("Näyttö", "Belägg", "Evidence"),
            "Mistä tiedämme: tilasto, kuuleminen, ohjelma, haaste.",
            "Hur vi vet det: statistik, hörande, program, utmaning.",
            "How we know: statistics, a hearing, a programme, a challenge.",
            source="000:188",
            must=True,
            long=True,
            known=r"näyttö|peruste|mistä tied|belägg|bevis|evidence|ground",
        ),
    ] = ""
    urgency: Annotated[
        Urgency | None,
        told(
            "Kiireellisyys",
            "Angelägenhet",
            "Urgency",
            source="000:124-130",
            must=True,
            known=r"kiire|brådsk|angeläg|urgen",
        ),
    ] = None
    trend: Annotated[
        Trend | None,
        told(
            *("Suunta", "Trend", "Trend"),
            "Kasvaako tarve tulevaisuuskuvan vuoteen mennessä.",
            "Om behovet växer fram till framtidsbildens år.",
            "Whether the need grows by the year of the future image.",
            source="000:184",
            known=r"suunta|kehity|trend|riktning|utveckl|direction",
        ),
    ] = None
    challenges: Annotated[
        Items,
        told(
            *("Haaste", "Utmaning", "Challenge"),
            "Tulevaisuuskuvan haasteet, joista tarve nousee: H1, H4.",
            "Framtidsbildens utmaningar som behovet bygger på: H1, H4.",
            "The challenges of the future image that the need rises from: H1, H4.",
            source="000:14-20",
            to=("challenges",),
            known=r"(?:muutos)?haaste|utmaning|challenge",
        ),
    ] = ()
    parts: Annotated[
        Items,
        told(
            *("Kuvan kohta", "Bildens punkt", "Part of the image"),
            "Tulevaisuuskuvan kohdat, joihin tarve vastaa: K1.",
            "De punkter i framtidsbilden som behovet svarar på: K1.",
            "The parts of the future image that the need answers: K1.",
            source="000:188",
            to=("parts",),
            known=r"kuva|kohta|bild|punkt|part|image",
        ),
    ] = ()
    programmes: Annotated[
        Words, told("Ohjelma", "Program", "Programme", source="000:32, 000:77-85", known=r"ohjelma|program")
    ] = ""


class ProductionNeed(Output):
    """The typed output of a phase of the kind production need."""

    form: Literal["production_need"] = "production_need"
    version: Literal[1] = Field(default=1, description="of the form")

    learnt: Annotated[
        Words,
        told(
            *("Mitä opimme", "Vad vi lärde oss", "What we learnt"),
            source="000:188",
            long=True,
            known=r"mitä opimme|vad vi lärde|what we learnt",
        ),
    ] = ""

    needs: Annotated[
        tuple[Need, ...], told("Tarpeet", "Behoven", "Needs", source="000:188", must=True, prefix="T")
    ] = ()
