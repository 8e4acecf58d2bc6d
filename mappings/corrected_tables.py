"""A corrected answer laid over the file that it answers: what the buyer changed counts, all else stays as it was sent.

The sender's own columns of an answer carry their original column numbers in a row of marks, and every row its original
number, so that the answer may be sorted and filtered. A cell that stands as we wrote it is the original cell, with its
kind and format; any other is the buyer's correction.

A spreadsheet program that opens delimited text and saves it writes its numbers anew. A long number that it has
shortened is no correction; in a row that was right, neither is the same number with other zeros. Both are told.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal

from orders.findings import Finding, finding
from orders.findings.heads import CHG010_ROW_MISSING
from orders.findings.normalised import NRM003_TEXT_READ, SentAndRead
from parsers.tables.stamp import CELL_MARK, ROW_MARK
from parsers.tables.table import Cell, Row, Table, TableFile

_MARK = re.compile(rf"(?:({ROW_MARK})|{CELL_MARK})([0-9]{{1,7}})")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.0)?")
_DECIMAL = re.compile(r"(-?[0-9]{1,35})(?:[.,]([0-9]{1,35}))?")
_SHORTENED = re.compile(r"(-?[0-9])(?:[.,]([0-9]{1,14}))?E\+([0-9]{1,2})", re.IGNORECASE)

_LONGEST = 35
_THOUSANDS = 3

Place = tuple[str | None, int]
"""A row of a file: its sheet and its number."""
AsWritten = Callable[[Cell, Table], Collection[str]]


@dataclass(slots=True)
class CorrectedTables:
    """The original with the corrections laid over it; ``remarks`` are about rows, by sheet and number."""

    file: TableFile
    remarks: dict[Place, list[Finding]] = field(default_factory=dict)

    def note(self, place: Place, remarks: list[Finding]) -> None:
        """Keep what is to be said about a row."""
        if remarks:
            self.remarks.setdefault(place, []).extend(remarks)


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
    headings: Collection[str],
    right: Collection[Place],
    wrong: Collection[Place],
) -> CorrectedTables:
    """Lay the corrections over the original. ``as_written`` gives the texts that we may have written for a cell of it,
    ``headings`` are those that the column of row numbers can have.

    ``right`` and ``wrong`` are the rows of the order lines that were and were not accepted. A row that is no longer
    there is taken out where it was wrong, and stays where it was right.
    """
    answered = {one.table: one for sheet in sent_back.tables if (one := _answered(sheet)) is not None}
    corrected = CorrectedTables(TableFile([], list(sent_back.findings), original.encoding, original.delimiter))
    corrected.file.names = original.names
    for place, table in enumerate(original.tables, start=1):
        found = answered.get(place)
        laid = table if found is None else _laid_over(table, found, as_written, headings, right, wrong, corrected)
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
    headings: Collection[str],
    right: Collection[Place],
    wrong: Collection[Place],
    corrected: CorrectedTables,
) -> Table:
    by_number = {row.number: row for row in table.rows}
    following = max(by_number, default=0) + 1
    seen: set[int] = set()
    rows: dict[int, Row] = {}
    for row in answered.sheet.rows:
        shown = row.cells.get(answered.numbers)
        if row.number == answered.marks or (shown is not None and shown.text.strip() in headings):
            continue
        cells = {answered.columns[column]: cell for column, cell in row.cells.items() if column in answered.columns}
        number = _number(shown)
        if number in by_number and number not in seen:
            seen.add(number)
            laying = _Laying(by_number[number], table, as_written, was_right=(table.sheet, number) in right)
            rows[number] = laying.row(cells, set(answered.columns.values()))
            corrected.note((table.sheet, number), laying.remarks)
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
            corrected.note(place, [finding(CHG010_ROW_MISSING(), location=table.location(number))])
    return Table(table.sheet, [rows[number] for number in sorted(rows)], table.hidden, table.epoch_1904, table.merged)


def _number(cell: Cell | None) -> int:
    text = cell.text.strip() if cell else ""
    return int(text.removesuffix(".0")) if _NUMBER.fullmatch(text) else 0


@dataclass(slots=True)
class _Laying:
    """Lays the cells of a row that came back over the original row."""

    original: Row
    table: Table
    as_written: AsWritten
    was_right: bool
    remarks: list[Finding] = field(default_factory=list)

    def row(self, cells: dict[int, Cell], shown: Collection[int]) -> Row:
        """The row with the corrections; columns that the answer does not show stay as they are."""
        kept = {column: cell for column, cell in self.original.cells.items() if column not in shown}
        for column in shown:
            before, now = self.original.cells.get(column), cells.get(column)
            if before is not None and self._stands(before, now):
                kept[column] = before
            elif now is not None and now.text.strip():
                kept[column] = now._replace(row=self.original.number, column=column)
        return Row(self.original.number, dict(sorted(kept.items())), self.original.hidden, self.original.fields)

    def _stands(self, before: Cell, now: Cell | None) -> bool:
        text = _same(now.text if now is not None else "")
        written = [_same(one) for one in self.as_written(before, self.table)]
        if text in written:
            return True
        if not any(_shortened(one, text) or (self.was_right and _same_number(one, text)) for one in written):
            return False
        place = self.table.location(before.row, before.column)
        said = NRM003_TEXT_READ(SentAndRead(sent=text, read=before.text))
        self.remarks.append(finding(said, location=place, before=text, after=before.text))
        return True


def _same(text: str) -> str:
    """Programs write line ends in their own way, and leave out blanks at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def _shortened(written: str, now: str) -> bool:
    """Whether a program has made 9.52402E+12 of this long number."""
    short = _SHORTENED.fullmatch(now)
    if short is None or not written.isascii() or not written.lstrip("-").isdigit() or len(written) > _LONGEST:
        return False
    digits = short[2] or ""
    step = Decimal(1).scaleb(int(short[3]) - len(digits))
    return abs(Decimal(written) - Decimal(short[1] + digits) * step) * 2 <= step


def _same_number(written: str, now: str) -> bool:
    """Whether both are one number with other zeros; three digits behind a mark may be thousands, and are not."""
    pair = _DECIMAL.fullmatch(written), _DECIMAL.fullmatch(now)
    if pair[0] is None or pair[1] is None or any(one and len(one[2] or "") == _THOUSANDS for one in pair):
        return False
    return len({Decimal(f"{one[1]}.{one[2] or 0}") for one in pair if one}) == 1
