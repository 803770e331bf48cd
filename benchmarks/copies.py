"""Many processes fast: the rows of a prepared process, in all its tables, copied under new numbers and names.

The copies behave as the original does; only their records, being copies of its texts, would not verify. Before any
time is taken the pages are on the disk and the database knows how many rows it has, as after a night's rest.
"""

import os
from typing import Any

from models.storage.database import Database
from models.storage.tables import METADATA

UNHURRIED = {
    "sqlite": ("pragma foreign_keys = off", "pragma synchronous = off"),
    "postgresql": ("set session_replication_role = replica", "set synchronous_commit = off"),
}
"""What a connection that copies may do without."""

SETTLED = {
    "sqlite": ("pragma synchronous = full", "analyze", "pragma wal_checkpoint(truncate)"),
    "postgresql": ("vacuum analyze", "checkpoint"),
}
"""What is done afterwards."""

LEFT_OUT = ("process_head", "personal", "message_item", "message_log")
"""The first is made here; what the others hold belongs to no copy."""

OWN = {
    ("outbox", "key"): "replace(t.key, '{key}:', h.key || ':')",
    ("file_use", "used_in"): "replace(t.used_in, '/{key}/', '/' || h.key || '/')",
    ("process", "key"): "h.key",
    ("process", "state"): """replace(t.state, '"id":"{key}"', '"id":"' || h.key || '"')""",
    ("outbox", "state"): "'done'",  # what is behind them has been carried out, as in a town at work
}
"""What a copy has otherwise than the original."""

HEADS = """
    insert into process_head (municipality_id, key, seq, hash, at, wakes_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})
    select municipality_id, key || '-copy-' || n.i, seq, hash, at, wakes_at
    from process_head cross join n where id = {source}"""


def copied(database: Database, key: str, count: int) -> list[str]:
    """The names of so many copies of the process of that name."""
    name = database.driver.name
    connection = database.driver.connect()
    run = connection.execute
    for setting in UNHURRIED[name]:
        run(setting)
    source = run(f"select id from process_head where key = '{key}'").fetchone()[0]
    last = run("select max(id) from process_head").fetchone()[0]
    run("begin")
    run(HEADS.format(count=count, source=source))
    for table in METADATA.sorted_tables:
        if "process_id" in table.columns and table.name not in LEFT_OUT:
            run(f"create temporary table one as select * from {table.name} where process_id = {source}")
            run(_copying(table, last, key))
            run("drop table one")
    run("commit")
    for statement in SETTLED[name]:
        run(statement)
    keys = [row[0] for row in run(f"select key from process_head where id > {last} order by id").fetchall()]
    connection.close()
    if name == "sqlite":
        os.sync()
    return keys


def _copying(table: Any, last: int, key: str) -> str:
    """The statement that puts the rows of `one` into the table for every process above the last number."""
    columns = [column.name for column in table.columns if column.identity is None]
    values = {column: f"t.{column}" for column in columns} | {"process_id": "h.id"}
    values |= {column: own.replace("{key}", key) for (name, column), own in OWN.items() if name == table.name}
    return (
        f"insert into {table.name} ({', '.join(columns)}) select {', '.join(values[c] for c in columns)} "
        f"from process_head h cross join one t where h.id > {last} order by h.id"
    )
