"""The page of `etappi preview`: every message in three languages side by side, with its subject and its plain text."""

import html
from collections.abc import Sequence
from itertools import groupby

from app.cli.shapes_messages import Sample

HEAD = """<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Etappin viestit</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; margin: 0; background: light-dark(#e9eeed, #0b1417); }
header, section { padding: 1rem 1.5rem; }
nav { columns: 18rem; font-size: 0.875rem; }
a { color: light-dark(#0a5c6b, #8fd5de); }
h2 { margin: 1rem 0 0.5rem; font-size: 1.125rem; }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }
article { background: light-dark(#fff, #16252a); border-radius: 8px; padding: 0.75rem; }
h3 { margin: 0 0 0.5rem; font-size: 0.9375rem; }
iframe { width: 100%; height: 44rem; border: 1px solid light-dark(#d0dad9, #2c4047); border-radius: 6px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8125rem; }
</style></head><body>
"""


def page_of(samples: Sequence[Sample]) -> str:
    """The page, whole."""
    kinds = [(kind, list(of)) for kind, of in groupby(samples, key=lambda one: one.kind)]
    listed = "".join(f'<a href="#{_id(kind)}">{html.escape(kind)}</a><br>' for kind, _ in kinds)
    shown = "".join(_section(kind, of) for kind, of in kinds)
    return f"{HEAD}<header><h1>Etappin viestit</h1><nav>{listed}</nav></header>{shown}</body></html>\n"


def _section(kind: str, of: Sequence[Sample]) -> str:
    articles = "".join(_article(one) for one in of)
    return f'<section id="{_id(kind)}"><h2>{html.escape(kind)}</h2><div class="three">{articles}</div></section>'


def _article(one: Sample) -> str:
    named = html.escape(f"{one.kind}, {one.language}", quote=True)
    return (
        f'<article lang="{one.language}"><h3>{html.escape(one.subject)}</h3>'
        f'<iframe loading="lazy" sandbox title="{named}" srcdoc="{html.escape(one.html, quote=True)}"></iframe>'
        f"<details><summary>{one.language}: text</summary><pre>{html.escape(one.text)}</pre></details></article>"
    )


def _id(kind: str) -> str:
    return kind.replace(":", "-")
