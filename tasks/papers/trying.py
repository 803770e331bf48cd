"""Tries a municipality's look on a paper before it is taken into use, so that no paper fails for it later."""

import datetime as dt

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError
from typst import TypstError

from models.errors import NotValid
from models.papers.appearance import Appearance
from models.papers.paper import Front, FrontPart, FrontRow, Grid, Paper, PaperKind, Part, Text
from tasks.papers.making import WRITTEN
from tasks.papers.pdf import as_pdf
from tasks.papers.word import as_word

KEYS = ("earlier", "preparer", "account", "impact", "presenter", "proposal")
MORE_KEYS = ("appendices", "material", "informed", "appeal")


def try_out(appearance: Appearance, name: str) -> None:
    """Nothing, where papers can be made with that look. Raises NotValid with what is wrong."""
    try:
        as_pdf(_sample(appearance, name, PaperKind.PACKAGE))
    except TypstError as error:
        raise NotValid("The emblem cannot be printed: {why}.", why=error.message) from None
    for kind, key in WRITTEN.items():
        own = appearance.template(key)
        try:
            if own is not None:
                as_word(_sample(appearance, name, kind), own)
        except TemplateError as error:
            raise NotValid("The Word template {key} cannot be filled in: {why}.", key=key, why=str(error)) from None
        except (PackageNotFoundError, KeyError, ValueError) as error:
            raise NotValid("The Word template {key} cannot be read: {why}.", key=key, why=str(error)) from None


def _sample(appearance: Appearance, name: str, kind: PaperKind) -> Paper:
    parts = tuple(FrontPart(key=key, heading=key, of=1, rows=(FrontRow(cells=("…",)),)) for key in (*KEYS, *MORE_KEYS))
    notes = dict.fromkeys(("page", "goes_on", "goes_on_in", "in_package", "more", "contents", "not_shown", "logo"), "…")
    grid = Grid(headings=("a", "b"), rows=(("1", "2"),), numbers=(1,))
    return Paper(
        kind=kind,
        language="fi",
        theirs="fi",
        title=name,
        look=appearance.look(name),
        reminder="…",
        date=dt.date(2026, 1, 1),
        date_text="…",
        front=Front(pages=2, parts=parts),
        parts=(Part(key="part", heading="…", blocks=(Text(text="…"), grid)),),
        notes=notes,
    )
