"""What the database itself must hold: a whole file, rows that are somebody's, and what keeps events from changing."""

from models.proof.replay import PROJECTED
from models.proof.verified import Verified
from models.storage.database import Session

OF_PROCESS = ("event", *PROJECTED, "duty", "reminder", "draft", "draft_before", "file_use", "personal", "anchor")
"""The tables whose rows are a process's, or where they name none the municipality's."""

OF_MUNICIPALITY = (
    "process_head",
    "event",
    "person",
    "personal",
    "file",
    "file_use",
    "definition",
    "stored_text",
    "anchor",
)

STRAY = """
    select count(*) from {table} where process_id is not null and not exists (
        select 1 from process_head h where h.id = {table}.process_id and h.municipality_id = {table}.municipality_id)"""
HOMELESS = """
    select count(*) from {table} where not exists (select 1 from municipality m where m.id = {table}.municipality_id)"""

GUARDS = {
    "sqlite": (
        "select name from sqlite_master where type = 'trigger' and tbl_name = 'event' and sql like '%raise(abort,%'",
        ("event_no_delete", "event_no_update"),
    ),
    "postgresql": (
        "select tgname from pg_trigger where tgrelid = 'event'::regclass and tgenabled in ('O', 'A')",
        ("event_no_change", "event_no_truncate"),
    ),
}
"""What keeps the record append-only, by the name of each trigger, and how to ask for those in force."""


def check_storage(session: Session, kind: str, told: Verified) -> None:
    """The database of that kind (its driver's name) is whole, apart from what its rows say."""
    if kind == "sqlite":
        for (message,) in session.all("pragma integrity_check(20)"):
            if message != "ok":
                told.found("database file", str(message))
    for tables, statement, whose in ((OF_PROCESS, STRAY, "process"), (OF_MUNICIPALITY, HOMELESS, "municipality")):
        for table in tables:
            row = session.one(statement.format(table=table))
            if row and row[0]:
                told.found(table, f"{row[0]} of its rows belong to no {whose}")
    asked, guards = GUARDS[kind]
    missing = set(guards) - {row[0] for row in session.all(asked)}
    if missing:
        told.found("event", f"nothing keeps its rows from being changed: {', '.join(sorted(missing))} is not in force")
