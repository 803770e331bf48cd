"""The tables of what leaves the house: effects owed, messages, their log, and the signs of life of the moving parts."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from models.storage.table_kinds import (
    BY_KEY,
    STRICT,
    Day,
    Id,
    Instant,
    MaybeInstant,
    MaybeNumber,
    MaybeWords,
    Number,
    NumberPart,
    Part,
    Words,
    of_municipality,
    of_process,
)

WAITING = text("state in ('owed', 'leased')")


class OutboxRow(SQLModel, table=True):
    """An effect that is owed: owed -> leased -> done or failed. Only the effect's own last step says it is done."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("municipality_id", "key", name="uq_outbox_key"),
        CheckConstraint("state in ('owed', 'leased', 'done', 'failed')", name="state"),
        Index("ix_outbox_waiting", "not_before", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        of_process(),
        STRICT,
    )

    id: Id
    municipality_id: Words
    process_id: MaybeNumber
    key: Words
    kind: Words
    payload: Words  # JSON with identifiers only
    state: Words
    attempt: Number
    lease_until: MaybeInstant
    not_before: Instant
    created_at: Instant
    error: MaybeWords


class MessageRow(SQLModel, table=True):
    """One message to one person, in one sending window and channel, combined from its items."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("municipality_id", "person", "sending_window", "channel", name="uq_message_key"),
        of_municipality(),
        STRICT,
    )

    id: Id
    municipality_id: Words
    person: Words
    sending_window: Words
    channel: Words
    state: Words
    created_at: Instant
    sent_at: MaybeInstant


class MessageItemRow(SQLModel, table=True):
    """One thing a message tells."""

    __tablename__ = "message_item"
    __table_args__ = (of_process(), BY_KEY)

    message_id: NumberPart
    item: Part  # what it is about, once in a message
    municipality_id: Words
    process_id: MaybeNumber
    kind: Words
    payload: Words  # JSON with identifiers only


class MessageLogRow(SQLModel, table=True):
    """What went to whom, what did not, and why."""

    __tablename__ = "message_log"
    __table_args__ = (
        Index("ix_message_log_process", "process_id"),
        Index("ix_message_log_person", "municipality_id", "person", "at"),
        of_process(),
        STRICT,
    )

    id: Id
    municipality_id: Words
    process_id: MaybeNumber
    message_id: MaybeNumber
    person: Words
    channel: Words
    subject: Words  # what it was about, an identifier
    outcome: Words
    reason: MaybeWords
    at: Instant


class NewProcessRow(SQLModel, table=True):
    """What somebody has answered of a process they are creating; in no record before the last button."""

    __tablename__ = "new_process"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    body: Words  # JSON
    changed_at: Instant


class MessageChoiceRow(SQLModel, table=True):
    """How somebody wants to be written to: a personal setting, outside every record."""

    __tablename__ = "message_choice"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    first: Words  # "07:00": nothing leaves earlier in the day
    last: Words  # or from then on
    rhythm: Words
    weekday: Number
    chosen_at: Instant


class SnoozeRow(SQLModel, table=True):
    """Until when somebody has postponed the reminders of one duty to themselves: a personal setting, no event."""

    __tablename__ = "snooze"
    __table_args__ = (of_process(), BY_KEY)

    process_id: NumberPart
    duty: Part
    person: Part
    municipality_id: Words
    until: Day
    chosen_at: Instant


class CalendarFeedRow(SQLModel, table=True):
    """What tells the newest address of a person's calendar feed from former ones: a personal setting."""

    __tablename__ = "calendar_feed"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    once: Words
    renewed_at: Instant


class HeartbeatRow(SQLModel, table=True):
    """When a moving part last showed that it lives."""

    __tablename__ = "heartbeat"
    __table_args__ = (BY_KEY,)

    part: Part
    at: Instant
    count: Number
    note: MaybeWords


class ReleaseRow(SQLModel, table=True):
    """The release of Etappi that the installation is of: one row."""

    __tablename__ = "release"
    __table_args__ = (BY_KEY,)

    release: Part
