"""Looks into the papers that were made: the pages and tags of a PDF, the text of a page, of a Word file."""

import io
import subprocess
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pikepdf


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True)
    return told.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    """The letters and digits alone: lines are broken and words hyphenated as they fit."""
    return "".join(letter for letter in text if letter.isalnum())


class Tag(NamedTuple):
    """An element of a PDF's structure."""

    kind: str
    alt: str  # what stands for a picture


def tags(pdf: bytes) -> list[Tag]:
    """Every element of the structure, in the order in which it is read."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one for kid in _kids(opened.Root.StructTreeRoot) for one in _elements(kid)]
        return [Tag(str(one.S), str(one.get("/Alt", ""))) for one in found]


def _kids(element: pikepdf.Dictionary) -> list[pikepdf.Object]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        for kid in _kids(element):
            yield from _elements(kid)


def word_text(content: bytes) -> str:
    """All text of a Word file's body, paragraphs and tables, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(map(_text, one.iter())) for one in body.iter() if one.tag.endswith("}p"))


def _text(node: Any) -> str:
    if not isinstance(node.tag, str):
        return ""
    return str(node.text or "") if node.tag.endswith("}t") else "\n" if node.tag.endswith("}br") else ""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.names: list[str] = []
        self.open: list[str] = []
        self.unclosed = False

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unclosed = self.unclosed or not self.open or self.open.pop() != tag

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def html_page(content: bytes) -> _Page:
    """A page: its text and its tags, and whether each is closed in its place."""
    page = _Page()
    page.feed(content.decode())
    page.unclosed = page.unclosed or bool(page.open)
    return page
