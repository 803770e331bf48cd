"""The release that an installation is of: one row, which every part compares with its own."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, must

revision = "2026_11_26_2118"
down_revision = "2026_11_26_2110"


def upgrade() -> None:
    op.create_table("release", must("release"), sa.PrimaryKeyConstraint("release", name="pk_release"), **BY_KEY)
