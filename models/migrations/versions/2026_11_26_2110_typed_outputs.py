"""A draft may hold typed content beside its document."""

from alembic import op

from models.migrations.columns import may

revision = "2026_11_26_2110"
down_revision = "2026_11_22_0610"


def upgrade() -> None:
    op.add_column("draft", may("typed"))
