"""Changes made behind the product's back: in a transaction of their own, with every guard down, and never committed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Table

import models.storage.tables  # noqa: F401
from models.storage.database import Database, Session
from models.storage.table_kinds import METADATA

GUARDS = "select sql from sqlite_master where type = 'trigger'"


@contextmanager
def behind_its_back(database: Database) -> Iterator[Session]:
    """A session in which triggers and foreign keys are asleep; all of it is undone at the end."""
    if database.driver.name == "sqlite":
        connection: Any = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("pragma foreign_keys = off")
        connection.execute("begin immediate")
    else:
        connection = psycopg.connect(database.url)
        connection.execute("set local session_replication_role = replica")
    try:
        yield Session(database, connection.cursor())
    finally:
        connection.rollback()
        connection.close()


@contextmanager
def unguarded(session: Session, kind: str) -> Iterator[None]:
    """The triggers that keep events from being changed are away, and put back."""
    guards = [row[0] for row in session.all(GUARDS)] if kind == "sqlite" else []
    for name in ("event_no_update", "event_no_delete") if guards else ():
        session.run(f"drop trigger {name}")
    yield
    for guard in guards:
        session.run(guard)


def key_of(table: str) -> list[str]:
    """The columns of the table's primary key."""
    return [column.name for column in table_of(table).primary_key.columns]


def columns_of(table: str) -> list[str]:
    return [column.name for column in table_of(table).columns]


def table_of(table: str) -> Table:
    return METADATA.tables[table]


def rows_of(session: Session, table: str) -> list[dict[str, Any]]:
    """All rows of a table, in the order of their keys."""
    columns = columns_of(table)
    order = ", ".join(key_of(table))
    found = session.all(f"select {', '.join(columns)} from {table} order by {order}")
    return [dict(zip(columns, row, strict=True)) for row in found]


def change(session: Session, table: str, row: dict[str, Any], column: str, value: Any) -> bool:
    """The row has another value there; whether the database let it."""
    where = " and ".join(f"{name} = :key_{name}" for name in key_of(table))
    keys = {f"key_{name}": row[name] for name in key_of(table)}
    return _let(session, f"update {table} set {column} = :new where {where}", {**keys, "new": value})


def remove(session: Session, table: str, row: dict[str, Any]) -> None:
    where = " and ".join(f"{name} = :{name}" for name in key_of(table))
    session.run(f"delete from {table} where {where}", {name: row[name] for name in key_of(table)})


def add(session: Session, table: str, row: dict[str, Any]) -> bool:
    names = [name for name in row if row[name] is not None]
    values = ", ".join(f":{name}" for name in names)
    return _let(session, f"insert into {table} ({', '.join(names)}) values ({values})", {n: row[n] for n in names})


def _let(session: Session, statement: str, values: dict[str, Any]) -> bool:
    session.run("savepoint attempt")
    try:
        session.run(statement, values)
    except (sqlite3.IntegrityError, psycopg.errors.IntegrityError):
        session.run("rollback to savepoint attempt")
        return False
    return True
