"""The plain stack, as one would quickly write it: pydifact, pydantic, SQLAlchemy ORM, one commit an order.

No checks of any kind, no receipt, no places. ``python -m benchmarks.plain_stack FILE FIRST FOLDER``. The tables are
made before the clock starts, a small first file warms the process up, and SQLite runs with the same pragmas as ours.
"""

import sqlite3
import sys
import time
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydifact.segmentcollection import Interchange
from sqlalchemy import ForeignKey, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from benchmarks.measuring import Measured, peak_memory, report


class Line(BaseModel):
    """A line of an order."""

    number: str
    gtin: str | None = None
    item: str | None = None
    buyer_item: str | None = None
    description: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    amount: Decimal | None = None


class Order(BaseModel):
    """An order."""

    po_number: str
    order_date: date | None = None
    requested_date: date | None = None
    buyer: str | None = None
    supplier: str | None = None
    ship_to: str | None = None
    currency: str | None = None
    lines: list[Line] = []


class Base(DeclarativeBase):
    """The tables; decimals as text, which SQLite keeps exactly."""


class OrderRow(Base):
    """An order in the database."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    po_number: Mapped[str] = mapped_column(String, unique=True)
    order_date: Mapped[date | None]
    requested_date: Mapped[date | None]
    buyer: Mapped[str | None]
    supplier: Mapped[str | None]
    ship_to: Mapped[str | None]
    currency: Mapped[str | None]
    lines: Mapped[list["LineRow"]] = relationship(back_populates="order")


class LineRow(Base):
    """A line in the database."""

    __tablename__ = "order_lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    number: Mapped[str]
    gtin: Mapped[str | None]
    item: Mapped[str | None]
    buyer_item: Mapped[str | None]
    description: Mapped[str | None]
    quantity: Mapped[str | None]
    unit: Mapped[str | None]
    price: Mapped[str | None]
    amount: Mapped[str | None]
    order: Mapped[OrderRow] = relationship(back_populates="lines")


def read_orders(file: Path) -> Iterator[Order]:
    """Every order of the interchange."""
    for message in Interchange.from_file(str(file), encoding="iso8859-1").get_messages():
        values: dict[str, Any] = {}
        lines: list[dict[str, Any]] = []
        for segment in message.segments:
            if segment.tag == "LIN":
                lines.append({"number": segment.elements[0], "gtin": segment.elements[2][0]})
            elif lines:
                _take_line(segment.tag, segment.elements, lines[-1])
            else:
                _take_header(segment.tag, segment.elements, values)
        yield Order(**values, lines=[Line(**line) for line in lines])


def _take_header(tag: str, elements: Any, values: dict[str, Any]) -> None:
    match tag:
        case "BGM":
            values["po_number"] = elements[1]
        case "DTM":
            name = {"137": "order_date", "2": "requested_date"}[elements[0][0]]
            values[name] = datetime.strptime(elements[0][1], "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
        case "NAD":
            name = {"BY": "buyer", "DP": "ship_to", "SU": "supplier"}[elements[0]]
            values[name] = elements[1][0]
        case "CUX":
            values["currency"] = elements[0][1]


def _take_line(tag: str, elements: Any, line: dict[str, Any]) -> None:
    match tag:
        case "PIA":
            for number, qualifier in elements[1:]:
                line["buyer_item" if qualifier == "IN" else "item"] = number
        case "IMD":
            line["description"] = elements[2][3]
        case "QTY":
            line["quantity"], line["unit"] = elements[0][1], elements[0][2]
        case "MOA" if elements[0][0] == "203":
            line["amount"] = elements[0][1]
        case "PRI":
            line["price"] = elements[0][1]


def _row(order: Order) -> OrderRow:
    lines = [
        LineRow(
            **line.model_dump(exclude={"quantity", "price", "amount"}),
            quantity=str(line.quantity),
            price=str(line.price),
            amount=str(line.amount),
        )
        for line in order.lines
    ]
    return OrderRow(**order.model_dump(exclude={"lines"}), lines=lines)


def _connected(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def run(file: Path, folder: Path) -> Measured:
    """Take the file in, and count what is stored."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "plain.sqlite"
    engine = create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", _connected)
    Base.metadata.create_all(engine)
    warnings.simplefilter("ignore")  # pydifact has no description of most segments, and says so
    begun, worked = time.perf_counter(), time.process_time()
    for order in read_orders(file):
        with Session(engine) as session:
            session.add(_row(order))
            session.commit()
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    engine.dispose()
    with sqlite3.connect(database) as store:
        orders = store.execute("SELECT count(*) FROM orders").fetchone()[0]
        lines = store.execute("SELECT count(*) FROM order_lines").fetchone()[0]
    return Measured(seconds, processor, orders, lines, peak_memory())


if __name__ == "__main__":
    file, first, folder = map(Path, sys.argv[1:])
    run(first, folder / "first")
    report(run(file, folder / "measured"))
