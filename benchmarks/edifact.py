"""Read EDIFACT, beside pydifact's tokeniser: ``make bench``, or ``python -m benchmarks.edifact``.

One interchange as a retail chain sends it is generated for each size, and each side reads the same file in a process of
its own, in turns; it reads a small one of the same kind before the clock starts. Speed is by time of the processor, and
the best of several turns counts, for other work on the machine can only slow them down. pydifact is measured up to ten
megabytes alone, and a hundred megabytes are read once.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

# This process stays small: it starts the others and imports nothing of what they measure.
from benchmarks.measuring import Measured, measure, run

_SIZES = (1.0, 10.0, 100.0)
_PYDIFACT_AT_MOST = 10.0
_FIRST = 0.05
_TURNS, _ONCE_FROM = 5, 50.0
_NAMES = {"cutting": "our tokenising", "reading": "our whole reading", "pydifact": "pydifact's tokenising"}


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, nargs="+", default=_SIZES, help="sizes of the file (1 10 100)")
    arguments = parser.parse_args(given)
    print(f"{'MB':>6}  {'':<23}{'MB/s':>8}{'times pydifact':>16}{'orders/s':>10}{'peak MB':>9}")
    with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as folder:
        first = Path(folder) / "first.edi"
        run("benchmarks.eancom", first, f"{_FIRST}")
        for megabytes in arguments.megabytes:
            _measure(first, Path(folder) / f"{megabytes:g}.edi", megabytes)


def _measure(first: Path, file: Path, megabytes: float) -> None:
    run("benchmarks.eancom", file, f"{megabytes}")
    sides = [side for side in _NAMES if side != "pydifact" or megabytes <= _PYDIFACT_AT_MOST]
    turns = [
        {side: measure("benchmarks.edifact_sides", side, first, file) for side in sides}
        for _ in range(_TURNS if megabytes < _ONCE_FROM else 1)
    ]
    found = {side: min((turn[side] for turn in turns), key=lambda one: one.processor) for side in sides}
    assert len({one.lines for one in found.values()}) == 1, "all sides have to see the same lines"
    size = file.stat().st_size / 1_000_000
    theirs = found.get("pydifact")
    for side, one in found.items():
        _print(size, _NAMES[side], one, theirs)
    file.unlink()


def _print(size: float, name: str, one: Measured, theirs: Measured | None) -> None:
    times = f"{theirs.processor / one.processor:.1f}" if theirs else "–"
    orders = f"{one.orders / one.processor:,.0f}" if one.orders else "–"
    print(f"{size:>6.0f}  {name:<23}{size / one.processor:>8.1f}{times:>16}{orders:>10}{one.peak / 1e6:>9.0f}")


if __name__ == "__main__":
    main()
