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

from orders.findings import Finding, Statement, finding
from orders.findings.heads import CHG010_ROW_MISSING
from orders.findings.layouts import (
    LAY004_MARKS_GONE,
    LAY018_TAKEN_OUT,
    LAY019_ANSWERED_TWICE,
    LAY019_UNNUMBERED,
)
from orders.findings.normalised import NRM003_TEXT_READ, SentAndRead
from orders.findings.parameters import RowNumber
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
    """The original with the corrections laid over it; ``remarks`` are about rows, by sheet and number, ``findings``
    about the correction as a whole.
    """

    file: TableFile
    remarks: dict[Place, list[Finding]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

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
    there is taken out where it was wrong, and stays where it was right; both are told. A row that came back twice is
    held, and so is one without a number where rows are missing. Without its row of marks an answer says nothing.
    """
    answered = {one.table: one for sheet in sent_back.tables if (one := _answered(sheet)) is not None}
    corrected = CorrectedTables(TableFile([], list(sent_back.findings), original.encoding, original.delimiter))
    corrected.file.names = original.names
    for place, table in enumerate(original.tables, start=1):
        found = answered.get(place)
        if found is None and any(sheet == table.sheet for sheet, _ in (*right, *wrong)):
            corrected.findings.append(finding(LAY004_MARKS_GONE()))
            corrected.file.tables.clear()
            return corrected
        laying = None if found is None else _LaidOver(table, found, as_written, right, wrong, corrected)
        corrected.file.tables.append(table if laying is None else laying.laid(headings))
    return corrected


def _answered(sheet: Table) -> _Answered | None:
    for row in sheet.rows:
        marks = {column: match for column, cell in row.cells.items() if (match := _MARK.fullmatch(cell.text))}
        numbers = [(column, int(match[2])) for column, match in marks.items() if match[1]]
        if len(numbers) == 1:
            columns = {column: int(match[2]) for column, match in marks.items() if not match[1]}
            return _Answered(sheet, numbers[0][1], row.number, numbers[0][0], columns)
    return None


@dataclass(slots=True)
class _LaidOver:
    """The rows of one table with those of its answer laid over them, taken one after the other."""

    table: Table
    answered: _Answered
    as_written: AsWritten
    right: Collection[Place]
    wrong: Collection[Place]
    corrected: CorrectedTables
    rows: dict[int, Row] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    added: list[int] = field(default_factory=list)
    """Rows without a number, by the numbers that they get behind all others."""
    original: dict[int, Row] = field(init=False)
    following: int = field(init=False)

    def __post_init__(self) -> None:
        self.original = {row.number: row for row in self.table.rows}
        self.following = max(self.original, default=0) + 1

    def laid(self, headings: Collection[str]) -> Table:
        """The table with all rows of the answer but that of the marks and the heading."""
        for row in self.answered.sheet.rows:
            shown = row.cells.get(self.answered.numbers)
            if row.number != self.answered.marks and (shown is None or shown.text.strip() not in headings):
                self._take(row, _number(shown))
        self._missing()
        rows = [self.rows[number] for number in sorted(self.rows)]
        return Table(self.table.sheet, rows, self.table.hidden, self.table.epoch_1904, self.table.merged)

    def _take(self, row: Row, number: int) -> None:
        columns = self.answered.columns
        cells = {columns[column]: cell for column, cell in row.cells.items() if column in columns}
        if number in self.original and number not in self.seen:
            self.seen.add(number)
            was_right = (self.table.sheet, number) in self.right
            laying = _Laying(self.original[number], self.table, self.as_written, was_right)
            self.rows[number] = laying.row(cells, set(columns.values()))
            self.corrected.note((self.table.sheet, number), laying.remarks)
        elif any(cell.text.strip() for cell in cells.values()):
            self._add(row, cells, number)

    def _add(self, row: Row, cells: dict[int, Cell], number: int) -> None:
        new = {column: cell._replace(row=self.following, column=column) for column, cell in cells.items()}
        self.rows[self.following] = Row(self.following, new, row.hidden, None)
        if number in self.seen:
            for one in (number, self.following):
                self._doubt(one, LAY019_ANSWERED_TWICE(RowNumber(row=number)))
        else:
            self.added.append(self.following)
        self.following += 1

    def _missing(self) -> None:
        missing = [number for number in self.original if number not in self.seen]
        for number in missing:
            place = (self.table.sheet, number)
            if place in self.wrong:
                # Without a place: the row is in no table any more beside which it could be told.
                self.corrected.findings.append(finding(LAY018_TAKEN_OUT(RowNumber(row=number))))
                continue
            self.rows[number] = self.original[number]
            if place in self.right:
                stays = finding(CHG010_ROW_MISSING(), location=self.table.location(number))
                self.corrected.note(place, [stays])
        if any((self.table.sheet, number) in self.right for number in missing):
            for number in self.added:
                self._doubt(number, LAY019_UNNUMBERED())

    def _doubt(self, number: int, said: Statement) -> None:
        place = self.table.location(number)
        self.corrected.note((self.table.sheet, number), [finding(said, location=place)])


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
