"""The compiled document of a production need: the register of needs by urgency.

Rows of all registers in the phase's documents are one register. An urgency that is not understood comes last and is
told; nothing is guessed of it.
"""

from models.compiled.compiling import (
    Material,
    Phrases,
    Row,
    Source,
    headings,
    known_tables,
    missing,
    page,
    plain_row,
    rows,
    says,
    table_of,
    text,
)
from models.compiled.future_image import challenge_rows
from models.days.formats import Language

NEEDS = {
    "number": r"nro|nr|numero|tunnus|beteckning|no\b|number|id\b",
    "need": r"tarve|tarpee|behov|need",
    "holder": r"kene|haltija|vem|whose|holder|who\b",
    "evidence": r"näyttö|peruste|mistä tied|belägg|bevis|evidence|ground",
    "urgency": r"kiire|brådsk|angeläg|urgen",
    "trend": r"suunta|kehity|trend|riktning|utveckl|direction",
    "challenge": r"(?:muutos)?haaste|utmaning|challenge",
    "programme": r"ohjelma|program",
}

NOT_URGENT = r"ei |voi odot|matala|vähäi|myöhem|inte |kan vänta|låg|senare|not |can wait|low|later"
URGENCIES = (
    ("at_once", r"heti|välit|kriitti|erittäin|hyvin|omedel|genast|kritisk|mycket|immediat|at once|critical|very"),
    ("urgent", r"kiireelli|korkea|suuri|brådsk|angeläg|hög|stor|urgent|high"),
    ("soon", r"pian|keski|kohtal|snart|medel|måttlig|soon|medium|moderate"),
)
"""The urgencies that are understood, the most urgent first; what can wait is asked of before them."""

TEXTS = {
    "title": text("Tarverekisteri kiireellisyyden mukaan", "Behoven efter angelägenhet", "The needs by urgency"),
    "register": text("Tarpeet", "Behoven", "The needs"),
    "counts": text("Tarpeita kiireellisyyden mukaan", "Antal behov efter angelägenhet", "Needs by urgency"),
    "urgency": text("Kiireellisyys", "Angelägenhet", "Urgency"),
    "count": text("Tarpeita", "Behov", "Needs"),
    "at_once": text("Heti", "Genast", "At once"),
    "urgent": text("Kiireellinen", "Brådskande", "Urgent"),
    "soon": text("Pian", "Snart", "Soon"),
    "can_wait": text("Voi odottaa", "Kan vänta", "Can wait"),
    "unclear": text("Ei kerrottu tai epäselvä", "Inte angiven eller oklar", "Not said or unclear"),
    "like": text(
        "Tarve, Kenellä tarve on, Näyttö, Kiireellisyys, Suunta",
        "Behov, Vems behovet är, Belägg, Angelägenhet, Trend",
        "Need, Whose it is, Evidence, Urgency, Trend",
    ),
    "no_holder": text(
        "Ei kerrota, kenen tarve on: {need}", "Vems behovet är berättas inte: {need}", "Whose is it: {need}"
    ),
    "no_evidence": text("Näyttö puuttuu: {need}", "Belägg saknas: {need}", "No evidence: {need}"),
    "no_urgency": text("Kiireellisyys epäselvä: {need}", "Angelägenheten oklar: {need}", "Urgency unclear: {need}"),
    "no_need": text(
        "Mikään tarve ei mainitse haastetta: {challenge}",
        "Inget behov nämner utmaningen: {challenge}",
        "No need names the challenge: {challenge}",
    ),
}


def production_need(material: Material, language: Language) -> str:
    """All needs, the most urgent first, how many there are of each urgency, and what they lack."""
    phrases = Phrases(TEXTS, language)
    tables = known_tables(material.own, NEEDS, ("need", "holder")) or known_tables(
        material.own, NEEDS, ("need", "urgency")
    )
    register = rows(tables)
    if not register:
        nothing = phrases("no_table", like=phrases("like"))
        return page(phrases("title"), material, [f"## {phrases('register')}", nothing], phrases)
    order = [name for name, _ in URGENCIES] + ["can_wait", "unclear"]
    ranked = sorted(register, key=lambda row: order.index(urgency(row.of("urgency"))))
    found = [urgency(row.of("urgency")) for row in register]
    counts = [(phrases(name), str(found.count(name))) for name in order if name in found]
    names = headings(tables, NEEDS)
    shown = table_of(plain_row(names.values()), [plain_row(row.of(role) for role in names) for row in ranked])
    parts = [
        f"## {phrases('counts')}",
        table_of([phrases("urgency"), phrases("count")], [*counts, (phrases("total"), str(len(register)))]),
        f"## {phrases('register')}",
        shown,
        *missing(phrases, [*_lacks(ranked, phrases), *_unanswered(ranked, material, phrases)]),
    ]
    return page(phrases("title"), material, parts, phrases)


def urgency(cell: str) -> str:
    """Which urgency the cell means: at_once, urgent, soon, can_wait or unclear."""
    if says(NOT_URGENT, cell):
        return "can_wait"
    return next((name for name, words in URGENCIES if says(words, cell)), "unclear")


def need_rows(sources: tuple[Source, ...]) -> list[Row]:
    """The needs that the documents hold in registers."""
    return rows(known_tables(sources, NEEDS, ("need", "holder")))


def _lacks(register: list[Row], phrases: Phrases) -> list[str]:
    lacks = []
    for row in register:
        need = _named(row)
        lacks += [
            phrases(key, need=need)
            for role, key in (("holder", "no_holder"), ("evidence", "no_evidence"))
            if not row.of(role).strip("–- ")
        ]
        if urgency(row.of("urgency")) == "unclear":
            lacks.append(phrases("no_urgency", need=need))
    return lacks


def _named(row: Row) -> str:
    return " ".join(part for part in (row.of("number"), row.of("need")) if part)


def _unanswered(register: list[Row], material: Material, phrases: Phrases) -> list[str]:
    """The received challenges that no need names, where needs name challenges by their numbers at all."""
    if not any(row.of("challenge") for row in register):
        return []
    named = {word for row in register for word in row.of("challenge").replace(",", " ").split()}
    challenges = [row for row in challenge_rows(material.received) if row.of("number")]
    return [
        phrases("no_need", challenge=f"{row.of('number')} {row.of('challenge')}")
        for row in challenges
        if row.of("number") not in named
    ]
