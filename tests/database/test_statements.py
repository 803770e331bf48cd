"""Every statement in the code is one that both databases understand, over the tables as they are."""

import importlib
import pkgutil
import re

import pytest

import models
from models.storage.database import Database
from models.storage.store import _sql

STATEMENT = re.compile(r"\s*(select|insert|update|delete|with)\s", re.IGNORECASE)
# of one database only
SKIPPED = ("models.storage.driver_postgresql", "models.migrations", "models.storage.tables_record")
PARAMETER = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")


def statements() -> dict[str, str]:
    """The named statements of all modules."""
    found = {}
    for module in pkgutil.walk_packages(models.__path__, "models."):
        if not module.name.startswith(SKIPPED):
            for name, value in vars(importlib.import_module(module.name)).items():
                if name.isupper() and isinstance(value, str) and STATEMENT.match(value):
                    found[f"{module.name}.{name}"] = value
    return found


def explained(database: Database, sql: str) -> None:
    with database.reading() as session:
        session.all(f"explain {sql}", dict.fromkeys([*PARAMETER.findall(sql), "ids", "texts"]))


def test_both_databases_understand_every_statement(database: Database) -> None:
    found = statements()

    assert len(found) > 40
    for name, sql in found.items():
        if "pg_" in sql and database.driver.name == "sqlite":
            continue  # what only PostgreSQL is asked
        try:
            explained(database, sql.replace("{table}", "event").replace("{types}", "('PhaseOpened')"))
        except database.driver.errors as error:
            pytest.fail(f"{name}: {error}")


SHAPES = [
    ("put", "phase", ("phase",), ("position", "status", "rounds", "state")),
    ("put", "last_round", ("phase",), ("state",)),
    ("put", "round_seat", ("phase", "seat"), ()),
    ("change", "process", (), ("state",)),
    ("gone", "stance", ("phase", "round", "seat"), ()),
]


@pytest.mark.parametrize("shape", SHAPES, ids=[shape[0] + "-" + shape[1] for shape in SHAPES])
def test_both_databases_understand_how_rows_are_written(database: Database, shape: tuple) -> None:
    explained(database, _sql(*shape))
