"""The same work on this code and on that of an earlier commit: ``python -m benchmarks.against``.

The files are generated here, and the two sides read the same ones, in alternating turns and each in a process of its
own. Time is that of the processor in user mode, the median of all turns. The work is that of ``against_sides.py``.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

# This process stays small: it starts the others and imports nothing of what they measure.
from benchmarks.earlier import BEFORE, ROOT, earlier_code, run

_SIDES = ROOT / "benchmarks" / "against_sides.py"
_SHARE = 5
"""All but the first case read a fifth of the orders."""


class Case(NamedTuple):
    """What is measured: a side, and the file that it reads."""

    name: str
    side: str
    customer: str
    file: str


CASES = (
    Case("file to durable orders", "pipeline", "nordmarkt", "{}.edi"),
    Case("EDIFACT, tokens", "tokens", "chain", "{}.edi"),
    Case("EDIFACT to orders", "edifact", "chain", "{}.edi"),
    Case("xlsx to orders", "tables", "klinikum", "{}.xlsx"),
    Case("CSV to orders", "tables", "atlantique", "{}.csv"),
    Case("faulty EDIFACT, durable", "pipeline", "nordmarkt", "{}-faulty.edi"),
    Case("faulty xlsx, durable", "pipeline", "klinikum", "{}.xlsx"),
    Case("faulty CSV to orders", "tables", "atlantique", "{}-faulty.csv"),
    Case("faulty CSV, durable", "pipeline", "atlantique", "{}-faulty.csv"),
)


class Took(NamedTuple):
    """Seconds of the processor in user mode, and what was seen."""

    seconds: float
    orders: int
    lines: int


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commit", default=BEFORE, help=f"the earlier commit ({BEFORE})")
    parser.add_argument("--before", type=Path, help="a worktree of that commit; else one is made and removed")
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--orders", type=int, default=5_000, help="orders of the first case; the others have a fifth")
    parser.add_argument("--lines", type=int, default=20, help="lines of each order")
    parser.add_argument("--cases", nargs="+", help="parts of the names of cases; all without")
    arguments = parser.parse_args(given)
    cases = [one for one in CASES if not arguments.cases or any(part in one.name for part in arguments.cases)]
    with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as name:
        folder = Path(name)
        with earlier_code(arguments.commit, folder, arguments.before) as before:
            written = (folder, str(arguments.orders), str(arguments.lines), str(_SHARE))
            run(ROOT, "-m", "benchmarks.against_files", *written)
            print(f"{'':<26}{'lines':>9}{arguments.commit:>10}{'now':>9}{'now / then':>12}{'of turns':>15}")
            for case in cases:
                _compare(case, before, folder, arguments.turns)


def _compare(case: Case, before: Path, folder: Path, turns: int) -> None:
    pairs = [_turn(case, before, folder, turn) for turn in range(turns)]
    then, now = (median(one.seconds for one in side) for side in zip(*pairs, strict=True))
    ratios = sorted(new.seconds / old.seconds for old, new in pairs)
    seen = {(one.orders, one.lines) for pair in pairs for one in pair}
    lines = f"{pairs[0][1].lines:,}"
    print(
        f"{case.name:<26}{lines:>9}{then:>9.2f}s{now:>8.2f}s{now / then:>12.2f}{ratios[0]:>9.2f}–{ratios[-1]:.2f}",
        "" if len(seen) == 1 else f"  the two have seen other orders or lines: {sorted(seen)}",
        flush=True,
    )


def _turn(case: Case, before: Path, folder: Path, turn: int) -> tuple[Took, Took]:
    """What the two took, the earlier one first and in the next turn second."""
    sides = (before, ROOT) if turn % 2 == 0 else (ROOT, before)
    took = {code: _took(case, code, folder) for code in sides}
    return took[before], took[ROOT]


def _took(case: Case, code: Path, folder: Path) -> Took:
    first, file = (folder / case.customer / case.file.format(which) for which in ("first", "file"))
    with tempfile.TemporaryDirectory(dir=folder) as home:
        return Took(*json.loads(run(code, _SIDES, case.side, first, file, home).output.strip().rsplit("\n", 1)[-1]))


if __name__ == "__main__":
    main()
