"""The bare durable transaction that the engine is measured against: `yardstick.sql` on the raw driver.

It writes as many stances, handovers and reminders as the engine's act does, each act committed to the disk before the
next: SQLite with WAL and `synchronous=FULL`, PostgreSQL with fsync and `synchronous_commit` on (both are asked, not
assumed).
"""

import re
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

SOURCE = Path(__file__).with_name("yardstick.sql")
DAY = 86400.0
PREPARER = 0  # the seat of the one who states the outcome


class Shape(NamedTuple):
    """How many rows an act writes: as many as the engine's does."""

    seats: int
    outputs: int
    stance_steps: int  # reminders of a stance
    preparer_steps: int  # reminders of the outcome
    next_steps: int  # reminders of what is owed next


class Yardstick:
    """One database with the yardstick's tables, and the acts on it."""

    def __init__(self, database: str, connection: Any, shape: Shape) -> None:
        self.shape = shape
        self._connection = connection
        self._cursor = connection.cursor()
        self._statements = _statements(database)
        self._begin = "begin immediate" if database == "sqlite" else "begin"
        for name in (f"tables for {database}", "tables"):
            for statement in _each(self._statements[name]):
                self._cursor.execute(statement)

    @classmethod
    def on_sqlite(cls, file: Path, shape: Shape) -> "Yardstick":
        """A yardstick in a file of its own."""
        return cls("sqlite", durable_sqlite(file), shape)

    @classmethod
    def on_postgresql(cls, url: str, shape: Shape) -> "Yardstick":
        """A yardstick in a database of its own, which is empty."""
        return cls("postgresql", durable_postgresql(url), shape)

    def close(self) -> None:
        self._connection.close()

    # --- what is parked -------------------------------------------------------------------------------------------

    def park(self, count: int, no: int, first: int = 0) -> list[int]:
        """So many processes wait at that checkpoint; their numbers."""
        shape = self.shape
        params = {"count": count, "first": first, "no": no, "now": time.time(), "seats": shape.seats}
        params |= {"steps": shape.stance_steps, "preparer_steps": shape.preparer_steps}
        self._cursor.execute(self._begin)
        for statement in _each(self._statements["park"]):
            self._cursor.execute(statement, params)
        self._cursor.execute("commit")
        self._cursor.execute("analyze")
        return list(range(first + 1, first + count + 1))

    # --- acts -----------------------------------------------------------------------------------------------------

    def take_stance(self, process: int, no: int, seat: int) -> None:
        """One seat has accepted, durably."""
        self._cursor.execute(self._begin)
        self._stance(process, no, seat)
        self._cursor.execute("commit")

    def passes(self, process: int, no: int) -> None:
        """The checkpoint has passed and the work is handed over, durably."""
        self._cursor.execute(self._begin)
        self._look(process, no)
        assert self._count(process, no) == self.shape.seats
        self._hand_over(process, no)
        self._cursor.execute("commit")

    def whole(self, process: int) -> None:
        """Four checkpoints, each passed by its last stance, and a decision: 13 transactions."""
        for no in range(1, 5):
            for seat in range(1, self.shape.seats + 1):
                self._cursor.execute(self._begin)
                if self._stance(process, no, seat) == self.shape.seats:
                    self._hand_over(process, no)
                self._cursor.execute("commit")
        self._cursor.execute(self._begin)
        self._look(process, 5)
        self._run("take a stance", process, 5, seat=1)
        self._run("pass the checkpoint", process, 5)
        self._run("finish the phase", process, 5)
        self._run("complete", process, 5)
        self._cursor.execute("commit")

    def _stance(self, process: int, no: int, seat: int) -> int:
        self._look(process, no)
        self._run("take a stance", process, no, seat=seat)
        self._run("void the reminders", process, no, seat=seat)
        return self._count(process, no)

    def _hand_over(self, process: int, no: int) -> None:
        self._run("pass the checkpoint", process, no)
        self._run("finish the phase", process, no)
        self._run("void the reminders", process, no, seat=PREPARER)
        for output in range(self.shape.outputs):
            self._run("hand over", process, no, output=output)
        self._run("begin the next phase", process, no, next=no + 1)
        self._run("begin the next checkpoint", process, no, next=no + 1)
        self._run("move on", process, no, next=no + 1)
        for step in range(self.shape.next_steps):
            due = time.time() + DAY * step
            self._run("remind", process, no, next=no + 1, seat=PREPARER, step=step, due_at=due)

    def _look(self, process: int, no: int) -> None:
        row = self._run("look at the checkpoint", process, no).fetchone()
        assert row[0] == "open"

    def _count(self, process: int, no: int) -> int:
        count: int = self._run("count the stances", process, no).fetchone()[0]
        return count

    def _run(self, name: str, process: int, no: int, **more: float) -> Any:
        params = {"process": process, "no": no, "now": time.time(), **more}
        return self._cursor.execute(self._statements[name], params)


def durable_sqlite(file: Path) -> sqlite3.Connection:
    """A connection on which a commit is on the disk."""
    connection = sqlite3.connect(file, isolation_level=None, cached_statements=256)
    assert connection.execute("pragma journal_mode = wal").fetchone()[0] == "wal"
    connection.execute("pragma synchronous = full")
    assert connection.execute("pragma synchronous").fetchone()[0] == 2
    return connection


def durable_postgresql(url: str) -> Any:
    """A connection on which a commit is on the disk."""
    import psycopg

    connection = psycopg.connect(url, autocommit=True)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        row = connection.execute(f"show {setting}").fetchone()
        assert row is not None and row[0] == "on", f"{setting} is off: the measure would flatter"
    return connection


def _statements(database: str) -> dict[str, str]:
    """The statements by name, in the database's own words."""
    found: dict[str, str] = {}
    for part in SOURCE.read_text(encoding="utf-8").split("-- name: ")[1:]:
        name, _, text = part.partition("\n")
        words = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
        if database == "postgresql":
            words = re.sub(r":([a-z_]+)", r"%(\1)s", words)
        found[name.strip()] = words
    own = f" for {database}"
    return (
        found
        | {name.removesuffix(own): words for name, words in found.items() if name.endswith(own)}
        | {
            f"tables for {database}": found[f"tables for {database}"],
            "tables": found["tables"],
        }
    )


def _each(statements: str) -> Iterable[str]:
    return [statement.strip() for statement in statements.split(";") if statement.strip()]
