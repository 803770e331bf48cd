"""The future image: where the municipality stands, what it must overcome, and what it wants to be by the horizon."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import Side, Sort, Trend
from models.outputs.rows import Items, Output, Row
from models.outputs.told import Words, told


class Environment(Row):
    """One finding about the operating environment."""

    NAMED = "finding"

    side: Annotated[
        Side | None,
        told("Näkökulma", "Synvinkel", "View", source="001:53-108", must=True, known=r"näkök|sisäi|synvink|view|side"),
    ] = None
    sort: Annotated[
        Sort | None,
        told(
            *("Vahvuus vai heikkous", "Styrka eller svaghet", "Strength or weakness"),
            source="001:53-108",
            must=True,
            known=r"vahv|heikko|laji|styrk|svagh|sort|strength|weakness",
        ),
    ] = None
    finding: Annotated[
        Words,
        told("Havainto", "Iakttagelse", "Finding", source="000:184", must=True, known=r"havain|asia|iakt|finding"),
    ] = ""
    evidence: Annotated[
        Words,
        told("Mistä tiedämme", "Hur vi vet det", "How we know", source="000:184", known=r"mistä tie|näyttö|hur vi|how"),
    ] = ""


class Challenge(Row):
    """Something to be overcome. Challenges are accepted and written down openly."""

    NAMED = "challenge"

    challenge: Annotated[
        Words,
        told(
            *("Muutoshaaste", "Utmaning", "Challenge"),
            source="000:14-20",
            must=True,
            known=r"(?:muutos)?haaste|utmaning|challenge",
        ),
    ] = ""
    means: Annotated[
        Words,
        told(
            *("Mitä se tarkoittaa", "Vad det innebär", "What it means"),
            "Yksi kohta rivillä.",
            "En punkt per rad.",
            "One point on a line.",
            source="001:112-172",
            long=True,
            known=r"mitä|tarkoit|selit|vad|betyder|innebär|what|means|explan",
        ),
    ] = ""
    trend: Annotated[
        Trend | None, told("Suunta", "Riktning", "Trend", source="001:112-172", known=r"suunta|kehit|rikt|trend|direc")
    ] = None
    environment: Annotated[
        Items,
        told(
            *("Nousee havainnoista", "Bygger på iakttagelser", "Rises from findings"),
            source="000:184",
            to=("environment",),
            known=r"nousee|toimintaympär|havainnot|bygger|rises|environment",
        ),
    ] = ()


class Scenario(Row):
    """A direction things may take."""

    NAMED = "scenario"

    scenario: Annotated[
        Words, told("Suunta", "Scenario", "Scenario", source="000:67", must=True, known=r"suunta|skenaario|scenari")
    ] = ""
    happens: Annotated[
        Words,
        told(
            *("Mitä tapahtuu", "Vad som händer", "What happens"),
            source="000:184",
            long=True,
            known=r"mitä tapahtuu|vad som händer|what happens",
        ),
    ] = ""
    assumptions: Annotated[
        Words, told("Oletukset", "Antaganden", "Assumptions", source="000:184", long=True, known=r"oletu|antag|assump")
    ] = ""
    doing: Annotated[
        Words,
        told(
            *("Mitä voimme itse tehdä", "Vad vi själva kan göra", "What we can do"),
            source="000:184",
            long=True,
            known=r"mitä voimme|vad vi|what we can",
        ),
    ] = ""
    assessment: Annotated[
        Words, told("Arvio", "Bedömning", "Assessment", source="000:184", known=r"arvio|bedöm|assess")
    ] = ""


class Part(Row):
    """One thing the image says, to which needs can point."""

    NAMED = "part"

    part: Annotated[
        Words,
        told(
            *("Mitä kuva lupaa", "Vad bilden lovar", "What the image promises"),
            "Asia, johon tarpeet voivat viitata.",
            "Något som behoven kan hänvisa till.",
            "Something that needs can point to.",
            source="000:28",
            must=True,
            known=r"mitä kuva|kuvan kohta|lupaus|tarpeet, joihin|vad bilden|what the image",
        ),
    ] = ""


class Value(Row):
    """A value and what is meant by it."""

    NAMED = "value"

    value: Annotated[
        Words, told("Arvo", "Värdering", "Value", source="001:31-47", must=True, known=r"arvo|värd|value")
    ] = ""
    meaning: Annotated[
        Words, told("Mitä se on", "Vad den är", "What it is", source="001:31-47", long=True, known=r"mitä|vad|what")
    ] = ""


class Goal(Row):
    """A strategic goal with its sentences."""

    NAMED = "goal"

    goal: Annotated[
        Words,
        told("Päämäärä", "Mål", "Goal", source="001:189-227", must=True, known=r"päämäär|tavoite|mål|goal|aim"),
    ] = ""
    sentences: Annotated[
        Words,
        told(
            *("Mitä se tarkoittaa", "Vad det innebär", "What it means"),
            "Yksi lause rivillä.",
            "En mening per rad.",
            "One sentence on a line.",
            source="001:189-227",
            long=True,
            known=r"mitä|laus|vad|what|senten",
        ),
    ] = ""
    challenges: Annotated[
        Items,
        told(
            *("Vastaa haasteisiin", "Svarar på utmaningar", "Answers challenges"),
            source="001:112-227",
            to=("challenges",),
            known=r"vastaa|haaste|svarar|utmaning|answers|challeng",
        ),
    ] = ()


class Measure(Row):
    """How it is known that the direction is right."""

    NAMED = "measure"

    measure: Annotated[
        Words, told("Mittari", "Mätare", "Measure", source="000:36", must=True, known=r"mittar|mätar|measur")
    ] = ""
    now: Annotated[Words, told("Nyt", "Nu", "Now", source="000:36", known=r"nyt|nykyi|nu\b|now")] = ""
    target: Annotated[Words, told("Tavoite", "Mål", "Target", source="000:36", known=r"tavoite|mål|target")] = ""
    whence: Annotated[
        Words,
        told(
            "Mistä tieto saadaan",
            "Varifrån uppgiften fås",
            "Source of the figure",
            source="000:36",
            known=r"mistä|lähde|var|source",
        ),
    ] = ""


class Programme(Row):
    """A programme the image rests on."""

    NAMED = "programme"

    programme: Annotated[
        Words, told("Ohjelma", "Program", "Programme", source="000:32", must=True, known=r"ohjelma|program")
    ] = ""
    gives: Annotated[
        Words,
        told(
            "Mitä siitä otetaan",
            "Vad som tas ur det",
            "What is taken from it",
            source="000:77-85",
            long=True,
            known=r"mitä|vad|what",
        ),
    ] = ""
    version: Annotated[
        Words,
        told("Hyväksytty", "Godkänt", "Adopted", source="000:32", known=r"hyväks|versio|päiv|godk|adopt|version"),
    ] = ""


class FutureImage(Output):
    """The typed output of a phase of the kind future image."""

    form: Literal["future_image"] = "future_image"
    version: Literal[1] = Field(default=1, description="of the form")

    vision: Annotated[
        Words, told("Visio", "Vision", "Vision", source="001:21-24", must=True, long=True, known=r"visio|vision")
    ] = ""
    mission: Annotated[
        Words,
        told("Missio", "Mission", "Mission", source="001:26-36", long=True, known=r"missio|toiminta-ajatus|mission"),
    ] = ""
    image: Annotated[
        Words,
        told(
            *("Valittu kuva", "Vald bild", "The chosen image"),
            "Millaista kunnassa on kuvan vuonna.",
            "Hurdant det är i kommunen det år bilden gäller.",
            "What it is like in the municipality in the year of the image.",
            source="000:182-184",
            long=True,
            known=r"valittu|kunta vuonna|.*vuonna 20|vald|.*år 20|chosen|.*in 20",
        ),
    ] = ""

    environment: Annotated[
        tuple[Environment, ...],
        told("Toimintaympäristö", "Omvärlden", "Operating environment", source="000:184", must=True, prefix="TY"),
    ] = ()
    challenges: Annotated[
        tuple[Challenge, ...],
        told("Voitettavat muutoshaasteet", "Utmaningar", "Challenges", source="000:14-20", must=True, prefix="H"),
    ] = ()
    scenarios: Annotated[
        tuple[Scenario, ...], told("Skenaariot", "Scenarier", "Scenarios", source="000:67", prefix="S")
    ] = ()
    parts: Annotated[
        tuple[Part, ...],
        told(
            "Mihin kuva vastaa",
            "Vad bilden svarar på",
            "What the image answers",
            source="000:28",
            must=True,
            prefix="K",
        ),
    ] = ()
    values: Annotated[tuple[Value, ...], told("Arvot", "Värderingar", "Values", source="001:31-47", prefix="A")] = ()
    goals: Annotated[
        tuple[Goal, ...],
        told("Strategiset päämäärät", "Strategiska mål", "Strategic goals", source="001:185-227", prefix="P"),
    ] = ()
    measures: Annotated[tuple[Measure, ...], told("Mittarit", "Mätare", "Measures", source="000:36", prefix="MI")] = ()
    programmes: Annotated[
        tuple[Programme, ...],
        told(
            "Ohjelmat, joihin kuva nojaa",
            "Program som bilden bygger på",
            "Programmes it rests on",
            source="000:32",
            prefix="O",
        ),
    ] = ()
