"""What papers are made from: a locked package or a meeting manifest, with the words and names that stand behind it.

Everything here was read as it stood when what the paper is made from was locked, so that a paper made again is the
same. A word that has been covered since is missing, and the paper says so.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from models.commands import SettingUp
from models.days.formats import Language
from models.definitions.definition import Definition, PhasePlan
from models.documents.parts import Document
from models.frozen import Frozen
from models.papers.paper import Look
from models.papers.shortening import clean
from models.process import Process
from models.words import Publicity


class Without(StrEnum):
    """Why the contents of something are not in a paper."""

    SECRET = "secret"
    COVERED = "covered"
    NOT_PUBLIC = "not_public"  # left out of the public edition
    NO_TEXT = "no_text"  # a picture, a PDF, a workbook: it goes with the paper as a file


class Attached(Frozen):
    """A file that goes with an output."""

    name: str
    sha256: str
    publicity: Publicity
    paragraph: str | None = None


class Output(Frozen):
    """An output in the version that the paper is about."""

    key: str
    phase: str = ""  # the one it comes from; others carry it along
    name: str
    no: int
    sha256: str
    publicity: Publicity
    paragraph: str | None = None  # the ground of secrecy
    document: Document | None = None
    without: Without | None = None  # why there is no document
    attached: tuple[Attached, ...] = ()


class Change(Frozen):
    """What changes for residents: where, in which service, how."""

    where: str
    service: str
    what: str
    now: str = ""
    then: str = ""
    who: str = ""  # who does it
    starts: str = ""


class Sum(Frozen):
    """Euros a year and person-years, now and as proposed."""

    what: str
    euros: tuple[Decimal | None, Decimal | None] = (None, None)
    years: tuple[Decimal | None, Decimal | None] = (None, None)


class Alternative(Frozen):
    """A way that was considered."""

    about: str  # the need
    name: str
    euros: Decimal | None = None
    years: Decimal | None = None
    chosen: bool = False
    as_now: bool = False  # doing nothing
    why: str = ""


class Substance(Frozen):
    """What the outputs say in figures and rows, drawn from what has structure; empty where all is running text."""

    changes: tuple[Change, ...] = ()
    sums: tuple[Sum, ...] = ()
    total: Sum | None = None  # of those whose figures are all known
    without_figures: int = 0  # how many lack some
    alternatives: tuple[Alternative, ...] = ()
    sums_from: str = ""  # the earlier phase that they come from; "": this one
    alternatives_from: str = ""
    staff: tuple[str, ...] = ()


class Act(NamedTuple):
    """Something that was recorded."""

    sequence: int
    at: dt.datetime


class Setting(Frozen):
    """The process, the municipality and the language of a paper."""

    look: Look
    language: Language
    theirs: Language  # of what people wrote
    municipality: str
    process: str  # its key
    title: str
    matter_number: str | None = None
    setting_up: SettingUp | None = None
    definition: Definition
    groups: Mapping[str, str] = {}  # the definition's group -> what it is called
    words: Mapping[str, str] = {}  # commitment -> what stands behind it; one that is covered is missing
    public: bool = False  # the public edition
    editions: tuple[dt.datetime, ...] = ()  # when former editions of the paper were covered
    made_public: Act | None = None  # the last act by which something in it became public; of a public edition

    def plan(self, phase: str) -> PhasePlan:
        """The phase as the definition has it."""
        plan = self.definition.phase(phase)
        assert plan is not None, "a process has its definition's phases"
        return plan

    def group(self, key: str) -> str:
        """What a group is called."""
        return clean(self.definition.group_name(key, self.groups.get(key), self.language))

    def body(self, key: str) -> str:
        """What a body is called."""
        return next((body.name.in_(self.language) for body in self.definition.bodies if body.id == key), key)


class OutputsMaterial(Frozen):
    """Outputs in exact versions, and what they say."""

    setting: Setting
    outputs: tuple[Output, ...]
    substance: Substance = Substance()

    @property
    def withheld(self) -> bool:
        """Whether there is an output whose contents this edition leaves out, and so perhaps what it says."""
        return any(one.without in (Without.NOT_PUBLIC, Without.SECRET, Without.COVERED) for one in self.outputs)


class PackageMaterial(OutputsMaterial):
    """A locked package."""

    sha256: str
    body: dict[str, Any]  # the package's text, read
    at: dt.datetime  # when it was locked
    then: Process  # as it stood after passing
    ready: tuple[str, ...]  # phases that may be opened

    @property
    def phase(self) -> str:
        return str(self.body["phase"])


class Gathering(Frozen):
    """A meeting that was called."""

    at: dt.datetime
    place: str = ""
    group: str | None = None  # None: of the whole process


class Difference(Frozen):
    """A row or a text that is another than in the round before."""

    where: str  # the register
    what: str
    fate: str
    how: str  # field by field, with what went and what came


class Answered(Frozen):
    """An objection of a round before, with what was answered."""

    text: str  # a commitment
    answer: str | None  # a commitment


class MeetingMaterial(OutputsMaterial):
    """The manifest of a round."""

    sha256: str
    phase: str
    round: int
    at: dt.datetime  # when it was made
    due: dt.date
    groups: tuple[str, ...]  # that take a stance
    criteria: tuple[str, ...]
    former: Mapping[str, str] = {}  # the versions of the round before
    revised: str | None = None  # the output that was revised, where the manifest is of a revision
    technical: bool = False
    reason: str | None = None  # a commitment
    failing: tuple[str, ...] = ()  # the musts that do not hold yet
    ready: tuple[str, ...] = ()  # phases that could be opened after it
    meetings: tuple[Gathering, ...] = ()  # that were called by then and are still to come
    returned: str | None = None  # why the work came back before this round: a commitment
    answered: tuple[Answered, ...] = ()  # what was objected in the rounds before
    differences: tuple[Difference, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # rows of earlier phases that the outputs name by their code
    then: Process


class Said(Frozen):
    """What one seat said in a meeting, without its name."""

    kind: str
    reason: str | None = None  # a commitment


class MemoMaterial(Frozen):
    """A meeting of one group at a checkpoint."""

    setting: Setting
    sha256: str  # of the event that recorded it
    phase: str
    round: int
    group: str
    held_on: dt.date
    recorded_at: dt.datetime
    called: Gathering | None = None
    present: int
    deputies: int = 0  # of those present, in somebody's place
    disqualified: int = 0
    seats: int  # without those disqualified
    group_stance: str | None
    said: tuple[Said, ...]
    memo: str  # a commitment
    until: dt.datetime | None = None  # when corrections end
    manifest: str = ""
