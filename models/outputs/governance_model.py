"""The governance model: who decides what on which ground, and which ways of producing each body governs."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import BodySort
from models.outputs.rows import Items, Output, Row
from models.outputs.told import Words, told

BODY = ("bodies",)


class Body(Row):
    """A body or an office-holder."""

    NAMED = "body"

    body: Annotated[
        Words,
        told(
            *("Toimielin", "Organ", "Body"),
            "Toimielin tai viranhaltija.",
            "Ett organ eller en tjänsteinnehavare.",
            "A body or an office-holder.",
            source="Kuntalaki 30 §",
            must=True,
            known=r"toimiel|viranhalt|organ|tjänsteinn|body|bodies|office",
        ),
    ] = ""
    sort: Annotated[
        BodySort | None, told("Laji", "Slag", "Sort", source="Kuntalaki 30 §", known=r"laji|slag|sort|kind")
    ] = None
    members: Annotated[
        Words, told("Jäseniä", "Medlemmar", "Members", source="Kuntalaki 31 §", known=r"jäsen|medlem|member")
    ] = ""
    task: Annotated[
        Words,
        told("Tehtävä", "Uppgift", "Task", source="000:196", must=True, long=True, known=r"tehtävä|uppgift|task|dut"),
    ] = ""
    governs: Annotated[
        Items,
        told(
            *("Ohjaa tuottamistapoja", "Styr produktionssätten", "Governs the methods"),
            "Tuottamistavat tai tarpeet, joista toimielin vastaa: TT1, TT4.",
            "De produktionssätt eller behov som organet svarar för: TT1, TT4.",
            "The methods or needs the body answers for: TT1, TT4.",
            source="000:212",
            to=("methods", "needs"),
            known=r"ohjaa|vastaa tav|vastaa tarp|tuottamistav|styr|svarar|governs|answers for",
        ),
    ] = ()
    change: Annotated[
        Words,
        told(
            "Muutos nykyiseen",
            "Ändring från nuläget",
            "Change from now",
            source="000:196",
            known=r"muutos|mikä muuttuu|ändr|förändr|change",
        ),
    ] = ""


class Power(Row):
    """Who decides, proposes and prepares in one kind of matter. Exactly one decides."""

    NAMED = "matter"

    matter: Annotated[
        Words,
        told("Asia", "Ärende", "Matter", source="000:196", must=True, known=r"asia\b|asiat|päätettävä|ärende|matter"),
    ] = ""
    decides: Annotated[
        Words,
        told("Päättää", "Beslutar", "Decides", source="Kuntalaki 90, 91 §", must=True, known=r"päättää|beslut|decid"),
    ] = ""
    proposes: Annotated[
        Words, told("Ehdottaa", "Föreslår", "Proposes", source="Kuntalaki 39 §", known=r"ehdot|esit|föresl|propos")
    ] = ""
    states: Annotated[
        Words,
        told(
            "Lausuu",
            "Yttrar sig",
            "Gives a statement",
            source="Kuntalaki 26-28 §",
            known=r"lausu|kuull|yttra|state|give",
        ),
    ] = ""
    prepares: Annotated[
        Words, told("Valmistelee", "Bereder", "Prepares", source="000:196", known=r"valmist|bered|prepar")
    ] = ""
    told_of: Annotated[
        Words,
        told(
            "Saa tiedoksi",
            "Får kännedom",
            "Is told",
            source="Kuntalaki 92 §",
            known=r"saa tied|tiedoksi|känned|får|is told|inform",
        ),
    ] = ""
    ground: Annotated[
        Words,
        told(
            *("Peruste", "Grund", "Ground"),
            "Kuntalaki, hallintosääntö tai delegointipäätös.",
            "Kommunallagen, förvaltningsstadgan eller ett delegeringsbeslut.",
            "The Local Government Act, the administrative regulations or a delegation.",
            source="Kuntalaki 90, 91 §",
            known=r"perust|laki|lainkohta|säädös|grund|lagrum|ground|law",
        ),
    ] = ""


class Steering(Row):
    """How a partner or a company is steered (owner steering: Kuntalaki 46 §)."""

    NAMED = "partner"

    partner: Annotated[
        Words,
        told(
            "Kumppani", "Partner", "Partner", source="Kuntalaki 46 §", must=True, known=r"kumppan|yhtiö|partner|bolag"
        ),
    ] = ""
    how: Annotated[
        Words,
        told(
            "Miten ohjataan",
            "Hur det styrs",
            "How it is steered",
            source="Kuntalaki 46, 47 §",
            long=True,
            known=r"miten|ohjaus|hur|how",
        ),
    ] = ""
    answers: Annotated[
        Words,
        told(
            "Kuka vastaa",
            "Vem svarar",
            "Who answers",
            source="Kuntalaki 46 §",
            known=r"kuka|vastaa|vastuu|vem|ansvar|who|respons",
        ),
    ] = ""
    methods: Annotated[
        Items,
        told(
            *("Tuottamistavat", "Produktionssätt", "Methods"),
            source="000:212",
            to=("methods", "needs"),
            known=r"tuottamist|tapa|produktionss|sätt|method",
        ),
    ] = ()


class Regulation(Row):
    """What changes in the administrative regulations (hallintosääntö)."""

    NAMED = "place"

    place: Annotated[
        Words,
        told(
            "Kohta",
            "Punkt",
            "Place",
            source="Kuntalaki 90 §",
            must=True,
            known=r"kohta|luku|pykälä|punkt|kapitel|place|section",
        ),
    ] = ""
    now: Annotated[Words, told("Nyt", "Nu", "Now", source="Kuntalaki 90 §", long=True, known=r"nyt|nykyi|nu\b|now")] = (
        ""
    )
    proposed: Annotated[
        Words,
        told(
            "Ehdotus",
            "Förslag",
            "Proposed",
            source="Kuntalaki 90 §",
            must=True,
            long=True,
            known=r"ehdotu|esity|försl|propos",
        ),
    ] = ""


class Participation(Row):
    """How people and the influence bodies take part (Kuntalaki 22, 26 to 28 §)."""

    NAMED = "who"

    who: Annotated[
        Words,
        told(
            "Kuka osallistuu",
            "Vem deltar",
            "Who takes part",
            source="Kuntalaki 22, 26-28 §",
            must=True,
            known=r"kuka|ketkä|vaikuttam|vem|påverk|who",
        ),
    ] = ""
    how: Annotated[
        Words,
        told("Miten", "Hur", "How", source="Kuntalaki 22 §", must=True, long=True, known=r"miten|millä tav|hur|how"),
    ] = ""


class GovernanceModel(Output):
    """The typed output of a phase of the kind governance model."""

    form: Literal["governance_model"] = "governance_model"
    version: Literal[1] = Field(default=1, description="of the form")

    principles: Annotated[
        Words, told("Periaatteet", "Principer", "Principles", source="000:196", long=True, known=r"periaat|princip")
    ] = ""
    leading: Annotated[
        Words,
        told("Johtaminen", "Ledning", "Leadership", source="Kuntalaki 38 §", long=True, known=r"johtam|ledning|leader"),
    ] = ""

    bodies: Annotated[
        tuple[Body, ...], told("Toimielimet", "Organen", "Bodies", source="000:196", must=True, prefix="E")
    ] = ()
    powers: Annotated[
        tuple[Power, ...], told("Toimivalta", "Befogenheter", "Powers", source="Kuntalaki 90 §", must=True, prefix="PV")
    ] = ()
    steering: Annotated[
        tuple[Steering, ...],
        told(
            "Omistajaohjaus ja sopimukset",
            "Ägarstyrning och avtal",
            "Owner steering and contracts",
            source="Kuntalaki 46 §",
            prefix="OH",
        ),
    ] = ()
    regulations: Annotated[
        tuple[Regulation, ...],
        told(
            "Hallintosäännön muutokset",
            "Ändringar i förvaltningsstadgan",
            "Changes to the regulations",
            source="Kuntalaki 90 §",
            prefix="HS",
        ),
    ] = ()
    participation: Annotated[
        tuple[Participation, ...],
        told("Osallistuminen", "Deltagande", "Participation", source="Kuntalaki 22 §", prefix="OS"),
    ] = ()
