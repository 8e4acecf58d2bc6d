"""The sales order: what an ERP is asked to enter, made of the lines of a checked order that are to be delivered.

It says nothing of how it travels; JSON, XML or a call are the matter of the ERP's own module.
"""

from datetime import date
from decimal import Decimal

from orders.checked import CheckedLine, CheckedOrder
from orders.model import Model
from orders.prices import PriceExplanation
from orders.purchase_order import LineDetails, OrderDetails, OrderType, Party, Reference, Schedule


class SalesPrice(Model):
    """The agreed price: ``price`` for ``basis`` of ``unit``, and the list that it stands in."""

    price: Decimal
    basis: Decimal
    unit: str
    price_list: str
    currency: str


class SalesLine(Model):
    """A confirmed line. ``number`` is the sender's own, ``item`` our item number; ``quantity`` is in ``unit``.

    ``schedules`` are its parts as the sender asked for them; ``amount`` is at the agreed price, in its currency. What
    a customer's policy lets pass without an item, a quantity or a price has none here.
    """

    number: str
    item: str | None
    quantity: Decimal | None
    unit: str | None
    price: SalesPrice | None
    amount: Decimal | None
    requested_date: date | None
    schedules: tuple[Schedule, ...] = ()
    note: str | None = None
    details: LineDetails | None = None


class SalesOrder(Model):
    """An order of a customer as it is to be delivered, whole: an amendment gives all of it anew.

    ``revision`` is that of the purchase order ``po_number``; ``ship_to`` is our number of the place. Parties,
    references, details and notes are as they were sent.
    """

    customer: str
    po_number: str
    revision: int
    type: OrderType | None
    order_date: date | None
    requested_date: date | None
    ship_to: str | None
    note: str | None = None
    parties: tuple[Party, ...] = ()
    references: tuple[Reference, ...] = ()
    details: OrderDetails | None = None
    lines: tuple[SalesLine, ...]


def sales_order(order: CheckedOrder) -> SalesOrder | None:
    """The sales order of a checked order; None where nothing of it is to be delivered."""
    sent, deliverable = order.sent, order.deliverable
    if not deliverable or order.customer is None or sent.po_number is None:
        return None
    return SalesOrder(
        customer=order.customer,
        po_number=sent.po_number,
        revision=order.revision,
        type=sent.type,
        order_date=sent.order_date,
        requested_date=order.requested_date,
        ship_to=order.ship_to,
        note=sent.note,
        parties=sent.parties,
        references=sent.references,
        details=sent.details,
        lines=tuple(map(_line, deliverable)),
    )


def _line(line: CheckedLine) -> SalesLine:
    return SalesLine(
        number=line.sent.number,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        price=_price(line.price) if line.price else None,
        amount=line.amount,
        requested_date=line.requested_date,
        schedules=line.sent.schedules,
        note=line.sent.note,
        details=line.sent.details,
    )


def _price(price: PriceExplanation) -> SalesPrice:
    return SalesPrice(
        price=price.price,
        basis=price.basis,
        unit=price.unit,
        price_list=price.price_list,
        currency=price.currency,
    )
