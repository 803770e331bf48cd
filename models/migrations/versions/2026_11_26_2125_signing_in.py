"""Signing in: sessions, one-time links, second factors, recovery codes, attempts."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, NUMBER, SORTED, may, must, of_municipality

revision = "2026_11_26_2125"
down_revision = "2026_11_26_2118"


def upgrade() -> None:
    op.create_table(
        "session",
        must("token"),
        must("municipality_id"),
        must("person"),
        must("way"),
        may("awaits"),
        must("begun_at", SORTED),
        must("seen_at", SORTED),
        must("ends_at", SORTED),
        sa.CheckConstraint("way in ('link', 'account', 'try_out')", name=op.f("ck_session_way")),
        of_municipality("session"),
        sa.PrimaryKeyConstraint("token", name="pk_session"),
        **BY_KEY,
    )
    op.create_index("ix_session_person", "session", ["municipality_id", "person"])
    op.create_table(
        "sign_in_link",
        must("id"),
        must("municipality_id"),
        must("person"),
        may("goes_to"),
        must("made_at", SORTED),
        must("ends_at", SORTED),
        may("used_at", SORTED),
        of_municipality("sign_in_link"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_link"),
        **BY_KEY,
    )
    op.create_index("ix_sign_in_link_person", "sign_in_link", ["municipality_id", "person"])
    op.create_table(
        "second_factor",
        must("municipality_id"),
        must("person"),
        must("key"),
        may("since", SORTED),
        may("step", NUMBER),
        of_municipality("second_factor"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_second_factor"),
        **BY_KEY,
    )
    op.create_table(
        "recovery_code",
        must("municipality_id"),
        must("person"),
        must("code"),
        may("used_at", SORTED),
        of_municipality("recovery_code"),
        sa.PrimaryKeyConstraint("municipality_id", "person", "code", name="pk_recovery_code"),
        **BY_KEY,
    )
    op.create_table(
        "attempt",
        must("what"),
        must("since", SORTED),
        must("count", NUMBER),
        sa.PrimaryKeyConstraint("what", name="pk_attempt"),
        **BY_KEY,
    )
    op.create_index("ix_attempt_since", "attempt", ["since"])
