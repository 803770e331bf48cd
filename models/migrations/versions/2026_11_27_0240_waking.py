"""A process's head says when its first reminder falls due; the reminders need no index of their own for it."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import SORTED, may, only

revision = "2026_11_27_0240"
down_revision = "2026_11_27_0210"

WAKE = """
    update process_head set wakes_at =
        (select min(due_at) from reminder where reminder.process_id = process_head.id and state = 'planned')"""


def upgrade() -> None:
    op.add_column("process_head", may("wakes_at", SORTED))
    op.execute(sa.text(WAKE))
    op.create_index("ix_process_head_wakes_at", "process_head", ["wakes_at"], **only("wakes_at is not null"))
    op.drop_index("ix_reminder_due", table_name="reminder")
