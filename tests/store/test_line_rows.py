"""The short way of lines into SQLite writes what the column types would write."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import create_engine, select

import sample_files
from connectors.ports import Channel
from connectors.reference_files import load_tables
from connectors.store.records import Batch, Receipt
from connectors.store.store import Store
from connectors.store.tables import order_line
from mappings.partner_folder import load_partners
from orders.reference import Reference
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.incoming import incoming
from pipelines.stamp_key import FixedKey

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def test_lines_lie_in_sqlite_as_their_types_read_them(tmp_path: Path) -> None:
    reference = Reference(load_tables([sample_files.FOLDER / "reference"]))
    file = incoming(sample_files.FOLDER / "nordmarkt" / "clean.edi")
    (order,) = check_file(
        file,
        Books(load_partners(ROOT / "mappings" / "partners").usable, reference, FixedKey(b"key")),
        sample_files.AS_OF,
    ).orders
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = Store(url)
    store.upgrade()
    receipt = Receipt(
        id="1" * 32, name="a.edi", sha256="a" * 64, size=1, channel=Channel.FOLDER, inbox="in", received_at=NOW,
        as_of=date(2026, 11, 16),
    )  # fmt: skip
    store.receipts.add(receipt)
    store.orders.commit(receipt.id, Batch(first=1, orders=(order,), customer="nordmarkt"), NOW)
    store.close()
    with create_engine(url).connect() as connection:
        rows = connection.execute(select(order_line).order_by(order_line.c.position)).mappings().all()
        raw = connection.exec_driver_sql("SELECT quantity, unit_price, requested_date FROM order_line").first()
    assert [(row["quantity"], row["amount"], row["requested_date"]) for row in rows] == [
        (line.quantity, line.amount, line.requested_date) for line in order.lines
    ]
    assert [(row["number"], row["item"], row["contract_price"], row["decision"]) for row in rows] == [
        (line.sent.number, line.item, line.price.price if line.price else None, line.decision.value)
        for line in order.lines
    ]
    assert raw is not None
    assert tuple(raw) == ("60", "3.06", "2026-11-24")
