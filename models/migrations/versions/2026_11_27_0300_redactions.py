"""The redactions of a process are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_0300"
down_revision = "2026_11_27_0250"

REDACTED = sa.text("type = 'Redacted'")


def upgrade() -> None:
    op.create_index(
        "ix_event_redacted", "event", ["process_id", "seq"], sqlite_where=REDACTED, postgresql_where=REDACTED
    )
