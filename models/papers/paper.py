"""What a paper holds, whatever it is printed as: a front that fits on its pages, and numbered parts that hold it all.

Words that people wrote are marked as theirs: they are in the municipality's own language, whatever language the paper
is in. Values only; the renderings are in `tasks`.
"""

import datetime as dt
from enum import StrEnum

from models.days.formats import Language
from models.frozen import Frozen


class PaperKind(StrEnum):
    """Which paper it is."""

    MEETING = "meeting"  # kokousaineisto: what is read in a round
    PACKAGE = "package"  # vaiheen kooste
    AGENDA_ITEM = "agenda-item"  # kokousasian pohja
    INTERIM_REPORT = "interim-report"  # väliraportti
    MEMO = "memo"  # muistio of one group's meeting


class Look(Frozen):
    """How the municipality's papers look."""

    name: str  # of the municipality
    colour: str = "#1f4e79"
    accent: str = "#c8963e"
    logo: str | None = None  # the picture in base64
    logo_media: str = "image/png"


class Text(Frozen):
    """Running text."""

    text: str
    theirs: bool = False
    small: bool = False


class Points(Frozen):
    """A list; each point with how deep it lies."""

    points: tuple[tuple[str, int], ...]
    ordered: bool = False
    theirs: bool = False


class Quote(Frozen):
    """Somebody's own words, set apart."""

    text: str


class Facts(Frozen):
    """Names with what they are."""

    facts: tuple[tuple[str, str], ...]


class Grid(Frozen):
    """A table. Its headings are repeated on every page; `numbers` are the columns that hold figures."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    theirs: bool = False
    caption: str = ""
    theirs_headings: bool = False


class Under(Frozen):
    """A heading inside a part, one or two levels below it."""

    heading: str
    level: int = 1  # 1: just below the part
    theirs: bool = False
    key: str = ""  # by which others refer to it


Block = Text | Points | Quote | Facts | Grid | Under


class Part(Frozen):
    """A numbered part of the paper; others refer to it by its key."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


class FrontRow(Frozen):
    """A line of the front. What is too long for it stands in the part in full."""

    cells: tuple[str, ...]
    name: str = ""  # of what it is about, where it begins with that
    whole: bool = True  # nothing of it was shortened
    at: str = ""  # the key of what it is about, for its page


class FrontPart(Frozen):
    """One question that the front answers."""

    key: str  # of the part in which all of it stands
    heading: str
    leads: bool = False  # stands on the first page, whatever else there is
    headings: tuple[str, ...] = ()  # of a table; none for a list
    numbers: tuple[int, ...] = ()
    rows: tuple[FrontRow, ...] = ()  # the first of them, where there are very many
    of: int = 0  # how many rows there are
    say: str = ""  # a sentence that always stands under the heading
    closing: str = ""  # one that stands under the rows
    theirs: bool = False


class Front(Frozen):
    """The first pages: one where all of it fits on one, and never more than `pages`."""

    pages: int
    parts: tuple[FrontPart, ...]
    closing: str = ""  # stands last on the last page, set apart


class Paper(Frozen):
    """One paper in one language."""

    kind: PaperKind
    language: Language
    theirs: str  # the language of what people wrote
    title: str
    subtitle: str = ""
    kicker: str = ""  # what kind of paper it is, in a word or two, and which edition
    edition: int = 1  # another after each redaction
    since: int = 0  # of a public edition: the act by which something in it became public last
    look: Look
    stamp: str = ""  # LUONNOS …
    reminder: str  # valmistelua, ei päätös
    date: dt.date
    date_text: str
    facts: tuple[tuple[str, str], ...] = ()
    tarkiste: str = ""  # of what the paper is made from
    seal: str = ""  # "tarkiste 1234…", as the footer says it
    front: Front | None = None
    parts: tuple[Part, ...] = ()
    notes: dict[str, str] = {}  # phrases of the renderings: page, goes on, more
