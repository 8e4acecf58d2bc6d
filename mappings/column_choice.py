"""Choose a field for each column from the evidence, and say where two columns fit alike."""

from dataclasses import dataclass

from mappings.column_evidence import Candidate, candidates, items_of_rows
from mappings.column_sample import Column, Sample
from mappings.layout import IDENTIFIERS, header_key
from mappings.number_evidence import BASES, Known, number_of
from orders.findings import Statement
from orders.findings.layouts import (
    LAY016_COLUMNS_ALIKE,
    LAY016_CUSTOMER_UNKNOWN,
    LAY016_FEW_KNOWN_ITEMS,
    LAY016_FIELDS_ALIKE,
    LAY016_NO_AMOUNT,
    LAY016_NO_HEADER,
    LAY016_NO_ITEM_NUMBERS,
    LAY016_NO_QUANTITY,
    LAY016_SAME_HEADER,
    LAY016_WEAK_QUANTITY,
    ColumnAsField,
    ColumnName,
    ColumnPercent,
    ColumnsAlike,
    ColumnTwins,
    FieldsAlike,
    KnownOf,
)
from orders.location import Field
from orders.reference import Agreement
from parsers.tables.table import column_letters

LEAST = 40
"""A column is proposed for a field from this score on."""

ALIKE = 10
"""Two columns fit alike where their scores differ by less."""

SURE_NUMBERS, SURE_QUANTITY = 90, 60
"""What an order may rest on without a person: so many item numbers known, so high a score of the quantity."""


@dataclass(frozen=True, slots=True)
class WeighedColumn:
    """A column with everything that it can be, and the field chosen for it, if any."""

    column: Column
    candidates: tuple[Candidate, ...]
    chosen: Candidate | None

    @property
    def letters(self) -> str:
        return column_letters(self.column.number)


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns as weighed, and the doubts that are left, for a person."""

    columns: tuple[WeighedColumn, ...]
    doubts: tuple[Statement, ...]
    known: Known

    def of(self, field: Field) -> WeighedColumn | None:
        """The column chosen for a field."""
        return next((one for one in self.columns if one.chosen and one.chosen.field is field), None)

    @property
    def complete(self) -> bool:
        """An order can be read by it."""
        return self.of(Field.QUANTITY) is not None and any(self.of(one) for one in IDENTIFIERS)


def choose_columns(sample: Sample, agreement: Agreement | None, quantities_beside: bool = False) -> Choice:
    """Give each column the field that it fits best, the strongest evidence first.

    ``quantities_beside`` where the quantities stand in a matrix, so that no column needs to be the quantity.
    """
    known = Known(agreement, items_of_rows(sample, agreement) if agreement else {})
    found = {column.number: candidates(column, known) for column in sample.columns}
    taken: dict[Field, int] = {}
    chosen: dict[int, Candidate] = {}
    ranked = sorted(
        ((one, number) for number, several in found.items() for one in several if one.score >= LEAST),
        key=lambda pair: (-pair[0].score, pair[1]),
    )
    for one, number in ranked:
        if one.field not in taken and number not in chosen:
            taken[one.field] = number
            chosen[number] = one
    columns = tuple(
        WeighedColumn(column, tuple(found[column.number]), chosen.get(column.number)) for column in sample.columns
    )
    choice = Choice(columns, (), known)
    doubts = [*_alike(columns), *_headers(columns), *_weak(choice, quantities_beside), *_amounts(choice)]
    return Choice(columns, tuple(doubts), known)


def _alike(columns: tuple[WeighedColumn, ...]) -> list[Statement]:
    """Columns that could as well have been chosen for a field, and fields that a column could as well be."""
    doubts = []
    for one in columns:
        if one.chosen is None:
            continue
        for rival in columns:
            if rival is one or one.chosen.field in (Field.NOTE, Field.DESCRIPTION):
                continue
            other = next((each for each in rival.candidates if each.field is one.chosen.field), None)
            better = rival.chosen is not None and other is not None and rival.chosen.score > other.score
            if other is not None and not better and other.score >= max(LEAST, one.chosen.score - ALIKE + 1):
                alike = ColumnsAlike(
                    first=one.letters,
                    second=rival.letters,
                    field=one.chosen.field,
                    one=one.chosen.score,
                    other=other.score,
                )
                doubts.append(LAY016_COLUMNS_ALIKE(alike))
        doubts.extend(_two_fields(one, columns))
    return doubts


def _two_fields(one: WeighedColumn, columns: tuple[WeighedColumn, ...]) -> list[Statement]:
    if one.chosen is None:
        return []
    taken = {each.chosen.field for each in columns if each.chosen}
    return [
        LAY016_FIELDS_ALIKE(
            FieldsAlike(
                column=one.letters,
                field=one.chosen.field,
                other_field=other.field,
                one=one.chosen.score,
                other=other.score,
            )
        )
        for other in one.candidates
        if other.field not in taken and other.score > one.chosen.score - ALIKE and other.score >= LEAST
    ]


def _headers(columns: tuple[WeighedColumn, ...]) -> list[Statement]:
    """A layout names columns by their headers, so each that is used needs one of its own."""
    doubts = []
    for one in columns:
        if one.chosen is None:
            continue
        key = header_key(one.column.header)
        if not key:
            doubts.append(LAY016_NO_HEADER(ColumnAsField(column=one.letters, field=one.chosen.field)))
            continue
        twins = tuple(each.letters for each in columns if each is not one and header_key(each.column.header) == key)
        if twins:
            doubts.append(LAY016_SAME_HEADER(ColumnTwins(first=one.letters, others=twins)))
    return doubts


def _weak(choice: Choice, quantities_beside: bool) -> list[Statement]:
    """Why the evidence is too thin to go without a person, even where nothing competes."""
    doubts = []
    if choice.known.agreement is None:
        doubts.append(LAY016_CUSTOMER_UNKNOWN())
    numbers = [each for one in IDENTIFIERS if (each := choice.of(one)) is not None]
    rows = max((len(each.column.cells) for each in numbers), default=0)
    if not numbers:
        doubts.append(LAY016_NO_ITEM_NUMBERS())
    elif choice.known.agreement is not None and len(choice.known.items) * 100 < rows * SURE_NUMBERS:
        doubts.append(LAY016_FEW_KNOWN_ITEMS(KnownOf(some=len(choice.known.items), all=rows)))
    quantity = choice.of(Field.QUANTITY)
    if quantity is None and not quantities_beside:
        doubts.append(LAY016_NO_QUANTITY())
    elif quantity is not None and quantity.chosen is not None and quantity.chosen.score < SURE_QUANTITY:
        weak = ColumnPercent(column=quantity.letters, percent=quantity.chosen.score)
        doubts.append(LAY016_WEAK_QUANTITY(weak))
    return doubts


def _amounts(choice: Choice) -> list[Statement]:
    """A column of amounts has to be quantity times price, for whatever number of units the price is."""
    amount, quantity, price = (choice.of(one) for one in (Field.AMOUNT, Field.QUANTITY, Field.UNIT_PRICE))
    if amount is None or quantity is None or price is None:
        return []
    right = compared = 0
    for row, cell in amount.column.cells.items():
        stated, many, each = (
            number_of(one) if one else None
            for one in (cell, quantity.column.cells.get(row), price.column.cells.get(row))
        )
        if stated is None or many is None or each is None:
            continue
        compared += 1
        right += any(abs(stated * basis - many * each) <= abs(many * each) / 50 for basis in BASES)
    if right * 2 >= compared:
        return []
    return [LAY016_NO_AMOUNT(ColumnName(column=amount.letters))]
