"""A row that is to be put, changed or removed, and how many of them come to one row (part of `projection.py`)."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Columns = dict[str, Any]
Row = tuple[str, tuple[tuple[str, Any], ...]]  # the table, and the key with its values


class Write(NamedTuple):
    """One row's fate: `put` whole, some columns `change`d, or `gone` (with all rows where the key is the beginning)."""

    how: Literal["put", "change", "gone"]
    table: str
    key: Columns
    values: Columns

    @property
    def row(self) -> Row:
        """Which row it is."""
        return self.table, tuple(self.key.items())


def put(table: str, key: Columns, values: Columns) -> Write:
    """The row is there, with these values."""
    return Write("put", table, key, values)


def change(table: str, key: Columns, values: Columns) -> Write:
    """The row, which is there, has these values."""
    return Write("change", table, key, values)


def gone(table: str, key: Columns) -> Write:
    """No row has this key."""
    return Write("gone", table, key, {})


def merged(writes: Iterable[Write]) -> list[Write]:
    """The same in fewer writes: a row that several events of one act touch is written once, as it ends.

    A removal keeps its place: what was put before it goes, what comes after it stays.
    """
    found: dict[object, Write] = {}
    for number, write in enumerate(writes):
        row = write.row
        before = found.get(row)
        if write.how == "gone":
            found = {row: w for row, w in found.items() if not _covers(write, w)} | {number: write}
        elif before is None or write.how == "put":
            found[row] = write
        else:
            found[row] = before._replace(values={**before.values, **write.values})
    return list(found.values())


def folded(writes: Iterable[Write]) -> dict[Row, Columns]:
    """The rows that stand after all the writes, by table and key."""
    rows: dict[Row, Columns] = {}
    for write in writes:
        if write.how == "gone":
            rows = {row: v for row, v in rows.items() if not (row[0] == write.table and _begins(row[1], write.key))}
        elif write.how == "put":
            rows[write.row] = dict(write.values)
        else:
            rows[write.row] = {**rows[write.row], **write.values}
    return rows


def _covers(removal: Write, write: Write) -> bool:
    return write.how != "gone" and write.table == removal.table and _begins(tuple(write.key.items()), removal.key)


def _begins(key: tuple[tuple[str, Any], ...], wanted: Columns) -> bool:
    return all(pair in key for pair in wanted.items())
