"""The first tables, second part: duties and reminders, drafts and files, personal values, effects and messages."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import (
    BY_KEY,
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

revision = "2026_11_22_0610"
down_revision = "2026_11_22_0600"


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        must("part", sa.Text),
        must("at", SORTED),
        must("count", NUMBER),
        may("note", sa.Text),
        sa.PrimaryKeyConstraint("part", name="pk_heartbeat"),
        **BY_KEY,
    )
    op.create_table(
        "definition",
        must("municipality_id", sa.Text),
        must("sha256", sa.Text),
        must("definition", sa.Text),
        must("version", sa.Text),
        must("canonical", sa.Text),
        must("source", sa.Text),
        must("loaded_at", SORTED),
        of_municipality("definition"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_definition"),
        **STRICT,
    )
    op.create_table(
        "file",
        must("municipality_id", sa.Text),
        must("sha256", sa.Text),
        must("size", NUMBER),
        must("media", sa.Text),
        must("seen_at", SORTED),
        of_municipality("file"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_file"),
        **BY_KEY,
    )
    op.create_index("ix_file_seen_at", "file", ["seen_at"])
    op.create_table(
        "message",
        number_of_its_own(),
        must("municipality_id", sa.Text),
        must("person", sa.Text),
        must("sending_window", sa.Text),
        must("channel", sa.Text),
        must("state", sa.Text),
        must("created_at", SORTED),
        may("sent_at", SORTED),
        of_municipality("message"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("municipality_id", "person", "sending_window", "channel", name="uq_message_key"),
        **STRICT,
    )
    op.create_table(
        "person",
        must("municipality_id", sa.Text),
        must("person", sa.Text),
        must("name", sa.Text),
        may("email", sa.Text),
        must("language", sa.Text),
        must("active", FLAG),
        of_municipality("person"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_person"),
        **BY_KEY,
    )
    op.create_table(
        "stored_text",
        must("municipality_id", sa.Text),
        must("sha256", sa.Text),
        must("kind", sa.Text),
        must("body", sa.Text),
        of_municipality("stored_text"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_stored_text"),
        **STRICT,
    )
    op.create_table(
        "draft",
        must("process_id", NUMBER),
        must("phase", sa.Text),
        must("output", sa.Text),
        must("municipality_id", sa.Text),
        must("document", sa.Text),
        must("attachments", sa.Text),
        must("publicity", sa.Text),
        may("paragraph", sa.Text),
        must("revision", NUMBER),
        must("updated_by", sa.Text),
        must("updated_at", SORTED),
        of_process("draft"),
        sa.PrimaryKeyConstraint("process_id", "phase", "output", name="pk_draft"),
        **STRICT,
    )
    op.create_table(
        "duty",
        must("process_id", NUMBER),
        must("duty", sa.Text),
        must("municipality_id", sa.Text),
        must("kind", sa.Text),
        must("due", SORTED),
        may("item", sa.Text),
        may("phase", sa.Text),
        may("round", NUMBER),
        may("seat", sa.Text),
        may("working_group", sa.Text),
        may("person", sa.Text),
        may("since", SORTED),
        of_process("duty"),
        sa.PrimaryKeyConstraint("process_id", "duty", name="pk_duty"),
        **BY_KEY,
    )
    op.create_index("ix_duty_person", "duty", ["municipality_id", "person"])
    op.create_table(
        "file_use",
        must("municipality_id", sa.Text),
        must("sha256", sa.Text),
        must("used_in", sa.Text),
        may("process_id", NUMBER),
        of_process("file_use"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", "used_in", name="pk_file_use"),
        **BY_KEY,
    )
    op.create_table(
        "message_item",
        must("message_id", NUMBER),
        must("item", sa.Text),
        must("municipality_id", sa.Text),
        may("process_id", NUMBER),
        must("kind", sa.Text),
        must("payload", sa.Text),
        of_process("message_item"),
        sa.PrimaryKeyConstraint("message_id", "item", name="pk_message_item"),
        **BY_KEY,
    )
    op.create_table(
        "message_log",
        number_of_its_own(),
        must("municipality_id", sa.Text),
        may("process_id", NUMBER),
        may("message_id", NUMBER),
        must("person", sa.Text),
        must("channel", sa.Text),
        must("subject", sa.Text),
        must("outcome", sa.Text),
        may("reason", sa.Text),
        must("at", SORTED),
        of_process("message_log"),
        sa.PrimaryKeyConstraint("id", name="pk_message_log"),
        **STRICT,
    )
    op.create_index("ix_message_log_process", "message_log", ["process_id"])
    op.create_table(
        "outbox",
        number_of_its_own(),
        must("municipality_id", sa.Text),
        may("process_id", NUMBER),
        must("key", sa.Text),
        must("kind", sa.Text),
        must("payload", sa.Text),
        must("state", sa.Text),
        must("attempt", NUMBER),
        may("lease_until", SORTED),
        must("not_before", SORTED),
        must("created_at", SORTED),
        may("error", sa.Text),
        sa.CheckConstraint("state in ('owed', 'leased', 'done', 'failed')", name="ck_outbox_state"),
        of_process("outbox"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("municipality_id", "key", name="uq_outbox_key"),
        **STRICT,
    )
    op.create_index("ix_outbox_waiting", "outbox", ["not_before", "id"], **only("state in ('owed', 'leased')"))
    op.create_table(
        "personal",
        must("municipality_id", sa.Text),
        must("commitment", sa.Text),
        must("salt", sa.Text),
        must("value", sa.Text),
        may("given_by", sa.Text),
        may("process_id", NUMBER),
        of_process("personal"),
        sa.PrimaryKeyConstraint("municipality_id", "commitment", name="pk_personal"),
        **BY_KEY,
    )
    op.create_index("ix_personal_process", "personal", ["process_id"])
    op.create_table(
        "reminder",
        must("process_id", NUMBER),
        must("duty", sa.Text),
        must("step", sa.Text),
        must("municipality_id", sa.Text),
        must("audience", sa.Text),
        must("due_at", SORTED),
        must("state", sa.Text),
        may("fell_due", NUMBER),
        sa.CheckConstraint(
            "(state = 'due') = (fell_due is not null) and state in ('planned', 'due')", name="ck_reminder_state"
        ),
        of_process("reminder"),
        sa.PrimaryKeyConstraint("process_id", "duty", "step", name="pk_reminder"),
        **BY_KEY,
    )
    op.create_index("ix_reminder_due", "reminder", ["due_at", "process_id"], **only("state = 'planned'"))
