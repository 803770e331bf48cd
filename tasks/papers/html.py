"""Writes a paper as one HTML page that needs nothing else: its look is in it, no script, nothing fetched from anywhere.

Words are escaped by the template engine; a page's own policy lets no script run, whatever stood in them.
"""

import re
from functools import lru_cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from models.papers.colours import readable
from models.papers.front import is_shortened
from models.papers.paper import Paper, Points
from tasks.papers.pdf import FOLDER

_HASH = re.compile(r"[0-9a-f]{64}")


def as_html(paper: Paper) -> bytes:
    """The paper as a page."""
    look = paper.look
    told = {
        "paper": paper,
        "strong": readable(look.colour),
        "logo": f"data:{look.logo_media};base64,{look.logo}" if look.logo else None,
        "numbers_of": {part.key: number for number, part in enumerate(paper.parts, 1)},
    }
    return _environment().get_template("paper.html.j2").render(told).encode()


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER / "html"), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
    environment.tests["of_kind"] = lambda block, name: type(block).__name__ == name
    environment.tests["hash"] = lambda words: _HASH.fullmatch(words) is not None
    environment.tests["shortened"] = is_shortened
    environment.filters["nested"] = _nested
    return environment


def _nested(block: Points) -> Markup:
    """Points as lists inside lists."""
    kind = "ol" if block.ordered else "ul"
    parts, depth = list[str](), -1
    for words, deep in block.points:
        parts += [f"</li></{kind}>"] * (depth - deep) + (["</li>"] if 0 <= deep <= depth else [])
        parts += [f'<{kind}><li dir="auto">'] * (deep - depth) if deep > depth else ['<li dir="auto">']
        parts.append(str(escape(words)))
        depth = deep
    return Markup("".join([*parts, *[f"</li></{kind}>"] * (depth + 1)]))
