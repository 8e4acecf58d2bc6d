"""Open the database and bring its tables up to date. Alembic is imported only when it has something to do."""

from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

from connectors.errors import Refused, Unreachable

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = str(Path(str(files("connectors.store"))) / "migrations")


@lru_cache(maxsize=8)
def open_database(url: str) -> Engine:
    """The engine for ``sqlite:///…`` or ``postgresql://…``. Errors: Refused for another kind of database.

    A process has one for each database, whose statements are compiled once: a home is opened anew for every file. To
    dispose of it gives back its connections, and it goes on when it is asked again.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.get_backend_name() != "sqlite":
        raise Refused(f"The store runs on SQLite or PostgreSQL, not on {parsed.get_backend_name()}.")
    engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connected(connection: Any, _: Any) -> None:
    # The driver must not begin transactions by itself: a writer takes its lock at once, so that two cannot dead-lock.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _config(engine: Engine) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> str:
    """Create or migrate the tables; gives the revision. Errors: Unreachable where the database cannot be opened."""
    from alembic import command

    try:
        command.upgrade(_config(engine), "head")
    except OperationalError as error:
        raise Unreachable(f"The store at {engine.url!r} cannot be opened: {error.orig}.") from error
    return current_revision(engine) or ""


def current_revision(engine: Engine) -> str | None:
    """The revision of the tables; None for an empty database. Errors: Unreachable."""
    from alembic.runtime.migration import MigrationContext

    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise Unreachable(f"The store at {engine.url!r} cannot be opened: {error.orig}.") from error


@cache
def newest_revision() -> str | None:
    """The revision that this code needs."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(_MIGRATIONS).get_current_head()
