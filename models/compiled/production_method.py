"""The compiled document of a production method: the alternatives for each need, with euros, person-years and sums.

Sums are made only of figures that can be read; what cannot is counted beside them and named. Tables whose figures are
in different units (other headings) are never summed together.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from models.compiled.compiling import (
    Known,
    Material,
    Phrases,
    Row,
    escaped,
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
from models.compiled.production_need import need_rows
from models.days.formats import Language
from models.documents.figures import difference, figure, written

ALTERNATIVES = {
    "need": r"tarve|tarpee|palvelu|behov|tjänst|service|need",
    "alternative": r"vaihtoehto|alternativ",
    "how": r"miten|tuotantotapa|hur|how",
    "euros": r"euro|€|kustann|hinta|kostnad|pris|cost|price",
    "years": r"henkilötyövuo|htv|årsverk|person-?years?|fte",
    "for": r"edu|etu|hyöd|fördel|advantage|for\b|pros",
    "against": r"hait|riski|nackdel|risk|disadvantage|against|cons",
    "proposed": r"esite|ehdote|föres|propos",
}
FIGURES = ("euros", "years")
AS_NOW = r"nyky|jatket|kuten nyt|ei muut|nuläge|fortsätt|som nu|present|as now|do nothing|no change|going on"
NO = r"ei\b|inte\b|nej\b|no\b|not\b"
YES = r"kyllä|x\b|on\b|ja\b|yes|esitetään|föreslås|proposed|✓|✔"

TEXTS = {
    "title": text("Vaihtoehtojen vertailu", "Jämförelse av alternativen", "Comparison of the alternatives"),
    "alternatives": text("Vaihtoehdot", "Alternativen", "The alternatives"),
    "sums": text("Nykytila ja esitys", "Nuläget och förslaget", "As now, and as proposed"),
    "by_kind": text("Summat vaihtoehdoittain", "Summor per alternativ", "Sums by alternative"),
    "need": text("Tarve", "Behov", "Need"),
    "alternative": text("Vaihtoehto", "Alternativ", "Alternative"),
    "needs": text("Tarpeita", "Behov", "Needs"),
    "now": text("{what}, nyt", "{what}, nu", "{what}, now"),
    "then": text("{what}, esitys", "{what}, förslaget", "{what}, proposed"),
    "change": text("{what}, muutos", "{what}, förändring", "{what}, change"),
    "like": text(
        "Tarve, Vaihtoehto, Euroa vuodessa, Henkilötyövuotta, Esitetään",
        "Behov, Alternativ, Euro per år, Årsverken, Föreslås",
        "Need, Alternative, Euros a year, Person-years, Proposed",
    ),
    "not_compared": text(
        "Tarpeelle ei ole vaihtoehtoja: {need}",
        "Behovet saknar alternativ: {need}",
        "A need without alternatives: {need}",
    ),
    "no_now": text(
        "Nykytilan jatkaminen puuttuu vaihtoehdoista: {need}",
        "Att fortsätta som nu saknas bland alternativen: {need}",
        "Going on as now is not among the alternatives: {need}",
    ),
    "no_proposal": text("Mitään ei esitetä: {need}", "Inget föreslås: {need}", "Nothing is proposed: {need}"),
    "many_proposals": text(
        "Esitetään useampaa kuin yhtä: {need}", "Fler än ett föreslås: {need}", "More than one is proposed: {need}"
    ),
    "no_figure": text(
        "Lukua ei voi lukea ({what}): {need}, {alternative}",
        "Siffran kan inte läsas ({what}): {need}, {alternative}",
        "No figure can be read ({what}): {need}, {alternative}",
    ),
    "left_out": text(
        "Summista puuttuvat tarpeet, joiden lukuja ei voi lukea.",
        "I summorna saknas de behov vars siffror inte kan läsas.",
        "The sums leave out the needs whose figures cannot be read.",
    ),
}


class Comparison(NamedTuple):
    """Tables of alternatives with the same headings for their figures."""

    tables: list[Known]
    rows: list[Row]
    names: dict[str, str]
    needs_by_number: dict[str, str]  # the received ones

    @property
    def needs(self) -> dict[str, list[Row]]:
        """The alternatives of each need, in the order of the needs."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.of("need"), []).append(row)
        return found

    def named(self, need: str) -> str:
        """The need as it is called here, with its words where only its number is given."""
        words = self.needs_by_number.get(need.casefold())
        return f"{need} {words}" if words else need

    def value(self, row: Row | None, role: str) -> Decimal | None:
        return figure(row.of(role), self.names[role]) if row else None


def production_method(material: Material, language: Language) -> str:
    """The alternatives need by need; what goes on as now against what is proposed, summed; and what is missing."""
    phrases = Phrases(TEXTS, language)
    received = {row.of("number").casefold(): row.of("need") for row in need_rows(material.received)}
    comparisons = _comparisons(known_tables(material.own, ALTERNATIVES, ("need", "alternative")), received)
    parts, lacks = list[str](), _not_compared(comparisons, material, phrases)
    for comparison in comparisons:
        lacks += _lacks(comparison, phrases)
        parts += _now_and_proposed(comparison, phrases)
        parts += _alternatives(comparison, phrases)
        parts += _by_kind(comparison, phrases)
    if not parts:
        parts = [f"## {phrases('alternatives')}", phrases("no_table", like=phrases("like"))]
    return page(phrases("title"), material, [*parts, *missing(phrases, lacks)], phrases)


def _comparisons(tables: Iterable[Known], received: dict[str, str]) -> list[Comparison]:
    alike: dict[tuple[str, ...], list[Known]] = {}
    for known in tables:
        units = tuple(
            known.table.headings[known.columns[role]].casefold() if role in known.columns else "" for role in FIGURES
        )
        alike.setdefault(units, []).append(known)
    return [Comparison(some, rows(some), headings(some, ALTERNATIVES), received) for some in alike.values()]


def _as_now(alternatives: list[Row]) -> Row | None:
    return next((row for row in alternatives if says(AS_NOW, row.of("alternative"))), None)


def _proposed(alternatives: list[Row]) -> list[Row]:
    return [row for row in alternatives if says(YES, row.of("proposed")) and not says(NO, row.of("proposed"))]


# --- parts --------------------------------------------------------------------------------------------------------


def _now_and_proposed(comparison: Comparison, phrases: Phrases) -> list[str]:
    """Euros and person-years of each need as now and as proposed, with their sums over the needs that have both."""
    figures = [role for role in FIGURES if role in comparison.names]
    if not figures or "proposed" not in comparison.names:
        return []
    names = [phrases("need")]
    for role in figures:
        names += [phrases(key, what=comparison.names[role]) for key in ("now", "then", "change")]
    sums = {role: [Decimal(0), Decimal(0)] for role in figures}
    cells, whole = list[list[str]](), True
    for need, alternatives in comparison.needs.items():
        now, proposed = _as_now(alternatives), _proposed(alternatives)
        line = [escaped(comparison.named(need))]
        for role in figures:
            was = comparison.value(now, role)
            becomes = comparison.value(proposed[0], role) if len(proposed) == 1 else None
            line += _three(was, becomes, phrases)
            if was is None or becomes is None:
                whole = False
            else:
                sums[role] = [sums[role][0] + was, sums[role][1] + becomes]
        cells.append(line)
    total = [phrases("total")]
    for was, becomes in sums.values():
        total += _three(was, becomes, phrases)
    note = [] if whole else [phrases("left_out")]
    return [f"## {phrases('sums')}", table_of(names, [*cells, total]), *note]


def _three(was: Decimal | None, becomes: Decimal | None, phrases: Phrases) -> list[str]:
    """As now, as proposed, and the change; a dash for what is not known."""
    shown = [("–" if value is None else written(value, phrases.language)) for value in (was, becomes)]
    return [*shown, difference(was, becomes, phrases.language)]


def _alternatives(comparison: Comparison, phrases: Phrases) -> list[str]:
    names = {role: name for role, name in comparison.names.items() if role != "need"}
    parts = [f"## {phrases('alternatives')}"]
    for need, alternatives in comparison.needs.items():
        cells = [plain_row(row.of(role) for role in names) for row in alternatives]
        parts += [f"### {escaped(comparison.named(need)) or '–'}", table_of(plain_row(names.values()), cells)]
    return parts


def _by_kind(comparison: Comparison, phrases: Phrases) -> list[str]:
    """What the alternatives of one kind cost over all needs, and of how many needs that speaks."""
    figures = [role for role in FIGURES if role in comparison.names]
    if not figures:
        return []
    kinds: dict[str, list[Row]] = {}
    for row in comparison.rows:
        kinds.setdefault(row.of("alternative"), []).append(row)
    cells = []
    for kind, alternatives in kinds.items():
        line = [escaped(kind) or "–", str(len({row.of("need") for row in alternatives}))]
        for role in figures:
            read = [value for row in alternatives if (value := comparison.value(row, role)) is not None]
            line.append(written(sum(read, Decimal(0)), phrases.language) if len(read) == len(alternatives) else "–")
        cells.append(line)
    names = [phrases("alternative"), phrases("needs"), *(escaped(comparison.names[role]) for role in figures)]
    return [f"## {phrases('by_kind')}", table_of(names, cells)]


# --- what is missing ----------------------------------------------------------------------------------------------


def _lacks(comparison: Comparison, phrases: Phrases) -> list[str]:
    lacks = []
    for need, alternatives in comparison.needs.items():
        if _as_now(alternatives) is None:
            lacks.append(phrases("no_now", need=comparison.named(need)))
        if "proposed" in comparison.names and len(_proposed(alternatives)) != 1:
            key = "many_proposals" if _proposed(alternatives) else "no_proposal"
            lacks.append(phrases(key, need=comparison.named(need)))
        for row in alternatives:
            lacks += [
                phrases(
                    "no_figure",
                    what=comparison.names[role],
                    need=comparison.named(need),
                    alternative=row.of("alternative"),
                )
                for role in FIGURES
                if role in comparison.names and comparison.value(row, role) is None
            ]
    return lacks


def _not_compared(comparisons: list[Comparison], material: Material, phrases: Phrases) -> list[str]:
    """The received needs that no alternative speaks of, by their number or their words."""
    compared = {need.casefold() for comparison in comparisons for need in comparison.needs}
    first_words = {need.split()[0] for need in compared if need.split()}
    lacks = []
    for row in need_rows(material.received) if comparisons else []:
        number, need = row.of("number").casefold(), row.of("need").casefold()
        if need not in compared and (not number or number not in first_words):
            lacks.append(phrases("not_compared", need=f"{row.of('number')} {row.of('need')}"))
    return lacks
