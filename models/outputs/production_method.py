"""The production method: the alternatives for each need, and the way chosen for it, or why there is none."""

from typing import Annotated, Literal

from pydantic import Field

from models.outputs.choices import StaffEffect, Way
from models.outputs.rows import Items, Output, Reference, Row
from models.outputs.told import Figure, Words, told

NEED = ("needs",)


class Alternative(Row):
    """One way in which a need could be met. Going on as now is always one."""

    NAMED = "how"

    need: Annotated[
        Reference,
        told(
            *("Tarve", "Behov", "Need"),
            source="000:192",
            must=True,
            to=NEED,
            known=r"tarve|tarpee|palvelu|behov|tjänst|service|need",
        ),
    ] = ""
    way: Annotated[
        Way | None,
        told(
            *("Vaihtoehto", "Alternativ", "Alternative"),
            "Jokaisella tarpeella on aina myös nykytilan jatkaminen.",
            "Varje behov har alltid också alternativet att fortsätta som nu.",
            "Every need also has the alternative of going on as now.",
            source="000:192",
            must=True,
            known=r"vaihtoehto|alternativ",
        ),
    ] = None
    how: Annotated[
        Words,
        told(
            *("Miten tuotetaan", "Hur det produceras", "How it is produced"),
            source="000:192",
            must=True,
            known=r"miten|tuotantotapa|hur|how",
        ),
    ] = ""
    euros: Annotated[
        Figure | None,
        told(
            *("Euroa vuodessa", "Euro per år", "Euros a year"),
            source="Kuntalaki 110 §",
            known=r"euro|€|kustann|hinta|kostnad|pris|cost|price",
        ),
    ] = None
    years: Annotated[
        Figure | None,
        told(
            *("Henkilötyövuotta", "Årsverken", "Person-years"),
            source="Kuntalaki 110 §",
            known=r"henkilötyövuo|htv|årsverk|person-?years?|fte",
        ),
    ] = None
    advantages: Annotated[
        Words,
        told(
            "Edut",
            "Fördelar",
            "Advantages",
            source="000:192",
            long=True,
            known=r"edu|etu|hyöd|fördel|advantage|for\b|pros",
        ),
    ] = ""
    risks: Annotated[
        Words,
        told(
            *("Haitat ja riskit", "Nackdelar och risker", "Disadvantages and risks"),
            source="000:192",
            long=True,
            known=r"hait|riski|nackdel|risk|disadvantage|against|cons",
        ),
    ] = ""
    proposed: Annotated[
        bool | None,
        told(
            "Esitetään",
            "Föreslås",
            "Proposed",
            source="000:192",
            known=r"esite|ehdote|föres|propos|valittu|vald|chosen",
        ),
    ] = None


class Method(Row):
    """The way chosen for a need, or why the need gets none."""

    NAMED = "how"

    need: Annotated[
        Reference,
        told("Tarve", "Behov", "Need", source="000:192, 000:208", must=True, to=NEED, known=r"tarve|tarpee|behov|need"),
    ] = ""
    way: Annotated[
        Way | None,
        told("Tapa", "Sätt", "Way", source="000:192", known=r"tapa\b|tuottamistapa|sätt|way|vaihtoehto|alternativ"),
    ] = None
    how: Annotated[
        Words,
        told(
            *("Esitetty tapa", "Föreslaget sätt", "Proposed way"),
            source="000:192",
            must=True,
            known=r"esitetty|valittu|miten|föreslag|vald|hur|proposed|chosen|how",
        ),
    ] = ""
    reason: Annotated[
        Words,
        told(
            "Perustelu",
            "Motivering",
            "Reason",
            source="000:38",
            long=True,
            known=r"peruste|miksi|motiv|varför|reason|why",
        ),
    ] = ""
    producer: Annotated[
        Words,
        told("Kuka tuottaa", "Vem producerar", "Who produces", source="000:192", known=r"kuka|tuottaj|vem|produc|who"),
    ] = ""
    starts: Annotated[
        Words,
        told(
            "Milloin alkaa",
            "När det börjar",
            "When it starts",
            source="000:124-130",
            known=r"milloin|alkaa|när|when|start",
        ),
    ] = ""
    staff: Annotated[
        StaffEffect | None,
        told(
            *("Vaikutus henkilöstöön", "Verkan på personalen", "Effect on staff"),
            "Tarvitaanko yhteistoimintaa (449/2007) tai onko kyse liikkeen luovutuksesta.",
            "Behövs samarbetsförfarande (449/2007) eller är det fråga om överlåtelse av rörelse.",
            "Whether staff cooperation (449/2007) is needed, or a business is transferred.",
            source="laki 449/2007 4 §",
            known=r"henkilöst|yhteistoim|vaikutus hen|personal|samarbet|staff|cooperat",
        ),
    ] = None
    without: Annotated[
        Words,
        told(
            *("Miksi ei tapaa", "Varför inget sätt", "Why no way"),
            "Kun tarpeeseen ei vastata: perustelu, joka näkyy päätökseen asti.",
            "När behovet inte får något svar: motiveringen, som syns ända till beslutet.",
            "Where the need is not met: the reason, shown up to the decision.",
            source="000:28",
            long=True,
            known=r"miksi ei|ei vastata|varför (?:inget|inte)|why no",
        ),
    ] = ""
    rests_on: Annotated[
        Items,
        told(
            *("Edellyttää tarpeita", "Förutsätter behov", "Rests on needs"),
            "Muut tarpeet, joiden tapaan tämä nojaa: esimerkiksi kuljetus.",
            "Andra behov vars sätt det här vilar på: till exempel en transport.",
            "Other needs on whose way this rests: a ride, for example.",
            source="000:202-216",
            to=NEED,
            known=r"edellyt|nojaa|förutsätt|vilar|rests|requires|depends",
        ),
    ] = ()


class ProductionMethod(Output):
    """The typed output of a phase of the kind production method."""

    form: Literal["production_method"] = "production_method"
    version: Literal[1] = Field(default=1, description="of the form")

    principles: Annotated[
        Words,
        told(
            "Mitä esitetään",
            "Vad som föreslås",
            "What is proposed",
            source="000:192",
            long=True,
            known=r"mitä esit|vad som förs|what is prop",
        ),
    ] = ""

    alternatives: Annotated[
        tuple[Alternative, ...],
        told("Vaihtoehdot", "Alternativen", "Alternatives", source="000:192", must=True, prefix="V"),
    ] = ()
    methods: Annotated[
        tuple[Method, ...],
        told("Tuottamistavat", "Produktionssätten", "Methods", source="000:192", must=True, prefix="TT"),
    ] = ()
