"""Alembic runs this file: the steps run in the connection, and in the transaction, that `running.upgrade` opened."""

from alembic import context

from models.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
