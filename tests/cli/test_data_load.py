"""``ordermill data load``: what is in force afterwards, seen by how orders are decided."""

from pathlib import Path

import pytest

import sample_files
from pipelines.settings import Home
from tests.command import ordermill, ordermill_json

REFERENCE = sample_files.FOLDER / "reference"
CLEAN = sample_files.FOLDER / "nordmarkt" / "clean.edi"


def checked(home: Home) -> dict[str, object]:
    result: dict[str, object] = ordermill_json("check", str(CLEAN), "--home", str(home.folder), "--json")
    return result


def loaded(home: Home, path: Path) -> str:
    result = ordermill("data", "load", str(path), "--home", str(home.folder))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_table_that_is_not_in_the_load_stays_as_it_is(home: Home) -> None:
    before = checked(home)
    assert before["decision"] == "accepted"
    loaded(home, REFERENCE / "prices.csv")
    assert checked(home) == before


@pytest.mark.parametrize("table", ["items", "customers", "assortments", "ship_tos"])
def test_what_one_table_says_is_replaced_alone(home: Home, table: str) -> None:
    before = checked(home)
    loaded(home, REFERENCE / f"{table}.csv")
    assert checked(home) == before
