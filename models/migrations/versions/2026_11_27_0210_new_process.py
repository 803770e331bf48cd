"""What somebody has answered of a process they are creating."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, SORTED, must, of_municipality

revision = "2026_11_27_0210"
down_revision = "2026_11_27_0150"


def upgrade() -> None:
    op.create_table(
        "new_process",
        must("municipality_id"),
        must("person"),
        must("body"),
        must("changed_at", SORTED),
        of_municipality("new_process"),
        sa.PrimaryKeyConstraint("municipality_id", "person", name="pk_new_process"),
        **BY_KEY,
    )
