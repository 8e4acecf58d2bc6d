"""Run each measurement in a process of its own, so that its peak of memory is its own."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """What one run did: seconds on the clock and of the processor, what lies in the database then, peak in bytes.

    On a machine with other work the seconds of the processor are the steadier measure.
    """

    seconds: float
    processor: float
    orders: int
    lines: int
    peak: int

    @property
    def lines_a_second(self) -> float:
        return self.lines / self.seconds

    @property
    def orders_a_second(self) -> float:
        return self.orders / self.seconds


def peak_memory() -> int:
    """The most memory that this process has held at once, in bytes (``ru_maxrss`` counts kilobytes except on macOS)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def report(measured: Measured) -> None:
    """Hand the result to the process that started this one."""
    print(json.dumps(measured))


def measure(module: str, *arguments: Path | str) -> Measured:
    """Run ``python -m module arguments`` and take its report.

    On Linux a new process inherits the peak of the one that started it, so whoever calls this has to stay small:
    it must not import what is measured.
    """
    return Measured(*json.loads(run(module, *arguments)))


def run(module: str, *arguments: Path | str) -> str:
    """Run a module and give its last line of output; its faults are shown and end this process too."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 our own modules
    if finished.returncode:
        raise SystemExit(f"{module} failed; see above.")
    return finished.stdout.strip().rsplit("\n", 1)[-1]
