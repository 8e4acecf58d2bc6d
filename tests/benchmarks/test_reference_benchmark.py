"""The benchmark of large reference data loads its tables, and its orders are clean beside them."""

from pathlib import Path

import pytest

from benchmarks.reference import ROOT, made, one_by_one, write_orders, write_tables

pytestmark = pytest.mark.slow


def test_generated_tables_are_loaded_and_small_orders_accepted(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables", items=10, prices=30)
    home, loaded = made(ROOT, tmp_path / "home", "sqlite:///store.sqlite", tables)
    assert loaded is not None
    assert "Prices: 30 new or changed, 0 changed or gone." in loaded.output
    assert one_by_one(ROOT, home, write_orders(tmp_path / "orders", 2)) > 0
