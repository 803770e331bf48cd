"""Draws a future image from the text of a municipal strategy: environment, challenges, vision, mission, values, goals.

Any such text will do, plain or Markdown: its parts are known by their headings in Finnish, Swedish or English. Every
wording is kept as it stands; line breaks inside a sentence are mended, nothing else. What is no part of these is left.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from models.exchange.cells import cleaned
from models.exchange.powers import says
from models.outputs.choices import IN_HEADINGS, Side, Sort
from models.outputs.future_image import Challenge, Environment, FutureImage, Goal, Value

MARKS = re.compile(r"^#{1,6}\s+|\*\*|__")
LISTED = re.compile(r"\t+\d+$")  # a line of a table of contents
BULLET = re.compile(r"^\s*[-–•*·]\s+")
NUMBERED = re.compile(r"^(?:\d{1,2}|[A-ZÅÄÖ]\d{1,2})[.)]\s+")
SENTENCE = re.compile(r"[.!?…]$")
NAME_WORDS = 4  # a heading of a value or a goal is no longer

VISION, MISSION = r"visio|vision", r"missio|mission|toiminta-ajatus|verksamhetsidé"
VALUES = r"arvot|arvomme|värderingar|våra värderingar|values|our values"
GOALS = r"strategiset päämäärät|päämäärät|strategiset tavoitteet|strategiska mål|strategic goals"
CHALLENGES = r"(?:.*\b)?(?:muutos)?ha[as]?[as]teet|(?:.*\b)?utmaningar|(?:.*\b)?challenges"
OTHERS = (
    r".*tapa toimia|toimeenpano|sisältö|sisällys|innehåll|contents|strateginen päämäärä:|toimintaympäristön analyysi$"
)


class _Line(NamedTuple):
    """A line, its words without marks, and whether an empty line stands before it."""

    words: str
    bullet: bool
    apart: bool


def strategy_image(text: str) -> FutureImage:
    """What the text says of each part; empty where it says nothing. Raises Misread for what cannot be read."""
    parts: dict[str, list[_Line]] = {}
    corners: dict[tuple[Side, Sort], list[str]] = {}
    into: list[_Line] | None = None
    corner: list[str] | None = None
    for line in _lines(text):
        part, sides = _part(line), _corner(line)
        if sides is not None:
            corner, into = corners.setdefault(sides, []), None
        elif part is not None:
            corner, into = None, parts.setdefault(part, []) if part else None
        elif corner is not None:
            corner.append(line.words)
        elif into is not None:
            into.append(line)
    return FutureImage(
        vision=_joined(parts.get("vision", [])),
        mission="\n".join(_paragraphs(parts.get("mission", []))),
        environment=tuple(_environment(corners)),
        challenges=tuple(_challenges(parts.get("challenges", []))),
        values=tuple(Value(id=f"A{n}", value=one, meaning=words) for n, one, words in _named(parts.get("values", []))),
        goals=tuple(Goal(id=f"P{n}", goal=one, sentences=words) for n, one, words in _named(parts.get("goals", []))),
    )


def is_strategy(image: FutureImage) -> bool:
    """Whether the text was one that this reader knows."""
    return bool(image.environment or image.challenges or image.goals)


def _lines(text: str) -> Iterator[_Line]:
    apart = True
    for line in cleaned_lines(text):
        if not line.strip() or LISTED.search(line):
            apart = True
            continue
        words = MARKS.sub("", line.strip()).strip()
        bullet = BULLET.match(line) is not None
        yield _Line(BULLET.sub("", words) if bullet else words, bullet, apart)
        apart = False


def cleaned_lines(text: str) -> list[str]:
    """The lines of the text, each fit to be kept."""
    return [cleaned(line) if line.strip() else "" for line in text.replace("\r\n", "\n").split("\n")]


def _part(line: _Line) -> str | None:
    """The part that a heading begins; "" for one that ends what was before; None for what is no heading."""
    words = line.words
    if line.apart and re.match(rf"(?:{OTHERS})", words, re.IGNORECASE):
        return ""
    if not line.apart or line.bullet or len(words.split()) > NAME_WORDS + 3 or SENTENCE.search(words):
        return None
    for name, pattern in (
        *(("vision", VISION), ("mission", MISSION), ("goals", GOALS), ("challenges", CHALLENGES)),
        ("values", rf"(?:{VALUES})$"),
    ):
        if re.match(rf"(?:{pattern})(?:$|[\s:\t])", words, re.IGNORECASE) and not NUMBERED.match(words):
            return name
    return None


def _corner(line: _Line) -> tuple[Side, Sort] | None:
    """Which of the four lists a heading begins."""
    if not line.apart or line.bullet or len(line.words.split()) > NAME_WORDS + 2:
        return None
    side = [one for one in Side if says(IN_HEADINGS[one], line.words)]
    sort = [one for one in Sort if says(IN_HEADINGS[one], line.words)]
    return (side[0], sort[0]) if len(side) == len(sort) == 1 else None


def _environment(corners: dict[tuple[Side, Sort], list[str]]) -> Iterator[Environment]:
    findings = [(side, sort, words) for (side, sort), lines in corners.items() for words in lines]
    for number, (side, sort, words) in enumerate(findings, 1):
        yield Environment(id=f"TY{number}", side=side, sort=sort, finding=words)


def _challenges(lines: list[_Line]) -> Iterator[Challenge]:
    """Numbered lines with their points under them."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if NUMBERED.match(line.words) and not line.bullet:
            found.append((NUMBERED.sub("", line.words), []))
        elif found:
            found[-1][1].append(line.words)
    for number, (name, points) in enumerate(found, 1):
        yield Challenge(id=f"H{number}", challenge=name, means="\n".join(points))


def _named(lines: list[_Line]) -> Iterator[tuple[int, str, str]]:
    """Short headings with the paragraphs under them."""
    found: list[tuple[str, list[str]]] = []
    for words in _paragraphs(lines):
        if len(words.split()) <= NAME_WORDS and not SENTENCE.search(words):
            found.append((NUMBERED.sub("", words), []))
        elif found:
            found[-1][1].append(words)
    for number, (name, sentences) in enumerate(found, 1):
        yield number, name, "\n".join(sentences)


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Paragraphs as they stand; a sentence that was broken over an empty line is one again."""
    found: list[str] = []
    for line in lines:
        goes_on = found and (not line.apart or (line.words[0].islower() and not SENTENCE.search(found[-1])))
        if goes_on and not line.bullet:
            found[-1] = f"{found[-1]} {line.words}"
        else:
            found.append(line.words)
    return found


def _joined(lines: list[_Line]) -> str:
    return "\n".join(_paragraphs(lines))
