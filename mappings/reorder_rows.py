"""Where our own reorder form lies in a file that came back, and whether all of its rows came back, each once.

The stamp has the key of every row that was issued. A buyer may delete rows that ask for nothing, and many do: nobody
can tell such a row from one that was lost on the way. So missing rows are told, with their items, and the rest of the
order goes its way (LAY018). What cannot be meant as it stands is held: a row of the form on a sheet that is not read,
and a row that asks for something twice (LAY019).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from orders.findings import Finding, finding
from orders.findings.layouts import (
    LAY018_ON_OTHER_SHEET,
    LAY018_ROWS_MISSING,
    LAY019_SAME_ROW,
    MissingRows,
    SheetName,
    TwoRows,
)
from parsers.tables.stamp import FIELD_MARK, NAME_MARK, IssuedRow
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile, column_number

NEEDED = ("row_key", "quantity")
"""The columns without which a form cannot be read."""
RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$([0-9]{1,7})(?::\$([A-Z]{1,3})\$([0-9]{1,7}))?")
"""What a defined name stands for: a sheet, and a cell of it or a range of cells."""
_FIELD = re.compile(rf"{FIELD_MARK}([a-z_]+)")
_HEAD = re.compile(rf"{FIELD_MARK}head:[a-z_]+")
_KEY = re.compile(r"K[0-9]{5,}")
_NAMED_AT_MOST = 8


@dataclass
class Form:
    """A sheet with a form: the row of the ids or, where that is gone, of what stands in its place; the column of each
    field. ``issued`` are the rows as they were issued, by their keys.
    """

    table: Table
    ids: int
    columns: dict[str, int]
    issued: Mapping[str, IssuedRow]

    @cached_property
    def heading(self) -> Row | None:
        """The row with the names of the columns, wherever it stands now; None where it was deleted."""
        return next((row for row in self._filled if self._names_columns(row)), None)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the form but the heading, and rows that the buyer has added."""
        return tuple(row for row in self._filled if row is not self.heading)

    @cached_property
    def _filled(self) -> list[Row]:
        """The rows with a key of ours, wherever they stand, and all others below the ids."""
        return [
            row
            for row in self.table.rows
            if self.key(row) in self.issued or (row.number > self.ids and row.cells and not is_marked(row))
        ]

    def cell(self, row: Row, name: str) -> Cell | None:
        """The cell of a field in a row."""
        return row.cells.get(self.columns.get(name, 0))

    def key(self, row: Row) -> str:
        """The key that stands in a row; empty where none does."""
        cell = self.cell(row, "row_key")
        return cell.text.strip() if cell else ""

    def asks(self, row: Row) -> bool:
        """Whether a quantity is filled in."""
        cell = self.cell(row, "quantity")
        return cell is not None and bool(cell.text.strip() or cell.formula)

    def is_ours(self, number: int) -> bool:
        """Whether the row of this number is one with our marks, or of the form."""
        there = (row for row in self.table.rows if row.number == number)
        return any(is_marked(row) or self.key(row) in self.issued for row in there)

    def _names_columns(self, row: Row) -> bool:
        """Whether it is the heading: it has a text of another kind where rows have their key, and no number."""
        key, asked = self.key(row), self.cell(row, "quantity")
        if key in self.issued or _KEY.fullmatch(key):
            return False
        if asked is not None and (asked.kind is not CellKind.TEXT or asked.text[:1].isdigit()):
            return False
        if key:
            return True
        # Its key was cleared: only where it was issued, and only where it cannot be a row that the buyer has added.
        item = self.cell(row, "item")
        words = [cell.text for cell in (item, asked) if cell is not None]
        return row is self._filled[0] and len(words) == 2 and not any(one.isdigit() for one in "".join(words))


@dataclass(slots=True)
class Remarks:
    """What is to be said of the rows: of the file as a whole, and of single rows by their numbers."""

    of_file: list[Finding] = field(default_factory=list)
    of_rows: dict[int, list[Finding]] = field(default_factory=dict)


def forms_of(file: TableFile, issued: Mapping[str, IssuedRow]) -> list[Form]:
    """The forms of a file. Of several, as after copying a sheet, those in which something is filled in count alone."""
    found = list(_by_marks(file, issued)) or list(_by_names(file, issued))
    filled = [form for form in found if any(form.asks(row) for row in form.rows)]
    return filled or found[:1]


def has_ids(row: Row) -> bool:
    """Whether the row has the ids of the columns."""
    return len(_ids(row)) >= len(NEEDED)


def is_marked(row: Row) -> bool:
    """Whether the row has the ids of the columns, or the mark of a field of the head."""
    return has_ids(row) or any(_HEAD.fullmatch(cell.text) for cell in row.cells.values())


def _ids(row: Row) -> dict[str, int]:
    """The column of each field by the ids in a row."""
    return {match[1]: column for column, cell in row.cells.items() if (match := _FIELD.fullmatch(cell.text))}


def issued_and_read(form: Form, file: TableFile, issued: Sequence[IssuedRow]) -> Remarks:
    """What is to be said where the rows that came back are not those that were issued."""
    remarks = Remarks()
    by_key: dict[str, list[Row]] = {}
    for row in form.rows:
        by_key.setdefault(form.key(row), []).append(row)
    # A row whose key was cleared is known by its item.
    cleared = {cell.text.strip() for row in by_key.get("", ()) if (cell := form.cell(row, "item")) is not None}
    gone = [one for one in issued if one.key not in by_key and one.item not in cleared]
    for sheet, keys in _elsewhere(form, file, {one.key for one in gone}).items():
        remarks.of_file.append(finding(LAY018_ON_OTHER_SHEET(SheetName(sheet=sheet))))
        gone = [one for one in gone if one.key not in keys]
    if gone:
        named = tuple(one.item for one in gone[:_NAMED_AT_MOST]) + (("…",) if len(gone) > _NAMED_AT_MOST else ())
        remarks.of_file.append(finding(LAY018_ROWS_MISSING(MissingRows(number=len(gone), items=named))))
    for key, rows in by_key.items():
        asking = [row for row in rows if form.asks(row)]
        if key in form.issued and len(asking) > 1:
            _twice(form, asking, remarks)
    return remarks


def _twice(form: Form, rows: Sequence[Row], remarks: Remarks) -> None:
    for row in rows:
        other = next(one for one in rows if one is not row)
        said = LAY019_SAME_ROW(TwoRows(first=row.number, second=other.number))
        place = form.table.location(row.number)
        remarks.of_rows.setdefault(row.number, []).append(finding(said, location=place))


def _elsewhere(form: Form, file: TableFile, gone: Collection[str]) -> dict[str, set[str]]:
    """Keys of missing rows that stand on other sheets, by the sheet."""
    found: dict[str, set[str]] = {}
    for table in file.tables if gone else ():
        keys = {cell.text for row in table.rows for cell in row.cells.values() if cell.text in gone}
        if table is not form.table and keys:
            found[str(table.sheet)] = keys
    return found


def _by_marks(file: TableFile, issued: Mapping[str, IssuedRow]) -> Iterator[Form]:
    """The forms by their hidden rows of ids."""
    for table in file.tables:
        row = next((row for row in table.rows if has_ids(row)), None)
        if row is not None:
            yield Form(table, row.number, _ids(row), issued)


def _by_names(file: TableFile, issued: Mapping[str, IssuedRow]) -> Iterator[Form]:
    """The form by the defined names of its columns, where the row of ids was deleted; its heading is above them."""
    columns: dict[str, int] = {}
    sheets: dict[str, int] = {}
    for name, text in file.names.items():
        match = RANGE.fullmatch(text)
        if match is None or match[5] is None or not name.startswith(NAME_MARK):
            continue
        columns[name.removeprefix(NAME_MARK)] = column_number(match[3])
        sheets[(match[1] or match[2]).replace("''", "'")] = int(match[4])
    for table in file.tables:
        if table.sheet in sheets:
            yield Form(table, sheets[table.sheet] - 2, columns, issued)
            return
