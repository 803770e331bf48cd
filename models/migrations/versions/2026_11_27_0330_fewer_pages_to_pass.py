"""Passing writes fewer pages: what a phase and its last round say stands nowhere else."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, NUMBER, must, of_process

revision = "2026_11_27_0330"
down_revision = "2026_11_27_0320"


def upgrade() -> None:
    op.create_table(
        "last_round",
        must("process_id", NUMBER),
        must("phase"),
        must("municipality_id"),
        must("state"),
        of_process("last_round"),
        sa.PrimaryKeyConstraint("process_id", "phase", name="pk_last_round"),
        **BY_KEY,
    )
    op.execute("insert into last_round select process_id, phase, municipality_id, state from open_round")
    op.drop_table("open_round")
    op.drop_table("round")
    for nobody_reads in ("package", "former"):
        op.drop_column("phase", nobody_reads)
