"""What a reply to a file of tables is made from: the file as read, and what became of its orders."""

from dataclasses import dataclass, field
from datetime import date, datetime

from orders.checked import CheckedOrder
from orders.decision import Decision, LineCounts
from orders.findings import Finding
from orders.location import CellLocation
from parsers.tables.stamp import Stamp
from parsers.tables.table import Table
from replies.wording.language import Language


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one received file.

    ``findings`` are all of them, those of an order with 1-based ``order`` and ``line``. ``encoding`` and ``delimiter``
    are those of delimited text, and how its answer is written. ``received`` is in the seller's time zone.
    """

    file_name: str
    receipt: str
    received: datetime
    customer: str
    decision: Decision
    orders: tuple[CheckedOrder, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    language: Language
    encoding: str = "utf-8"
    delimiter: str = ";"
    stamp: Stamp | None = None
    """Goes into the answer, so that it can be corrected and sent back; ``key`` signs it."""
    key: bytes = field(default=b"", repr=False)
    in_part: bool = False
    """Whether the rest of the file was answered otherwise, and this is about a part of it."""
    delimited: bool = False
    """Whether the answer is delimited text, and no workbook."""

    @property
    def deadline(self) -> date | None:
        """Until when the answer can be corrected, where something of it can."""
        waits = self.decision in (Decision.HELD, Decision.REJECTED)
        return self.stamp.expires if self.stamp is not None and waits else None

    @property
    def counts(self) -> LineCounts:
        """The accounts of all lines of the file."""
        return sum((order.counts for order in self.orders), LineCounts())

    def lines_of(self, table: Table) -> dict[int, tuple[int, int]]:
        """1-based order and line of every row of the table that is an order line."""
        return {
            place.row: (position, number)
            for position, order in enumerate(self.orders, start=1)
            for number, line in enumerate(order.lines, start=1)
            if isinstance(place := line.location, CellLocation) and place.sheet == table.sheet
        }

    def answered_tables(self) -> tuple[Table, ...]:
        """The tables with order lines or findings in them, or the first one where there is none such."""
        lines = (line.location for order in self.orders for line in order.lines)
        places = (*(one.location for one in self.findings), *lines)
        named = {place.sheet for place in places if isinstance(place, CellLocation)}
        return tuple(table for table in self.tables if table.sheet in named) or self.tables[:1]
