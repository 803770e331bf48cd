"""The tables of work beside the record: duties and reminders, drafts and files, personal values, stored texts."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from models.storage.table_kinds import (
    BY_KEY,
    CHANGING_ONCE,
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
    of_municipality,
    of_process,
)


class PersonRow(SQLModel, table=True):
    """Somebody in the directory, for looking up by id; made from the municipality's events."""

    __tablename__ = "person"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    name: Words  # a commitment
    email: MaybeWords  # a commitment
    language: Words
    active: Flag


class DutyRow(SQLModel, table=True):
    """One open duty: what one person or seat owes by a date."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_person", "municipality_id", "person"), of_process(), BY_KEY)

    process_id: NumberPart
    duty: Part
    municipality_id: Words
    kind: Words
    due: Day
    item: MaybeWords
    phase: MaybeWords
    round: MaybeNumber
    seat: MaybeWords
    working_group: MaybeWords
    person: MaybeWords
    since: MaybeDay  # when it begins to wait


class ReminderRow(SQLModel, table=True):
    """One step of a duty's ladder: planned, or fallen due by the event named. When the first one is due, the process's
    head says, so that an act moves one entry of an index at most."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("(state = 'due') = (fell_due is not null) and state in ('planned', 'due')", name="state"),
        of_process(),
        CHANGING_ONCE,
    )

    process_id: NumberPart
    duty: Part
    step: Part
    municipality_id: Words
    audience: Words
    due_at: Instant
    state: Words
    fell_due: MaybeNumber  # the sequence of the event


class PersonalRow(SQLModel, table=True):
    """The value and salt behind a commitment. *Peitä tieto* deletes the row."""

    __tablename__ = "personal"
    __table_args__ = (Index("ix_personal_process", "process_id"), of_process(), BY_KEY)

    municipality_id: Part
    commitment: Part
    salt: Words
    value: Words
    given_by: MaybeWords  # the person who wrote it in
    process_id: MaybeNumber


class DraftRow(SQLModel, table=True):
    """An output's draft: it changes, and it is outside the record until it is submitted."""

    __tablename__ = "draft"
    __table_args__ = (of_process(), STRICT)

    process_id: NumberPart
    phase: Part
    output: Part
    municipality_id: Words
    document: Words  # a file's hash
    attachments: Words  # JSON
    publicity: Words
    paragraph: MaybeWords  # the ground of secrecy
    revision: Number
    updated_by: Words
    updated_at: Instant
    typed: MaybeWords  # a file's hash


class DraftBeforeRow(SQLModel, table=True):
    """What a draft held before it was saved again, kept some days, so that a slip can be undone."""

    __tablename__ = "draft_before"
    __table_args__ = (of_process(), STRICT)

    process_id: NumberPart
    phase: Part
    output: Part
    revision: NumberPart
    municipality_id: Words
    document: Words  # a file's hash
    attachments: Words  # JSON
    publicity: Words
    paragraph: MaybeWords  # the ground of secrecy
    typed: MaybeWords  # a file's hash
    updated_by: Words
    updated_at: Instant


class FileRow(SQLModel, table=True):
    """A stored file that the municipality has."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_seen_at", "seen_at"), of_municipality(), BY_KEY)

    municipality_id: Part
    sha256: Part
    size: Number
    media: Words
    seen_at: Instant  # when it was last taken in


class FileUseRow(SQLModel, table=True):
    """Where a file is used; a file nobody uses is removed after some days."""

    __tablename__ = "file_use"
    __table_args__ = (of_process(), BY_KEY)

    municipality_id: Part
    sha256: Part
    used_in: Part  # "draft/…", "version/…", "record/…"
    process_id: MaybeNumber


class DefinitionRow(SQLModel, table=True):
    """A version of a process definition: its canonical text, by its hash, and the file it was read from."""

    __tablename__ = "definition"
    __table_args__ = (of_municipality(), STRICT)

    municipality_id: Part
    sha256: Part
    definition: Words
    version: Words
    canonical: Words
    source: Words  # the YAML
    loaded_at: Instant


class StoredTextRow(SQLModel, table=True):
    """A canonical text by its hash: version manifests of outputs, and the municipality's own days and meeting dates."""

    __tablename__ = "stored_text"
    __table_args__ = (of_municipality(), STRICT)

    municipality_id: Part
    sha256: Part
    kind: Words  # "version", "calendar" or "appearance"
    body: Words
