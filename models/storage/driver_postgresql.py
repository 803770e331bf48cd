"""PostgreSQL through psycopg 3. It is imported only where PostgreSQL is used, because that takes half a second.

A transaction is a pipeline: statements without an answer travel together with the next one that has, so that an act
costs three journeys to the server however many rows it writes.
"""

import json
import select
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors as pg

from models.errors import Busy, EtappiError, NoRoom, NotValid, Unreachable
from models.storage.drivers import Statement, pyformat

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

TOGETHER = 500
"""How many rows are handed over at once."""

_LOCK = {
    False: "select pg_advisory_xact_lock_shared(hashtextextended(%(municipality)s, 0))",
    True: "select pg_advisory_xact_lock(hashtextextended(%(municipality)s, 0))",
}


class PostgreSQL:
    """A PostgreSQL database."""

    name = "postgresql"
    errors = psycopg.Error
    marks = {
        "{call}": "pg_notify('etappi', '')",
        "{for_update}": "for update",
        "{skip_locked}": "for update skip locked",
        "{ids}": "(select value::bigint from json_array_elements_text(:ids::json))",
        "{texts}": "(select json_array_elements_text(:texts::json))",
    }

    def __init__(self, url: str, patience: float) -> None:
        self.url = url
        self.options = f"-c lock_timeout={round(patience * 1000)} -c synchronous_commit=on -c timezone=UTC"

    def statement(self, sql: str) -> Statement:
        return Statement(pyformat(sql, self.marks), lambda params: params)

    def there(self) -> bool:
        return True  # a server that does not answer is told of when it is asked

    def connect(self) -> Connection:
        return psycopg.connect(self.url, autocommit=True, options=self.options, application_name="etappi")

    def usable(self, connection: Connection) -> bool:
        """An idle connection on which something has come was closed by the server, as when that was started again."""
        idle = not connection.closed and connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        if not idle:
            return False
        looking = select.poll()
        looking.register(connection.fileno(), select.POLLIN)
        return not looking.poll(0)

    @contextmanager
    def transaction(self, connection: Connection, *, write: bool) -> Iterator[Cursor]:
        cursor = connection.cursor()
        try:
            with connection.pipeline():
                cursor.execute("begin" if write else "begin isolation level repeatable read read only")
                yield cursor
                cursor.execute("commit")
        except BaseException as error:
            if not connection.closed:
                connection.execute("rollback")
            if isinstance(error, psycopg.Error):  # statements that the broken-off pipeline was to prepare count as
                connection.close()  # prepared in the library, and not on the server: the next one would fail
            raise

    def insert(self, cursor: Cursor, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many rows travel as one JSON value: sent one by one they would take ten times as long. Not all as one: the
        server writes some while others are put together here."""
        columns = ", ".join(rows[0])
        statement = (
            f"insert into {table} ({columns}) "
            f"select {columns} from json_populate_recordset(null::{table}, %(rows)s::json)"
        )
        for start in range(0, len(rows), TOGETHER):
            cursor.execute(statement, {"rows": json.dumps(rows[start : start + TOGETHER])})

    def update(self, cursor: Cursor, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        values = ", ".join(f"{column} = new.{column}" for column in rows[0] if column != "id")
        cursor.execute(
            f"update {table} set {values} from json_populate_recordset(null::{table}, %(rows)s::json) new "
            f"where {table}.id = new.id",
            {"rows": json.dumps(rows)},
        )

    def lock(self, cursor: Cursor, municipality: str, *, alone: bool) -> None:
        """A lock of the transaction by the municipality's name; it leaves no trace in any row."""
        cursor.execute(_LOCK[alone], {"municipality": municipality})

    def scrub(self, connection: Connection) -> None:
        """Nothing: the server overwrites deleted rows, and recycles its log, in its own time."""

    async def calls(self) -> AsyncIterator[None]:
        """One at the beginning, then one whenever a statement with `{call}` has been committed."""
        async with await psycopg.AsyncConnection.connect(
            self.url, autocommit=True, application_name="etappi"
        ) as connection:
            await connection.execute("listen etappi")
            yield
            async for _ in connection.notifies():
                yield

    def refusal(self, error: Exception) -> EtappiError | None:
        if isinstance(error, (pg.LockNotAvailable, pg.DeadlockDetected, pg.SerializationFailure)):
            return Busy()
        if isinstance(error, pg.DiskFull):
            return NoRoom(where="the database server's")
        if isinstance(error, psycopg.DataError) and "NUL" in str(error):
            return NotValid("The text holds a character that cannot be stored (U+0000). Write it again.")
        if isinstance(error, psycopg.OperationalError):
            return Unreachable(why=str(error).strip().splitlines()[0])
        return None
