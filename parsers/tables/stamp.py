"""The stamp of a file that we send: it says to whom, when and with what the file was issued.

In a workbook it is a very hidden sheet. Delimited text hides nothing: there it is one cell, ``ordermill:stamp:`` and
the same rows in the form of a query (application/x-www-form-urlencoded).

It is signed with HMAC-SHA-256 (RFC 2104) over every row of the stamp. The key stays with the seller; whoever lacks it
can read the stamp but neither make nor alter one. Every cell of the sheet is a text, so that a spreadsheet program
that saves the workbook leaves it as it is.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

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
STAMP_MARK = f"{FIELD_MARK}stamp:"
"""Begins the one cell of a stamp in delimited text, which stands in the row of the other marks."""
_ENDS = 20
"""So many of the first and last rows of a sheet are looked at for a stamp in a cell."""
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


def stamp_cell(stamp: Stamp, key: bytes) -> str:
    """The stamp as the text of one cell; such a stamp has no rows."""
    return STAMP_MARK + urlencode([(row[0], row[1]) for row in stamp_rows(stamp, key)])


def may_be_stamped(content: bytes) -> bool:
    """Whether delimited text holds what begins a stamp, in whatever encoding."""
    return any(STAMP_MARK.encode(codec) in content for codec in ("ascii", "utf-16-le", "utf-16-be"))


def read_stamp(file: TableFile, known_key: Callable[[], bytes | None]) -> Stamp | FalseStamp | None:
    """The stamp of a file; None where it has none. The key is asked for where it has; without one, none is ours."""
    sheet = _stamp_sheet(file)
    if sheet is not None:
        rows = [[_text(row, column) for column in range(1, _COLUMNS + 1)] for row in sheet.rows]
        return _signed_stamp([row if row[0] == _ROW else row[:2] for row in rows], known_key)
    texts = (cell.text for row in _searched(file) for cell in row.cells.values())
    written = next((text for text in texts if text.startswith(STAMP_MARK)), None)
    if written is None:
        return None
    query = parse_qsl(written.removeprefix(STAMP_MARK).strip(), keep_blank_values=True)
    return _signed_stamp([list(pair) for pair in query], known_key)


def has_marks_of_ours(file: TableFile) -> bool:
    """Whether a row begins with one of our marks, as in a form or an answer of ours whatever became of its stamp."""
    rows = (row for table in file.tables for row in table.rows if row.cells)
    return any(row.cells[min(row.cells)].text.startswith(FIELD_MARK) for row in rows)


def _searched(file: TableFile) -> Iterable[Row]:
    """The rows that may hold a stamp in a cell: all of a text, which is asked for one only where there may be one."""
    for table in file.tables:
        short = table.sheet is None or len(table.rows) <= 2 * _ENDS
        yield from table.rows if short else (*table.rows[:_ENDS], *table.rows[-_ENDS:])


def _signed_stamp(rows: list[list[str]], known_key: Callable[[], bytes | None]) -> Stamp | FalseStamp:
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
