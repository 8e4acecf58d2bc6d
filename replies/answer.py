"""What a reply to a file of tables is made from: the file as read, and what became of its orders."""

from dataclasses import dataclass
from datetime import datetime

from orders.checked import CheckedOrder
from orders.decision import Decision, LineCounts
from orders.findings import Finding
from orders.location import CellLocation, Field, Location, Places
from orders.purchase_order import PurchaseOrder
from parsers.tables.table import Table


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one received file.

    ``findings`` are all of them, those of an order with 1-based ``order`` and ``line``; ``line_places`` say for each
    order, line by line, in which row it stands (see ``line_places``). ``encoding`` and ``delimiter`` are those of
    delimited text, and how its answer is written. ``header_row`` is the row with the sender's column names, where the
    mapping knows it. ``received`` is in the seller's time zone.
    """

    file_name: str
    receipt: str
    received: datetime
    customer: str
    decision: Decision
    orders: tuple[CheckedOrder, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    line_places: tuple[tuple[Location | None, ...], ...]
    encoding: str = "utf-8"
    delimiter: str = ";"
    header_row: int | None = None

    @property
    def counts(self) -> LineCounts:
        """The accounts of all lines of the file."""
        return sum((order.counts for order in self.orders), LineCounts())

    def lines_of(self, table: Table) -> dict[int, tuple[int, int]]:
        """1-based order and line of every row of the table that is an order line."""
        return {
            place.row: (order, line)
            for order, places in enumerate(self.line_places, start=1)
            for line, place in enumerate(places, start=1)
            if isinstance(place, CellLocation) and place.sheet == table.sheet
        }

    def answered_tables(self) -> tuple[Table, ...]:
        """The tables with order lines or findings in them, or the first one where there is none such."""
        named = {one.location.sheet for one in self.findings if isinstance(one.location, CellLocation)}
        named |= {place.sheet for places in self.line_places for place in places if isinstance(place, CellLocation)}
        return tuple(table for table in self.tables if table.sheet in named) or self.tables[:1]


def line_places(places: Places, order: PurchaseOrder) -> tuple[Location | None, ...]:
    """The row of every line of an order, as ``Answer`` wants it."""
    return tuple(places.of(Field.LINE, index) for index in range(len(order.lines)))
