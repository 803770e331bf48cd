"""The tables of the record: the narrow head of each chain, the events, and the heads that have left the house.

Events are the truth; they are added and never changed, which triggers see to in both databases.
"""

from sqlalchemy import DDL, CheckConstraint, Index, UniqueConstraint, event, text
from sqlmodel import SQLModel

from models.storage.table_kinds import (
    CHANGING,
    METADATA,
    STRICT,
    Id,
    Instant,
    MaybeInstant,
    MaybeNumber,
    MaybeWords,
    Number,
    Part,
    Words,
    of_municipality,
    of_process,
)

OF_A_PROCESS = text("process_id is not null")
OF_THE_MUNICIPALITY = text("process_id is null")
WAKES = text("wakes_at is not null")
REDACTED = text("type = 'Redacted'")


class MunicipalityRow(SQLModel, table=True):
    """A municipality, and the head of its own record."""

    __tablename__ = "municipality"
    __table_args__ = (STRICT,)

    id: Part
    seq: Number
    hash: MaybeWords
    at: MaybeInstant  # of the last event


class ProcessHeadRow(SQLModel, table=True):
    """The head of one process's record: the row that an act locks."""

    __tablename__ = "process_head"
    __table_args__ = (
        UniqueConstraint("municipality_id", "key", name="uq_process_head_key"),
        UniqueConstraint("municipality_id", "id", name="uq_process_head_municipality"),
        Index("ix_process_head_wakes_at", "wakes_at", sqlite_where=WAKES, postgresql_where=WAKES),
        of_municipality(),
        CHANGING,
    )

    id: Id
    municipality_id: Words
    key: Words
    seq: Number
    hash: MaybeWords
    at: MaybeInstant  # of the last event
    wakes_at: MaybeInstant  # no planned reminder of the process falls due before; none: none is planned


class EventRow(SQLModel, table=True):
    """One event of a record: the canonical text as it was hashed."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(record = 'process') = (process_id is not null)", name="record"),
        Index(
            "uq_event_process",
            "process_id",
            "seq",
            unique=True,
            sqlite_where=OF_A_PROCESS,
            postgresql_where=OF_A_PROCESS,
        ),
        Index(
            "uq_event_municipality",
            "municipality_id",
            "seq",
            unique=True,
            sqlite_where=OF_THE_MUNICIPALITY,
            postgresql_where=OF_THE_MUNICIPALITY,
        ),
        Index("ix_event_redacted", "process_id", "seq", sqlite_where=REDACTED, postgresql_where=REDACTED),
        of_process(),
        STRICT,
    )

    id: Id
    municipality_id: Words
    record: Words  # "municipality" or "process"
    process_id: MaybeNumber
    seq: Number
    type: Words
    at: Instant
    hash: Words
    body: Words


class AnchorRow(SQLModel, table=True):
    """The head of a record as it left the house: what a seal proves, it proves since then."""

    __tablename__ = "anchor"
    __table_args__ = (Index("ix_anchor_process", "process_id", "seq"), of_process(), STRICT)

    id: Id
    municipality_id: Words
    process_id: MaybeNumber  # none: the municipality's own record
    seq: Number
    hash: Words
    place: Words  # mail, document, export
    at: Instant


_ABORT = "select raise(abort, 'the record is only added to')"
_REFUSE = "begin raise exception 'the record is only added to'; end"

ONLY_ADDED_TO: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"create trigger event_no_update before update on event begin {_ABORT}; end",
        f"create trigger event_no_delete before delete on event begin {_ABORT}; end",
    ),
    "postgresql": (
        f"create function only_added_to() returns trigger language plpgsql as $$ {_REFUSE} $$",
        "create trigger event_no_change before update or delete on event for each row execute function only_added_to()",
        "create trigger event_no_truncate before truncate on event for each statement execute function only_added_to()",
    ),
}
"""What keeps the record append-only, in each database's words."""

for _dialect, _statements in ONLY_ADDED_TO.items():
    for _statement in _statements:
        event.listen(METADATA.tables["event"], "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
