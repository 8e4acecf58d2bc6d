"""Small files in a store that has many orders, beside an empty one: ``python -m benchmarks.stored_orders``.

The large store is filled by SQL, as it looks after a long time. Files go to the two in alternating turns, from the file
to the committed decision; the time is that of the clock, for most of the work may be the database's.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, text

from benchmarks.reference import databases, write_orders
from cli.sample_home import make_home
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive_path
from pipelines.settings import Home, open_home
from pipelines.wiring import open_dock
from tests.store.filling import fill

_CUSTOMER = "nordmarkt"
_AT_MOST = 1.2
_FIRST = 3
"""Files before those that are measured."""


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orders", type=int, default=1_000_000, help="orders in the large store (1,000,000)")
    parser.add_argument("--files", type=int, default=40, help="small files for each of the stores")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    arguments = parser.parse_args(given)
    for kind in arguments.databases:
        with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as name:
            folder = Path(name)
            files = write_orders(folder / "orders", arguments.files + _FIRST)
            with databases(kind, folder) as database:
                small, large = _home(folder / "small", database, 0), _home(folder / "large", database, arguments.orders)
                turns = [(_seconds(small, file), _seconds(large, file)) for file in files][_FIRST:]
        few, many = (median(side) * 1e3 for side in zip(*turns, strict=True))
        print(f"{kind}: a small file takes {few:.1f} ms in an empty store", end="")
        print(f", {many:.1f} ms beside {arguments.orders:,} stored orders: {many / few:.2f} (at most {_AT_MOST})")


def _home(folder: Path, database: Callable[[], str], orders: int) -> Path:
    home = make_home(folder, database())
    if orders:
        engine = create_engine(home.database_url)
        fill(engine, orders, _CUSTOMER)
        _learn(engine)
        engine.dispose()
    return folder


def _learn(engine: Engine) -> None:
    """What a server's own housekeeping does in time, and would do here only after the measurement."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _seconds(folder: Path, file: Path) -> float:
    home: Home = open_home(folder)
    begun = time.perf_counter()
    dock = open_dock(home)
    receipt = receive_path(file, None, dock.archive, dock.store.receipts, dock.clock)
    outcome = decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)
    dock.close()
    assert outcome.decision is not None and outcome.decision.value == "accepted", outcome
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
