"""``ordermill ingest``."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from cli.homes import opened
from connectors.store.records import ReceiptOutcome
from pipelines.deciding import decide_receipt
from pipelines.receiving import COMMAND_LINE, receive_path
from pipelines.report import report
from pipelines.stored_result import exit_status, stored_result
from pipelines.wiring import Dock


def ingest_all(paths: list[Path], customer: str | None, as_of: date | None, home: Path | None, as_json: bool) -> int:
    """Take every file in and deliver what is due; gives the highest exit status.

    Files of earlier calls that waited for a partner file are decided first, and are among the results.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        sys.stderr.write("".join(f"{path}: there is no such file or folder.\n" for path in missing))
        return 2
    dock = opened(home, as_of)
    try:
        outcomes = [*_take_up_waiting(dock), *_ingest(_files(paths), customer, dock)]
        dock.deliveries().drain()
        if as_json:
            reports = [report(stored_result(outcome, dock.store)) for outcome in outcomes]
            sys.stdout.write(json.dumps(reports, ensure_ascii=False, indent=2) + "\n")
        return max((exit_status(outcome) for outcome in outcomes), default=0)
    finally:
        dock.close()


def _ingest(files: Iterable[Path], customer: str | None, dock: Dock) -> Iterator[ReceiptOutcome]:
    for path in files:
        receipt = receive_path(path, customer, dock.archive, dock.store.receipts, dock.clock)
        outcome = decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)
        yield outcome
        _say(str(path), outcome)


def _take_up_waiting(dock: Dock) -> Iterator[ReceiptOutcome]:
    """Files that were named before and had to wait: they are decided where the partner files have changed since."""
    for receipt in dock.store.receipts.undecided(COMMAND_LINE, dock.partner_files().version):
        one = dock.store.receipts.get(receipt)
        if one is not None and one.waits_for is not None:
            outcome = decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)
            yield outcome
            _say(f"{one.name}, received before", outcome)


def _say(what: str, outcome: ReceiptOutcome) -> None:
    waiting = f"waiting. {outcome.receipt.waits_for} It is decided by the next `ordermill ingest` then."
    sys.stderr.write(f"{what}: {outcome.decision.value if outcome.decision else waiting}\n")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path
