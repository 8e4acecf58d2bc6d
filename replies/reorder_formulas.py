"""Formulas of a reorder workbook: line totals and hints. They are for display alone; nothing of them is read back.

Item numbers, tiers and packs stand in the formulas as constants of our own reference data, never as texts of a buyer.
"""

from decimal import Decimal

from orders.numbers import plain
from replies.reorder_columns import letter
from replies.reorder_offer import OfferedItem
from replies.wording.language import Language

_SMALL = "0.000001"


def base_quantity(offered: OfferedItem, row: int) -> str:
    """The quantity of the row in base units, whichever unit was chosen."""
    quantity = f"{letter('quantity')}{row}"
    item = offered.item
    if item.pack_unit is None or item.pack_size is None:
        return quantity
    chosen = f"{letter('unit')}{row}=${letter('pack_unit')}{row}"
    return f"{quantity}*IF({chosen},{plain(item.pack_size)},1)"


def line_total(offered: OfferedItem, row: int) -> str | None:
    """The amount at the price of the tier that the quantity reaches; nothing where no price is agreed."""
    if not offered.tiers:
        return None
    quantity = f"{letter('quantity')}{row}"
    asked = base_quantity(offered, row)
    first = Decimal(0)
    starts = [first, *(tier.from_quantity for tier in offered.tiers[1:])]
    each = [plain(tier.price.price) + "/" + plain(offered.covered(tier.price)) for tier in offered.tiers]
    price = each[-1]
    for start, lower in zip(reversed(starts[1:]), reversed(each[:-1]), strict=True):
        price = f"IF({asked}>={plain(start)},{price},{lower})"
    return f'=IF(ISNUMBER({quantity}),ROUND({asked}*{price},2),"")'


def hint(offered: OfferedItem, row: int, language: Language) -> str:
    """What a buyer should look at again: no number, below the minimum, not a multiple."""
    quantity, asked = f"{letter('quantity')}{row}", base_quantity(offered, row)
    item, unit = offered.item, language.unit(offered.item.unit)
    told = '""'
    if item.order_multiple:
        steps = language.say("form.steps", quantity=f"{language.number(item.order_multiple)} {unit}")
        part = f"({asked})/{plain(item.order_multiple)}"
        told = f"IF(ABS({part}-ROUND({part},0))>{_SMALL},{_text(steps)},{told})"
    if item.min_quantity:
        least = language.say("form.at_least", quantity=f"{language.number(item.min_quantity)} {unit}")
        told = f"IF({asked}<{plain(item.min_quantity)},{_text(least)},{told})"
    no_number = _text(language.say("form.no_number"))
    return f'=IF({quantity}="","",IF(ISNUMBER({quantity}),{told},{no_number}))'


def _text(words: str) -> str:
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
