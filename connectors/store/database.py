"""Transactions on the store, and the faults of a database in our terms."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from connectors.errors import ConnectorError, Unreachable


class Raced(ConnectorError):
    """Somebody else has committed the same order at the same moment: look again, then decide anew."""


class Database:
    """Hands out connections, for reading and for writing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads. Errors: Unreachable."""
        with _translated(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing. Errors: Unreachable, Raced."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def staging(self) -> Iterator[Connection]:
        """A connection whose transactions write to temporary tables alone, which are its own. Errors: Unreachable."""
        with _translated(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def writing_on(self, connection: Connection) -> Iterator[None]:
        """One transaction on a connection of ``staging`` that writes into the store. Errors: Unreachable, Raced."""
        connection.execution_options(reading=False)
        try:
            with connection.begin():
                yield
        finally:
            connection.execution_options(reading=True)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Raced(f"The store has this already: {error.orig}.") from error
    except (OperationalError, InterfaceError) as error:
        raise Unreachable(f"The store does not answer: {error.orig}.") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unreachable(f"The store has closed the connection: {error.orig}.") from error
        raise
