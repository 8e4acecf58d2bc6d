"""Order workbooks of several sizes, read by us, openpyxl and pandas: ``make bench``.

Each reading takes place in a process of its own, one after the other on the same machine. The last column is the whole
way of ours from the file to the decided order in a process that is warm, the second reader included.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

# This process stays small: it starts the others and imports nothing of what they measure.
from benchmarks.measuring import Measured, measure, run

_WAYS = ("ours", "openpyxl", "pandas", "decided")
_SIZES = (200, 1_000, 20_000, 100_000)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=_SIZES, help="order lines of each workbook")
    sizes = parser.parse_args(given).rows
    with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as folder:
        for rows in sizes:
            file = Path(folder) / f"{rows}.xlsx"
            run("benchmarks.workbook", file, f"--lines={rows}")
            _print(
                rows, file.stat().st_size, {way: measure("benchmarks.reading_workbooks", way, file) for way in _WAYS}
            )


def _print(rows: int, size: int, found: dict[str, Measured]) -> None:
    print(f"{rows:,} order lines of 8 columns, {size / 1e6:.2f} MB\n")
    print(f"{'':<20}{'seconds':>9}{'processor':>11}{'rows/s':>11}{'peak MB':>10}{'rows':>10}")
    for way, one in found.items():
        name = "ours, to decision" if way == "decided" else way
        figures = f"{one.seconds:>9.3f}{one.processor:>11.3f}{one.lines_a_second:>11,.0f}{one.peak / 1e6:>10,.0f}"
        print(f"{name:<20}{figures}{one.lines:>10,}")
    ratios = ", ".join(f"{found[way].processor / found['ours'].processor:.1f} times {way}" for way in _WAYS[1:3])
    print(f"\nBy time of the processor we are as fast as {ratios}.\n")


if __name__ == "__main__":
    main()
