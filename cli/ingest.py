"""``ordermill ingest``."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from cli.failures import reported
from cli.homes import opened
from connectors.errors import Gone, Refused, Unreachable
from connectors.store.records import ReceiptOutcome, WorkStatus
from pipelines.deciding import decide_receipt
from pipelines.exit_status import ExitStatus, outcome_status
from pipelines.incoming import UnreadableFile
from pipelines.receiving import COMMAND_LINE, receive_path
from pipelines.report import report
from pipelines.stored_result import stored_result
from pipelines.wiring import Dock


def ingest_all(paths: list[Path], customer: str | None, as_of: date | None, home: Path | None, as_json: bool) -> int:
    """Take every file in and deliver all that is due; gives the highest exit status.

    Files of earlier calls that waited for a partner file are decided first, and are among the results.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        sys.stderr.write("".join(f"{path}: there is no such file or folder.\n" for path in missing))
        return ExitStatus.UNREADABLE
    dock = opened(home, as_of)
    try:
        statuses = {ExitStatus.DONE}
        receipts = [*_take_up_waiting(dock, statuses), *_ingest(_files(paths), customer, dock, statuses)]
        dock.deliveries().drain()
        # Looked at again at the end: a change that came before its order is taken up by a later file.
        found = (outcome for one in receipts if (outcome := dock.store.receipts.outcome(one)) is not None)
        outcomes = _printed(found, dock) if as_json else found
        statuses.update(outcome_status(one) for one in outcomes)
        owed = dock.store.outgoing.owed()
        if owed:
            sys.stderr.write(_told(owed))
            statuses.add(ExitStatus.ATTENTION)
        return max(statuses)
    finally:
        dock.close()


def _ingest(files: Iterable[Path], customer: str | None, dock: Dock, statuses: set[ExitStatus]) -> Iterator[str]:
    """Take in file by file, and give the ids of their receipts; one that we may not read stops no other."""
    for path in files:
        try:
            receipt = receive_path(path, customer, dock.archive, dock.store.receipts, dock.clock)
        except UnreadableFile as error:
            sys.stderr.write(f"{error}\n")
            statuses.add(ExitStatus.UNREADABLE)
            continue
        if _decided(receipt, str(path), dock, statuses):
            yield receipt


def _take_up_waiting(dock: Dock, statuses: set[ExitStatus]) -> Iterator[str]:
    """Files that were named before and had to wait: they are decided where the partner files have changed since."""
    for receipt in dock.store.receipts.undecided(COMMAND_LINE, dock.partner_files().version):
        one = dock.store.receipts.get(receipt)
        if one is None or one.waits_for is None:
            continue
        if _decided(receipt, f"{one.name}, received before", dock, statuses):
            yield receipt


def _decided(receipt: str, what: str, dock: Dock, statuses: set[ExitStatus]) -> bool:
    """Decide a file and say what became of it; a fault of ours in it is told, and stops no other.

    Errors: those of the home, of the store and of the partner files, which are in the way of every file.
    """
    books = dock.books()
    try:
        outcome = decide_receipt(receipt, dock.store, dock.archive, books, dock.clock)
    except Gone:
        sys.stderr.write(f"{what}: another process decides it at this moment.\n")
        return True
    except (Unreachable, Refused):
        raise
    except Exception as error:  # noqa: BLE001 whatever it is, it is of this file, and is reported
        sys.stderr.write(f"{what}: not decided. {reported(error)} Take the file in again when it is mended.\n")
        statuses.add(ExitStatus.FAULT)
        return False
    _say(what, outcome)
    return True


def _say(what: str, outcome: ReceiptOutcome) -> None:
    waiting = f"waiting. {outcome.receipt.waits_for} It is decided by the next `ordermill ingest` then."
    sys.stderr.write(f"{what}: {outcome.decision.value if outcome.decision else waiting}\n")


def _printed(outcomes: Iterable[ReceiptOutcome], dock: Dock) -> Iterator[ReceiptOutcome]:
    """Print the results as one JSON list, one after the other, so that they are never all in memory."""
    before = "[\n"
    for outcome in outcomes:
        result = json.dumps(report(stored_result(outcome, dock.store)), ensure_ascii=False, indent=2)
        indented = result.replace("\n", "\n  ")
        sys.stdout.write(f"{before}  {indented}")
        before = ",\n"
        yield outcome
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _told(owed: dict[WorkStatus, int]) -> str:
    numbers = ", ".join(f"{owed[status]} {status.value}" for status in WorkStatus if status in owed)
    return f"Work is still owed to the ERP or to partners: {numbers}. What is pending is tried again by the next run.\n"


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path
