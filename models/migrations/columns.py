"""The words the steps are written in. What a step once made must not change, so this is only ever added to."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

SORTED: TypeEngine[str] = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER: TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer, "sqlite")
FLAG: TypeEngine[bool] = sa.Boolean().with_variant(sa.Integer, "sqlite")

STRICT: dict[str, Any] = {"sqlite_strict": True}
CHANGING: dict[str, Any] = {**STRICT, "postgresql_with": {"fillfactor": 50}}
BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def must(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    """A column that always has a value."""
    return sa.Column(name, kind, nullable=False)


def may(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    """A column that may be empty."""
    return sa.Column(name, kind, nullable=True)


def number_of_its_own() -> sa.Column[int]:
    """A number that the database gives."""
    return sa.Column("id", NUMBER, sa.Identity(), nullable=False)


def of_municipality(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=f"fk_{table}_municipality")


def of_process(table: str) -> sa.ForeignKeyConstraint:
    heads = ["process_head.municipality_id", "process_head.id"]
    return sa.ForeignKeyConstraint(["municipality_id", "process_id"], heads, name=f"fk_{table}_process_head")


def only(condition: str) -> dict[str, Any]:
    """An index over the rows of a condition."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
