"""The benchmark of EDIFACT runs, and its sides see the same. How fast they are is not a matter for tests."""

from pathlib import Path

import pytest

from benchmarks.measuring import measure, run

pytestmark = pytest.mark.slow


def test_all_sides_see_the_same_lines(tmp_path: Path) -> None:
    file = tmp_path / "orders.edi"
    orders = int(run("benchmarks.eancom", file, "0.1"))
    found = {side: measure("benchmarks.edifact_sides", side, file, file) for side in ("cutting", "reading", "pydifact")}
    assert found["reading"].orders == orders > 10
    assert {one.lines for one in found.values()} == {file.read_bytes().count(b"\nLIN+")}
