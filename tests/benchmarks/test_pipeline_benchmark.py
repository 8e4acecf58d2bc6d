"""The benchmark runs, and both of its sides store everything. How fast they are is not a matter for tests."""

from pathlib import Path

import pytest

from benchmarks.measuring import measure, run

pytestmark = pytest.mark.slow

ORDERS, LINES = 20, 5


def test_both_stacks_store_the_same(tmp_path: Path) -> None:
    file = tmp_path / "orders.edi"
    run("benchmarks.interchange", file, f"--orders={ORDERS}", f"--lines={LINES}")
    ours = measure("benchmarks.ours", file, file, tmp_path / "ours")
    plain = measure("benchmarks.plain_stack", file, file, tmp_path / "plain")
    assert (ours.orders, ours.lines) == (plain.orders, plain.lines) == (ORDERS, ORDERS * LINES)
