"""Damage interchanges at random and read them, for as long as you like: ``python -m tests.fuzz_edifact --minutes 10``.

Each goes the whole path: bytes to segments, tree, element checks, purchase orders, the rules, and all the answers to
it, in which our own reader finds nothing and which pydifact reads alike. Nothing may raise, every byte has to be
accounted for, and reading may not take longer than a second. What breaks that is written to a file and told; make it a
case of ``tests/parsers/test_edifact_regressions.py``.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import sample_files
from cli.homes import known_at
from pipelines.books import Books
from tests.parsers.damage import assert_all_bytes_are_accounted_for, assert_read_to_orders, damaged, sources
from tests.replies.fuzzing import assert_answered

_LONGEST = 1.0
"""Seconds of the processor for a file of at most 64 KB."""


def main(given: Sequence[str] | None = None) -> int:
    """Run; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None, help="the same seed gives the same files")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="folder for files that break it")
    arguments = parser.parse_args(given)
    seed = arguments.seed if arguments.seed is not None else time.time_ns()
    chance, intact = Random(seed), sources()
    until = time.monotonic() + 60 * arguments.minutes
    tried = broken = 0
    with known_at(None, sample_files.AS_OF) as (books, _, _):
        while time.monotonic() < until and broken < 10:
            data = damaged(intact, chance)
            tried += 1
            fault = _fault(data, books)
            if fault is not None:
                broken += 1
                kept = arguments.keep / f"edifact-{seed}-{tried}.edi"
                kept.write_bytes(data)
                print(f"{fault}\n  kept as {kept}", file=sys.stderr)
    print(f"{tried:,} files with seed {seed}, {broken} of them broke something.")
    return 1 if broken else 0


def _fault(data: bytes, books: Books) -> str | None:
    """What is wrong with how these bytes are read and answered; None where nothing is."""
    begun, seconds = time.process_time(), 0.0
    try:
        assert_all_bytes_are_accounted_for(data)
        assert_read_to_orders(data)
        seconds = time.process_time() - begun
        assert_answered(data, books)
    except Exception as error:  # noqa: BLE001 whatever it is, it is what we look for
        return f"{type(error).__name__}: {error}"
    return f"It took {seconds:.1f} seconds." if seconds > _LONGEST else None


if __name__ == "__main__":
    sys.exit(main())
