"""The measured work of ``benchmarks.against``, on whatever code PYTHONPATH names: it uses only what both commits have.

``python against_sides.py SIDE FIRST FILE FOLDER`` prints the seconds of the processor in user mode, and how many orders
and lines there were. Like a server that has been running for a while, it reads a small first file before.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

Found = tuple[int, int]
"""Orders and lines."""

Side = Callable[[Path], Callable[[Path], Found]]
"""Makes ready in a folder of its own what is not measured; gives what reads a file."""


def pipeline(folder: Path) -> Callable[[Path], Found]:
    """From the file to durable orders: archive, receipt, reading, checks, decision, commit to SQLite."""
    from cli.sample_home import make_home
    from pipelines.deciding import decide_receipt
    from pipelines.receiving import receive_path
    from pipelines.wiring import open_dock

    dock = open_dock(make_home(folder))
    books = dock.books()

    def read(file: Path) -> Found:
        # A file of tables names its customer by its folder, as the inboxes do.
        customer = None if file.suffix == ".edi" else file.parent.name
        receipt = receive_path(file, customer, dock.archive, dock.store.receipts, dock.clock)
        outcome = decide_receipt(receipt, dock.store, dock.archive, books, dock.clock)
        return outcome.receipt.orders_done, outcome.counts.read

    return read


def tokens(folder: Path) -> Callable[[Path], Found]:
    """EDIFACT cut into elements and components."""
    from benchmarks.edifact_sides import cutting

    return cutting()


def edifact(folder: Path) -> Callable[[Path], Found]:
    """EDIFACT to purchase orders."""
    from benchmarks.edifact_sides import reading

    return reading()


def tables(folder: Path) -> Callable[[Path], Found]:
    """A workbook, or delimited text, to purchase orders."""
    import sample_files
    from cli.homes import books_for
    from pipelines.earlier_files import NoEarlierFiles
    from pipelines.incoming import incoming
    from pipelines.reading import Reading
    from pipelines.recognising import recognise_file
    from pipelines.sent_tables import Sources

    books, day = books_for(None, sample_files.AS_OF)
    sources = Sources(books, NoEarlierFiles(), day)

    def read(file: Path) -> Found:
        reading = Reading(recognise_file(incoming(file, customer=file.parent.name), books), sources)
        orders = [one.order for one in reading.orders()]
        return len(orders), sum(len(one.lines) for one in orders)

    return read


SIDES: dict[str, Side] = {"pipeline": pipeline, "tokens": tokens, "edifact": edifact, "tables": tables}


def user_time() -> float:
    """Seconds that this process has used of the processor in user mode."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


if __name__ == "__main__":
    side, first, file, folder = sys.argv[1], *map(Path, sys.argv[2:])
    read = SIDES[side](folder)
    read(first)
    begun = user_time()
    found = read(file)
    print(json.dumps([user_time() - begun, *found]))
