"""The compiled document of an operational model: the units the change touches, and the transition.

What several documents say of one unit stands on one line: person-years, euros, people, what changes, whether they were
heard. The transition's steps come by their last days; a day that cannot be read comes last and is told.
"""

import datetime as dt
import re
from decimal import Decimal

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
    table_of,
    text,
)
from models.days.finnish_time import parse
from models.days.formats import Language
from models.documents.figures import difference, figure, written
from models.outputs.rows import ID

_NOW, _THEN = r"\b(?:nyt|nykyi|nu\b|nuvar|now|present)", r"\b(?:ehdot|esity|jatkossa|uusi|föresl|försl|ny\b|propos|new)"
_YEARS, _EUROS = r"(?:henkilötyövuo|htv|årsverk|person-?years?|fte)", r"(?:.{0,3}euro|€|kustann|kostnad|cost)"

UNITS = {
    "unit": r"yksikkö|enhet|unit",
    "years_now": rf"{_YEARS}.*{_NOW}",
    "years_then": rf"{_YEARS}.*{_THEN}",
    "euros_now": rf"{_EUROS}.*{_NOW}",
    "euros_then": rf"{_EUROS}.*{_THEN}",
    "people": r"henkilöitä|henkilöstö|keitä|personer|personal|people|persons|staff",
    "task": r"tehtävä|uppgift|task|duties",
    "leader": r"johta|esihenkilö|chef|leds|leader|led\b|manager",
    "changes": r"mikä muuttuu|muutos|vad ändras|förändr|ändring|what changes|change",
    "users": r"(?:mitä muuttuu )?(?:käyttäj|asukka|palvelu)|mitä muuttuu|användar|invånar|users?\b|residents",
    "heard": r"kuultu|kuuleminen|hörd|heard",
    "needs": r"vastaa tarpe|tarpe|svarar på|behov|needs|answers",
}
STEPS = {
    "number": r"nro|nr|numero|no\b|number",
    "step": r"toimenpi|tehtävä|askel|åtgärd|uppgift|measure|step|task",
    "unit": r"yksikkö|enhet|unit",
    "owner": r"vastuu|vastaa|ansvar|owner|responsib",
    "due": r"viimeist|määräai|aikataulu|milloin|päivä|senast|tidtabell|när|by\b|when|deadline|due",
}
PAIRS = (("years_now", "years_then"), ("euros_now", "euros_then"))

TEXTS = {
    "title": text("Yksiköt ja siirtymä", "Enheterna och övergången", "The units and the transition"),
    "units": text(
        "Yksiköt, joita muutos koskee", "De enheter som ändringen berör", "The units that the change touches"
    ),
    "change": text("muutos", "förändring", "change"),
    "transition": text("Siirtymä", "Övergången", "The transition"),
    "units_like": text(
        "Yksikkö, Henkilötyövuotta nyt, Henkilötyövuotta ehdotuksessa, Henkilöitä, Mikä muuttuu, Kuultu",
        "Enhet, Årsverken nu, Årsverken i förslaget, Personer, Vad ändras, Hörd",
        "Unit, Person-years now, Person-years proposed, People, What changes, Heard",
    ),
    "steps_like": text(
        "Toimenpide, Yksikkö, Vastuu, Viimeistään",
        "Åtgärd, Enhet, Ansvar, Senast",
        "Step, Unit, Responsible, By",
    ),
    "not_assessed": text(
        "Ei kerrota, mikä muuttuu: {unit}",
        "Vad som ändras berättas inte: {unit}",
        "It is not said what changes: {unit}",
    ),
    "differing": text(
        "Asiakirjat kertovat eri tavoin ({unit}): {first} / {other}",
        "Dokumenten säger olika ({unit}): {first} / {other}",
        "The documents differ ({unit}): {first} / {other}",
    ),
    "not_heard": text("Kuulemista ei ole kirjattu: {unit}", "Inget hörande antecknat: {unit}", "Not heard yet: {unit}"),
    "no_owner": text("Vastuu puuttuu: {step}", "Ansvar saknas: {step}", "Nobody is responsible: {step}"),
    "no_day": text("Päivää ei voi lukea: {step}", "Dagen kan inte läsas: {step}", "No day can be read: {step}"),
    "no_figure": text(
        "Lukua ei voi lukea ({what}): {unit}",
        "Siffran kan inte läsas ({what}): {unit}",
        "No figure can be read ({what}): {unit}",
    ),
}


def operational_model(material: Material, language: Language) -> str:
    """The units on one line each with their sums, the transition by its days, and what is missing."""
    phrases = Phrases(TEXTS, language)
    units, lacks = _units(material, phrases)
    steps, more = _steps(material, phrases)
    parts = [f"## {phrases('units')}", *units, f"## {phrases('transition')}", *steps]
    return page(phrases("title"), material, [*parts, *missing(phrases, [*lacks, *more])], phrases)


# --- units --------------------------------------------------------------------------------------------------------


def _units(material: Material, phrases: Phrases) -> tuple[list[str], list[str]]:
    tables = [
        known for known in known_tables(material.own, UNITS, ("unit",)) if _leads(known) and len(known.columns) > 2
    ]
    if not tables:
        return [phrases("no_table", like=phrases("units_like"))], []
    units, lacks = _merged(rows(tables), phrases)
    names = headings(tables, UNITS)
    shown = {role: name for role, name in names.items() if role in UNITS}
    lines = [*(_unit_line(row, shown, phrases) for row in units), _totals(units, shown, phrases)]
    return [table_of(_unit_names(shown, phrases), lines)], [*lacks, *_unit_lacks(units, shown, phrases)]


def _leads(known: Known) -> bool:
    """Whether the table is about units: they come first, or right after an identifier."""
    at = known.columns["unit"]
    return at == 0 or (at == 1 and re.match(ID.known, known.table.headings[0], re.IGNORECASE) is not None)


def _merged(found: list[Row], phrases: Phrases) -> tuple[list[Row], list[str]]:
    """Each unit once with all that is said of it; where two say otherwise the first stands, and that is told."""
    units: dict[str, Row] = {}
    differing = list[str]()
    for row in found:
        before = units.setdefault(row.of("unit").casefold(), Row({}, row.source))
        differing += [
            phrases("differing", unit=row.of("unit"), first=before.of(role), other=words)
            for role, words in row.cells.items()
            if role in UNITS and role != "unit" and words and before.of(role) not in ("", words)
        ]
        for role, words in row.cells.items():
            before.cells[role] = before.of(role) or words
    return list(units.values()), differing


def _unit_names(shown: dict[str, str], phrases: Phrases) -> list[str]:
    names = []
    for role, name in shown.items():
        names.append(escaped(name))
        names += [phrases("change") for now, then in PAIRS if role == then and now in shown]
    return names


def _unit_line(row: Row, shown: dict[str, str], phrases: Phrases) -> list[str]:
    values = {role: figure(row.of(role), shown[role]) for pair in PAIRS for role in pair if role in shown}
    return _with_changes({role: escaped(row.of(role)) or " " for role in shown}, values, phrases)


def _totals(units: list[Row], shown: dict[str, str], phrases: Phrases) -> list[str]:
    """The sums of the columns whose every figure can be read."""
    sums = {role: _sum(units, role, shown) for pair in PAIRS for role in pair if role in shown}
    cells = dict.fromkeys(shown, " ") | {"unit": phrases("total")}
    cells |= {role: written(value, phrases.language) for role, value in sums.items() if value is not None}
    return _with_changes(cells, sums, phrases)


def _with_changes(cells: dict[str, str], values: dict[str, Decimal | None], phrases: Phrases) -> list[str]:
    """The cells of a line, and after each pair of figures their difference."""
    line = []
    for role, cell in cells.items():
        line.append(cell)
        line += [
            difference(values[now], values[then], phrases.language)
            for now, then in PAIRS
            if role == then and now in values
        ]
    return line


def _sum(units: list[Row], role: str, shown: dict[str, str]) -> Decimal | None:
    values = [figure(row.of(role), shown[role]) for row in units]
    return sum((value for value in values if value is not None), Decimal(0)) if None not in values else None


def _unit_lacks(units: list[Row], shown: dict[str, str], phrases: Phrases) -> list[str]:
    lacks = []
    for row in units:
        unit = row.of("unit")
        if not row.of("changes").strip("–- "):
            lacks.append(phrases("not_assessed", unit=unit))
        if not row.of("heard").strip("–- "):
            lacks.append(phrases("not_heard", unit=unit))
        lacks += [
            phrases("no_figure", what=shown[role], unit=unit)
            for pair in PAIRS
            for role in pair
            if role in shown and figure(row.of(role), shown[role]) is None
        ]
    return lacks


# --- transition ---------------------------------------------------------------------------------------------------


def _steps(material: Material, phrases: Phrases) -> tuple[list[str], list[str]]:
    tables = known_tables(material.own, STEPS, ("step", "due"))
    steps = sorted(rows(tables), key=lambda row: _last_day(row.of("due")) or dt.date.max)
    if not steps:
        return [phrases("no_table", like=phrases("steps_like"))], []
    names = headings(tables, STEPS)
    shown = table_of(plain_row(names.values()), [plain_row(row.of(role) for role in names) for row in steps])
    lacks = [phrases("no_owner", step=row.of("step")) for row in steps if not row.of("owner").strip("–- ")]
    lacks += [phrases("no_day", step=row.of("step")) for row in steps if _last_day(row.of("due")) is None]
    return [shown], lacks


def _last_day(cell: str) -> dt.date | None:
    return parse(cell).last
