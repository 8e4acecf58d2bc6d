"""How a customer writes numbers, dates and units, told from values that can be read in one way only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mappings.column_choice import Choice
from mappings.layout import DateOrder, Notation
from mappings.number_evidence import price_fits, price_shares
from mappings.table_values import date_value, tidy
from orders.location import Field
from orders.units import is_known, unit_code
from parsers.tables.table import Cell, CellKind

_COMMA = re.compile(r"\D*-?(?:\d{1,3}(?:[.' ]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))\D*")
_DOT = re.compile(r"\D*-?(?:\d{1,3}(?:[,' ]\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,}))\D*")
_NUMBERS = (Field.QUANTITY, Field.UNIT_PRICE, Field.AMOUNT, Field.PRICE_BASIS)
_DATES = (Field.REQUESTED_DATE, Field.ORDER_DATE)


@dataclass(frozen=True, slots=True)
class Told:
    """Something about the notation, with the reason for it."""

    value: str
    reason: str


def decimal_mark(choice: Choice, cells: Iterable[Cell] = ()) -> Told | None:
    """The decimal mark, where the numbers written as text agree on one."""
    texts = [tidy(cell.text) for cell in (*_values(choice, _NUMBERS), *cells) if cell.kind is CellKind.TEXT]
    commas, dots = (sum(bool(form.fullmatch(text)) for text in texts) for form in (_COMMA, _DOT))
    if bool(commas) == bool(dots):
        return None
    mark, number = (",", commas) if commas else (".", dots)
    return Told(mark, f"{number} numbers can be read only so")


def date_order(choice: Choice, cells: Iterable[Cell] = ()) -> Told | None:
    """The order of day and month, where a date with a day above 12 decides it and none contradicts."""
    texts = [cell for cell in (*_values(choice, _DATES), *cells) if cell.kind is CellKind.TEXT]
    deciding: set[DateOrder] = set()
    number = 0
    for cell in texts:
        if date_value(cell, Notation(), False).value is not None and not re.match(r"\d{4}", tidy(cell.text)):
            fits = {
                order
                for order in (DateOrder.DMY, DateOrder.MDY)
                if date_value(cell, Notation(dates=order), False).value is not None
            }
            if len(fits) == 1:
                deciding |= fits
                number += 1
    if len(deciding) != 1:
        return None
    (order,) = deciding
    return Told(order.value, f"{number} dates can be read only so")


def _values(choice: Choice, fields: Iterable[Field]) -> list[Cell]:
    columns = [column for one in fields if (column := choice.of(one)) is not None]
    return [cell for column in columns for cell in column.column.cells.values()]


def price_basis(choice: Choice) -> Told | None:
    """For how many units the prices are, by the agreed prices."""
    prices = choice.of(Field.UNIT_PRICE)
    shares = price_shares(prices.column, choice.known) if prices else {}
    basis = max(shares, key=lambda one: shares[one], default=Decimal(1))
    if basis == 1 or shares[basis] < 60:
        return None
    return Told(str(basis), f"{shares[basis]} % of the prices are near the agreed price for {basis}")


def unit_words(choice: Choice, basis: Decimal) -> tuple[dict[str, Told], list[str]]:
    """Words for units that we do not know, with the one unit that items and prices on their rows allow; and the rest.

    ``basis`` is for how many units the prices are.
    """
    units = choice.of(Field.UNIT)
    rows_of: dict[str, list[int]] = {}
    for row, cell in units.column.cells.items() if units else ():
        word = tidy(cell.text)
        if word and not is_known(word) and unit_code(word) is None:
            rows_of.setdefault(word, []).append(row)
    told: dict[str, Told] = {}
    open_words = []
    for word, rows in rows_of.items():
        items = [choice.known.items[row] for row in rows if row in choice.known.items]
        common = set.intersection(*(set(item.units) for item in items)) if items else set()
        priced = choice.of(Field.UNIT_PRICE) is not None
        fitting = [unit for unit in sorted(common) if not priced or _priced_so(choice, rows, unit, basis)]
        if len(fitting) == 1:
            why = "the prices on their rows are for it" if priced else "every item on their rows is sold in it"
            told[word] = Told(fitting[0], f"{len(rows)} rows: {why}")
        else:
            open_words.append(word)
    return told, open_words


def _priced_so(choice: Choice, rows: list[int], unit: str, basis: Decimal) -> bool:
    """Whether the prices on the rows are near the agreed ones for this unit."""
    prices, agreement = choice.of(Field.UNIT_PRICE), choice.known.agreement
    if prices is None or agreement is None:
        return False
    for row in rows:
        cell, item = prices.column.cells.get(row), choice.known.items.get(row)
        if cell is None or item is None or item.base_units_in(unit) is None:
            continue
        alone = item.model_copy(update={"unit": unit, "pack_unit": None, "pack_size": None})
        covered = item.base_units_in(unit) or Decimal(1)
        agreed = tuple(
            one.model_copy(update={"unit": unit, "price": one.price * covered / (item.base_units_in(one.unit) or 1)})
            for one in agreement.price_rows(item)
        )
        if not price_fits(cell, alone, agreed, basis):
            return False
    return True
