"""How much, in which unit: readable, sold so, in whole packs, neither too little nor too much."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from orders.catalogue import Item
from orders.findings.heads import HDR016_PARTS_OF_LINE, StatedAndCounted
from orders.findings.quantities import (
    QTY001_MISSING,
    QTY001_ZERO,
    QTY003_NEGATIVE,
    QTY004_DIVIDED,
    QTY005_NO_MULTIPLE,
    QTY005_ROUNDED_UP,
    QTY006_BELOW_MINIMUM,
    QTY007_ABOVE_MAXIMUM,
    UOM001_UNKNOWN,
    UOM001_UNKNOWN_OF_ITEM,
    UOM002_NOT_SOLD_IN,
    UOM003_MISSING,
    UOM004_CONVERTED,
    Converted,
    LeastOfItem,
    MostOfItem,
    NoMultiple,
    PartOfUnit,
    QuantitySent,
    RoundedUp,
    UnitChoice,
    UnitOfItem,
    UnitSent,
    UnitsOfItem,
)
from orders.findings.values import Measure, Measures
from orders.location import Field
from orders.numbers import plain
from orders.policy import MissingUnit
from orders.rules.case import NOTHING, LineCase, QuantityUsed, UnitUsed, Verdict, Verdicts, settle
from orders.rules.rule import Fact, LineRule
from orders.units import comparable, is_known

_DIVISIBLE = frozenset({"KGM", "GRM", "LTR", "MTR", "MTK", "CMT", "MMT", "TNE", "HUR"})
_FINEST = Decimal("0.001")
"""The smallest part of what can be divided that is offered."""


def quantity_given(case: LineCase) -> Verdicts:
    """There is a quantity above zero; none is ever assumed."""
    quantity = case.line.quantity
    if quantity is None:
        if case.of.places.of(Field.QUANTITY, case.index) is not None:
            return NOTHING  # there is a text that could not be read, and the reader has said so
        return (Verdict(QTY001_MISSING(), Field.QUANTITY),)
    if quantity < 0:
        return (Verdict(QTY003_NEGATIVE(QuantitySent(quantity=quantity)), Field.QUANTITY, plain(quantity)),)
    if quantity == 0:
        return (Verdict(QTY001_ZERO(), Field.QUANTITY, plain(quantity)),)
    return NOTHING


def parts_make_quantity(case: LineCase) -> Verdicts:
    """The parts of a line, by day or by place, make the quantity that it asks for."""
    sent = case.of.order.lines[case.index]
    quantities = [part.quantity for part in sent.schedules if part.quantity is not None]
    if sent.quantity is None or not quantities or len(quantities) < len(sent.schedules):
        return NOTHING
    made = sum(quantities, Decimal(0))
    if made == sent.quantity:
        return NOTHING
    said = HDR016_PARTS_OF_LINE(StatedAndCounted(stated=sent.quantity, counted=made))
    return (Verdict(said, Field.QUANTITY, plain(sent.quantity)),)


def unit_sold(case: LineCase) -> Verdicts:
    """The unit is known and the item is sold in it; a pack is converted exactly, and nothing else is."""
    item, unit = case.item, case.unit
    units = item.units if item else ()
    if unit is not None and not is_known(unit):
        unknown = (
            UOM001_UNKNOWN_OF_ITEM(UnitChoice(unit=unit, choice=units)) if item else UOM001_UNKNOWN(UnitSent(unit=unit))
        )
        return (Verdict(unknown, Field.UNIT, unit, candidates=units),)
    if item is None or unit == item.unit:
        return NOTHING
    if unit is None:
        if item.pack_unit is None or case.of.policy.missing_unit is MissingUnit.BASE:
            return (settle(Field.UNIT, UnitUsed(item.unit)),)
        missing = UOM003_MISSING(UnitsOfItem(item=item.item, choice=units))
        return (Verdict(missing, Field.UNIT, candidates=units),)
    held = item.base_units_in(unit)
    if held is None:
        not_sold = UOM002_NOT_SOLD_IN(UnitOfItem(item=item.item, unit=unit, choice=units))
        return (Verdict(not_sold, Field.UNIT, unit, candidates=units),)
    if comparable(unit) == comparable(item.unit) or case.quantity is None:
        return NOTHING
    pieces = case.quantity * held
    converted = Converted(
        sent=Measure(quantity=case.quantity, unit=unit),
        held=Measure(quantity=held, unit=item.unit),
        used=Measure(quantity=pieces, unit=item.unit),
    )
    before, after = f"{plain(case.quantity)} {unit}", f"{plain(pieces)} {item.unit}"
    return (
        Verdict(UOM004_CONVERTED(converted), Field.UNIT, before, after, QuantityUsed(pieces)),
        settle(Field.UNIT, UnitUsed(item.unit)),
    )


def whole_units(case: LineCase) -> Verdicts:
    """Half a piece cannot be delivered."""
    quantity = case.base_quantity
    if (
        quantity is None
        or case.item is None
        or case.item.unit in _DIVISIBLE
        or quantity == quantity.to_integral_value()
    ):
        return NOTHING
    divided = QTY004_DIVIDED(PartOfUnit(item=case.item.item, sent=quantity, unit=case.item.unit))
    offered = _permitted(case, case.item, quantity).as_sent
    return (Verdict(divided, Field.QUANTITY, plain(quantity), candidates=offered),)


def in_multiples(case: LineCase) -> Verdicts:
    """Packs are not broken; the quantity is rounded up by itself only where the customer opted in."""
    quantity = case.base_quantity
    if quantity is None or quantity <= 0 or case.item is None or case.unit is None:
        return NOTHING
    multiple = case.item.order_multiple
    if not multiple or quantity % multiple == 0:
        return NOTHING
    upper = (quantity / multiple).to_integral_value(ROUND_CEILING) * multiple
    number, unit = case.item.item, case.item.unit
    pack, sent = Measure(quantity=multiple, unit=unit), Measure(quantity=quantity, unit=unit)
    if case.of.policy.round_up_to_pack:
        rounded = RoundedUp(item=number, pack=pack, sent=sent, used=Measure(quantity=upper, unit=unit))
        said = QTY005_ROUNDED_UP(rounded)
        return (Verdict(said, Field.QUANTITY, plain(quantity), plain(upper), QuantityUsed(upper)),)
    near = _permitted(case, case.item, quantity)
    choice = Measures(quantities=near.quantities or (upper,), unit=unit)
    said = QTY005_NO_MULTIPLE(NoMultiple(item=number, pack=pack, sent=sent, choice=choice))
    return (Verdict(said, Field.QUANTITY, plain(quantity), candidates=near.as_sent),)


class _Permitted(NamedTuple):
    """Quantities in base units, and as texts in the unit in which the line was sent."""

    quantities: tuple[Decimal, ...]
    as_sent: tuple[str, ...]


def _permitted(case: LineCase, item: Item, quantity: Decimal) -> _Permitted:
    """The nearest quantities below and above this one that no rule about quantities would hold.

    Where the sent unit holds whole steps of the item, they are whole numbers of that unit; those that it cannot say are
    not among the texts.
    """
    held = (item.base_units_in(case.line.unit) if case.line.unit else None) or Decimal(1)
    step = item.order_multiple or (_FINEST if item.unit in _DIVISIBLE else Decimal(1))
    step = held if held != 1 and held % step == 0 else step
    least = (max(item.min_quantity or step, step) / step).to_integral_value(ROUND_CEILING) * step
    most = (item.max_quantity / step).to_integral_value(ROUND_FLOOR) * step if item.max_quantity else None
    below = (quantity / step).to_integral_value(ROUND_FLOOR) * step
    above = (quantity / step).to_integral_value(ROUND_CEILING) * step
    near = {below if most is None else min(below, most), max(above, least)}
    fitting = tuple(sorted(one for one in near if one >= least and (most is None or one <= most)))
    return _Permitted(fitting, tuple(_shortest(one / held) for one in fitting if held == 1 or one % held == 0))


def _shortest(number: Decimal) -> str:
    return plain(number.to_integral_value() if number == number.to_integral_value() else number.normalize())


def at_least_minimum(case: LineCase) -> Verdicts:
    """Each item has a smallest quantity that is worth a delivery."""
    quantity, item = case.base_quantity, case.item
    if quantity is None or quantity <= 0 or item is None or not item.min_quantity or quantity >= item.min_quantity:
        return NOTHING
    least = Measure(quantity=item.min_quantity, unit=item.unit)
    said = QTY006_BELOW_MINIMUM(LeastOfItem(item=item.item, least=least))
    return (Verdict(said, Field.QUANTITY, plain(quantity), candidates=_permitted(case, item, quantity).as_sent),)


def at_most_maximum(case: LineCase) -> Verdicts:
    """A quantity far above what the item allows is more often a slip than a wish."""
    quantity, item = case.base_quantity, case.item
    if quantity is None or item is None or not item.max_quantity or quantity <= item.max_quantity:
        return NOTHING
    sent, most = (Measure(quantity=one, unit=item.unit) for one in (quantity, item.max_quantity))
    said = QTY007_ABOVE_MAXIMUM(MostOfItem(item=item.item, sent=sent, most=most))
    return (Verdict(said, Field.QUANTITY, plain(quantity), candidates=_permitted(case, item, quantity).as_sent),)


QUANTITY_RULES: tuple[LineRule, ...] = (
    LineRule(
        quantity_given,
        ("QTY001", "QTY003"),
        needs=frozenset({Fact.QUANTITY}),
        why="A quantity that is not there is asked for, not invented.",
        good="Quantity 12.",
        bad="Quantity left empty, 0, or -3.",
    ),
    LineRule(
        parts_make_quantity,
        ("HDR016",),
        needs=frozenset({Fact.LINES}),
        why="Where the parts make something else than the whole, one of them is a slip, and nobody can tell which.",
        good="60, of which 40 on Monday and 20 on Tuesday.",
        bad="60, of which 30 on Monday and 20 on Tuesday.",
    ),
    LineRule(
        unit_sold,
        ("UOM001", "UOM002", "UOM003", "UOM004"),
        needs=frozenset({Fact.ITEM, Fact.QUANTITY, Fact.UNIT, Fact.POLICY}),
        settles=frozenset({Fact.QUANTITY, Fact.UNIT}),
        why="Twelve cartons are not twelve pieces.",
        good="2 CT of an item that has 12 PCE in a carton, converted to 24 PCE.",
        bad="2 PF of an item that is sold in pieces and cartons only.",
    ),
    LineRule(
        whole_units,
        ("QTY004",),
        needs=frozenset({Fact.ITEM, Fact.QUANTITY, Fact.UNIT}),
        why="What is sold by the piece cannot be divided.",
        good="2.5 KGM of cable ties sold by weight.",
        bad="2.5 PCE of a broom.",
    ),
    LineRule(
        in_multiples,
        ("QTY005",),
        needs=frozenset({Fact.ITEM, Fact.QUANTITY, Fact.UNIT, Fact.POLICY}),
        settles=frozenset({Fact.QUANTITY}),
        why="The warehouse picks whole packs.",
        good="24 of an item in packs of 12.",
        bad="20 of an item in packs of 12.",
    ),
    LineRule(
        at_least_minimum,
        ("QTY006",),
        needs=frozenset({Fact.ITEM, Fact.QUANTITY, Fact.UNIT}),
        why="Below its minimum an item costs more to pick than it earns.",
        good="100 where the minimum is 100.",
        bad="10 where the minimum is 100.",
    ),
    LineRule(
        at_most_maximum,
        ("QTY007",),
        needs=frozenset({Fact.ITEM, Fact.QUANTITY, Fact.UNIT}),
        why="Ten times the usual is more often a slipped key than a wish.",
        good="500 where up to 1,000 are usual.",
        bad="50,000 where up to 1,000 are usual.",
    ),
)
