"""Phases and open rounds are rows of the working set, no longer a part of the process's one text."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, NUMBER, may, must, of_process

revision = "2026_11_27_0250"
down_revision = "2026_11_27_0240"

BEFORE = "create temporary table phase_before as select * from phase"
FILL_PHASE = """
    insert into phase (process_id, phase, municipality_id, position, status, rounds, package, former, state)
    select process_id, phase, municipality_id, position, status, rounds, package, former, :state
    from phase_before where process_id = :process and phase = :phase"""
FILL_ROUND = """
    insert into open_round (process_id, phase, municipality_id, state)
    values (:process, :phase, :municipality, :state)"""
OWN = "update process set state = :state where process_id = :process"


def upgrade() -> None:
    op.execute(sa.text(BEFORE))
    op.execute(sa.text("create index phase_before_key on phase_before (process_id, phase)"))
    op.drop_table("phase")
    op.create_table(
        "phase",
        must("process_id", NUMBER),
        must("phase"),
        must("municipality_id"),
        must("position", NUMBER),
        must("status"),
        must("rounds", NUMBER),
        may("package"),
        may("former"),
        must("state"),
        of_process("phase"),
        sa.PrimaryKeyConstraint("process_id", "phase", name="pk_phase"),
        **BY_KEY,
    )
    op.create_table(
        "open_round",
        must("process_id", NUMBER),
        must("phase"),
        must("municipality_id"),
        must("state"),
        of_process("open_round"),
        sa.PrimaryKeyConstraint("process_id", "phase", name="pk_open_round"),
        **BY_KEY,
    )
    for (id_,) in op.get_bind().execute(sa.text("select process_id from process")).fetchall():
        _move(id_)
    op.execute(sa.text("drop table phase_before"))


def _move(process: int) -> None:
    run = op.get_bind().execute
    row = run(sa.text("select municipality_id, state from process where process_id = :process"), {"process": process})
    municipality, text = row.one()
    state = json.loads(text)
    for phase, fields in state.pop("phases").items():
        run(sa.text(FILL_PHASE), {"process": process, "phase": phase, "state": _text(fields)})
    for phase, fields in state.pop("rounds", {}).items():
        named = {"process": process, "municipality": municipality, "phase": phase}
        run(sa.text(FILL_ROUND), {**named, "state": _text(fields)})
    state.pop("last_package", None)
    run(sa.text(OWN), {"process": process, "state": _text(state)})


def _text(fields: dict[str, Any]) -> str:
    """The text as the engine writes it, which is in the order of the fields."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
