"""The door to the database: connections kept for reuse, and transactions that do everything or nothing.

SQL is plain text (see `drivers.py`): the tables are made from SQLModel, but an act does not pass through an ORM, and
no command waits half a second for one to be imported.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from models.errors import NoRoom, NotValid
from models.storage.drivers import LOCK_SECONDS, Driver, Params, SQLite, Statement

Row = tuple[Any, ...]
NONE: Params = {}


class Session:
    """One transaction: it runs statements. What is read is rows as tuples, in the order the statement names them."""

    def __init__(self, database: "Database", cursor: Any) -> None:
        self._database = database
        self._cursor = cursor

    def run(self, sql: str, params: Params = NONE) -> None:
        """Run a statement that gives no rows."""
        self._ran(sql, params)

    def many(self, sql: str, rows: Sequence[Params]) -> None:
        """Run a statement that gives no rows once for each set of parameters."""
        if rows:
            text, given = self._database.statement(sql)
            self._cursor.executemany(text, [given(row) for row in rows])

    def insert(self, table: str, rows: Sequence[Params]) -> None:
        """Put many new rows, alike in their columns, into a table."""
        if rows:
            self._database.told(f"insert into {table}")
            self._database.driver.insert(self._cursor, table, rows)

    def update(self, table: str, rows: Sequence[Params]) -> None:
        """Give many rows of a table, known by their `id`, other values in the same columns."""
        if rows:
            self._database.told(f"update {table}")
            self._database.driver.update(self._cursor, table, rows)

    def all(self, sql: str, params: Params = NONE) -> list[Row]:
        """All rows of a statement."""
        rows: list[Row] = self._ran(sql, params).fetchall()
        return rows

    def one(self, sql: str, params: Params = NONE) -> Row | None:
        """The first row of a statement, or None."""
        row: Row | None = self._ran(sql, params).fetchone()
        return row

    def lock(self, municipality: str, *, alone: bool = False) -> None:
        """Keep the municipality's record as it is to the end; with `alone` also keep all others from acting in it."""
        self._database.driver.lock(self._cursor, municipality, alone=alone)

    def _ran(self, sql: str, params: Params) -> Any:
        text, given = self._database.statement(sql)
        return self._cursor.execute(text, given(params))


class Database:
    """One database, used by any number of threads at once."""

    def __init__(self, url: str, patience: float = LOCK_SECONDS) -> None:
        self.url = url
        self.patience = patience  # seconds that a writer waits for another one
        self.watch: Callable[[str], None] | None = None  # told of every statement, for tests that count them
        self._idle: deque[Any] = deque()
        self._statements: dict[str, Statement] = {}

    @cached_property
    def driver(self) -> Driver:
        """What is special to this kind of database. Raises NotValid for a URL of another kind."""
        kind, _, rest = self.url.partition("://")
        if kind == "sqlite" and rest.startswith("/"):
            return SQLite(Path(rest[1:]), self.patience)
        if kind in ("postgresql", "postgres"):
            from models.storage.driver_postgresql import PostgreSQL  # here, because SQLite's users need not wait for it

            return PostgreSQL(self.url, self.patience)
        raise NotValid(
            "The database {url} is neither postgresql://… nor sqlite:///…; see ETAPPI_DATABASE_URL.", url=kind
        )

    def statement(self, sql: str) -> Statement:
        """The statement in the database's own words."""
        if self.watch:
            self.watch(sql)
        found = self._statements.get(sql)
        if found is None:
            found = self._statements[sql] = self.driver.statement(sql)
        return found

    def told(self, sql: str) -> None:
        """Whoever watches knows of the statement."""
        if self.watch:
            self.watch(sql)

    def transaction(self) -> AbstractContextManager[Session]:
        """A transaction that writes. It is committed at the end; any exception rolls all of it back.

        Raises Busy when another writer held the lock for too long, NoRoom when the disk is full, Unreachable.
        """
        return self._session(write=True)

    def reading(self) -> AbstractContextManager[Session]:
        """One unchanging picture of the database; writers do not wait for it nor it for them.

        Raises NoRoom, too: SQLite keeps a little file beside its own while anybody looks at it.
        """
        return self._session(write=False)

    def scrub(self) -> None:
        """What was deleted is in none of the database's own files any more, as far as that is in our hands."""
        with self._lent() as connection:
            self.driver.scrub(connection)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Session]:
        with self._lent(write) as connection, self.driver.transaction(connection, write=write) as cursor:
            yield Session(self, cursor)

    @contextmanager
    def _lent(self, write: bool = True) -> Iterator[Any]:
        """A connection, given back afterwards. What its library raises is told as a refusal."""
        driver = self.driver
        try:
            connection = self._connection()
            try:
                yield connection
            finally:
                if driver.usable(connection):
                    self._idle.append(connection)
                else:
                    connection.close()
        except driver.errors as error:
            refusal = driver.refusal(error)
            if refusal is None:
                raise
            if isinstance(refusal, NoRoom) and not write:
                raise NoRoom(
                    "The disk is full ({where}): without any room nothing can be looked at either. Make room on it.",
                    **refusal.facts,
                ) from error
            raise refusal from error

    def _connection(self) -> Any:
        """The connection used last, else a new one."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread took it
                break
            if self.driver.usable(connection):
                return connection
            connection.close()
        return self.driver.connect()
