"""PostgreSQL leaves room beside reminders, so that falling due changes them in place; those there already get none."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_0310"
down_revision = "2026_11_27_0300"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("alter table reminder set (fillfactor = 70)"))
