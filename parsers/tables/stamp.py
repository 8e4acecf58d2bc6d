"""The stamp of a workbook that we send: a very hidden sheet that says to whom, when and with what it was issued.

It is signed with HMAC-SHA-256 (RFC 2104) over every row of the stamp. The key stays with the seller; whoever lacks it
can read the stamp but neither make nor alter one. Every cell of the sheet is a text, so that a spreadsheet program
that saves the workbook leaves it as it is.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from pydantic import ValidationError

from orders.model import Model
from parsers.tables.table import Row, Table, TableFile

STAMP_SHEET = "ordermill"
FIELD_MARK = "ordermill:"
"""Begins the texts in the hidden cells that name a column or a row of the head, as in ``ordermill:quantity``."""
NAME_MARK = "ordermill_"
"""Begins the defined names of the same cells."""
ROW_MARK, CELL_MARK = f"{FIELD_MARK}row:", f"{FIELD_MARK}cell:"
"""The marks of an answer: of the column of row numbers, with the 1-based place of the table in the file, and of the
sender's columns, with their numbers there."""
_PURPOSE = b"ordermill workbook stamp 1\n"
_SIGNATURE = "signature"
_ROW = "row"
_COLUMNS = 5


class StampKind(StrEnum):
    """What the workbook is."""

    REORDER = "reorder"
    ANSWER = "answer"


class IssuedRow(Model):
    """One row of a reorder workbook as it was issued: its key, our item number, and the price for a number of units.

    ``price`` and ``basis`` are texts as in ``Decimal``.
    """

    key: str
    item: str
    price: str = ""
    basis: str = ""


class Stamp(Model):
    """What a workbook says of itself.

    ``catalogue`` and ``prices`` are versions of the customer's own assortment and prices, ``receipt`` is that of the
    file which an answer is about.
    """

    kind: StampKind
    customer: str
    language: str
    issued: date
    expires: date
    nonce: str
    catalogue: str = ""
    prices: str = ""
    receipt: str = ""
    rows: tuple[IssuedRow, ...] = ()


class FalseStamp(Model):
    """A stamp that was altered, or was made without our key."""


def stamp_rows(stamp: Stamp, key: bytes) -> list[list[str]]:
    """The rows of the stamp's sheet, the signature last."""
    head = stamp.model_dump(mode="json", exclude={"rows"})
    rows = [[name, str(value)] for name, value in head.items()]
    rows += [[_ROW, one.key, one.item, one.price, one.basis] for one in stamp.rows]
    return [*rows, [_SIGNATURE, _signature(rows, key)]]


def read_stamp(file: TableFile, known_key: Callable[[], bytes | None]) -> Stamp | FalseStamp | None:
    """The stamp of a workbook; None where it has none. The key is asked for where it has; without one, none is ours."""
    sheet = _stamp_sheet(file)
    if sheet is None:
        return None
    rows = [[_text(row, column) for column in range(1, _COLUMNS + 1)] for row in sheet.rows]
    rows = [row if row[0] == _ROW else row[:2] for row in rows]
    key = known_key()
    if key is None or not rows or rows[-1][0] != _SIGNATURE:
        return FalseStamp()
    signed = rows[:-1]
    if not hmac.compare_digest(_signature(signed, key).encode(), rows[-1][1].encode("utf-8", "replace")):
        return FalseStamp()
    head = {row[0]: row[1] for row in signed if row[0] != _ROW}
    issued = [{"key": row[1], "item": row[2], "price": row[3], "basis": row[4]} for row in signed if row[0] == _ROW]
    try:
        return Stamp.model_validate({**head, "rows": issued})
    except ValidationError:
        return FalseStamp()  # signed by us in another form than this version knows


def without_stamp(file: TableFile) -> TableFile:
    """The same file without the stamp's sheet."""
    sheet = _stamp_sheet(file)
    kept = [table for table in file.tables if table is not sheet]
    return TableFile(kept, list(file.findings), file.encoding, file.delimiter, file.names)


def _stamp_sheet(file: TableFile) -> Table | None:
    return next((table for table in file.tables if table.sheet == STAMP_SHEET and table.hidden), None)


def _text(row: Row, column: int) -> str:
    return row.cells[column].text if column in row.cells else ""


def _signature(rows: list[list[str]], key: bytes) -> str:
    content = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, _PURPOSE + content, hashlib.sha256).hexdigest()
