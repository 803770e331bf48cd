"""The kinds of columns the tables are made of, so that SQLite and PostgreSQL hold the same values in the same form.

Instants are the canonical text of events (UTC, microseconds, `Z`) and dates are ISO texts: they sort as they are, read
the same in both databases and need no conversion. SQLite's tables are STRICT: a column takes its own kind only.
"""

from typing import Annotated, Any

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Identity, Integer, Text
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

_TEXT = Text()
_SORTED: TypeEngine[str] = Text().with_variant(
    Text(collation="C"), "postgresql"
)  # by bytes, whatever the database's language
_NUMBER: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")
_FLAG: TypeEngine[bool] = Boolean().with_variant(Integer, "sqlite")

Id = Annotated[int | None, Field(default=None, primary_key=True, sa_type=_NUMBER, sa_column_args=[Identity()])]
Part = Annotated[str, Field(primary_key=True, sa_type=_TEXT)]  # part of the primary key
NumberPart = Annotated[int, Field(primary_key=True, sa_type=_NUMBER)]
Words = Annotated[str, Field(sa_type=_TEXT)]
MaybeWords = Annotated[str | None, Field(default=None, sa_type=_TEXT)]
Number = Annotated[int, Field(sa_type=_NUMBER)]
MaybeNumber = Annotated[int | None, Field(default=None, sa_type=_NUMBER)]
Flag = Annotated[bool, Field(sa_type=_FLAG)]
Instant = Annotated[str, Field(sa_type=_SORTED)]
MaybeInstant = Annotated[str | None, Field(default=None, sa_type=_SORTED)]
Day = Annotated[str, Field(sa_type=_SORTED)]
MaybeDay = Annotated[str | None, Field(default=None, sa_type=_SORTED)]

STRICT: dict[str, Any] = {"sqlite_strict": True}
BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""Narrow rows kept in the order of their key: one tree to write instead of two."""

CHANGING: dict[str, Any] = {**STRICT, "postgresql_with": {"fillfactor": 50}}
"""Rows that every act changes: PostgreSQL leaves room to do it in place."""

CHANGING_ONCE: dict[str, Any] = {**BY_KEY, "postgresql_with": {"fillfactor": 70}}
"""Rows of which a part changes together, each once: PostgreSQL leaves room for that part in every page."""

METADATA = SQLModel.metadata
METADATA.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def of_process() -> ForeignKeyConstraint:
    """The row's process, where it has one, exists and is the row's own municipality's."""
    return ForeignKeyConstraint(["municipality_id", "process_id"], ["process_head.municipality_id", "process_head.id"])


def of_municipality() -> ForeignKeyConstraint:
    """The row's municipality exists.

    Rows that acts in processes write do without: on PostgreSQL the check would have all acts of a municipality lock the
    same row, and `of_process` says it already.
    """
    return ForeignKeyConstraint(["municipality_id"], ["municipality.id"])
