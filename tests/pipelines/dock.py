"""A sample home at work: files dropped, decided and delivered, without Prefect, and what can be seen from outside."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import delete

import sample_files
from connectors.store.engine import open_database
from connectors.store.records import ReceiptOutcome
from connectors.store.tables import reply
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive
from pipelines.settings import Home
from pipelines.wiring import Dock, open_dock


@contextmanager
def at_work(home: Home) -> Iterator[Dock]:
    dock = open_dock(home)
    try:
        yield dock
    finally:
        dock.close()


def drop(home: Home, customer: str, name: str, content: bytes) -> None:
    """Put a file into a customer's inbox, as the customer would."""
    (home.folder / "in" / customer / name).write_bytes(content)


def sample(customer: str, name: str) -> bytes:
    return (sample_files.FOLDER / customer / name).read_bytes()


def poll(home: Home, customer: str) -> list[ReceiptOutcome]:
    """One poll of an inbox: receive what lies there and decide it."""
    with at_work(home) as dock:
        received = receive(dock.inbox(customer), dock.archive, dock.store.receipts, dock.clock)
        return [decide(dock, one) for one in received]


def decide(dock: Dock, receipt: str) -> ReceiptOutcome:
    return decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)


def deliver(home: Home) -> None:
    with at_work(home) as dock:
        dock.deliveries().drain()


def erp_orders(home: Home) -> list[Any]:
    """What the ERP has got, by its documents."""
    folder = home.folder / "erp"
    return [json.loads(path.read_bytes()) for path in visible(folder)]


def replies(home: Home, customer: str, kind: str = "") -> list[Path]:
    """What the customer was sent, or what of it has this kind, such as ``ordrsp``."""
    return [path for path in visible(home.folder / "out" / customer) if f".{kind}" in path.name]


def visible(folder: Path) -> list[Path]:
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def not_made_yet(home: Home) -> None:
    """As it is where a process was killed after the decision, before the replies were made."""
    engine = open_database(home.database_url)
    with engine.begin() as connection:
        connection.execute(delete(reply))
    engine.dispose()
