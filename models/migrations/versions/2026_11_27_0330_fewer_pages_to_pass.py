"""Passing writes fewer pages: what the phase and the last round of it say stands nowhere else, and texts that are named by
hash lie beside their process's others."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import BY_KEY, NUMBER, SORTED, may, must, of_process

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
    if op.get_bind().dialect.name == "sqlite":
        _manifests_by_key()
        _packages_by_key()


def _manifests_by_key() -> None:
    op.rename_table("manifest", "manifest_before")
    op.create_table(
        "manifest",
        must("process_id", NUMBER),
        must("sha256"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("body"),
        of_process("manifest"),
        sa.PrimaryKeyConstraint("process_id", "sha256", name="pk_manifest"),
        **BY_KEY,
    )
    op.execute("insert into manifest select * from manifest_before")
    op.drop_table("manifest_before")


def _packages_by_key() -> None:
    op.rename_table("package", "package_before")
    op.create_table(
        "package",
        must("process_id", NUMBER),
        must("sha256"),
        must("municipality_id"),
        must("phase"),
        must("round", NUMBER),
        must("seq", NUMBER),
        may("previous"),
        may("supersedes"),
        may("set_aside", NUMBER),
        must("locked_at", SORTED),
        must("body"),
        of_process("package"),
        sa.PrimaryKeyConstraint("process_id", "sha256", name="pk_package"),
        **BY_KEY,
    )
    op.execute("insert into package select * from package_before")
    op.drop_table("package_before")
