"""Read our own reorder workbook back: by the ids of its columns and the keys of its rows, wherever they stand now.

The form is brought into the shape that any table has: a header, fields beside it, rows. Columns that are for display
are left out, and so is a price that stands as it was issued, for it is ours and no claim of the buyer's.

A row with an issued key is a row of the form wherever it stands, and never the heading: that may have been deleted, or
sorted in among the rows.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from mappings.layout import BlankQuantity, Layout, Notation
from mappings.reorder_rows import NEEDED, RANGE, Form, forms_of, has_ids, issued_and_read
from mappings.table_numbers import number_value
from mappings.table_values import tidy
from orders.findings import Finding, Statement, finding
from orders.findings.items import (
    ITM002_EMPTY_IN_ROW,
    ITM002_FOREIGN_ROW,
    ITM002_FOREIGN_ROW_EMPTY,
    ITM002_OTHER_IN_ROW,
    ItemNumber,
)
from orders.findings.layouts import LAY003_SEVERAL_SHEETS, LAY004_FORM_COLUMN_GONE, FormColumn, SheetNames
from orders.findings.parameters import Sent, SentForItem
from orders.findings.prices import PRC007_TYPED_IN, PRC007_TYPED_OVER, PriceTypedOver
from orders.numbers import plain
from parsers.tables.stamp import FIELD_MARK, NAME_MARK, IssuedRow, Stamp
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile, column_number

READ = ("item", "buyer_item", "gtin", "description", "quantity", "unit", "unit_price", "requested_date", "note")
"""The columns that are read; all others of the form are for display."""
_SHOWN = (*READ, "price_basis", "currency")
HEAD = ("po_number", "ship_to", "requested_date")
_BESIDE = "head:"


@dataclass(slots=True)
class ReorderReading:
    """A form brought into the shape of a table with a layout.

    ``remarks`` are about single rows, by row number; ``ordered`` are the rows as they were issued in which something
    was filled in.
    """

    file: TableFile
    layout: Layout
    findings: list[Finding] = field(default_factory=list)
    remarks: dict[int, list[Finding]] = field(default_factory=dict)
    ordered: list[IssuedRow] = field(default_factory=list)


def read_reorder_form(
    file: TableFile, stamp: Stamp, notation: Notation, *, is_corrected: bool = False
) -> ReorderReading:
    """The form with this stamp; texts are read in the notation. Never raises for what the file holds.

    Of a form that is corrected, missing rows have been told: when it came first, or by the correction that left them
    out.
    """
    reading = ReorderReading(file, _layout(notation))
    issued = {one.key: one for one in stamp.rows}
    forms = forms_of(file, issued)
    form = forms[0] if forms else None
    missing = [name for name in NEEDED if form is None or name not in form.columns]
    if len(forms) > 1:
        several = LAY003_SEVERAL_SHEETS(SheetNames(sheets=tuple(str(one.table.sheet) for one in forms)))
        reading.findings.append(finding(several, location=forms[1].table.location(forms[1].ids)))
    elif missing:
        reading.findings.extend(finding(LAY004_FORM_COLUMN_GONE(FormColumn(column=name))) for name in missing)
    if form is None or missing or len(forms) > 1:
        reading.file = TableFile([], list(file.findings))
        return reading
    remarks = issued_and_read(form, file, () if is_corrected else stamp.rows)
    reading.findings += remarks.of_file
    reading.remarks.update(remarks.of_rows)
    read = [_Row(form, row, issued, notation, reading).read() for row in form.rows]
    head = _head(form, file.names)
    rows = [*head, _heading(form, {row.number for row in head}), *read]
    rows.sort(key=lambda row: row.number)
    shaped = Table(form.table.sheet, rows, False, form.table.epoch_1904, form.table.merged)
    # A second form, in which nothing is filled in, has no lines; any other sheet is looked at as in every workbook.
    others = [one for one in file.tables if one is not form.table and not any(map(has_ids, one.rows))]
    reading.file = TableFile([shaped, *others], list(file.findings))
    return reading


def shown_part(file: TableFile, stamp: Stamp) -> TableFile:
    """The form as an answer shows it: without the hidden ids and keys, and without what is there for display only."""
    issued = {one.key: one for one in stamp.rows}
    form = next(iter(forms_of(file, issued)), None)
    if form is None:
        return file
    hidden = {column for name, column in form.columns.items() if name not in _SHOWN}
    first = min((row.number for row in form.rows), default=0)
    headed = form.heading is not None and form.heading.number < first
    rows = []
    for row in form.table.rows:
        cells = {at: cell for at, cell in row.cells.items() if at not in hidden}
        if has_ids(row):
            # Without its heading, the form is shown under the names of its fields.
            named = form.columns.items() if row.number == form.ids and not headed else ()
            cells = {at: Cell(row.number, at, name.replace("_", " ")) for name, at in named if name in _SHOWN}
            if not cells:
                continue
        rows.append(Row(row.number, cells, row.hidden, row.fields))
    shown = Table(form.table.sheet, rows, False, form.table.epoch_1904, form.table.merged)
    return TableFile([shown if table is form.table else table for table in file.tables], list(file.findings))


def _layout(notation: Notation) -> Layout:
    return Layout(
        columns={name: (f"{FIELD_MARK}{name}",) for name in (*READ, "price_basis")},
        cells={name: (f"{FIELD_MARK}{_BESIDE}{name}",) for name in HEAD},
        notation=notation,
        blank_quantity=BlankQuantity.SKIP,
        total_words=(),
    )


def _head(form: Form, names: dict[str, str]) -> list[Row]:
    """The fields beside the table, each as a label and its value."""
    by_row = {row.number: row for row in form.table.rows}
    found = []
    for name in HEAD:
        place = _head_place(form, name, names)
        row = by_row.get(place[0]) if place else None
        if place is None or row is None or place[1] not in row.cells:
            continue
        label = Cell(row.number, 0, f"{FIELD_MARK}{_BESIDE}{name}")
        found.append(Row(row.number, {0: label, place[1]: row.cells[place[1]]}))
    return found


def _head_place(form: Form, name: str, names: dict[str, str]) -> tuple[int, int] | None:
    """Row and column of a field of the head: where its name leads, else in the marked row, below the descriptions.

    A name does not follow a row that is sorted: one that leads to another row of ours leads nowhere.
    """
    marked = f"{FIELD_MARK}{_BESIDE}{name}"
    number = next(
        (row.number for row in form.table.rows if any(one.text == marked for one in row.cells.values())), None
    )
    match = RANGE.fullmatch(names.get(f"{NAME_MARK}head_{name}", ""))
    if match is not None and (match[1] or match[2]).replace("''", "'") == form.table.sheet:
        led = int(match[4])
        if number in (None, led) or not form.is_ours(led):
            return led, column_number(match[3])
    return None if number is None or "description" not in form.columns else (number, form.columns["description"])


def _heading(form: Form, taken: Collection[int]) -> Row:
    """The heading with ids instead of names, above all rows; columns not of the form keep what stands there."""
    first = min((row.number for row in form.rows), default=form.ids + 1)
    number = form.heading.number if form.heading is not None else first
    if number >= first:
        number = next(one for one in range(first - 1, first - 2 - len(taken), -1) if one not in taken)
    ours = set(form.columns.values())
    there = form.heading.cells if form.heading is not None else {}
    cells = {column: cell._replace(row=number) for column, cell in there.items() if column not in ours}
    for name in READ:
        if name in form.columns:
            cells[form.columns[name]] = Cell(number, form.columns[name], f"{FIELD_MARK}{name}")
    cells[form.columns["row_key"]] = Cell(number, form.columns["row_key"], f"{FIELD_MARK}price_basis")
    if "item" not in form.columns:
        cells[0] = Cell(number, 0, f"{FIELD_MARK}item")
    return Row(number, cells)


class _Row:
    """One row of the form."""

    def __init__(
        self, form: Form, row: Row, issued: dict[str, IssuedRow], notation: Notation, reading: ReorderReading
    ) -> None:
        self._form = form
        self._row = row
        self._notation = notation
        self._reading = reading
        key = row.cells.get(form.columns["row_key"])
        self._key = key.text.strip() if key else ""
        self._issued = issued.get(self._key)

    def read(self) -> Row:
        ours = {column: name for name, column in self._form.columns.items()}
        kept = {column: cell for column, cell in self._row.cells.items() if ours.get(column, "quantity") in READ}
        asked = self._cell("quantity")
        if asked is None or not asked.text.strip():
            # Nothing is ordered here, whatever else was written: the row is counted and passed over.
            return Row(self._row.number, kept, self._row.hidden)
        if self._key:
            self._check_item(kept)
        price = self._form.columns.get("unit_price")
        if self._issued is not None:
            self._reading.ordered.append(self._issued)
            if price is not None and price in kept:
                self._price(kept, price)
        return Row(self._row.number, kept, self._row.hidden)

    def _cell(self, name: str) -> Cell | None:
        column = self._form.columns.get(name)
        return None if column is None else self._row.cells.get(column)

    def _check_item(self, kept: dict[int, Cell]) -> None:
        written = self._cell("item")
        if self._issued is not None and written is None:
            column = self._form.columns.get("item", 0)
            kept[column] = Cell(self._row.number, column, self._issued.item)
            return
        text = tidy(written.text) if written is not None else ""
        if self._issued is None:
            said = ITM002_FOREIGN_ROW(Sent(sent=text)) if text else ITM002_FOREIGN_ROW_EMPTY()
            self._remark(said, "item", text or None)
        elif text != self._issued.item:
            item = self._issued.item
            sent = SentForItem(sent=text, item=item)
            said = ITM002_OTHER_IN_ROW(sent) if text else ITM002_EMPTY_IN_ROW(ItemNumber(item=item))
            self._remark(said, "item", text or None, (item,))

    def _price(self, kept: dict[int, Cell], column: int) -> None:
        assert self._issued is not None
        cell = kept[column]
        value = number_value(cell, self._notation).value
        if value is not None and self._issued.price and value == Decimal(self._issued.price):
            del kept[column]
            return
        if self._issued.price:
            said = PRC007_TYPED_OVER(PriceTypedOver(issued=Decimal(self._issued.price), sent=cell.text))
        else:
            said = PRC007_TYPED_IN(Sent(sent=cell.text))
        self._remark(said, "unit_price", plain(value) if value is not None else cell.text)
        # The keys have been read; their column carries for how many units the price is.
        basis = self._form.columns["row_key"]
        kept[basis] = Cell(self._row.number, basis, self._issued.basis or "1", CellKind.NUMBER)

    def _remark(self, said: Statement, about: str, before: str | None, candidates: tuple[str, ...] = ()) -> None:
        column = self._form.columns.get(about)
        place = self._form.table.location(self._row.number, column)
        told = finding(said, location=place, before=before, candidates=candidates)
        self._reading.remarks.setdefault(self._row.number, []).append(told)
