"""The benchmark of workbooks runs, and every way of reading finds the same rows. Speed is not a matter for tests."""

from pathlib import Path

import pytest

from benchmarks.measuring import measure, run

pytestmark = pytest.mark.slow

LINES, HEAD_ROWS = 30, 4


def test_every_way_reads_the_same_rows(tmp_path: Path) -> None:
    file = tmp_path / "order.xlsx"
    run("benchmarks.workbook", file, f"--lines={LINES}")
    found = {way: measure("benchmarks.reading_workbooks", way, file) for way in ("ours", "openpyxl", "pandas")}
    assert {one.lines for one in found.values()} == {LINES + HEAD_ROWS}
    assert measure("benchmarks.reading_workbooks", "decided", file).lines == LINES
