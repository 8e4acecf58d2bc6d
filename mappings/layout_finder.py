"""Propose a layout for a table never seen, with the evidence for it.

A proposal is shown and waits for a person. An order is taken on it only where the customer's policy has lowered
LAY002, and only on evidence without a doubt: LAY016 holds whatever leaves one, and no policy lowers it.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import get_args

from mappings.column_choice import Choice, choose_columns
from mappings.column_sample import Column, Sample, take_sample
from mappings.head_finder import LabelledCell, find_matrix, labelled_cells, sum_column
from mappings.layout import BlankQuantity, ColumnField, DateOrder, Defaults, Layout, Matrix, Notation
from mappings.notation_finder import Told, date_order, decimal_mark, price_basis, unit_words
from orders.findings import Finding, Statement, finding
from orders.findings.layouts import (
    LAY001_NO_TABLE,
    LAY002_NOT_AGREED,
    LAY002_NOT_CONFIRMED,
    LAY016_DOUBTS,
    LAY016_NO_ORDER_NUMBER,
    LAY016_NOT_LOOKED_AT,
    LAY016_SHEETS_ALIKE,
    LAY016_WIDE_TABLE,
    ColumnsRead,
    Doubts,
    HeaderRead,
    SheetOfSeveral,
)
from orders.findings.values import ReadColumn, ReadColumns
from orders.location import Field
from orders.reference import Agreement
from parsers.tables.table import Table, TableFile

_MOST_COLUMNS = 500
_MOST_NAMED = 12
"""How many columns a finding lists; the command lists them all."""
_MOST_DOUBTS = 3
"""So many doubts a finding tells; the command tells them all."""


@dataclass(slots=True)
class Evidence:
    """What a proposal rests on: the columns as weighed, the cells above, the notation, and the doubts left."""

    sample: Sample
    choice: Choice
    cells: list[LabelledCell]
    matrix_columns: dict[int, str]
    sums: Column | None
    """The column with the total of each row of the matrix."""
    notation: dict[str, Told]
    units: dict[str, Told]
    open_units: list[str]
    doubts: tuple[Statement, ...]

    @property
    def score(self) -> int:
        """How much speaks for this table being the one with the order lines."""
        return sum(one.chosen.score for one in self.choice.columns if one.chosen) + 50 * len(self.matrix_columns)


@dataclass(slots=True)
class Proposal:
    """A layout that would fit, or None, with the evidence and with what is to be said about it."""

    layout: Layout | None
    evidence: Evidence | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def doubts(self) -> tuple[Statement, ...]:
        """What keeps the evidence from being clear; empty where an order could go on it."""
        return self.evidence.doubts if self.evidence else ()


def propose(file: TableFile, agreement: Agreement | None = None) -> Proposal:
    """The layout that headers and content suggest; LAY001 where nothing looks like a table of order lines.

    ``agreement`` is what is known of the customer: with it, columns are compared with catalogue, prices and places.
    """
    found = []
    for position, table in enumerate((table for table in file.tables if not table.hidden), start=1):
        narrow = _narrow(table)
        sample = take_sample(narrow, agreement)
        if sample is None:
            continue
        layout, evidence = _of_table(sample, agreement)
        if narrow is not table:
            evidence.doubts += (LAY016_WIDE_TABLE(ColumnsRead(columns=_MOST_COLUMNS)),)
        if layout is not None and table.sheet is None and not file.encoding.startswith("utf"):
            layout = layout.model_copy(update={"encoding": file.encoding})
        if layout is not None:
            found.append((evidence.score, -position, layout, evidence))
    if not found:
        return Proposal(None, None, [finding(LAY001_NO_TABLE())])
    *_, layout, evidence = max(found, key=lambda one: one[:2])
    if len(found) > 1:
        sheet = evidence.sample.table.sheet
        layout = layout.model_copy(update={"sheet": sheet})
        names = tuple(str(one.sample.table.sheet) for *_, one in sorted(found, key=lambda one: -one[1]))
        evidence.doubts += (LAY016_SHEETS_ALIKE(SheetOfSeveral(sheets=names, sheet=sheet)),)
    return Proposal(layout, evidence, _findings(evidence))


def _narrow(table: Table) -> Table:
    """The table with the columns that are looked at: columns are compared with each other, so they cannot be many."""
    if all(len(row.cells) <= _MOST_COLUMNS for row in table.rows):
        return table
    rows = [
        replace(row, cells={column: cell for column, cell in row.cells.items() if column <= _MOST_COLUMNS})
        for row in table.rows
    ]
    return replace(table, rows=rows)


def unconfirmed(layout: Layout) -> list[Finding]:
    """What is said of a layout in a partner file that no person has confirmed yet; no order is taken on it."""
    if layout.confirmed:
        return []
    return [finding(LAY002_NOT_CONFIRMED()), finding(LAY016_NOT_LOOKED_AT())]


def _of_table(sample: Sample, agreement: Agreement | None) -> tuple[Layout | None, Evidence]:
    matrix = find_matrix(sample, agreement)
    beside = {column.number: matrix[2] for column in matrix[1]} if matrix else {}
    sums = sum_column(sample, matrix[1]) if matrix else None
    weighed = {*beside, *([sums.number] if sums else [])}
    rest = Sample(
        sample.table, sample.header, sample.rows, tuple(one for one in sample.columns if one.number not in weighed)
    )
    choice = choose_columns(rest, agreement, quantities_beside=bool(beside))
    cells = labelled_cells(sample, agreement)
    values = [one.cell for one in cells]
    matrix_values = [cell for column in matrix[1] for cell in column.cells.values()] if matrix else []
    told = {
        "decimal_mark": decimal_mark(choice, matrix_values),
        "dates": date_order(choice, [*values, *([sample.header.cells[number] for number in beside])]),
        "price_basis": price_basis(choice),
    }
    basis = told["price_basis"]
    units, open_units = unit_words(choice, Decimal(basis.value) if basis else Decimal(1))
    evidence = Evidence(
        sample=sample,
        choice=choice,
        cells=cells,
        matrix_columns=beside,
        sums=sums,
        notation={name: one for name, one in told.items() if one is not None},
        units=units,
        open_units=open_units,
        doubts=choice.doubts,
    )
    if choice.of(Field.PO_NUMBER) is None and all(one.field != "po_number" for one in cells):
        evidence.doubts += (LAY016_NO_ORDER_NUMBER(),)
    numbered = any(choice.of(one) for one in (Field.ITEM, Field.GTIN, Field.BUYER_ITEM))
    if not numbered or not (matrix or choice.of(Field.QUANTITY)):
        return None, evidence
    return _layout(evidence, matrix[0] if matrix else None, agreement), evidence


def _layout(evidence: Evidence, matrix: Matrix | None, agreement: Agreement | None) -> Layout:
    columns: dict[ColumnField, tuple[str, ...]] = {}
    for one in evidence.choice.columns:
        name = one.column.header.strip()
        if one.chosen is not None and name:
            columns[_COLUMN_FIELDS[one.chosen.field.value]] = (name,)
    if evidence.sums is not None:
        columns["quantity"] = (evidence.sums.header.strip(),)
    mark, dates, basis = (evidence.notation.get(name) for name in ("decimal_mark", "dates", "price_basis"))
    notation = Notation.model_validate(
        {"decimal_mark": mark.value if mark else None, "dates": DateOrder(dates.value) if dates else None}
    )
    currency = agreement.account.currency if agreement else None
    form = len(evidence.sample.rows) > 2 * _asking(evidence)
    return Layout(
        columns=columns,
        cells={one.field: (one.label,) for one in evidence.cells},
        matrix=matrix,
        notation=notation,
        defaults=Defaults.model_validate({"currency": currency, **({"price_basis": basis.value} if basis else {})}),
        units={word: told.value for word, told in evidence.units.items()},
        blank_quantity=BlankQuantity.SKIP if form else BlankQuantity.HOLD,
        confirmed=False,
    )


def _asking(evidence: Evidence) -> int:
    """How many rows have a quantity."""
    quantity = evidence.choice.of(Field.QUANTITY)
    rows = set(quantity.column.cells) if quantity else set()
    for column in evidence.sample.columns:
        if column.number in evidence.matrix_columns:
            rows |= set(column.cells)
    return len(rows)


_COLUMN_FIELDS: dict[str, ColumnField] = {name: name for name in get_args(ColumnField)}


def _findings(evidence: Evidence) -> list[Finding]:
    named = [
        ReadColumn(heading=" ".join(one.column.header.split())[:40] or one.letters, field=one.chosen.field)
        for one in evidence.choice.columns
        if one.chosen
    ]
    columns = ReadColumns(named=tuple(named[:_MOST_NAMED]), more=max(0, len(named) - _MOST_NAMED))
    header = evidence.sample.header.number
    place = evidence.sample.table.location(header)
    found = [finding(LAY002_NOT_AGREED(HeaderRead(row=header, columns=columns)), location=place)]
    if evidence.doubts:
        found.append(finding(LAY016_DOUBTS(Doubts(doubts=evidence.doubts[:_MOST_DOUBTS])), location=place))
    return found
