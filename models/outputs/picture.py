"""The thread as a picture: SVG text made from the data alone, with the same said in words for those who cannot see it.

Rows stand in columns, from the environment to the units, each as near as it fits to the needs it belongs to; a line
joins each to what it points to. Findings are many, so theirs are low boxes of one line. What nothing meets is drawn
with a dashed border and says so: colour never stands alone.
"""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from operator import itemgetter

from models.definitions.parts import Text
from models.outputs.thread import Node, Strand
from models.outputs.tracing import Trace

COLUMNS = ("environment", "challenges", "needs", "methods", "bodies", "units")
BOX, HEIGHT, LOW, GAP, ROW = 200, 52, 22, 90, 12
EDGE, TOP = 20, 92
LETTERS, LINES = 27, 2

TEXTS = {
    "environment": Text(fi="Toimintaympäristö", sv="Omvärlden", en="Environment"),
    "challenges": Text(fi="Haasteet ja kuvan kohdat", sv="Utmaningar och bild", en="Challenges and image"),
    "needs": Text(fi="Tarpeet", sv="Behov", en="Needs"),
    "methods": Text(fi="Tuottamistavat", sv="Produktionssätt", en="Methods"),
    "bodies": Text(fi="Toimielimet", sv="Organ", en="Bodies"),
    "units": Text(fi="Yksiköt", sv="Enheter", en="Units"),
    "title": Text(fi="Lanka tarpeesta yksikköön", sv="Tråden från behov till enhet", en="The thread from need to unit"),
    "unmet": Text(fi="ei vielä vastausta", sv="ännu inget svar", en="no answer yet"),
    "nothing": Text(fi="ei mitään", sv="inget", en="nothing"),
}
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,sans-serif;fill:#1b2a33;font-size:12px}"
    ".title{font-size:20px;font-weight:600}.head{font-size:14px;font-weight:600;fill:#43545e}.id{font-weight:700}"
    ".row{fill:#f3f7f8;stroke:#2f6470;stroke-width:1.2}.needs{fill:#fdf3e3;stroke:#8a4b08;stroke-width:1.5}"
    ".gap{stroke-dasharray:5 4;stroke-width:2}.line{stroke:#6b8790;stroke-width:1.3;fill:none}"
    ".note{font-style:italic;fill:#8a4b08}"
)


def thread_picture(trace: Trace, language: str = "fi") -> str:
    """The thread as SVG: every need, and what is joined to it."""
    shown = [name for name in COLUMNS if name == "needs" or any(_column(one, name) for one in trace.needs)]
    places = _places(trace, shown)
    tallest = max((y + _height(node) for node, (_, y) in places.items()), default=HEIGHT)
    width = max(EDGE * 2 + len(shown) * BOX + (len(shown) - 1) * GAP, 2 * BOX)
    height = tallest + ROW + EDGE
    title = escape(TEXTS["title"].in_(language))
    heads = "".join(
        f'<text class="head" x="{EDGE + at * (BOX + GAP)}" y="{TOP - 14}">{escape(TEXTS[name].in_(language))}</text>'
        for at, name in enumerate(shown)
    )
    gaps = {one.need for one in trace.needs if not one.methods}
    boxes = "".join(_box(node, place, node in gaps, language) for node, place in places.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title told"><title id="title">{title}</title>'
        f'<desc id="told">{escape(told(trace, language))}</desc><style>{STYLE}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/><text class="title" x="{EDGE}" y="42">{title}</text>'
        f"{heads}{''.join(_lines(trace, places))}{boxes}</svg>\n"
    )


def told(trace: Trace, language: str = "fi") -> str:
    """The thread in words: of every need what it rises from, how it is met, who governs that and which units answer."""
    nothing = TEXTS["nothing"].in_(language)
    sentences = []
    for one in trace.needs:
        parts = (
            f"{TEXTS[name].in_(language)}: {', '.join(map(str, getattr(one, name))) or nothing}"
            for name in ("challenges", "methods", "bodies", "units")
        )
        sentences.append(f"{one.need}. {'; '.join(parts)}.")
    return " ".join(sentences)


def _places(trace: Trace, shown: Sequence[str]) -> dict[Node, tuple[int, int]]:
    """Column and upper edge of each box: the needs one below another, the rest beside the needs they belong to."""
    columns: list[dict[Node, list[Node]]] = [{} for _ in shown]
    for one in trace.needs:
        for at, name in enumerate(shown):
            for node in _column(one, name):
                columns[at].setdefault(node, []).append(one.need)
    tall = max((sum(map(_step, column)) for column in columns), default=0)
    start = TOP + (tall - len(trace.needs) * (HEIGHT + ROW)) // 2
    needs = {one.need: start + at * (HEIGHT + ROW) for at, one in enumerate(trace.needs)}
    places: dict[Node, tuple[int, int]] = {}
    for at, column in enumerate(columns):
        wishes = ((sum(needs[one] for one in of) // len(of), node) for node, of in column.items())
        wished = sorted(wishes, key=itemgetter(0))
        places |= {node: (at, y) for node, y in _apart(wished, TOP + tall)}
    return places


def _apart(wished: Sequence[tuple[int, Node]], end: int) -> Iterator[tuple[Node, int]]:
    """Boxes from the top down, as near as they fit to where they would stand, none over another or past the end."""
    free, left = TOP, sum(_step(node) for _, node in wished)
    for wish, node in wished:
        y = min(max(wish, free), end - left)
        free, left = y + _step(node), left - _step(node)
        yield node, y


def _step(node: Node) -> int:
    """The height of the box with the space below it."""
    return _height(node) + (ROW if _height(node) == HEIGHT else ROW // 2)


def _height(node: Node) -> int:
    return LOW if node.register == "environment" else HEIGHT


def _column(one: Strand, name: str) -> tuple[Node, ...]:
    if name == "needs":
        return (one.need,)
    return (*one.challenges, *one.parts) if name == "challenges" else getattr(one, name)


def _joined(one: Strand) -> list[tuple[Node, Node]]:
    """What a need's thread joins, from left to right; where something is missing between, the line leaps over it."""
    pairs = [(left, right) for left in one.environment for right in one.challenges]
    pairs += [(before, one.need) for before in (*one.challenges, *one.parts)]
    before: tuple[Node, ...] = (one.need,)
    for nodes in (one.methods, one.bodies, one.units):
        pairs += [(left, right) for left in before for right in nodes]
        before = nodes or before
    return pairs


def _lines(trace: Trace, places: dict[Node, tuple[int, int]]) -> list[str]:
    pairs = dict.fromkeys(pair for one in trace.needs for pair in _joined(one))
    known = {(link.target, link.source) for link in trace.links}
    drawn = []
    for left, right in pairs:
        if left.register == "environment" and (left, right) not in known:
            continue
        (from_column, from_y), (to_column, to_y) = places[left], places[right]
        x1, x2 = EDGE + from_column * (BOX + GAP) + BOX, EDGE + to_column * (BOX + GAP)
        y1, y2 = from_y + _height(left) // 2, to_y + _height(right) // 2
        bend = GAP // 2
        drawn.append(f'<path class="line" d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"/>')
    return drawn


def _box(node: Node, place: tuple[int, int], gap: bool, language: str) -> str:
    x, y = EDGE + place[0] * (BOX + GAP), place[1]
    style = ("needs" if node.register == "needs" else "row") + (" gap" if gap else "")
    box = f'<rect class="{style}" x="{x}" y="{y}" width="{BOX}" height="{_height(node)}" rx="6"/>'
    words = _line(node, x, y) if _height(node) == LOW else _words(node, x, y)
    note = f'<text class="note" x="{x + 48}" y="{y + 17}">{escape(TEXTS["unmet"].in_(language))}</text>' if gap else ""
    return f"<g><title>{escape(str(node))}</title>{box}{note}{words}</g>"


def _words(node: Node, x: int, y: int) -> str:
    """The identifier, and what the row says in two lines below it."""
    lines = textwrap.wrap(" ".join(node.name.split()), LETTERS, max_lines=LINES, placeholder=" …")
    head, top = (
        (f'<text class="id" x="{x + 10}" y="{y + 17}">{escape(node.id)}</text>', 32) if _is_short(node) else ("", 22)
    )
    words = (f'<text x="{x + 10}" y="{y + top + 14 * at}">{escape(line)}</text>' for at, line in enumerate(lines))
    return head + "".join(words)


def _line(node: Node, x: int, y: int) -> str:
    """The identifier and the beginning of what the row says, in one line."""
    head = f'<tspan class="id">{escape(node.id)}</tspan> ' if _is_short(node) else ""
    room = LETTERS - len(node.id) - 1 if _is_short(node) else LETTERS
    line = textwrap.shorten(node.name, max(room, 8), placeholder=" …")
    return f'<text x="{x + 10}" y="{y + 15}">{head}{escape(line)}</text>'


def _is_short(node: Node) -> bool:
    """Whether the identifier is shown; one made from the words would say them twice."""
    return len(node.id) <= 12
