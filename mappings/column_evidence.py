"""What speaks for a column being a field: the word in its header, and above all what stands in it.

Scores are percent. Each comes with its reasons in words, so that a person can judge the proposal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean

from mappings.column_sample import Column, Sample, identifiers
from mappings.header_words import ANY_NUMBER, EXACT, header_scores
from mappings.layout import Notation
from mappings.number_evidence import Known, number_of, price_shares, rising
from mappings.table_values import date_value, identifier_value, looks_like_date, text_value
from orders.catalogue import Item
from orders.location import Field
from orders.numbers import is_gtin
from orders.reference import Agreement
from orders.units import is_known, unit_code
from parsers.tables.table import Cell

NAMED = 45
"""What a word for a field is worth where the content is not what it says: it is read so, and what is wrong is told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a column can be, with a score in percent and the reasons for it."""

    field: Field
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """How well the values of a column fit a field, in percent, and how much that counts beside the header."""

    fits: int
    weight: int
    reason: str = ""
    excludes: bool = False
    """Whether values that do not fit rule the field out, unless the header is a word for it."""


def candidates(column: Column, known: Known) -> list[Candidate]:
    """The fields that the column can be, the best first."""
    words = header_scores(column.header)
    found = []
    for named, judge in _JUDGES.items():
        said = words.get(named, 0)
        content = judge(column, known)
        ruled_out = content.excludes and content.fits < 50 and bool(column.cells)
        score = 0 if ruled_out else (content.fits * content.weight + said * (100 - content.weight)) // 100
        if said == EXACT:
            score = max(score, NAMED)
        if score < 15:
            continue
        reasons = [_word_reason(column, named, said)] if said else []
        if content.fits and content.reason:
            reasons.append(content.reason)
        found.append(Candidate(named, score, tuple(reasons)))
    return sorted(found, key=lambda one: -one.score)


def _word_reason(column: Column, named: Field, said: int) -> str:
    shown = " ".join(column.header.split())[:40]
    about = {EXACT: "is a word for", ANY_NUMBER: "is a word for any"}.get(said, "has a word for")
    return f"“{shown}” {about} {named.value.replace('_', ' ')}"


def items_of_rows(sample: Sample, agreement: Agreement) -> dict[int, Item]:
    """The item of each row, by the column that names the most."""
    agreement.fetch(identifiers(cell for column in sample.columns for cell in column.cells.values()))
    best: dict[int, Item] = {}
    for column in sample.columns:
        found = {row: item for row, cell in column.cells.items() if (item := _item(cell, agreement)) is not None}
        if len(found) > len(best):
            best = found
    return best


def _item(cell: Cell, agreement: Agreement) -> Item | None:
    number = identifier_value(cell).value
    if number is None:
        return None
    theirs = agreement.by_buyer_number(number) or agreement.without_leading_zeros(number)
    item = agreement.catalogue.item(number) or agreement.catalogue.by_gtin(number)
    return item or (theirs[0] if len(theirs) == 1 else None)


def _share(column: Column, test: Callable[[Cell], bool]) -> int:
    """How many of the values pass, in whole percent, rounded down: 100 means every one."""
    return sum(map(test, column.cells.values())) * 100 // len(column.cells) if column.cells else 0


def _of(column: Column, share: int) -> str:
    return f"{share} % of {len(column.cells)} values"


def _identifier(column: Column, test: Callable[[str], bool], what: str) -> Content:
    def passes(cell: Cell) -> bool:
        number = identifier_value(cell).value
        return number is not None and test(number)

    share = _share(column, passes)
    return Content(share, 80, f"{_of(column, share)} are {what}")


def _item_number(column: Column, known: Known) -> Content:
    agreement = known.agreement
    if agreement is None:
        return Content(0, 60)
    return _identifier(column, lambda number: agreement.catalogue.item(number) is not None, "our item numbers")


def _buyer_number(column: Column, known: Known) -> Content:
    agreement = known.agreement
    if agreement is None:
        return Content(0, 50)
    exact = _identifier(column, lambda number: bool(agreement.by_buyer_number(number)), "their numbers for our items")
    if exact.fits:
        return exact
    return _identifier(
        column,
        lambda number: not agreement.catalogue.item(number) and len(agreement.without_leading_zeros(number)) == 1,
        "numbers of our items that have lost their leading zeros",
    )


def _gtin(column: Column, known: Known) -> Content:
    agreement = known.agreement
    if agreement is not None:
        sold = _identifier(column, lambda number: agreement.catalogue.by_gtin(number) is not None, "GTINs of our items")
        if sold.fits:
            return sold
    valid = _identifier(column, is_gtin, "GTINs with a right check digit")
    return Content(valid.fits * 2 // 3, 80, valid.reason)


def _quantity(column: Column, known: Known) -> Content:
    numbers = {row: number_of(cell) for row, cell in column.cells.items()}
    positive = {row: number for row, number in numbers.items() if number is not None and number > 0}
    share = len(positive) * 100 // len(numbers) if numbers else 0
    whole = sum(number == number.to_integral_value() for number in positive.values()) * 100 // max(len(positive), 1)
    reason = f"{_of(column, share)} are numbers above zero"
    if rising(list(numbers.values())):
        return Content(10, 50, reason, excludes=True)
    with_item = [(number, known.items[row]) for row, number in positive.items() if row in known.items]
    if not with_item:
        return Content(share * (60 + whole * 40 // 100) // 100, 50, reason, excludes=True)
    fitting = sum(_orderable(number, item) for number, item in with_item) * 100 // len(with_item)
    reason += f", {fitting} % can be ordered of the item in their row"
    return Content(share * (40 + fitting * 60 // 100) // 100, 55, reason, excludes=True)


def _orderable(number: Decimal, item: Item) -> bool:
    """Whether the number is a quantity that the item can be ordered in, in one of its units."""
    for unit in item.units:
        base = number * (item.base_units_in(unit) or 1)
        whole = not item.order_multiple or base % item.order_multiple == 0
        if whole and base >= (item.min_quantity or 0) and (not item.max_quantity or base <= item.max_quantity):
            return True
    return False


def _line(column: Column, known: Known) -> Content:
    counts = rising([number_of(cell) for cell in column.cells.values()])
    return Content(100 if counts else 0, 50, "its values count the lines")


def _unit_price(column: Column, known: Known) -> Content:
    shares = price_shares(column, known)
    if shares:
        basis = max(shares, key=lambda one: shares[one])
        per = "" if basis == 1 else f" per {basis}"
        reason = f"{shares[basis]} % of {len(column.cells)} values are near the agreed price{per} of their item"
        return Content(shares[basis], 60, reason)
    fractions = _share(column, lambda cell: (number := number_of(cell)) is not None and number % 1 != 0)
    return Content(min(fractions, 60), 40, f"{_of(column, fractions)} have decimals")


def _unit(column: Column, known: Known) -> Content:
    def is_unit(cell: Cell) -> bool:
        text = text_value(cell).value or ""
        return is_known(text) or unit_code(text) is not None

    share = _share(column, is_unit)
    return Content(share, 65, f"{_of(column, share)} are words for units")


def _ship_to(column: Column, known: Known) -> Content:
    agreement = known.agreement
    if agreement is None:
        return Content(0, 40)
    return _identifier(column, lambda text: agreement.ship_to(text) is not None, "delivery places of the account")


def _currency(column: Column, known: Known) -> Content:
    wanted = known.agreement.account.currency if known.agreement else None
    share = _share(column, lambda cell: len(cell.text.strip()) == 3 and cell.text.strip() in (wanted, "EUR", "USD"))
    return Content(share, 70, f"{_of(column, share)} are currencies", excludes=True)


def _is_date(cell: Cell) -> bool:
    return looks_like_date(cell) or date_value(cell, Notation(), False).value is not None


def _date(column: Column, known: Known) -> Content:
    share = _share(column, _is_date)
    return Content(share, 50, f"{_of(column, share)} are dates", excludes=True)


def _description(column: Column, known: Known) -> Content:
    shared = sum(
        _shares_a_word(cell.text, known.items[row].description)
        for row, cell in column.cells.items()
        if row in known.items
    )
    alike = shared * 100 // len(column.cells) if column.cells else 0
    texts = [cell.text.strip() for cell in column.cells.values()]
    wordy = 50 if texts and mean(map(len, texts)) >= 8 and len(set(texts)) * 2 > len(texts) else 0
    numbers = _share(column, lambda cell: number_of(cell) is not None)
    if alike >= 50:
        return Content(alike, 60, f"{_of(column, alike)} share a word with the description of their item")
    return Content(0 if numbers > 50 else wordy, 50, "its values are texts of some length")


def _shares_a_word(text: str, description: str) -> bool:
    words = {word for word in text.casefold().split() if len(word) > 3}
    return bool(words & {word for word in description.casefold().split() if len(word) > 3})


def _po_number(column: Column, known: Known) -> Content:
    texts = [cell.text.strip() for cell in column.cells.values()]
    different = len(set(texts))
    reason = f"{different} different values in {len(texts)} rows" if different > 1 else "the same value in every row"
    return Content(60 if texts and different * 2 <= len(texts) else 0, 30, reason)


def _price_basis(column: Column, known: Known) -> Content:
    share = _share(column, lambda cell: number_of(cell) in (1, 10, 100, 1000))
    return Content(share, 30, f"{_of(column, share)} are 1, 10, 100 or 1000", excludes=True)


def _amount(column: Column, known: Known) -> Content:
    share = _share(column, lambda cell: number_of(cell) is not None)
    return Content(share, 30, f"{_of(column, share)} are numbers", excludes=True)


def _note(column: Column, known: Known) -> Content:
    return Content(0, 30)


_JUDGES: Mapping[Field, Callable[[Column, Known], Content]] = {
    Field.PO_NUMBER: _po_number,
    Field.ORDER_DATE: _date,
    Field.REQUESTED_DATE: _date,
    Field.CURRENCY: _currency,
    Field.SHIP_TO: _ship_to,
    Field.LINE: _line,
    Field.ITEM: _item_number,
    Field.GTIN: _gtin,
    Field.BUYER_ITEM: _buyer_number,
    Field.DESCRIPTION: _description,
    Field.QUANTITY: _quantity,
    Field.UNIT: _unit,
    Field.UNIT_PRICE: _unit_price,
    Field.PRICE_BASIS: _price_basis,
    Field.AMOUNT: _amount,
    Field.NOTE: _note,
}
