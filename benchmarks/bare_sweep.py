"""The bare sweep: rows that have fallen due among many, claimed and marked as sent in batches, in plain SQL.

Two durable transactions a batch, the way a careful mailer would. No record, no recipients, no messages.
"""

import random
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.yardstick import durable_postgresql, durable_sqlite

BATCH = 500
DAY = 86400.0
TABLE = """
    create table reminder (
        id integer primary key, process_id integer not null, checkpoint_no integer not null, seat integer not null,
        due_at double precision not null, status text not null, claimed_at double precision,
        sent_at double precision)"""
INDEX = "create index reminder_due on reminder (due_at) where status = 'pending'"
SENT = "select count(*) from reminder where status = 'sent'"
RESET = "update reminder set status = 'pending', claimed_at = null, sent_at = null where status <> 'pending'"
SETTLE = {"sqlite": "pragma wal_checkpoint(truncate)", "postgresql": "vacuum reminder"}
"""What is done with the table before it is swept, so that what was done to prepare it does not weigh on the sweep."""

Row = tuple[int, int, int, int, float, str, None, None]


class BareSweep(ABC):
    """A table of pending reminders, some of which are due now."""

    kind: str  # of database

    def __init__(self, connection: Any, pending: int, due: int) -> None:
        self.connection = connection
        self.now = time.time()
        self.due = due
        connection.execute(TABLE)
        self.fill(self._rows(pending, due))
        connection.execute(INDEX)

    def rate(self) -> float:
        """How many a second, from the first to the last."""
        begun = time.perf_counter()
        while self.claim_and_send():
            pass
        took = time.perf_counter() - begun
        assert self.connection.execute(SENT).fetchone()[0] == self.due
        return self.due / took

    def again(self) -> None:
        """What was sent is due as before."""
        self.connection.execute(RESET)
        self.connection.execute(SETTLE[self.kind])

    def close(self) -> None:
        self.connection.close()

    @abstractmethod
    def fill(self, rows: Iterator[Row]) -> None:
        """The rows are in the table."""

    @abstractmethod
    def claim_and_send(self) -> bool:
        """One batch is claimed and sent; False where there was none."""

    def _rows(self, pending: int, due: int) -> Iterator[Row]:
        some = random.Random(pending)
        fallen = set(some.sample(range(pending), due))
        for n in range(pending):
            at = self.now - some.random() * DAY if n in fallen else self.now + 3600 + some.random() * DAY * 60
            yield n + 1, n // 3, n % 5, n % 3, at, "pending", None, None


class BareSweepOnSQLite(BareSweep):
    """In an SQLite file of its own."""

    kind = "sqlite"
    CLAIM = """
        update reminder set status = 'claimed', claimed_at = :now
        where id in (select id from reminder where status = 'pending' and due_at <= :now order by due_at limit :limit)
        returning id"""
    SEND = "update reminder set status = 'sent', sent_at = ? where id = ? and status = 'claimed'"

    def __init__(self, file: Path, pending: int, due: int) -> None:
        super().__init__(durable_sqlite(file), pending, due)
        self.connection.execute("analyze")
        self.connection.execute(SETTLE[self.kind])

    def fill(self, rows: Iterator[Row]) -> None:
        self.connection.execute("begin")
        self.connection.executemany("insert into reminder values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.execute("commit")

    def claim_and_send(self) -> bool:
        run = self.connection.execute
        run("begin immediate")
        claimed = run(self.CLAIM, {"now": self.now, "limit": BATCH}).fetchall()
        run("commit")
        if claimed:
            run("begin immediate")
            self.connection.executemany(self.SEND, [(self.now, *row) for row in claimed])
            run("commit")
        return bool(claimed)


class BareSweepOnPostgreSQL(BareSweep):
    """In a PostgreSQL database of its own."""

    kind = "postgresql"
    CLAIM = """
        update reminder set status = 'claimed', claimed_at = %(now)s
        where id in (
            select id from reminder where status = 'pending' and due_at <= %(now)s order by due_at limit %(limit)s
            for update skip locked)
        returning id"""
    SEND = "update reminder set status = 'sent', sent_at = %(now)s where id = any(%(ids)s) and status = 'claimed'"

    def __init__(self, url: str, pending: int, due: int) -> None:
        super().__init__(durable_postgresql(url), pending, due)
        self.connection.execute("vacuum analyze reminder")

    def fill(self, rows: Iterator[Row]) -> None:
        with self.connection.cursor() as cursor, cursor.copy("copy reminder from stdin") as copy:
            for row in rows:
                copy.write_row(row)

    def claim_and_send(self) -> bool:
        run = self.connection.execute
        claimed = [row[0] for row in run(self.CLAIM, {"now": self.now, "limit": BATCH}).fetchall()]
        if claimed:
            run(self.SEND, {"now": self.now, "ids": claimed})
        return bool(claimed)
