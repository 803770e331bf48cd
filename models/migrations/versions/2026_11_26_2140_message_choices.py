"""How people want to be written to, what they have postponed, and the message log by person."""

from alembic import op

from models.migrations.columns import BY_KEY, NUMBER, SORTED, must, of_municipality, of_process
import sqlalchemy as sa

revision = "2026_11_26_2140"
down_revision = "2026_11_26_2125"


def upgrade() -> None:
    op.create_table(
        "message_choice",
        must("municipality_id"),
        must("person"),
        must("first"),
        must("last"),
        must("rhythm"),
        must("weekday", NUMBER),
        must("chosen_at", SORTED),
        of_municipality("message_choice"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_message_choice"),
        **BY_KEY,
    )
    op.create_table(
        "snooze",
        must("process_id", NUMBER),
        must("duty"),
        must("person"),
        must("municipality_id"),
        must("until", SORTED),
        must("chosen_at", SORTED),
        of_process("snooze"),
        sa.PrimaryKeyConstraint("process_id", "duty", "person", name="pk_snooze"),
        **BY_KEY,
    )
    op.create_index("ix_message_log_person", "message_log", ["municipality_id", "person", "at"])
