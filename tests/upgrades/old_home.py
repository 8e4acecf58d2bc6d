"""A home as an earlier build left it, put together from its files and rows, on SQLite and on PostgreSQL."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql

from connectors.store.engine import open_database
from pipelines.settings import SETTINGS_FILE, Home, open_home

Row = dict[str, Any]


class OldHome:
    """What ``make_home`` wrote: the home, the rows of its store, and what the old build made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def expected(self, name: str) -> Any:
        """What the old build has shown."""
        return json.loads(gzip.decompress((self.folder / "expected" / f"{name}.json.gz").read_bytes()))

    def files(self, name: str) -> dict[str, bytes]:
        """What the old build has delivered, by the path below this folder."""
        folder = self.folder / "expected" / name
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table of the old store."""
        plain, packed = (self.folder / "store" / f"{table}{ending}" for ending in (".jsonl", ".jsonl.gz"))
        text = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
        return [json.loads(line) for line in text.splitlines()]

    def on_sqlite(self, target: Path) -> Home:
        """The home in this folder, its store as the old build wrote it: the old schema, not ours."""
        self._copy(target)
        with sqlite3.connect(target / "store.sqlite") as connection:
            connection.executescript((self.folder / "store" / "schema.sql").read_text("utf-8"))
            for table, rows in self._tables():
                for row in rows:
                    names, marks = ", ".join(row), ", ".join("?" * len(row))
                    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
        connection.close()
        return open_home(target)

    def on_postgresql(self, target: Path, url: str) -> Home:
        """The home in this folder, its rows in a database at the old revision."""
        self._copy(target)
        settings = target / SETTINGS_FILE
        text = settings.read_text("utf-8")
        assert "database: sqlite:///store.sqlite" in text
        settings.write_text(text.replace("database: sqlite:///store.sqlite", f'database: "{url}"'), "utf-8")
        (version,) = self.rows("alembic_version")
        _migrate(url, version["version_num"])
        with psycopg.connect(url) as connection:
            for table, rows in self._tables():
                if table != "alembic_version" and rows:
                    _insert(connection, table, rows)
        return open_home(target)

    def _copy(self, target: Path) -> None:
        shutil.copytree(self.folder / "home", target)
        (target / "workbook.key").chmod(0o600)  # a repository does not keep who may read it

    def _tables(self) -> Iterator[tuple[str, list[Row]]]:
        """Every table, those first that others refer to."""
        names = {path.name.partition(".")[0] for path in (self.folder / "store").glob("*.jsonl*")}
        first = ("receipt", "purchase_order")
        for name in (*first, *sorted(names.difference(first))):
            yield name, self.rows(name)


def _migrate(url: str, revision: str) -> None:
    """Make the tables as the old build had them, by its migrations, which no later build may change."""
    engine = open_database(url)
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("connectors.store"))) / "migrations"))
    config.attributes["engine"] = engine
    command.upgrade(config, revision)
    engine.dispose()


def _insert(connection: psycopg.Connection[Any], table: str, rows: list[Row]) -> None:
    """Rows of SQLite are texts and numbers; PostgreSQL reads each as what its column is."""
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", (table,)
    )
    types: dict[str, str] = dict(found.fetchall())
    for row in rows:
        values = sql.SQL(", ").join(
            sql.SQL("CAST(%s AS {})").format(sql.SQL(types[name]))
            for name in row  # type: ignore[arg-type]
        )
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)), values
        )
        connection.execute(statement, [_text(value, types[name]) for name, value in row.items()])
    if "id" in types and types["id"] == "integer":
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )


def _text(value: Any, kind: str) -> str | None:
    if value is None:
        return None
    return f"{value}+00:00" if kind == "timestamp with time zone" else str(value)
