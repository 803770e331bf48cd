"""What drafts held before they were saved again is kept some days."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import NUMBER, SORTED, STRICT, may, must, of_process

revision = "2026_11_27_0320"
down_revision = "2026_11_27_0310"


def upgrade() -> None:
    op.create_table(
        "draft_before",
        must("process_id", NUMBER),
        must("phase"),
        must("output"),
        must("revision", NUMBER),
        must("municipality_id"),
        must("document"),
        must("attachments"),
        must("publicity"),
        may("paragraph"),
        may("typed"),
        must("updated_by"),
        must("updated_at", SORTED),
        of_process("draft_before"),
        sa.PrimaryKeyConstraint("process_id", "phase", "output", "revision", name="pk_draft_before"),
        **STRICT,
    )
