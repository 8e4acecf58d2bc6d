"""Alembic runs its migrations through here; the engine is handed in, there is no configuration file."""

from alembic import context

import connectors.store.reference_tables  # noqa: F401 makes its tables known
from connectors.store.tables import metadata

with context.config.attributes["engine"].begin() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
