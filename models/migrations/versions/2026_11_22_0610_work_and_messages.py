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
        must("part"),
        must("at", SORTED),
        must("count", NUMBER),
        may("note"),
        sa.PrimaryKeyConstraint("part", name="pk_heartbeat"),
        **BY_KEY,
    )
    op.create_table(
        "definition",
        must("municipality_id"),
        must("sha256"),
        must("definition"),
        must("version"),
        must("canonical"),
        must("source"),
        must("loaded_at", SORTED),
        of_municipality("definition"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_definition"),
        **STRICT,
    )
    op.create_table(
        "file",
        must("municipality_id"),
        must("sha256"),
        must("size", NUMBER),
        must("media"),
        must("seen_at", SORTED),
        of_municipality("file"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_file"),
        **BY_KEY,
    )
    op.create_index("ix_file_seen_at", "file", ["seen_at"])
    op.create_table(
        "message",
        number_of_its_own(),
        must("municipality_id"),
        must("person"),
        must("sending_window"),
        must("channel"),
        must("state"),
        must("created_at", SORTED),
        may("sent_at", SORTED),
        of_municipality("message"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("municipality_id", "person", "sending_window", "channel", name="uq_message_key"),
        **STRICT,
    )
    op.create_table(
        "person",
        must("municipality_id"),
        must("person"),
        must("name"),
        may("email"),
        must("language"),
        must("active", FLAG),
        of_municipality("person"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_person"),
        **BY_KEY,
    )
    op.create_table(
        "stored_text",
        must("municipality_id"),
        must("sha256"),
        must("kind"),
        must("body"),
        of_municipality("stored_text"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name="pk_stored_text"),
        **STRICT,
    )
    op.create_table(
        "draft",
        must("process_id", NUMBER),
        must("phase"),
        must("output"),
        must("municipality_id"),
        must("document"),
        must("attachments"),
        must("publicity"),
        may("paragraph"),
        must("revision", NUMBER),
        must("updated_by"),
        must("updated_at", SORTED),
        of_process("draft"),
        sa.PrimaryKeyConstraint("process_id", "phase", "output", name="pk_draft"),
        **STRICT,
    )
    op.create_table(
        "duty",
        must("process_id", NUMBER),
        must("duty"),
        must("municipality_id"),
        must("kind"),
        must("due", SORTED),
        may("item"),
        may("phase"),
        may("round", NUMBER),
        may("seat"),
        may("working_group"),
        may("person"),
        may("since", SORTED),
        of_process("duty"),
        sa.PrimaryKeyConstraint("process_id", "duty", name="pk_duty"),
        **BY_KEY,
    )
    op.create_index("ix_duty_person", "duty", ["municipality_id", "person"])
    op.create_table(
        "file_use",
        must("municipality_id"),
        must("sha256"),
        must("used_in"),
        may("process_id", NUMBER),
        of_process("file_use"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", "used_in", name="pk_file_use"),
        **BY_KEY,
    )
    op.create_table(
        "message_item",
        must("message_id", NUMBER),
        must("item"),
        must("municipality_id"),
        may("process_id", NUMBER),
        must("kind"),
        must("payload"),
        of_process("message_item"),
        sa.PrimaryKeyConstraint("message_id", "item", name="pk_message_item"),
        **BY_KEY,
    )
    op.create_table(
        "message_log",
        number_of_its_own(),
        must("municipality_id"),
        may("process_id", NUMBER),
        may("message_id", NUMBER),
        must("person"),
        must("channel"),
        must("subject"),
        must("outcome"),
        may("reason"),
        must("at", SORTED),
        of_process("message_log"),
        sa.PrimaryKeyConstraint("id", name="pk_message_log"),
        **STRICT,
    )
    op.create_index("ix_message_log_process", "message_log", ["process_id"])
    op.create_table(
        "outbox",
        number_of_its_own(),
        must("municipality_id"),
        may("process_id", NUMBER),
        must("key"),
        must("kind"),
        must("payload"),
        must("state"),
        must("attempt", NUMBER),
        may("lease_until", SORTED),
        must("not_before", SORTED),
        must("created_at", SORTED),
        may("error"),
        sa.CheckConstraint("state in ('owed', 'leased', 'done', 'failed')", name=op.f("ck_outbox_state")),
        of_process("outbox"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("municipality_id", "key", name="uq_outbox_key"),
        **STRICT,
    )
    op.create_index("ix_outbox_waiting", "outbox", ["not_before", "id"], **only("state in ('owed', 'leased')"))
    op.create_table(
        "personal",
        must("municipality_id"),
        must("commitment"),
        must("salt"),
        must("value"),
        may("given_by"),
        may("process_id", NUMBER),
        of_process("personal"),
        sa.PrimaryKeyConstraint("municipality_id", "commitment", name="pk_personal"),
        **BY_KEY,
    )
    op.create_index("ix_personal_process", "personal", ["process_id"])
    op.create_table(
        "reminder",
        must("process_id", NUMBER),
        must("duty"),
        must("step"),
        must("municipality_id"),
        must("audience"),
        must("due_at", SORTED),
        must("state"),
        may("fell_due", NUMBER),
        sa.CheckConstraint(
            "(state = 'due') = (fell_due is not null) and state in ('planned', 'due')", name=op.f("ck_reminder_state")
        ),
        of_process("reminder"),
        sa.PrimaryKeyConstraint("process_id", "duty", "step", name="pk_reminder"),
        **BY_KEY,
    )
    op.create_index("ix_reminder_due", "reminder", ["due_at", "process_id"], **only("state = 'planned'"))
