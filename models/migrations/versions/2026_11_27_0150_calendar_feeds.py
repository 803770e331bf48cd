"""The address of a person's own calendar feed, as it was renewed last."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, SORTED, must, of_municipality

revision = "2026_11_27_0150"
down_revision = "2026_11_26_2140"


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        must("municipality_id"),
        must("person"),
        must("once"),
        must("renewed_at", SORTED),
        of_municipality("calendar_feed"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_calendar_feed"),
        **BY_KEY,
    )
