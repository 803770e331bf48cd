"""Runs the steps with Alembic, set up here instead of in an ini file."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from models.migrations import FOLDER
from models.release import RELEASE
from models.storage.database import Database

BEGIN = {
    "sqlite": ("begin immediate",),
    "postgresql": ("select pg_advisory_xact_lock(6382774)",),  # any number: parts that start at once take turns
}


def upgrade(database: Database) -> None:
    """The database is at the newest step and marked with this release. One transaction: all steps or none."""
    with connect(database) as connection, connection.begin():
        for statement in BEGIN[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        command.upgrade(config, "head")
        connection.execute(text("delete from release"))
        connection.execute(text("insert into release (release) values (:release)"), {"release": RELEASE})


def connect(database: Database) -> Connection:
    """A connection of SQLAlchemy's, which begins transactions only where it is told to."""
    rest = database.url.partition("://")[2]
    if database.driver.name == "sqlite":
        engine = create_engine(f"sqlite://{rest}", poolclass=NullPool, connect_args={"isolation_level": None})
    else:
        engine = create_engine(f"postgresql+psycopg://{rest}", poolclass=NullPool)
    return engine.connect()
