"""The price that holds, and how the price in the order compares with it. The agreed price is what goes on."""

from decimal import Decimal

from orders.catalogue import Item
from orders.location import Field
from orders.numbers import plain
from orders.prices import PriceExplanation, per_base_unit
from orders.rules.case import NOTHING, LineCase, Verdict, Verdicts, settle
from orders.rules.rule import LineRule


def agreed_price(case: LineCase) -> Verdicts:
    """The order's price is the agreed one, or within the tolerance; otherwise say which price it looks like."""
    item, quantity = case.item, case.base_quantity
    if item is None or quantity is None or quantity <= 0:
        return NOTHING
    of = case.of
    agreed = of.agreement.agreed_price(item, quantity, of.priced_on, of.policy.price_tolerance_percent)
    if agreed is None:
        message = f"There is no agreed price for {item.item} on {of.priced_on}. Ask us for one."
        return (Verdict("PRC001", Field.LINE, message),)
    return (settle(Field.UNIT_PRICE, agreed), *_compared(case, item, agreed))


def _compared(case: LineCase, item: Item, agreed: PriceExplanation) -> Verdicts:
    line, sent = case.line, case.line.unit_price
    if sent is None:
        return NOTHING
    if sent == agreed.price and line.price_basis == agreed.basis and agreed.unit == item.unit:
        unit = line.price_unit or line.unit or case.unit
        if unit == item.unit:
            return NOTHING  # the agreed price to the letter, as most are
    sent_for = _sent_base_units(case, item)
    agreed_for = per_base_unit(item, agreed.unit, agreed.basis)
    if sent_for is None or agreed_for is None:
        unit = case.line.price_unit or case.line.unit
        return (
            Verdict(
                "PRC006", Field.UNIT_PRICE, f"The price is for {unit}, in which {item.item} is not sold.", plain(sent)
            ),
        )
    # Both sides for the same number of base units, multiplied rather than divided so that nothing is rounded.
    offered, due = sent * agreed_for, agreed.price * sent_for
    if offered == due:
        return NOTHING
    texts = f"{_price(sent, case.line.price_basis)}", f"{_price(agreed.price, agreed.basis)}"
    per = agreed.unit if agreed.basis == 1 else f"{plain(agreed.basis)} {agreed.unit}"
    agreed_text = f"{plain(agreed.price)} {agreed.currency} per {per}"
    told = f"The price {texts[0]} differs from the agreed {agreed_text} ({agreed.price_list})"
    if abs(offered - due) * 100 <= due * agreed.tolerance_percent:
        return (
            Verdict("PRC003", Field.UNIT_PRICE, f"{told}, within the tolerance; the agreed price is used.", *texts),
        )
    code, reason = _likeness(case, item, sent, sent_for, offered, due)
    message = f"{told}{reason}. Correct the price, or ask us."
    asked = due / agreed_for
    fitting = (plain(asked),) if asked * agreed_for == due else ()
    return (Verdict(code, Field.UNIT_PRICE, message, *texts, candidates=fitting),)


def _sent_base_units(case: LineCase, item: Item) -> Decimal | None:
    """For how many base units the sent price is: its own unit, else the unit of the quantity as sent."""
    unit = case.line.price_unit or case.line.unit or case.unit
    return None if unit is None else per_base_unit(item, unit, case.line.price_basis or Decimal(1))


def _likeness(
    case: LineCase, item: Item, sent: Decimal, sent_for: Decimal, offered: Decimal, due: Decimal
) -> tuple[str, str]:
    for factor in (Decimal(100), Decimal(1000), item.pack_size or Decimal(100)):
        if offered == due * factor or offered * factor == due:
            return "PRC006", f": it seems to be for another number of units (factor {plain(factor)})"
    for row in case.of.agreement.price_rows(item):
        row_for = per_base_unit(item, row.unit, row.basis)
        other_currency = row.currency != case.of.agreement.account.currency
        if other_currency or row_for is None or sent * row_for != row.price * sent_for:
            continue
        if row.valid_on(case.of.priced_on):
            return "PRC004", f": it is the price from {plain(row.min_quantity)} {item.unit} on"
        return "PRC005", f": it is the price of {row.valid_from or '…'} to {row.valid_to or '…'}"
    return "PRC002", ""


def _price(price: Decimal, basis: Decimal | None) -> str:
    return plain(price) if basis is None or basis == 1 else f"{plain(price)} per {plain(basis)}"


PRICE_RULES: tuple[LineRule, ...] = (
    LineRule(
        agreed_price,
        ("PRC001", "PRC002", "PRC003", "PRC004", "PRC005", "PRC006"),
        why="The contract decides, and a difference that nobody noticed becomes a disputed invoice.",
        good="2.40 where 2.40 is agreed for this quantity and day; or no price at all.",
        bad="2.10, the price from 500 on, for a quantity of 100.",
    ),
)
