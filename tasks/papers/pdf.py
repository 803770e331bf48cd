"""Prints a paper as a PDF that is both PDF/UA-1 and PDF/A-2a, with the fonts that Etappi brings along.

Words go to the printer as data and are never read as markup. Equal papers give equal bytes: nothing depends on the
machine, its fonts or the time.
"""

import base64
import datetime as dt
import json
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import typst

from models.papers.colours import readable
from models.papers.fitting import PRINTED, front_columns
from models.papers.paper import FrontPart, Grid, Paper, PaperKind, Part
from models.papers.tables import Shape, shape, weights
from tasks.papers.coverage import covered_by

FOLDER = Path(__file__).resolve().parents[2] / "config" / "templates" / "papers"
FONTS = FOLDER / "fonts"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
LOGO_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
INSTEAD = "▯"
PAGE_COLUMN = 0.06  # the share of the number of a page
LONG = 150  # rows of tables; the contents of a paper with more stand on a page of their own
NAMED = 8  # characters that are named, of those the fonts lack

PARTICULAR = re.compile(r"\S{26}|[\n\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Cells that the printer looks at one by one: long words, lines, writing from right to left."""

WITH_CONTENTS = (PaperKind.PACKAGE, PaperKind.MEETING)
NUMBERED = (PaperKind.PACKAGE, PaperKind.MEETING)


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF."""
    logo = f"logo.{LOGO_ENDINGS[paper.look.logo_media]}" if paper.look.logo else None
    text = json.dumps(_told(paper, logo), ensure_ascii=False)
    missing = sorted(set(text) - covered_by(FONTS) - {"\n"})
    if missing:
        text = text.translate(dict.fromkeys(map(ord, missing), INSTEAD))
        named = ", ".join(f"U+{ord(one):04X}" for one in missing[:NAMED]) + (" …" if len(missing) > NAMED else "")
        text = text.replace(
            '"not_shown": ""', '"not_shown": ' + json.dumps(_not_shown(paper, named), ensure_ascii=False), 1
        )
    with tempfile.TemporaryDirectory(prefix="etappi-paper-") as folder:
        place = Path(folder)
        (place / "paper.typ").write_bytes((FOLDER / "pdf" / "paper.typ").read_bytes())
        (place / "paper.json").write_text(text, "utf-8")
        if logo:
            (place / logo).write_bytes(base64.b64decode(paper.look.logo or ""))
        return _printed(place, paper.date)


def _printed(place: Path, day: dt.date) -> bytes:
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    made = typst.compile(
        place / "paper.typ",
        root=place,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[*STANDARDS],
        timestamp=int(midnight.timestamp()),
    )
    assert isinstance(made, bytes), "one PDF is one file"
    return made


def renderer() -> str:
    """What prints: another name where equal papers give other bytes."""
    return f"etappi-papers 4, typst {version('typst')}"


def _told(paper: Paper, logo: str | None) -> dict[str, Any]:
    """The paper as the template reads it."""
    look = {"name": paper.look.name, "colour": paper.look.colour, "accent": paper.look.accent}
    return {
        "not_shown": "",
        **paper.model_dump(mode="json", include={"language", "theirs", "title", "subtitle", "kicker", "stamp"}),
        **paper.model_dump(mode="json", include={"reminder", "seal", "facts", "notes"}),
        "look": {**look, "heading": readable(paper.look.colour), "logo_file": logo},
        "day": [paper.date.year, paper.date.month, paper.date.day],
        "front": {
            "pages": paper.front.pages,
            "closing": paper.front.closing,
            "parts": [_front_part(part) for part in paper.front.parts],
        }
        if paper.front
        else None,
        "parts": [_part(part) for part in paper.parts],
        "contents": paper.kind in WITH_CONTENTS and len(paper.parts) > 1,
        "numbered": paper.kind in NUMBERED,
        "long": _rows(paper) > LONG,
    }


def _rows(paper: Paper) -> int:
    return sum(len(block.rows) for part in paper.parts for block in part.blocks if isinstance(block, Grid))


def _front_part(part: FrontPart) -> dict[str, Any]:
    rows = tuple(row.cells for row in part.rows)
    paged = bool(rows) and len(part.headings) > len(rows[0])
    widths = front_columns(part, PRINTED).shares if part.headings and rows else [1.0] * len(part.headings)
    return {**part.model_dump(mode="json"), "paged": paged, "widths": [*widths, *([PAGE_COLUMN] if paged else [])]}


def _part(part: Part) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for block in part.blocks:
        told: dict[str, Any] = {"kind": type(block).__name__.lower(), **block.model_dump(mode="json")}
        if isinstance(block, Grid):
            told |= {"widths": weights(block), "shape": shape(block), "under": None, "plain": _is_plain(block)}
            if (
                told["shape"] in (Shape.LYING, Shape.LYING_TIGHT)
                and blocks
                and blocks[-1]["kind"] == "under"
                and not blocks[-1]["key"]
            ):
                told["under"] = blocks.pop()  # its heading stands above it, on its own page
        blocks.append(told)
    return {"key": part.key, "heading": part.heading, "blocks": blocks}


def _is_plain(grid: Grid) -> bool:
    """Whether the cells can be printed as they are: none needs places to break, another direction or other letters."""
    return not any(PARTICULAR.search(cell) for row in grid.rows for cell in row)


def _not_shown(paper: Paper, named: str) -> str:
    return paper.notes["not_shown"].format(what=named)
