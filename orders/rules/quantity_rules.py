"""How much, in which unit: readable, sold so, in whole packs, neither too little nor too much."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from orders.catalogue import Item
from orders.location import Field
from orders.numbers import plain
from orders.policy import MissingUnit
from orders.rules.case import NOTHING, LineCase, Verdict, Verdicts, settle
from orders.rules.rule import LineRule
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
        return (Verdict("QTY001", Field.QUANTITY, "The line has no quantity. Enter one."),)
    if quantity < 0:
        return (
            Verdict(
                "QTY003",
                Field.QUANTITY,
                f"The quantity {quantity} is negative. Returns need another way; ask us.",
                plain(quantity),
            ),
        )
    if quantity == 0:
        return (
            Verdict("QTY001", Field.QUANTITY, "The quantity is 0. Enter one, or remove the line.", plain(quantity)),
        )
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
    stated = plain(sent.quantity)
    message = f"The line asks for {stated}; its parts make {plain(made)}. Check both."
    return (Verdict("HDR016", Field.QUANTITY, message, stated),)


def unit_sold(case: LineCase) -> Verdicts:
    """The unit is known and the item is sold in it; a pack is converted exactly, and nothing else is."""
    item, unit = case.item, case.unit
    units = item.units if item else ()
    if unit is not None and not is_known(unit):
        use = _choice(item) if item else "a code of UN/ECE Recommendation 20, such as PCE or KGM"
        message = f"We do not know the unit {unit}. Use {use}."
        return (Verdict("UOM001", Field.UNIT, message, unit, candidates=units),)
    if item is None or unit == item.unit:
        return NOTHING
    if unit is None:
        if item.pack_unit is None or case.of.policy.missing_unit is MissingUnit.BASE:
            return (settle(Field.UNIT, item.unit),)
        message = f"The line has no unit, and {item.item} is sold in {_choice(item)}. Name one."
        return (Verdict("UOM003", Field.UNIT, message, candidates=units),)
    held = item.base_units_in(unit)
    if held is None:
        message = f"{item.item} is not sold in {unit}. Use {_choice(item)}."
        return (Verdict("UOM002", Field.UNIT, message, unit, candidates=units),)
    if comparable(unit) == comparable(item.unit) or case.quantity is None:
        return NOTHING
    pieces = case.quantity * held
    message = f"{plain(case.quantity)} {unit} of {plain(held)} {item.unit} are {plain(pieces)} {item.unit}."
    before, after = f"{plain(case.quantity)} {unit}", f"{plain(pieces)} {item.unit}"
    return (
        Verdict("UOM004", Field.UNIT, message, before, after, use=pieces, settles=Field.QUANTITY),
        settle(Field.UNIT, item.unit),
    )


def _choice(item: Item) -> str:
    return " or ".join(item.units)


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
    sent = plain(quantity)
    message = f"{case.item.item} is sold in whole {case.item.unit}, not {sent}. Enter a whole number."
    return (Verdict("QTY004", Field.QUANTITY, message, sent, candidates=_permitted(case, case.item, quantity).as_sent),)


def in_multiples(case: LineCase) -> Verdicts:
    """Packs are not broken; the quantity is rounded up by itself only where the customer opted in."""
    quantity = case.base_quantity
    if quantity is None or quantity <= 0 or case.item is None or case.unit is None:
        return NOTHING
    multiple = case.item.order_multiple
    if not multiple or quantity % multiple == 0:
        return NOTHING
    upper = (quantity / multiple).to_integral_value(ROUND_CEILING) * multiple
    unit = case.item.unit
    told = f"{case.item.item} comes in packs of {plain(multiple)} {unit}; {plain(quantity)} {unit} is not a multiple"
    if case.of.policy.round_up_to_pack:
        message = f"{told}. As agreed, {plain(upper)} {unit} will be delivered."
        return (Verdict("QTY005", Field.QUANTITY, message, plain(quantity), plain(upper), upper, Field.QUANTITY),)
    near = _permitted(case, case.item, quantity)
    choice = " or ".join(plain(one) for one in near.quantities or (upper,))
    message = f"{told}. Order {choice} {unit}."
    return (Verdict("QTY005", Field.QUANTITY, message, plain(quantity), candidates=near.as_sent),)


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
    least = f"{plain(item.min_quantity)} {item.unit}"
    message = f"The minimum for {item.item} is {least}. Order at least that."
    offered = _permitted(case, item, quantity).as_sent
    return (Verdict("QTY006", Field.QUANTITY, message, plain(quantity), candidates=offered),)


def at_most_maximum(case: LineCase) -> Verdicts:
    """A quantity far above what the item allows is more often a slip than a wish."""
    quantity, item = case.base_quantity, case.item
    if quantity is None or item is None or not item.max_quantity or quantity <= item.max_quantity:
        return NOTHING
    most = f"{plain(item.max_quantity)} {item.unit}"
    message = (
        f"{plain(quantity)} {item.unit} of {item.item} is more than the {most} allowed in one line. Please confirm."
    )
    offered = _permitted(case, item, quantity).as_sent
    return (Verdict("QTY007", Field.QUANTITY, message, plain(quantity), candidates=offered),)


QUANTITY_RULES: tuple[LineRule, ...] = (
    LineRule(
        quantity_given,
        ("QTY001", "QTY003"),
        why="A quantity that is not there is asked for, not invented.",
        good="Quantity 12.",
        bad="Quantity left empty, 0, or -3.",
    ),
    LineRule(
        parts_make_quantity,
        ("HDR016",),
        why="Where the parts make something else than the whole, one of them is a slip, and nobody can tell which.",
        good="60, of which 40 on Monday and 20 on Tuesday.",
        bad="60, of which 30 on Monday and 20 on Tuesday.",
    ),
    LineRule(
        unit_sold,
        ("UOM001", "UOM002", "UOM003", "UOM004"),
        why="Twelve cartons are not twelve pieces.",
        good="2 CT of an item that has 12 PCE in a carton, converted to 24 PCE.",
        bad="2 PF of an item that is sold in pieces and cartons only.",
    ),
    LineRule(
        whole_units,
        ("QTY004",),
        why="What is sold by the piece cannot be divided.",
        good="2.5 KGM of cable ties sold by weight.",
        bad="2.5 PCE of a broom.",
    ),
    LineRule(
        in_multiples,
        ("QTY005",),
        why="The warehouse picks whole packs.",
        good="24 of an item in packs of 12.",
        bad="20 of an item in packs of 12.",
    ),
    LineRule(
        at_least_minimum,
        ("QTY006",),
        why="Below its minimum an item costs more to pick than it earns.",
        good="100 where the minimum is 100.",
        bad="10 where the minimum is 100.",
    ),
    LineRule(
        at_most_maximum,
        ("QTY007",),
        why="Ten times the usual is more often a slipped key than a wish.",
        good="500 where up to 1,000 are usual.",
        bad="50,000 where up to 1,000 are usual.",
    ),
)
