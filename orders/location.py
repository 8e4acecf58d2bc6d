"""Where in a received file a value stands, so that every finding can point at it."""

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

from orders.model import Model


class SegmentLocation(Model):
    """A place in an EDIFACT file.

    All counts are 1-based (UNH is segment 1 of its message; ``element`` counts data elements after the tag);
    ``message`` and ``interchange`` count in the file, ``group`` in its interchange. ``offset`` is the 0-based byte in
    the file.
    """

    interchange: int | None = None
    group: int | None = None
    message: int | None = None
    segment: int | None = None
    tag: str | None = None
    element: int | None = None
    component: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        words = [self.tag or "file"]
        if self.segment is not None:
            words.append(f"segment {self.segment}")
        if self.message is not None:
            words.append(f"message {self.message}")
        return ", ".join(words)


class CellLocation(Model):
    """A place in a table: row and column 1-based, ``cell`` in the A1 form, ``sheet`` empty for a text file."""

    sheet: str | None = None
    row: int
    column: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = f"cell {self.cell}" if self.cell else f"row {self.row}"
        return f"{place} of {self.sheet}" if self.sheet else place


Location = SegmentLocation | CellLocation


class Field(StrEnum):
    """A value of an order or of a line that a finding can be about."""

    PO_NUMBER = "po_number"
    TYPE = "type"
    FUNCTION = "function"
    ORDER_DATE = "order_date"
    REQUESTED_DATE = "requested_date"
    CURRENCY = "currency"
    BUYER = "buyer"
    SHIP_TO = "ship_to"
    PAYMENT_TERMS = "payment_terms"
    LINE_COUNT = "line_count"
    QUANTITY_TOTAL = "quantity_total"
    AMOUNT_TOTAL = "amount_total"
    LINE = "line"
    ITEM = "item"
    GTIN = "gtin"
    BUYER_ITEM = "buyer_item"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    PRICE_BASIS = "price_basis"
    AMOUNT = "amount"
    NOTE = "note"


class Places(Protocol):
    """What a reader knows about the places of one order's values; a place is worked out only when asked for."""

    def of(self, field: Field, line: int | None = None) -> Location | None:
        """Place of a header field, or of a field of the line at this 0-based index; None where it was not sent."""
        ...

    def room(self, field: Field, line: int) -> Location | None:
        """Place where a field of the line that was not sent would stand: an empty cell, the segment that carries it."""
        ...

    def bare(self, line: int) -> Collection[Field]:
        """Identifiers of the line that stood as numbers in a spreadsheet, so that leading zeros may be gone."""
        ...

    def row(self, line: int) -> CellLocation | None:
        """Place of the whole line where it is a row of a table, so that its answer can be written beside it."""
        ...
