"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from cli.sample_home import make_home
from connectors.store.store import Store
from pipelines.settings import Home
from tests.servers.postgres import Postgres

# No test depends on how fast the machine is: a busy one takes its time. Where changes are judged (CI), properties take
# the same examples each time, so that a change answers for itself alone; everywhere else they look for new ones.
settings.register_profile("ordermill", deadline=None, derandomize="CI" in os.environ)
# The run between two edits (`make quick`) takes few; a property that names its number of examples keeps it.
settings.register_profile("quick", settings.get_profile("ordermill"), max_examples=10)
settings.load_profile("ordermill")

EACH_DATABASE = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""The kinds of database that the store runs on, as parameters of a fixture or a test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-expected", action="store_true", help="write the expected results of the sample files anew"
    )


@pytest.fixture
def write_expected(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-expected"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(params=EACH_DATABASE)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind that the store runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with its tables, and nothing in them."""
    opened = Store(database_url)
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The sample seller's home, its inboxes empty."""
    return make_home(tmp_path / "home")


@pytest.fixture
def home_on_each(database_url: str, tmp_path: Path) -> Home:
    """The sample seller's home, on each kind of database."""
    return make_home(tmp_path / "home", database_url)
