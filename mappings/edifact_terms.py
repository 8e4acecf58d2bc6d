"""Terms, transport, allowances and packages: the groups PAT, TOD, TDT, ALC, TAX and PAC, in the head and in lines."""

from collections.abc import Callable

from mappings import edifact_details_table as table
from mappings.edifact_context import MessageContext
from orders.model import Model
from orders.order_details import (
    Allowance,
    Amount,
    DeliveryTerms,
    Exchange,
    Measurement,
    Package,
    PaymentTerm,
    Percentage,
    Period,
    Place,
    Quantity,
    Tax,
    Transport,
)
from parsers.edifact.groups import AnyGroup


def payment_term(group: AnyGroup, context: MessageContext) -> PaymentTerm:
    """PAT with its dates, percentages and amounts."""
    parts = context.sorted_out(group, ("DTM", "PCD", "MOA")).segments
    return context.read(
        table.PAYMENT_TERM,
        PaymentTerm,
        group.segments[0],
        dates=context.read_all(table.PERIOD, Period, parts["DTM"]),
        percentages=context.read_all(table.PERCENTAGE, Percentage, parts["PCD"]),
        amounts=context.read_all(table.AMOUNT, Amount, parts["MOA"]),
    )


def delivery_terms(group: AnyGroup, context: MessageContext) -> DeliveryTerms:
    """TOD with its places."""
    places = context.sorted_out(group, ("LOC",)).segments["LOC"]
    read = context.read_all(table.PLACE, Place, places)
    return context.read(table.DELIVERY_TERMS, DeliveryTerms, group.segments[0], places=read)


def transport(group: AnyGroup, context: MessageContext) -> Transport:
    """TDT with its places."""
    places = context.sorted_out(group, ("LOC",)).segments["LOC"]
    read = context.read_all(table.PLACE, Place, places)
    return context.read(table.TRANSPORT, Transport, group.segments[0], places=read)


def tax(group: AnyGroup, context: MessageContext) -> Tax:
    """TAX with its amounts."""
    amounts = context.sorted_out(group, ("MOA",)).segments["MOA"]
    return context.read(table.TAX, Tax, group.segments[0], amounts=context.read_all(table.AMOUNT, Amount, amounts))


def allowance(group: AnyGroup, context: MessageContext) -> Allowance:
    """ALC with its quantities, percentages, amounts, rate and taxes."""
    parts = context.sorted_out(group, ("QTY", "PCD", "MOA", "RTE"), ("TAX",))
    rates = parts.segments["RTE"]
    context.keep(rates[1:])
    rate = context.read(table.RATE, Quantity, rates[0]).value if rates else None
    return context.read(
        table.ALLOWANCE,
        Allowance,
        group.segments[0],
        quantities=context.read_all(table.QUANTITY, Quantity, parts.segments["QTY"]),
        percentages=context.read_all(table.PERCENTAGE, Percentage, parts.segments["PCD"]),
        amounts=context.read_all(table.AMOUNT, Amount, parts.segments["MOA"]),
        rate=rate,
        taxes=tuple(tax(inner, context) for inner in parts.groups["TAX"]),
    )


def package(group: AnyGroup, context: MessageContext) -> Package:
    """PAC with its measurements and quantities."""
    parts = context.sorted_out(group, ("MEA", "QTY")).segments
    return context.read(
        table.PACKAGE,
        Package,
        group.segments[0],
        measurements=context.read_all(table.MEASUREMENT, Measurement, parts["MEA"]),
        quantities=context.read_all(table.QUANTITY, Quantity, parts["QTY"]),
    )


def exchange(group: AnyGroup, context: MessageContext, *, whole: bool) -> Exchange | None:
    """CUX with more than the currency of the order: another one and a rate; ``whole`` where it is no field at all."""
    cux = group.segments[0]
    context.sorted_out(group, ())
    return context.read(table.EXCHANGE, Exchange, cux) if whole or cux.value(2, 2) or cux.value(3) else None


TERMS: dict[str, Callable[[AnyGroup, MessageContext], Model]] = {
    "PAT": payment_term,
    "TOD": delivery_terms,
    "TDT": transport,
    "TAX": tax,
    "ALC": allowance,
    "PAC": package,
}
"""What reads a group, by its tag; its place in the details is that of ``INTO``."""


def net_days(terms: tuple[PaymentTerm, ...]) -> str | None:
    """The net term as ``NET30``: so many days by a basic term (4279 is 1 or 7); None for any other."""
    for term in terms:
        count = term.count
        if term.kind in ("1", "7") and term.period in ("D", "CD") and count is not None and count == int(count):
            return f"NET{int(count)}"
    return None
