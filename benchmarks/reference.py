"""Large reference data: loading it, and deciding small files beside it: ``python -m benchmarks.reference``.

The sample seller's data is made large, and the same commands are run on it here and in a worktree of an earlier commit,
each in a process of its own. Time is that of the processor in user mode, memory the peak of the process.
"""

import argparse
import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import sample_files
from benchmarks.earlier import BEFORE, ROOT, Run, earlier_code, run

_CUSTOMER, _PRICE_LIST = "nordmarkt", "NORDMARKT-2026"
_TIMES_BETTER, _TIMES_SLOWER = 20, 1.2
_DECIDING, _LOADING = 300e6, 400e6
_FILES = 10

_HOME = """
import sys
from pathlib import Path
from cli.sample_home import make_home
make_home(Path(sys.argv[1]), sys.argv[2])
"""
_ONE_BY_ONE = """
import sys, time, resource
from pathlib import Path
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive_path
from pipelines.settings import open_home
from pipelines.wiring import open_dock

def user():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime

home, *files = map(Path, sys.argv[1:])
for number, file in enumerate(files):
    if number == 1:
        begun = user()  # the first one pays for the libraries
    dock = open_dock(open_home(home))
    receipt = receive_path(file, None, dock.archive, dock.store.receipts, dock.clock)
    outcome = decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)
    dock.close()
    assert outcome.decision.value == "accepted", outcome
print((user() - begun) / (len(files) - 1))
"""


def write_tables(folder: Path, items: int, prices: int) -> Path:
    """The sample seller's tables with this many items more, all of one customer's assortment, and their prices."""
    shutil.copytree(sample_files.FOLDER / "reference", folder)
    numbers = [f"B-{number:07}" for number in range(items)]
    with (folder / "items.csv").open("a", newline="") as stream:
        rows = ([one, "", f"Item {one}", "PCE", "CT", 12, 1, 1, "", "active", "", 2] for one in numbers)
        csv.writer(stream).writerows(rows)
    with (folder / "assortments.csv").open("a", newline="") as stream:
        csv.writer(stream).writerows([_CUSTOMER, one, f"9{number:07}"] for number, one in enumerate(numbers))
    with (folder / "prices.csv").open("a", newline="") as stream:
        writer = csv.writer(stream)
        for row in range(prices):
            tier, number = divmod(row, items)
            price = f"{10 + number % 90}.{99 - tier:02}"
            period = ("2026-01-01", "2026-12-31")
            writer.writerow([_PRICE_LIST, numbers[number], "PCE", 1, 1 + 10 * tier, price, "EUR", *period])
    return folder


def write_orders(folder: Path, count: int) -> list[Path]:
    """Small orders: the clean one of the sample customer, each time under another number."""
    order = (sample_files.FOLDER / _CUSTOMER / "clean.edi").read_text("latin-1")
    number = order.split("BGM+220+", 1)[1].split("+", 1)[0]
    folder.mkdir()
    files = [folder / f"{one}.edi" for one in range(count)]
    for one, file in enumerate(files):
        file.write_text(order.replace(number, f"BENCH-{one}"), "latin-1")
    return files


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Callable[[], str]]:
    """Makes new, empty databases of a kind."""
    if kind == "sqlite":
        yield lambda: "sqlite:///store.sqlite"
        return
    with import_module("tests.servers.postgres").Postgres() as server:
        yield server.database


def made(code: Path, folder: Path, database: str, tables: Path | None) -> tuple[Path, Run | None]:
    """A home with these tables, or with the sample seller's, and what loading them took."""
    run(code, "-c", _HOME, folder, database)
    loaded = run(code, "-m", "cli.main", "data", "load", tables, "--home", folder) if tables else None
    return folder, loaded


def one_by_one(code: Path, home: Path, files: Sequence[Path]) -> float:
    """Seconds a file, of files for each of which the home is opened anew in one process, as the flows do."""
    return float(run(code, "-c", _ONE_BY_ONE, home, *files).output)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--prices", type=int, default=100_000, help="price rows, to compare with the earlier commit")
    parser.add_argument("--most-prices", type=int, default=1_000_000, help="price rows, to compare with a small home")
    parser.add_argument("--before", type=Path, help=f"a worktree of {BEFORE}; else one is made")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    arguments = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as name:
        folder = Path(name)
        files = write_orders(folder / "orders", _FILES)
        large = write_tables(folder / "large", arguments.items, arguments.prices)
        largest = write_tables(folder / "largest", arguments.items, arguments.most_prices)
        with earlier_code(BEFORE, folder, arguments.before) as before:
            for kind in arguments.databases:
                with databases(kind, folder) as database:
                    print(f"\n{kind}: {arguments.items:,} items")
                    _compare(before, folder / kind, database, large, files, arguments.prices)
                    _scale(folder / kind, database, largest, files, arguments.most_prices)


def _compare(
    before: Path, folder: Path, database: Callable[[], str], tables: Path, files: Sequence[Path], prices: int
) -> None:
    old_home, old_load = made(before, folder / "before", database(), tables)
    new_home, new_load = made(ROOT, folder / "now", database(), tables)
    assert old_load is not None and new_load is not None
    old, new = one_by_one(before, old_home, files), one_by_one(ROOT, new_home, files)
    print(f"{prices:,} prices, {BEFORE} and now")
    print(f"  load                {old_load.seconds:8.1f} s {new_load.seconds:8.1f} s", end="")
    print(f"   {old_load.peak / 1e6:6.0f} MB {new_load.peak / 1e6:6.0f} MB")
    print(f"  a file, one by one  {old:8.3f} s {new:8.3f} s   {old / new:6.1f} times (at least {_TIMES_BETTER})")


def _scale(folder: Path, database: Callable[[], str], tables: Path, files: Sequence[Path], prices: int) -> None:
    small, _ = made(ROOT, folder / "small", database(), None)
    large, load = made(ROOT, folder / "largest", database(), tables)
    assert load is not None
    print(f"{prices:,} prices")
    print(f"  load                {load.seconds:8.1f} s   {load.peak / 1e6:6.0f} MB (at most {_LOADING / 1e6:.0f})")
    base, now = one_by_one(ROOT, small, files), one_by_one(ROOT, large, files)
    print(f"  a file, one by one  {base:8.3f} s {now:8.3f} s   {now / base:6.2f} of the sample seller's home")
    runs = [[run(ROOT, "-m", "cli.main", "check", one, "--home", home) for one in files[:5]] for home in (small, large)]
    alone, beside = (min(one.seconds for one in several) for several in runs)
    peak = max(one.peak for one in runs[1])
    print(
        f"  check, a process    {alone:8.3f} s {beside:8.3f} s   {beside / alone:6.2f} (at most {_TIMES_SLOWER})",
        end="",
    )
    print(f"   {peak / 1e6:6.0f} MB (at most {_DECIDING / 1e6:.0f})")


if __name__ == "__main__":
    main()
