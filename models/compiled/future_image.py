"""The compiled document of a future image: the operating environment and the challenges.

The environment is read from tables (inner or outer, strength or weakness, what) or from lists under headings that say
which they are; the challenges from tables or from the headings under one that speaks of challenges.
"""

from typing import NamedTuple

from models.compiled.compiling import (
    Known,
    Material,
    Phrases,
    Row,
    Source,
    escaped,
    headings,
    known_tables,
    missing,
    page,
    plain_row,
    points,
    rows,
    says,
    table_of,
    text,
)
from models.days.formats import Language
from models.documents.parts import Items, Section

INNER, OUTER = r"sisäi|omi(?:ssa|en)|inre|intern|inner", r"ulkoi|yttre|extern|outer"
STRENGTH = r"vahvu|mahdollisuu|styrk|möjlighet|strength|opportunit"
WEAKNESS = r"heikko|uhka|uhat|svaghet|hot\b|weakness|threat"
CHALLENGE = r"(?:muutos)?haaste|utmaning|challenge"

ENVIRONMENT = {
    "side": r"näkök|sisäi|ulkoi|perspektiv|inre|yttre|side|inner|outer|internal|external",
    "sort": r"vahvu|heikko|laatu|styrk|svaghet|slag|strength|weakness|kind",
    "what": r"havain|asia|seikka|iakttag|sak|observ|item|what",
}
CHALLENGES = {
    "number": r"nro|nr|numero|tunnus|no\b|number|id\b",
    "challenge": CHALLENGE,
    "means": r"mitä|tarkoit|innebär|betyder|vad|what|mean",
    "trend": r"suunta|kehity|trend|riktning|utveckl|direction",
}
CORNERS = (
    ("inner_strength", INNER, STRENGTH),
    ("inner_weakness", INNER, WEAKNESS),
    ("outer_strength", OUTER, STRENGTH),
    ("outer_weakness", OUTER, WEAKNESS),
)

TEXTS = {
    "title": text("Toimintaympäristö ja haasteet", "Omvärlden och utmaningarna", "The environment and the challenges"),
    "environment": text("Toimintaympäristö", "Omvärlden", "The operating environment"),
    "inner_strength": text(
        "Sisäiset vahvuudet ja mahdollisuudet", "Inre styrkor och möjligheter", "Inner strengths and opportunities"
    ),
    "inner_weakness": text("Sisäiset heikkoudet ja uhat", "Inre svagheter och hot", "Inner weaknesses and threats"),
    "outer_strength": text(
        "Ulkoiset vahvuudet ja mahdollisuudet", "Yttre styrkor och möjligheter", "Outer strengths and opportunities"
    ),
    "outer_weakness": text("Ulkoiset heikkoudet ja uhat", "Yttre svagheter och hot", "Outer weaknesses and threats"),
    "count": text("Kohtia", "Antal", "Number"),
    "corner": text("Näkökulma", "Perspektiv", "Side"),
    "challenges": text("Voitettavat haasteet", "Utmaningar att övervinna", "Challenges to overcome"),
    "challenge": text("Haaste", "Utmaning", "Challenge"),
    "means": text("Mitä se tarkoittaa", "Vad den innebär", "What it means"),
    "environment_like": text(
        "Näkökulma, Vahvuus vai heikkous, Havainto",
        "Perspektiv, Styrka eller svaghet, Iakttagelse",
        "Side, Strength or weakness, Observation",
    ),
    "challenges_like": text(
        "Haaste, Mitä se tarkoittaa, Suunta",
        "Utmaning, Vad den innebär, Riktning",
        "Challenge, What it means, Trend",
    ),
    "empty_corner": text("Kirjaamatta: {corner}", "Inte antecknat: {corner}", "Not written down: {corner}"),
    "unclear": text(
        "Ei selvää, onko sisäinen vai ulkoinen, vahvuus vai heikkous: {what}",
        "Oklart om inre eller yttre, styrka eller svaghet: {what}",
        "Unclear whether inner or outer, strength or weakness: {what}",
    ),
    "no_meaning": text(
        "Haasteesta ei kerrota, mitä se tarkoittaa: {what}",
        "Vad utmaningen innebär berättas inte: {what}",
        "It is not said what the challenge means: {what}",
    ),
}


class Challenge(NamedTuple):
    """A challenge and what it means."""

    name: str
    means: str


def future_image(material: Material, language: Language) -> str:
    """The environment in four lists, and the challenges; and which of them are missing or unclear."""
    phrases = Phrases(TEXTS, language)
    environment, lacks = _environment(material, phrases)
    challenges, more = _challenges(material, phrases)
    parts = [f"## {phrases('environment')}", *environment, f"## {phrases('challenges')}", *challenges]
    return page(phrases("title"), material, [*parts, *missing(phrases, [*lacks, *more])], phrases)


def challenge_rows(sources: tuple[Source, ...]) -> list[Row]:
    """The challenges that the documents hold in tables."""
    return rows(known_tables(sources, CHALLENGES, ("challenge",)))


# --- environment --------------------------------------------------------------------------------------------------


def _environment(material: Material, phrases: Phrases) -> tuple[list[str], list[str]]:
    corners: dict[str, list[str]] = {name: [] for name, _, _ in CORNERS}
    unclear = list[str]()
    for row in rows(known_tables(material.own, ENVIRONMENT, ENVIRONMENT)):
        corner = _corner(f"{row.of('side')} {row.of('sort')}")
        (corners[corner] if corner else unclear).append(row.of("what"))
    for source in material.own:
        for section in source.document.sections:
            corner = _corner(section.heading)
            if corner:
                corners[corner].extend(_listed(section))
    if not any(corners.values()) and not unclear:
        return [phrases("no_table", like=phrases("environment_like"))], []
    counts = [(phrases(name), str(len(found))) for name, found in corners.items()]
    parts = [table_of([phrases("corner"), phrases("count")], counts)]
    for name, found in corners.items():
        if found:
            parts += [f"### {phrases(name)}", points(escaped(one) for one in found)]
    lacks = [phrases("empty_corner", corner=phrases(name)) for name, found in corners.items() if not found]
    return parts, lacks + [phrases("unclear", what=what) for what in unclear]


def _corner(words: str) -> str | None:
    """Which of the four it speaks of; None where that is not clear."""
    found = [name for name, side, sort in CORNERS if says(side, words) and says(sort, words)]
    return found[0] if len(found) == 1 else None


def _listed(section: Section) -> list[str]:
    return [item.text for block in section.blocks if isinstance(block, Items) for item in block.items]


# --- challenges ---------------------------------------------------------------------------------------------------


def _challenges(material: Material, phrases: Phrases) -> tuple[list[str], list[str]]:
    tables = known_tables(material.own, CHALLENGES, ("challenge",))
    found = rows(tables)
    if found:
        return _in_tables(tables, found, phrases)
    under = [challenge for source in material.own for challenge in _under_headings(source)]
    if not under:
        return [phrases("no_table", like=phrases("challenges_like"))], []
    shown = table_of([phrases("challenge"), phrases("means")], [plain_row(challenge) for challenge in under])
    return [shown], [phrases("no_meaning", what=one.name) for one in under if not one.means]


def _in_tables(tables: list[Known], found: list[Row], phrases: Phrases) -> tuple[list[str], list[str]]:
    names = headings(tables, CHALLENGES)
    cells = [plain_row(row.of(role) for role in names) for row in found]
    lacks = [row.of("challenge") for row in found if "means" in names and not row.of("means")]
    return [table_of(plain_row(names.values()), cells)], [phrases("no_meaning", what=what) for what in lacks]


def _under_headings(source: Source) -> list[Challenge]:
    """The headings under one that speaks of challenges, with the points of their lists."""
    found = list[Challenge]()
    level: int | None = None
    for section in source.document.sections:
        if level is not None and section.level > level:
            found.append(Challenge(section.heading, "; ".join(_listed(section))))
        else:
            level = section.level if says(CHALLENGE, section.heading) else None
    return found
