"""The first tables: the record, and what is made of it about each process."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import (
    BY_KEY,
    CHANGING,
    FLAG,
    NUMBER,
    SORTED,
    STRICT,
    may,
    must,
    number_of_its_own,
    of_municipality,
    of_process,
    only,
)

revision = "2026_11_22_0600"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "municipality",
        must("id"),
        must("seq", NUMBER),
        may("hash"),
        may("at", SORTED),
        sa.PrimaryKeyConstraint("id", name="pk_municipality"),
        **STRICT,
    )
    op.create_table(
        "process_head",
        number_of_its_own(),
        must("municipality_id"),
        must("key"),
        must("seq", NUMBER),
        may("hash"),
        may("at", SORTED),
        of_municipality("process_head"),
        sa.PrimaryKeyConstraint("id", name="pk_process_head"),
        sa.UniqueConstraint("municipality_id", "id", name="uq_process_head_municipality"),
        sa.UniqueConstraint("municipality_id", "key", name="uq_process_head_key"),
        **CHANGING,
    )
    op.create_table(
        "anchor",
        number_of_its_own(),
        must("municipality_id"),
        may("process_id", NUMBER),
        must("seq", NUMBER),
        must("hash"),
        must("place"),
        must("at", SORTED),
        of_process("anchor"),
        sa.PrimaryKeyConstraint("id", name="pk_anchor"),
        **STRICT,
    )
    op.create_index("ix_anchor_process", "anchor", ["process_id", "seq"])
    op.create_table(
        "condition",
        must("process_id", NUMBER),
        must("condition"),
        must("municipality_id"),
        must("phase"),
        may("objection"),
        must("text"),
        must("owner"),
        must("due", SORTED),
        may("checkpoint"),
        may("fulfilled"),
        of_process("condition"),
        sa.PrimaryKeyConstraint("process_id", "condition", name="pk_condition"),
        **BY_KEY,
    )
    op.create_index("ix_condition_owner", "condition", ["municipality_id", "owner"])
    op.create_table(
        "dissent",
        must("process_id", NUMBER),
        must("dissent"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("working_group"),
        must("text"),
        may("reason"),
        must("late", FLAG),
        must("standing", FLAG),
        must("signers"),
        of_process("dissent"),
        sa.PrimaryKeyConstraint("process_id", "dissent", name="pk_dissent"),
        **BY_KEY,
    )
    op.create_table(
        "event",
        number_of_its_own(),
        must("municipality_id"),
        must("record"),
        may("process_id", NUMBER),
        must("seq", NUMBER),
        must("type"),
        must("at", SORTED),
        must("hash"),
        must("body"),
        sa.CheckConstraint("(record = 'process') = (process_id is not null)", name=op.f("ck_event_record")),
        of_process("event"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        **STRICT,
    )
    op.create_index(
        "uq_event_municipality", "event", ["municipality_id", "seq"], unique=True, **only("process_id is null")
    )
    op.create_index("uq_event_process", "event", ["process_id", "seq"], unique=True, **only("process_id is not null"))
    op.create_table(
        "handling",
        must("process_id", NUMBER),
        must("handling"),
        must("municipality_id"),
        may("plan"),
        must("body"),
        must("kind"),
        must("outcome"),
        must("date", SORTED),
        may("section"),
        may("inspected", SORTED),
        may("published", SORTED),
        may("legal"),
        of_process("handling"),
        sa.PrimaryKeyConstraint("process_id", "handling", name="pk_handling"),
        **BY_KEY,
    )
    op.create_table(
        "manifest",
        must("process_id", NUMBER),
        must("sha256"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("body"),
        of_process("manifest"),
        sa.PrimaryKeyConstraint("process_id", "sha256", name="pk_manifest"),
        **STRICT,
    )
    op.create_table(
        "objection",
        must("process_id", NUMBER),
        must("objection"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("working_group"),
        must("offer", FLAG),
        must("status"),
        must("text"),
        must("makers"),
        may("answer"),
        may("result"),
        of_process("objection"),
        sa.PrimaryKeyConstraint("process_id", "objection", name="pk_objection"),
        **BY_KEY,
    )
    op.create_table(
        "output_version",
        must("process_id", NUMBER),
        must("phase"),
        must("output"),
        must("version", NUMBER),
        must("municipality_id"),
        must("round", NUMBER),
        must("sha256"),
        must("person"),
        must("publicity"),
        must("at", SORTED),
        of_process("output_version"),
        sa.PrimaryKeyConstraint("process_id", "phase", "output", "version", name="pk_output_version"),
        **BY_KEY,
    )
    op.create_index("ix_output_version_hash", "output_version", ["municipality_id", "sha256"])
    op.create_table(
        "package",
        must("process_id", NUMBER),
        must("sha256"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("seq", NUMBER),
        may("previous"),
        may("supersedes"),
        may("set_aside", NUMBER),
        must("locked_at", SORTED),
        must("body"),
        of_process("package"),
        sa.PrimaryKeyConstraint("process_id", "sha256", name="pk_package"),
        **STRICT,
    )
    op.create_table(
        "phase",
        must("process_id", NUMBER),
        must("phase"),
        must("municipality_id"),
        must("position", NUMBER),
        must("status"),
        must("rounds", NUMBER),
        may("package"),
        may("former"),
        of_process("phase"),
        sa.PrimaryKeyConstraint("process_id", "phase", name="pk_phase"),
        **BY_KEY,
    )
    op.create_table(
        "process",
        must("process_id", NUMBER),
        must("municipality_id"),
        must("key"),
        must("title"),
        may("matter_number"),
        must("definition"),
        must("start", SORTED),
        must("created_at", SORTED),
        must("status"),
        must("rehearsal", FLAG),
        must("coordinator"),
        must("state"),
        of_process("process"),
        sa.PrimaryKeyConstraint("process_id", name="pk_process"),
        **CHANGING,
    )
    op.create_index("ix_process_status", "process", ["municipality_id", "status"])
    op.create_table(
        "rendition",
        must("process_id", NUMBER),
        must("made_from"),
        must("language"),
        must("format"),
        must("sha256"),
        must("municipality_id"),
        must("renderer"),
        must("at", SORTED),
        of_process("rendition"),
        sa.PrimaryKeyConstraint("process_id", "made_from", "language", "format", "sha256", name="pk_rendition"),
        **BY_KEY,
    )
    op.create_table(
        "round",
        must("process_id", NUMBER),
        must("phase"),
        must("round", NUMBER),
        must("municipality_id"),
        must("opened_at", SORTED),
        must("due", SORTED),
        must("edition", NUMBER),
        must("manifest"),
        may("ending"),
        may("ended_at", SORTED),
        of_process("round"),
        sa.PrimaryKeyConstraint("process_id", "phase", "round", name="pk_round"),
        **BY_KEY,
    )
    op.create_index("uq_round_open", "round", ["process_id", "phase"], unique=True, **only("ending is null"))
    op.create_table(
        "round_seat",
        must("process_id", NUMBER),
        must("phase"),
        must("seat"),
        must("municipality_id"),
        of_process("round_seat"),
        sa.PrimaryKeyConstraint("process_id", "phase", "seat", name="pk_round_seat"),
        **BY_KEY,
    )
    op.create_index("ix_round_seat_seat", "round_seat", ["municipality_id", "seat"])
    op.create_table(
        "stance",
        must("process_id", NUMBER),
        must("phase"),
        must("round", NUMBER),
        must("seat"),
        must("municipality_id"),
        must("working_group"),
        must("kind"),
        may("way"),
        may("person"),
        may("edition", NUMBER),
        may("objection"),
        may("disqualified"),
        must("at", SORTED),
        of_process("stance"),
        sa.PrimaryKeyConstraint("process_id", "phase", "round", "seat", name="pk_stance"),
        **BY_KEY,
    )
    for statement in ONLY_ADDED_TO[op.get_context().dialect.name]:
        op.execute(statement)


_ABORT = "select raise(abort, 'the record is only added to')"
_REFUSE = "begin raise exception 'the record is only added to'; end"

ONLY_ADDED_TO = {
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
