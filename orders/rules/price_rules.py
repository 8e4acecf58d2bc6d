"""The price that holds, and how the price in the order compares with it. The agreed price is what goes on."""

from decimal import Decimal

from orders.catalogue import Item
from orders.findings import Statement
from orders.findings.prices import (
    PRC001_NO_PRICE,
    PRC002_DIFFERS,
    PRC003_WITHIN_TOLERANCE,
    PRC004_OF_OTHER_TIER,
    PRC005_OF_OTHER_PERIOD,
    PRC006_OF_FOREIGN_UNIT,
    PRC006_OF_OTHER_BASIS,
    PriceByFactor,
    PriceDiffers,
    PriceMissing,
    PriceOfPeriod,
    PriceOfTier,
    UnitAndItem,
)
from orders.findings.values import AgreedFor, Measure, PricePer
from orders.location import Field
from orders.numbers import plain
from orders.prices import PriceExplanation, per_base_unit
from orders.rules.case import NOTHING, LineCase, PriceAgreed, Verdict, Verdicts, settle
from orders.rules.rule import Fact, LineRule


def agreed_price(case: LineCase) -> Verdicts:
    """The order's price is the agreed one, or within the tolerance; otherwise say which price it looks like."""
    item, quantity = case.item, case.base_quantity
    if item is None or quantity is None or quantity <= 0:
        return NOTHING
    of = case.of
    agreed = of.agreement.agreed_price(item, quantity, of.priced_on, of.policy.price_tolerance_percent)
    if agreed is None:
        return (Verdict(PRC001_NO_PRICE(PriceMissing(item=item.item, day=of.priced_on)), Field.LINE),)
    return (settle(Field.UNIT_PRICE, PriceAgreed(agreed)), *_compared(case, item, agreed))


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
        foreign = UnitAndItem(unit=case.line.price_unit or case.line.unit, item=item.item)
        return (Verdict(PRC006_OF_FOREIGN_UNIT(foreign), Field.UNIT_PRICE, plain(sent)),)
    # Both sides for the same number of base units, multiplied rather than divided so that nothing is rounded.
    offered, due = sent * agreed_for, agreed.price * sent_for
    if offered == due:
        return NOTHING
    texts = _price(sent, case.line.price_basis), _price(agreed.price, agreed.basis)
    told = PriceDiffers(
        price=PricePer(price=sent, basis=case.line.price_basis),
        agreed=AgreedFor(price=agreed.price, currency=agreed.currency, basis=agreed.basis, unit=agreed.unit),
        price_list=agreed.price_list,
    )
    if abs(offered - due) * 100 <= due * agreed.tolerance_percent:
        return (Verdict(PRC003_WITHIN_TOLERANCE(told), Field.UNIT_PRICE, *texts),)
    asked = due / agreed_for
    fitting = (plain(asked),) if asked * agreed_for == due else ()
    said = _like_another(case, item, told, sent_for, offered, due) or PRC002_DIFFERS(told)
    return (Verdict(said, Field.UNIT_PRICE, *texts, candidates=fitting),)


def _sent_base_units(case: LineCase, item: Item) -> Decimal | None:
    """For how many base units the sent price is: its own unit, else the unit of the quantity as sent."""
    unit = case.line.price_unit or case.line.unit or case.unit
    return None if unit is None else per_base_unit(item, unit, case.line.price_basis or Decimal(1))


def _like_another(
    case: LineCase, item: Item, told: PriceDiffers, sent_for: Decimal, offered: Decimal, due: Decimal
) -> Statement | None:
    """Which other price of the item the sent one is, if it is one."""
    prices = {"price": told.price, "agreed": told.agreed, "price_list": told.price_list}
    for factor in (Decimal(100), Decimal(1000), item.pack_size or Decimal(100)):
        if offered == due * factor or offered * factor == due:
            return PRC006_OF_OTHER_BASIS(PriceByFactor(**prices, factor=factor))
    for row in case.of.agreement.price_rows(item):
        row_for = per_base_unit(item, row.unit, row.basis)
        other_currency = row.currency != case.of.agreement.account.currency
        if other_currency or row_for is None or told.price.price * row_for != row.price * sent_for:
            continue
        if row.valid_on(case.of.priced_on):
            tier = Measure(quantity=row.min_quantity, unit=item.unit)
            return PRC004_OF_OTHER_TIER(PriceOfTier(**prices, tier=tier))
        return PRC005_OF_OTHER_PERIOD(PriceOfPeriod(**prices, first=row.valid_from, last=row.valid_to))
    return None


def _price(price: Decimal, basis: Decimal | None) -> str:
    return plain(price) if basis is None or basis == 1 else f"{plain(price)} per {plain(basis)}"


PRICE_RULES: tuple[LineRule, ...] = (
    LineRule(
        agreed_price,
        ("PRC001", "PRC002", "PRC003", "PRC004", "PRC005", "PRC006"),
        needs=frozenset(
            {
                Fact.ITEM,
                Fact.QUANTITY,
                Fact.UNIT,
                Fact.PRICE,
                Fact.PRICE_LISTS,
                Fact.ACCOUNT,
                Fact.POLICY,
                Fact.RECEIVED,
            }
        ),
        settles=frozenset({Fact.AGREED_PRICE}),
        why="The contract decides, and a difference that nobody noticed becomes a disputed invoice.",
        good="2.40 where 2.40 is agreed for this quantity and day; or no price at all.",
        bad="2.10, the price from 500 on, for a quantity of 100.",
    ),
)
