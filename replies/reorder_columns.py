"""The columns of a reorder workbook: what each shows, how wide it is, and whether the buyer fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from orders.numbers import plain
from replies.reorder_offer import OfferedItem
from replies.wording.language import Language

Value = str | Decimal | date | None

_NUMBER, _PRICE = "General", "#,##0.00##"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is its id in the hidden row; ``words`` the key of its heading; ``width`` in characters."""

    field: str
    words: str
    width: float
    value: Callable[[OfferedItem, Language], Value] = lambda item, language: None
    number_format: str = "@"
    filled_in: bool = False
    hidden: bool = False
    quiet: bool = False
    """Set in grey: good to know, and not needed for ordering."""


def _price(item: OfferedItem, _: Language) -> Value:
    return item.tiers[0].price.price if item.tiers else None


def _basis(item: OfferedItem, language: Language) -> Value:
    if not item.tiers:
        return None
    price = item.tiers[0].price
    unit = language.unit(price.unit)
    return unit if price.basis == 1 else f"{plain(price.basis)} {unit}"


def _breaks(item: OfferedItem, language: Language) -> Value:
    told = (
        language.say(
            "form.break",
            quantity=language.number(tier.from_quantity),
            price=language.number(tier.price.price),
        )
        for tier in item.tiers[1:]
    )
    return "\n".join(told) or None


def _pack(offered: OfferedItem, language: Language) -> Value:
    item = offered.item
    if item.pack_unit is None or item.pack_size is None:
        return None
    pack, unit = language.unit(item.pack_unit), language.unit(item.unit)
    return language.say("form.pack_of", pack=pack, size=language.number(item.pack_size), unit=unit)


def _status(item: OfferedItem, language: Language) -> Value:
    if item.orderable and not item.tiers:
        return language.say("status.no_price")
    return language.say(f"status.{item.item.status.value}")


COLUMNS: tuple[Column, ...] = (
    Column("row_key", "form.key", 8, hidden=True),
    Column("item", "form.item", 13, lambda one, _: one.item.item),
    Column("buyer_item", "form.buyer_item", 13, lambda one, _: one.buyer_item),
    Column("description", "form.description", 44, lambda one, _: one.item.description),
    Column("quantity", "form.quantity", 11, number_format=_NUMBER, filled_in=True),
    Column("unit", "form.unit", 10, lambda one, language: language.unit(one.item.unit), filled_in=True),
    Column("requested_date", "form.requested_date", 13, number_format="date", filled_in=True),
    Column("note", "form.note", 22, filled_in=True),
    Column("check", "form.check", 19, number_format=_NUMBER),
    Column("total", "form.total", 12, number_format="#,##0.00"),
    Column("unit_price", "form.price", 11, _price, _PRICE),
    Column("price_basis", "form.basis", 12, _basis),
    Column("currency", "form.currency", 10, lambda one, _: one.tiers[0].price.currency if one.tiers else None),
    Column("valid_to", "form.valid_to", 12, lambda one, _: one.tiers[0].price.valid_to if one.tiers else None, "date"),
    Column("breaks", "form.breaks", 15, _breaks),
    Column("pack", "form.pack", 26, _pack),
    Column("minimum", "form.minimum", 14, lambda one, _: one.item.min_quantity, _NUMBER),
    Column("multiple", "form.multiple", 11, lambda one, _: one.item.order_multiple, _NUMBER),
    Column("gtin", "form.gtin", 16, lambda one, _: one.item.gtin, quiet=True),
    Column(
        "last_day",
        "form.last_day",
        12,
        lambda one, _: one.history.last_day if one.history else None,
        "date",
        quiet=True,
    ),
    Column(
        "last_quantity",
        "form.last_quantity",
        10,
        lambda one, _: one.history.last_quantity if one.history else None,
        _NUMBER,
        quiet=True,
    ),
    Column(
        "average",
        "form.average",
        14,
        lambda one, _: one.history.monthly_average if one.history else None,
        _NUMBER,
        quiet=True,
    ),
    Column("status", "form.status", 14, _status, quiet=True),
    Column("replacement", "form.replacement", 13, lambda one, _: one.item.replacement, quiet=True),
    Column("base_unit", "form.base_unit", 10, lambda one, language: language.unit(one.item.unit), hidden=True),
    Column(
        "pack_unit",
        "form.pack_unit",
        10,
        lambda one, language: language.unit(one.item.pack_unit) if one.item.pack_unit else None,
        hidden=True,
    ),
)
"""In the order in which they stand; what names the item comes first, then what is filled in, then what helps."""


def letter(field: str) -> str:
    """The column letter of a field."""
    return get_column_letter(number(field))


def number(field: str) -> int:
    """The 1-based column of a field."""
    return next(place for place, column in enumerate(COLUMNS, start=1) if column.field == field)
