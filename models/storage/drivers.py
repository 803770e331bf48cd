"""What SQLite and PostgreSQL do differently: connecting, beginning, locking, and how they say no. Nothing else knows.

SQL is written once, in the words both understand, with `:name` parameters. What they say differently stands in braces:
`{for_update}` and `{skip_locked}` at the end of a select that locks its rows, `{ids}` for the numbers of a JSON list in
the parameter `ids`, `{texts}` for the texts of one in the parameter `texts`, `{call}` for a value that wakes whoever
listens to this database (`calls`).
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from models.errors import Broken, Busy, EtappiError, NoRoom, Unreachable

LOCK_SECONDS = 5
"""How long a writer waits for another one (design.md, 5)."""

PRAGMAS = (
    "synchronous = full",
    "foreign_keys = on",
    "wal_autocheckpoint = 4000",  # pages: those that many acts change are copied to the file once
    "cache_size = -16384",  # KiB; a commit after pages have changed places looks through all of it
    "secure_delete = on",  # what is deleted is overwritten (peitä tieto)
)

_PARAMETER = re.compile(r"(?P<words>'[^']*')|(?<!:):(?P<name>[a-z_][a-z0-9_]*)")


Params = Mapping[str, Any]


class Statement(NamedTuple):
    """A statement in a database's own words, and how it is given its parameters."""

    text: str
    given: Callable[[Params], Any]  # from the parameters by name to what the library is handed


class Driver(Protocol):
    """One kind of database."""

    name: str

    @property
    def errors(self) -> type[Exception]:
        """What its library raises."""

    def statement(self, sql: str) -> Statement:
        """The statement in this database's own words."""

    def there(self) -> bool:
        """Whether there is something to connect to; asking makes nothing."""

    def connect(self) -> Any:
        """A new connection, set up."""

    def usable(self, connection: Any) -> bool:
        """Whether the connection can serve another transaction."""

    def transaction(self, connection: Any, *, write: bool) -> Any:
        """A context in which a cursor does everything or nothing."""

    def insert(self, cursor: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put many new rows, alike in their columns, into a table."""

    def update(self, cursor: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Give many rows of a table, known by their `id`, other values in the same columns."""

    def lock(self, cursor: Any, municipality: str, *, alone: bool) -> None:
        """Keep others from changing the municipality's record, or with `alone` from acting in it at all."""

    def scrub(self, connection: Any) -> None:
        """What was deleted is in none of the database's own files any more, as far as that is in our hands."""

    def calls(self) -> AsyncIterator[None]:
        """Once when it begins to listen, then whenever somebody calls; ends at once where nobody can be heard."""

    def refusal(self, error: Exception) -> EtappiError | None:
        """What the library's error means to the one who acts; None where it is a mistake in the code."""


class SQLite:
    """An SQLite file: one writer at a time, readers beside it, every commit on the disk before it is told."""

    name = "sqlite"
    errors = sqlite3.Error
    marks: Mapping[str, str] = {
        "{call}": "null",
        "{for_update}": "",
        "{skip_locked}": "",
        "{ids}": "(select value from json_each(:ids))",
        "{texts}": "(select value from json_each(:texts))",
    }

    def __init__(self, file: Path, patience: float) -> None:
        self.file = file
        self.patience = patience

    def statement(self, sql: str) -> Statement:
        """Its parameters go by their places: SQLite is spared finding each by its name, for every row anew."""
        names: list[str] = []
        text = _PARAMETER.sub(lambda m: m["words"] or _placed(m["name"], names), _marked(sql, self.marks))
        return Statement(text, _in_places(names))

    def there(self) -> bool:
        return self.file.is_file()

    def connect(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.file, timeout=self.patience, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        _log_beside(connection)
        for setting in PRAGMAS:
            connection.execute(f"pragma {setting}")
        return connection

    def usable(self, connection: sqlite3.Connection) -> bool:
        return not connection.in_transaction

    @contextmanager
    def transaction(self, connection: sqlite3.Connection, *, write: bool) -> Iterator[sqlite3.Cursor]:
        cursor = connection.cursor()
        cursor.execute("begin immediate" if write else "begin")
        try:
            yield cursor
            cursor.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise

    def insert(self, cursor: sqlite3.Cursor, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        values = ", ".join(f":{column}" for column in rows[0])
        cursor.executemany(f"insert into {table} ({', '.join(rows[0])}) values ({values})", rows)

    def update(self, cursor: sqlite3.Cursor, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        values = ", ".join(f"{column} = :{column}" for column in rows[0] if column != "id")
        cursor.executemany(f"update {table} set {values} where id = :id", rows)

    def lock(self, cursor: sqlite3.Cursor, municipality: str, *, alone: bool) -> None:
        """Nothing to do: a writing transaction has the file to itself."""

    def scrub(self, connection: sqlite3.Connection) -> None:
        """What is deleted is overwritten in the file; the log beside it still has former pages, and is emptied."""
        connection.execute("pragma wal_checkpoint(truncate)")

    async def calls(self) -> AsyncIterator[None]:
        """None: what is written to a file calls nobody."""
        for _ in ():
            yield

    def refusal(self, error: Exception) -> EtappiError | None:
        code = str(getattr(error, "sqlite_errorname", ""))
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return Busy()
        if code in ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"):
            return NoRoom(where=str(self.file.parent))
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return Broken(what=f"the database file {self.file} is damaged ({error})")
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_PERM")):
            return Unreachable(why=f"{self.file}: {error}")
        return None


def _log_beside(connection: sqlite3.Connection) -> None:
    """The file has its log beside it (WAL), for good.

    Where several open a new file at once, SQLite refuses this to all but one instead of letting them wait; so they wait
    for the lock of the other one, and ask again.
    """
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
        connection.execute("begin exclusive")  # waits, and raises where it has waited too long
        connection.execute("rollback")


def _placed(name: str, names: list[str]) -> str:
    """The mark of a parameter's place; its name is the next of the names."""
    names.append(name)
    return "?"


def _in_places(names: Sequence[str]) -> Callable[[Params], Sequence[Any]]:
    """From parameters by name to those of these names, one after the other."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda params: [params[name] for name in names]


def _marked(sql: str, marks: Mapping[str, str]) -> str:
    for mark, words in marks.items():
        sql = sql.replace(mark, words)
    return sql


def pyformat(sql: str, marks: Mapping[str, str]) -> str:
    """The statement with its marks filled and its `:name` parameters written `%(name)s`."""
    return _PARAMETER.sub(lambda m: m["words"] or f"%({m['name']})s", _marked(sql, marks).replace("%", "%%"))
