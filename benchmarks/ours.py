"""ordermill from file to committed store, without Prefect: archive, receipt, reading, checks, decision, commit.

``python -m benchmarks.ours FILE FIRST FOLDER``. Made before the clock starts: the home with its tables and reference
data. A small first file warms the process up, as in a server that has been running for a while.
"""

import sqlite3
import sys
import time
from pathlib import Path

from benchmarks.interchange import CUSTOMER
from benchmarks.measuring import Measured, peak_memory, report
from cli.sample_home import make_home
from orders.decision import Decision
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive_path
from pipelines.settings import Home
from pipelines.wiring import open_dock

_AGREED = "answers: [contrl, aperak, ordrsp]"


def answer_errors_only(home: Home) -> None:
    """Agree on APERAK alone, which clean orders do not get: to make replies is no part of what is compared here."""
    partner = home.folder / "partners" / f"{CUSTOMER}.yaml"
    text = partner.read_text("utf-8")
    assert _AGREED in text
    partner.write_text(text.replace(_AGREED, "answers: [aperak]"), "utf-8")


def run(file: Path, folder: Path) -> Measured:
    """Take the file in, and count what is stored."""
    home = make_home(folder)
    answer_errors_only(home)
    dock = open_dock(home)
    books = dock.books()
    begun, worked = time.perf_counter(), time.process_time()
    receipt = receive_path(file, None, dock.archive, dock.store.receipts, dock.clock)
    outcome = decide_receipt(receipt, dock.store, dock.archive, books, dock.clock)
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    dock.close()
    assert outcome.decision is Decision.ACCEPTED, f"the generated orders are clean, yet they are {outcome.decision}"
    with sqlite3.connect(folder / "store.sqlite") as store:
        orders = store.execute("SELECT count(*) FROM purchase_order").fetchone()[0]
        lines = store.execute("SELECT count(*) FROM order_line").fetchone()[0]
    return Measured(seconds, processor, orders, lines, peak_memory())


if __name__ == "__main__":
    file, first, folder = map(Path, sys.argv[1:])
    run(first, folder / "first")
    report(run(file, folder / "measured"))
