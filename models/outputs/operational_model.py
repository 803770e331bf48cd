"""The operational model: the units, what each produces under whom, the people, and the transition from today."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import PostChange
from models.outputs.rows import Items, Output, Reference, Row
from models.outputs.told import Figure, Words, told

UNIT = ("units",)
_NOW = r"\b(?:nyt|nykyi|nu\b|nuvar|now|present)"
_THEN = r"\b(?:ehdot|esity|jatkossa|uusi|föresl|försl|ny\b|propos|new)"
_YEARS, _EUROS = r"(?:henkilötyövuo|htv|årsverk|person-?years?|fte)", r"(?:.{0,3}euro|€|kustann|kostnad|cost)"


class Unit(Row):
    """A unit of the organisation. Nobody is moved in boxes without an assessment (000:51)."""

    NAMED = "unit"

    unit: Annotated[
        Words, told("Yksikkö", "Enhet", "Unit", source="000:200", must=True, known=r"yksikkö|enhet|unit")
    ] = ""
    branch: Annotated[
        Words,
        told("Toimiala", "Sektor", "Branch", source="000:200", known=r"toimiala|palvelualue|sektor|branch|sector"),
    ] = ""
    task: Annotated[
        Words,
        told(
            "Tehtävä",
            "Uppgift",
            "Task",
            source="000:200",
            must=True,
            long=True,
            known=r"tehtävä|tuottaa|uppgift|producerar|task|duties|produces",
        ),
    ] = ""
    needs: Annotated[
        Items,
        told(
            *("Vastaa tarpeisiin", "Svarar på behoven", "Answers the needs"),
            source="000:7-10",
            must=True,
            to=("needs", "methods"),
            known=r"vastaa tarpe|tarpe|svarar på|behov|needs|answers",
        ),
    ] = ()
    under: Annotated[
        Reference,
        told(
            *("Minkä toimielimen alainen", "Underställd organet", "Under the body"),
            source="000:200",
            to=("bodies",),
            known=r"minkä toimiel|toimielin|alainen|underställd|organ|under\b|body",
        ),
    ] = ""
    leader: Annotated[
        Words,
        told("Johtaa", "Leds av", "Led by", source="000:200", known=r"johta|esihenkilö|chef|leds|leader|led\b|manager"),
    ] = ""
    years_now: Annotated[
        Figure | None,
        told(
            "Henkilötyövuotta nyt",
            "Årsverken nu",
            "Person-years now",
            source="Kuntalaki 110 §",
            known=rf"{_YEARS}.*{_NOW}",
        ),
    ] = None
    years_then: Annotated[
        Figure | None,
        told(
            "Henkilötyövuotta ehdotuksessa",
            "Årsverken i förslaget",
            "Person-years proposed",
            source="Kuntalaki 110 §",
            known=rf"{_YEARS}.*{_THEN}",
        ),
    ] = None
    euros_now: Annotated[
        Figure | None,
        told(
            "Euroa vuodessa nyt",
            "Euro per år nu",
            "Euros a year now",
            source="Kuntalaki 110 §",
            known=rf"{_EUROS}.*{_NOW}",
        ),
    ] = None
    euros_then: Annotated[
        Figure | None,
        told(
            "Euroa vuodessa ehdotuksessa",
            "Euro per år i förslaget",
            "Euros a year proposed",
            source="Kuntalaki 110 §",
            known=rf"{_EUROS}.*{_THEN}",
        ),
    ] = None
    people: Annotated[
        Annotated[int, Field(ge=0, le=10_000_000)] | None,
        told(
            *("Henkilöitä, joita koskee", "Personer som berörs", "People concerned"),
            source="000:51",
            known=r"henkilöitä|keitä|personer|people|persons",
        ),
    ] = None
    changes: Annotated[
        Words,
        told(
            *("Mikä muuttuu työssä", "Vad ändras i arbetet", "What changes in the work"),
            "Arvio: mitä tehtävässä, paikassa, esihenkilössä tai ajoissa muuttuu.",
            "Bedömning: vad som ändras i uppgift, plats, chef eller tider.",
            "The assessment: what changes in duties, place, manager or hours.",
            source="000:51",
            long=True,
            known=r"mikä muuttuu|muutos|vad ändras|förändr|ändring|what changes|change",
        ),
    ] = ""
    users: Annotated[
        Words,
        told(
            *("Mitä muuttuu käyttäjälle", "Vad ändras för användaren", "What changes for users"),
            source="000:53",
            long=True,
            known=r"(?:mitä muuttuu )?(?:käyttäj|asukka|palvelu)|mitä muuttuu|användar|invånar|users?\b|residents",
        ),
    ] = ""
    heard: Annotated[Words, told("Kuultu", "Hörd", "Heard", source="000:53", known=r"kuultu|kuuleminen|hörd|heard")] = (
        ""
    )


class Activity(Row):
    """A process of the organisation (toimintaprosessi): what happens, in which units."""

    NAMED = "activity"

    activity: Annotated[
        Words, told("Prosessi", "Process", "Process", source="000:200", must=True, known=r"prosessi|process")
    ] = ""
    units: Annotated[
        Items, told("Yksiköt", "Enheter", "Units", source="000:200", to=UNIT, known=r"yksik|enhet|unit")
    ] = ()
    owner: Annotated[
        Words, told("Omistaja", "Ägare", "Owner", source="000:200", known=r"omistaja|vastuu|ägare|ansvar|owner|respons")
    ] = ""


class Post(Row):
    """A post that is founded, changed, moved or abolished."""

    NAMED = "post"

    post: Annotated[
        Words,
        told(
            "Virka tai tehtävä",
            "Tjänst eller uppgift",
            "Post",
            source="Kuntalaki 87-89 §",
            must=True,
            known=r"virka|tehtävä|tjänst|befattn|post",
        ),
    ] = ""
    unit: Annotated[
        Reference, told("Yksikkö", "Enhet", "Unit", source="000:200", to=UNIT, known=r"yksikkö|enhet|unit")
    ] = ""
    change: Annotated[
        PostChange | None,
        told(
            "Mitä tapahtuu",
            "Vad som händer",
            "What happens",
            source="Kuntalaki 87-89 §",
            must=True,
            known=r"mitä tap|muutos|vad|ändring|what|change",
        ),
    ] = None
    ground: Annotated[
        Words, told("Peruste", "Grund", "Ground", source="Kuntalaki 87-89 §", known=r"perust|grund|ground")
    ] = ""


class Step(Row):
    """A step of the transition."""

    NAMED = "step"

    step: Annotated[
        Words,
        told(
            "Toimenpide",
            "Åtgärd",
            "Step",
            source="000:200",
            must=True,
            known=r"toimenpi|tehtävä|askel|åtgärd|uppgift|measure|step|task",
        ),
    ] = ""
    unit: Annotated[Words, told("Yksikkö", "Enhet", "Unit", source="000:200", known=r"yksikkö|enhet|unit")] = ""
    owner: Annotated[
        Words,
        told(
            "Vastuu",
            "Ansvar",
            "Responsible",
            source="000:200",
            must=True,
            known=r"vastuu|vastaa|ansvar|owner|responsib",
        ),
    ] = ""
    due: Annotated[
        Words,
        told(
            *("Viimeistään", "Senast", "By"),
            source="000:124-130",
            must=True,
            known=r"viimeist|määräai|aikataulu|milloin|päivä|senast|tidtabell|när|by\b|when|deadline|due",
        ),
    ] = ""


class Risk(Row):
    """What may go wrong in the transition."""

    NAMED = "risk"

    risk: Annotated[Words, told("Riski", "Risk", "Risk", source="000:14-20", must=True, known=r"riski|risk")] = ""
    answer: Annotated[
        Words,
        told(
            "Miten varaudutaan",
            "Hur man bereder sig",
            "How it is met",
            source="000:14-20",
            long=True,
            known=r"miten|varau|hur|how",
        ),
    ] = ""
    follows: Annotated[
        Words, told("Kuka seuraa", "Vem följer", "Who follows", source="000:14-20", known=r"kuka|seura|vem|who")
    ] = ""


class OperationalModel(Output):
    """The typed output of a phase of the kind operational model."""

    form: Literal["operational_model"] = "operational_model"
    version: Literal[1] = Field(default=1, description="of the form")

    in_force: Annotated[
        Words,
        told(
            "Voimaantulo",
            "Ikraftträdande",
            "Coming into force",
            source="000:200",
            long=True,
            known=r"voimaantulo|ikraft|coming into|in force",
        ),
    ] = ""

    units: Annotated[
        tuple[Unit, ...], told("Yksiköt", "Enheterna", "Units", source="000:200", must=True, prefix="YK")
    ] = ()
    activities: Annotated[
        tuple[Activity, ...], told("Prosessit", "Processerna", "Processes", source="000:200", prefix="PR")
    ] = ()
    posts: Annotated[
        tuple[Post, ...], told("Virat ja tehtävät", "Tjänster", "Posts", source="Kuntalaki 87-89 §", prefix="VI")
    ] = ()
    steps: Annotated[tuple[Step, ...], told("Siirtymä", "Övergången", "Transition", source="000:200", prefix="SI")] = ()
    risks: Annotated[tuple[Risk, ...], told("Riskit", "Risker", "Risks", source="000:14-20", prefix="R")] = ()
