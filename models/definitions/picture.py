"""A process definition as a picture: phases with a checkpoint after each, what each builds on, and the decision.

The picture is SVG text made from the definition alone. Phases that may run side by side stand above each other. Colour
never stands alone: every shape has its words, and the picture's description says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from models.days.formats import date_span
from models.definitions.dates import chosen
from models.definitions.definition import Definition, PhasePlan, Span
from models.words import CheckpointKind

BOX, HEIGHT, GAP, ROW = 190, 96, 62, 30
EDGE, TOP = 24, 76
GATE = 17
NAME_LETTERS, LABEL_LETTERS = 19, 26
DECISION = {"fi": "Päätös", "sv": "Beslut", "en": "Decision"}
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,sans-serif;fill:#1b2a33;text-anchor:middle}"
    ".title{font-size:20px;font-weight:600;text-anchor:start}.name{font-size:15px;font-weight:600}"
    ".small{font-size:12px;fill:#43545e}.phase{fill:#e8f1f2;stroke:#2f6470;stroke-width:1.5}"
    ".gate{fill:#fff;stroke:#8a4b08;stroke-width:2}.ready{fill:#8a4b08}"
    ".mark{font-size:13px;font-weight:700;fill:#8a4b08}.line{stroke:#2f6470;stroke-width:1.5;fill:none}"
    ".carry{stroke:#8a4b08;stroke-width:1.2;fill:none;stroke-dasharray:4 3}.decision{fill:#2f6470}.white{fill:#fff}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phase stands: its column and row, counted from 0."""

    column: int
    row: int

    @property
    def left(self) -> int:
        return EDGE + self.column * (BOX + GAP)

    @property
    def middle(self) -> int:
        return TOP + self.row * (HEIGHT + ROW) + HEIGHT // 2

    @property
    def gate(self) -> int:
        return self.left + BOX + GAP // 3


def process_picture(definition: Definition, choices: Mapping[str, str], language: str = "fi") -> str:
    """The definition as SVG, its dates by the choices given. Raises NotFound for a choice that is not settled."""
    places = _places(definition)
    end = Place(1 + max(place.column for place in places.values()), 0)
    parts = [_decision(definition, end, choices, language)]
    for phase in definition.phases:
        parts += _lines(definition, phase, places, end)
    for phase in definition.phases:
        parts += [_phase(phase, places[phase.id], choices, language), _gate(phase, places[phase.id])]
    rows = 1 + max(place.row for place in places.values())
    width, height = end.left + BOX + EDGE, TOP + rows * (HEIGHT + ROW) + 16
    title = escape(definition.name.in_(language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title told"><title id="title">{title}</title>'
        f'<desc id="told">{escape(_told(definition, choices, language))}</desc><style>{STYLE}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text class="title" x="{EDGE}" y="40">{title}</text>{"".join(parts)}</svg>\n'
    )


def _places(definition: Definition) -> dict[str, Place]:
    """Each phase one column after the last of those it receives from."""
    places: dict[str, Place] = {}
    for phase in definition.phases:
        column = 1 + max((places[source].column for source in definition.receives(phase.id)), default=-1)
        row = sum(place.column == column for place in places.values())
        places[phase.id] = Place(column, row)
    return places


def _lines(definition: Definition, phase: PhasePlan, places: Mapping[str, Place], end: Place) -> list[str]:
    """From the phase's checkpoint to what builds on it; dashed from what its checkpoint carries besides its own."""
    here = places[phase.id]
    next_ones = [places[one.id] for one in definition.phases if phase.id in definition.receives(one.id)] or [end]
    found = [
        f'<path class="line" d="M{here.left + BOX} {here.middle}H{here.gate + GATE + 6}V{to.middle}H{to.left}"/>'
        for to in next_ones
    ]
    low = here.middle + HEIGHT // 2 + ROW // 2 + 4
    for source in phase.checkpoint.carries:
        if source != phase.id:
            start = places[source]
            beginning = f"M{start.left + BOX // 2} {start.middle + HEIGHT // 2}"
            found.append(f'<path class="carry" d="{beginning}V{low}H{here.gate}V{here.middle + GATE}"/>')
    return found


def _phase(phase: PhasePlan, place: Place, choices: Mapping[str, str], language: str) -> str:
    words = [("name", line) for line in _wrapped(phase.name.in_(language), NAME_LETTERS)]
    words += [("small", line) for line in _wrapped(_when(chosen(phase.dates, choices), language), LABEL_LETTERS)]
    return _box("phase", place, words)


def _decision(definition: Definition, place: Place, choices: Mapping[str, str], language: str) -> str:
    window = _when(chosen(definition.decision.window, choices), language)
    body = next(b for b in definition.bodies if b.id == definition.decision.chain[-1].body)
    words = [("name white", DECISION[language])]
    words += [("small white", line) for line in (*_wrapped(body.name.in_(language), LABEL_LETTERS), window)]
    return _box("decision", place, words)


def _box(style: str, place: Place, words: list[tuple[str, str]]) -> str:
    top = place.middle - HEIGHT // 2
    first = place.middle - (len(words) - 1) * 10 + 5
    lines = "".join(
        f'<text class="{kind}" x="{place.left + BOX // 2}" y="{first + 20 * number}">{escape(line)}</text>'
        for number, (kind, line) in enumerate(words)
    )
    return f'<rect class="{style}" x="{place.left}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="8"/>{lines}'


def _gate(phase: PhasePlan, place: Place) -> str:
    ready = phase.checkpoint.kind is CheckpointKind.READINESS
    number = phase.checkpoint.name.fi.split()[-1]
    mark = number if number.isdigit() else "✓"
    x, y = place.gate, place.middle
    shape = f"M{x} {y - GATE}L{x + GATE} {y}L{x} {y + GATE}L{x - GATE} {y}Z"
    style, words = ("gate ready", "mark white") if ready else ("gate", "mark")
    return f'<path class="{style}" d="{shape}"/><text class="{words}" x="{x}" y="{y + 5}">{mark}</text>'


def _when(span: Span, language: str) -> str:
    """The time as the source says it, else as the dates are written."""
    if span.label:
        return span.label.in_(language).split(" (")[0]
    if span.to.date:
        first = span.from_.date if span.from_ and span.from_.date else span.to.date
        return date_span(first, span.to.date)
    return ""


def _wrapped(words: str, letters: int) -> list[str]:
    """The words on at most two lines; a word too long for one is divided, and what does not fit is cut with a mark."""
    lines = [""]
    for word in words.replace("-", "-\u200b").split():
        for piece in _pieces(word, letters):
            if lines[-1] and len(f"{lines[-1]} {piece}") > letters:
                lines.append(piece)
            else:
                lines[-1] = f"{lines[-1]} {piece}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: letters - 1]}…"]
    return [line for line in lines if line]


def _pieces(word: str, letters: int) -> list[str]:
    """The word in pieces that fit a line: divided at its hyphens, else anywhere with a hyphen added."""
    found: list[str] = []
    for part in word.split("\u200b") if len(word) > letters else [word.replace("\u200b", "")]:
        while len(part) > letters:
            found.append(f"{part[: letters - 1]}-")
            part = part[letters - 1 :]
        found.append(part)
    return found


def _told(definition: Definition, choices: Mapping[str, str], language: str) -> str:
    told = [
        f"{phase.name.in_(language)} ({_when(chosen(phase.dates, choices), language)}), "
        f"{phase.checkpoint.name.in_(language)}"
        for phase in definition.phases
    ]
    return "; ".join([*told, definition.decision.chain[-1].name.in_(language)]) + "."
