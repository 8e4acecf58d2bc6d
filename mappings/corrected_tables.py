"""A corrected answer laid over the file that it answers: what the buyer changed counts, all else stays as it was sent.

The sender's own columns of an answer carry their original column numbers in a hidden row, and every row its original
number, so that the answer may be sorted and filtered. A cell that stands as we wrote it is the original cell, with its
kind and format; any other is the buyer's correction.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from orders.findings import Finding, finding
from parsers.tables.stamp import CELL_MARK, ROW_MARK
from parsers.tables.table import Cell, Row, Table, TableFile

_MARK = re.compile(rf"(?:({ROW_MARK})|{CELL_MARK})([0-9]{{1,7}})")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.0)?")

Place = tuple[str | None, int]
"""A row of a file: its sheet and its number."""
AsWritten = Callable[[Cell, Table], str]


@dataclass(slots=True)
class CorrectedTables:
    """The original with the corrections laid over it; ``remarks`` are about rows, by sheet and number."""

    file: TableFile
    remarks: dict[Place, Finding] = field(default_factory=dict)


@dataclass(slots=True)
class _Answered:
    """One sheet of the answer: the table it shows, the row with the marks, and where the columns are."""

    sheet: Table
    table: int
    marks: int
    numbers: int
    columns: dict[int, int]


def corrected_tables(
    original: TableFile,
    sent_back: TableFile,
    as_written: AsWritten,
    right: Collection[Place],
    wrong: Collection[Place],
) -> CorrectedTables:
    """Lay the corrections over the original. ``as_written`` gives the text that we wrote for a cell of the original.

    ``right`` and ``wrong`` are the rows of the order lines that were and were not accepted. A row that is no longer
    there is taken out where it was wrong, and stays where it was right.
    """
    answered = {one.table: one for sheet in sent_back.tables if (one := _answered(sheet)) is not None}
    corrected = CorrectedTables(TableFile([], list(sent_back.findings), original.encoding, original.delimiter))
    corrected.file.names = original.names
    for place, table in enumerate(original.tables, start=1):
        found = answered.get(place)
        laid = table if found is None else _laid_over(table, found, as_written, right, wrong, corrected)
        corrected.file.tables.append(laid)
    return corrected


def _answered(sheet: Table) -> _Answered | None:
    for row in sheet.rows:
        marks = {column: match for column, cell in row.cells.items() if (match := _MARK.fullmatch(cell.text))}
        numbers = [(column, int(match[2])) for column, match in marks.items() if match[1]]
        if len(numbers) == 1:
            columns = {column: int(match[2]) for column, match in marks.items() if not match[1]}
            return _Answered(sheet, numbers[0][1], row.number, numbers[0][0], columns)
    return None


def _laid_over(
    table: Table,
    answered: _Answered,
    as_written: AsWritten,
    right: Collection[Place],
    wrong: Collection[Place],
    corrected: CorrectedTables,
) -> Table:
    by_number = {row.number: row for row in table.rows}
    following = max(by_number, default=0) + 1
    seen: set[int] = set()
    rows: dict[int, Row] = {}
    # The first row below the marks is the heading of the answer.
    below = [row for row in answered.sheet.rows if row.number > answered.marks and row.cells][1:]
    for row in below:
        cells = {answered.columns[column]: cell for column, cell in row.cells.items() if column in answered.columns}
        number = _number(row.cells.get(answered.numbers))
        if number in by_number and number not in seen:
            seen.add(number)
            rows[number] = _row(by_number[number], cells, set(answered.columns.values()), table, as_written)
        elif any(cell.text.strip() for cell in cells.values()):
            new = {column: cell._replace(row=following, column=column) for column, cell in cells.items()}
            rows[following] = Row(following, new, row.hidden, None)
            following += 1
    for number, row in by_number.items():
        place = (table.sheet, number)
        if number in seen or place in wrong:
            continue
        rows[number] = row
        if place in right:
            words = "The row is missing from the correction; it stays as it was accepted."
            corrected.remarks[place] = finding("CHG010", words, location=table.location(number))
    return Table(table.sheet, [rows[number] for number in sorted(rows)], table.hidden, table.epoch_1904, table.merged)


def _number(cell: Cell | None) -> int:
    text = cell.text.strip() if cell else ""
    return int(text.removesuffix(".0")) if _NUMBER.fullmatch(text) else 0


def _row(original: Row, cells: dict[int, Cell], shown: Collection[int], table: Table, as_written: AsWritten) -> Row:
    kept = {column: cell for column, cell in original.cells.items() if column not in shown}
    for column in shown:
        before, now = original.cells.get(column), cells.get(column)
        stood = _same(as_written(before, table)) if before is not None else ""
        if before is not None and stood == _same(now.text if now is not None else ""):
            kept[column] = before
        elif now is not None and now.text.strip():
            kept[column] = now._replace(row=original.number, column=column)
    return Row(original.number, dict(sorted(kept.items())), original.hidden, original.fields)


def _same(text: str) -> str:
    """Programs write line ends in their own way, and leave out blanks at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
