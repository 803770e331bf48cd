"""The tables about one process that are made from its events: they can be dropped and built again (`projection.py`)."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from models.storage.table_kinds import (
    BY_KEY,
    CHANGING,
    STRICT,
    Day,
    Flag,
    Instant,
    MaybeDay,
    MaybeNumber,
    MaybeWords,
    Number,
    NumberPart,
    Part,
    Words,
    of_process,
)


class ProcessRow(SQLModel, table=True):
    """A process as lists show it, and what of its working set is not in rows of its own (`state_text.py`)."""

    __tablename__ = "process"
    __table_args__ = (Index("ix_process_status", "municipality_id", "status"), of_process(), CHANGING)

    process_id: NumberPart
    municipality_id: Words
    key: Words
    title: Words
    matter_number: MaybeWords
    definition: Words
    start: Day
    created_at: Instant
    status: Words
    rehearsal: Flag
    coordinator: Words
    state: Words  # JSON


class PhaseRow(SQLModel, table=True):
    """Where one phase stands, for lists and as its part of the working set."""

    __tablename__ = "phase"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    phase: Part
    municipality_id: Words
    position: Number
    status: Words
    rounds: Number  # how many have been opened
    state: Words  # JSON


class LastRoundRow(SQLModel, table=True):
    """The round last opened at a phase's checkpoint: what it is about and whom it asks, all but the stances. It is open
    while the phase is at the checkpoint, and so no phase has two open ones; when it ends, its text stays as it is."""

    __tablename__ = "last_round"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    phase: Part
    municipality_id: Words
    state: Words  # JSON


class RoundSeatRow(SQLModel, table=True):
    """A seat that has been asked at a phase's checkpoint, so that a seat that ends finds its open rounds."""

    __tablename__ = "round_seat"
    __table_args__ = (Index("ix_round_seat_seat", "municipality_id", "seat"), of_process(), BY_KEY)

    process_id: NumberPart
    phase: Part
    seat: Part
    municipality_id: Words


class StanceRow(SQLModel, table=True):
    """What a seat says in a round, or that its holder is disqualified: one row, the latest."""

    __tablename__ = "stance"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    phase: Part
    round: NumberPart
    seat: Part
    municipality_id: Words
    working_group: Words
    kind: Words
    way: MaybeWords
    person: MaybeWords
    edition: MaybeNumber
    objection: MaybeWords
    disqualified: MaybeWords  # JSON: the outputs the holder is out of; empty: the whole matter
    at: Instant


class ObjectionRow(SQLModel, table=True):
    """A reasoned objection or an offered condition, and what became of it."""

    __tablename__ = "objection"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    objection: Part
    municipality_id: Words
    phase: Words
    round: Number
    working_group: Words
    offer: Flag
    status: Words
    text: Words  # a commitment
    makers: Words  # JSON by seat
    answer: MaybeWords
    result: MaybeWords


class ConditionRow(SQLModel, table=True):
    """What an owner must do by a date."""

    __tablename__ = "condition"
    __table_args__ = (Index("ix_condition_owner", "municipality_id", "owner"), of_process(), BY_KEY)

    process_id: NumberPart
    condition: Part
    municipality_id: Words
    phase: Words
    objection: MaybeWords
    text: Words  # a commitment
    owner: Words
    due: Day
    checkpoint: MaybeWords
    fulfilled: MaybeWords  # how, a commitment


class DissentRow(SQLModel, table=True):
    """A dissent and who stands under it."""

    __tablename__ = "dissent"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    dissent: Part
    municipality_id: Words
    phase: Words
    round: Number
    working_group: Words
    text: Words  # a commitment
    reason: MaybeWords  # the preparer's, a commitment
    late: Flag
    standing: Flag  # not withdrawn by all its makers
    signers: Words  # JSON by seat


class OutputVersionRow(SQLModel, table=True):
    """One immutable version of an output, named by the hash of its version manifest."""

    __tablename__ = "output_version"
    __table_args__ = (Index("ix_output_version_hash", "municipality_id", "sha256"), of_process(), BY_KEY)

    process_id: NumberPart
    phase: Part
    output: Part
    version: NumberPart
    municipality_id: Words
    round: Number
    sha256: Words
    person: Words  # who submitted it
    publicity: Words
    at: Instant


class ManifestRow(SQLModel, table=True):
    """A meeting manifest: the canonical text that is named by its hash."""

    __tablename__ = "manifest"
    __table_args__ = (of_process(), STRICT)

    process_id: NumberPart
    sha256: Part
    municipality_id: Words
    phase: Words
    round: Number
    body: Words


class PackageRow(SQLModel, table=True):
    """A locked handover package: the canonical text that is named by its hash."""

    __tablename__ = "package"
    __table_args__ = (of_process(), STRICT)

    process_id: NumberPart
    sha256: Part
    municipality_id: Words
    phase: Words
    round: Number
    seq: Number  # of the event that locked it: the order of the chain
    previous: MaybeWords
    supersedes: MaybeWords
    set_aside: MaybeNumber  # the event that set it aside
    locked_at: Instant
    body: Words


class HandlingRow(SQLModel, table=True):
    """One body's handling of the matter."""

    __tablename__ = "handling"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    handling: Part
    municipality_id: Words
    plan: MaybeWords
    body: Words
    kind: Words
    outcome: Words
    date: Day
    section: MaybeWords
    inspected: MaybeDay
    published: MaybeDay
    legal: MaybeWords


class RenditionRow(SQLModel, table=True):
    """A document made from a package or manifest; a new edition after a redaction is a row of its own."""

    __tablename__ = "rendition"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    made_from: Part
    language: Part
    format: Part
    sha256: Part
    municipality_id: Words
    renderer: Words
    at: Instant
