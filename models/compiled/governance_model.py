"""The compiled document of a governance model: the powers matrix, one line for each matter, one column for each body.

The matrix is read as it stands, or is made from a list with one line for each matter and body. Each matter should have
exactly one who decides.
"""

from collections import Counter
from typing import NamedTuple

from models.compiled.compiling import (
    Known,
    Material,
    Phrases,
    Row,
    escaped,
    known_tables,
    missing,
    page,
    plain_row,
    rows,
    table_of,
    text,
)
from models.days.formats import Language
from models.exchange.powers import NO, POWERS, powers, says

MATTER = {"matter": r"asia\b|asiat|päätettävä|ärende|matter"}
LISTED = {
    **MATTER,
    "body": r"toimiel|toimija|kuka|organ|vem|body|bodies|who",
    "power": r"toimival|rooli|mitä tekee|befogen|roll|gör|power|role|does",
    "ground": r"perust|laki|lainkohta|säädös|grund|lagrum|ground|law",
}
GROUND = LISTED["ground"]

TEXTS = {
    "title": text("Toimivaltataulukko", "Befogenhetstabell", "Table of powers"),
    "powers": text("Kuka tekee mitäkin", "Vem gör vad", "Who does what"),
    "matter": text("Asia", "Ärende", "Matter"),
    "ground": text("Peruste", "Grund", "Ground"),
    "counts": text("Asioita toimielimittäin", "Ärenden per organ", "Matters by body"),
    "body": text("Toimielin", "Organ", "Body"),
    "decides": text("Päättää", "Beslutar", "Decides"),
    "proposes": text("Ehdottaa", "Föreslår", "Proposes"),
    "states": text("Lausuu", "Yttrar sig", "Gives a statement"),
    "prepares": text("Valmistelee", "Bereder", "Prepares"),
    "is_told": text("Saa tiedoksi", "Får kännedom", "Is told"),
    "like": text(
        "Asia, Valtuusto, Hallitus, Lautakunta, Viranhaltija, Peruste (soluissa: päättää, ehdottaa, valmistelee)",
        "Ärende, Fullmäktige, Styrelsen, Nämnd, Tjänsteinnehavare, Grund (i cellerna: beslutar, föreslår, bereder)",
        "Matter, Council, Executive, Board, Office-holder, Ground (in the cells: decides, proposes, prepares)",
    ),
    "no_decider": text("Päättäjä puuttuu: {matter}", "Beslutsfattare saknas: {matter}", "Nobody decides: {matter}"),
    "many_deciders": text(
        "Päättäjiä on useampi kuin yksi: {matter} ({bodies})",
        "Fler än en beslutar: {matter} ({bodies})",
        "More than one decides: {matter} ({bodies})",
    ),
    "no_ground": text("Peruste puuttuu: {matter}", "Grund saknas: {matter}", "No ground is given: {matter}"),
    "unclear": text(
        "Toimivalta epäselvä: {matter}, {body}: {cell}",
        "Befogenheten oklar: {matter}, {body}: {cell}",
        "Power unclear: {matter}, {body}: {cell}",
    ),
}


class Matrix(NamedTuple):
    """Who has which power in which matter, in people's own words."""

    bodies: list[str]
    cells: dict[str, dict[str, str]]  # matter -> body -> words
    grounds: dict[str, str]


def governance_model(material: Material, language: Language) -> str:
    """The powers of every body in every matter, how many each decides, and matters without exactly one decider."""
    phrases = Phrases(TEXTS, language)
    matrix = _matrix(material)
    if not matrix.cells:
        parts = [f"## {phrases('powers')}", phrases("no_table", like=phrases("like"))]
        return page(phrases("title"), material, parts, phrases)
    names = [phrases("matter"), *plain_row(matrix.bodies)] + ([phrases("ground")] if matrix.grounds else [])
    lines = [
        plain_row([matter, *(powers.get(body, "") for body in matrix.bodies)])
        + (plain_row([matrix.grounds.get(matter, "")]) if matrix.grounds else [])
        for matter, powers in matrix.cells.items()
    ]
    parts = [f"## {phrases('powers')}", table_of(names, lines), f"## {phrases('counts')}", _counts(matrix, phrases)]
    return page(phrases("title"), material, [*parts, *missing(phrases, _lacks(matrix, phrases))], phrases)


def _matrix(material: Material) -> Matrix:
    matrix = Matrix([], {}, {})
    listed = known_tables(material.own, LISTED, ("matter", "body", "power"))
    for row in rows(listed):
        _set(matrix, row.of("matter"), row.of("body"), row.of("power"))
        _ground(matrix, row)
    among = {id(known.table) for known in listed}
    for known in known_tables(material.own, MATTER | {"ground": GROUND}, ("matter",)):
        if id(known.table) not in among and _is_matrix(known):
            for row in rows([known]):
                for key, words in row.cells.items():
                    if key.startswith("=") and key != "=":
                        _set(matrix, row.of("matter"), key[1:], words)
                _ground(matrix, row)
    return matrix


def _is_matrix(known: Known) -> bool:
    """Whether the matters come first, two or more bodies follow, and most of what is in their cells are powers."""
    bodies = [at for at in range(len(known.table.headings)) if at not in known.columns.values()]
    words = [row[at] for row in known.table.rows for at in bodies if row[at].strip("–- ")]
    return (
        known.columns["matter"] == 0 and len(bodies) > 1 and 2 * sum(bool(powers(word)) for word in words) > len(words)
    )


def _set(matrix: Matrix, matter: str, body: str, words: str) -> None:
    if body not in matrix.bodies:
        matrix.bodies.append(body)
    cells = matrix.cells.setdefault(matter, {})
    cells[body] = ", ".join(part for part in (cells.get(body), words) if part)


def _ground(matrix: Matrix, row: Row) -> None:
    if row.of("ground"):
        matrix.grounds.setdefault(row.of("matter"), row.of("ground"))


def _counts(matrix: Matrix, phrases: Phrases) -> str:
    names = [name for name, _ in POWERS]
    counts: dict[str, Counter[str]] = {body: Counter() for body in matrix.bodies}
    for cells in matrix.cells.values():
        for body, words in cells.items():
            counts[body].update(powers(words))
    lines = [[escaped(body), *(str(count[name]) for name in names)] for body, count in counts.items()]
    return table_of([phrases("body"), *map(phrases, names)], lines)


def _lacks(matrix: Matrix, phrases: Phrases) -> list[str]:
    lacks = []
    for matter, cells in matrix.cells.items():
        deciders = [body for body, words in cells.items() if "decides" in powers(words)]
        if not deciders:
            lacks.append(phrases("no_decider", matter=matter))
        elif len(deciders) > 1:
            lacks.append(phrases("many_deciders", matter=matter, bodies=", ".join(deciders)))
        if matrix.grounds and matter not in matrix.grounds:
            lacks.append(phrases("no_ground", matter=matter))
        lacks += [
            phrases("unclear", matter=matter, body=body, cell=words)
            for body, words in cells.items()
            if words.strip("–- ") and not powers(words) and not says(NO, words)
        ]
    return lacks
