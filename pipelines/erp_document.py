"""The document that an ERP takes for an order: the lines to deliver, confirmed and priced."""

import json

from orders.checked import CheckedLine, CheckedOrder
from orders.numbers import plain
from pipelines.report import as_sent


def erp_document(order: CheckedOrder, key: str) -> bytes:
    """JSON in UTF-8; quantities and money are texts without an exponent, dates ISO 8601."""
    sent = order.sent
    content = {
        "key": key,
        "customer": order.customer,
        "po_number": sent.po_number,
        "revision": order.revision,
        "type": sent.type.value if sent.type else None,
        "order_date": sent.order_date.isoformat() if sent.order_date else None,
        "requested_date": order.requested_date.isoformat() if order.requested_date else None,
        "ship_to": order.ship_to,
        "note": sent.note,
        "parties": [as_sent(party) for party in sent.parties],
        "references": [as_sent(reference) for reference in sent.references],
        "details": as_sent(sent.details),
        "lines": [_line(line) for line in order.deliverable],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _line(line: CheckedLine) -> dict[str, object]:
    price = line.price
    return {
        "line": line.sent.number,
        "item": line.item,
        "quantity": plain(line.quantity) if line.quantity is not None else None,
        "unit": line.unit,
        "price": plain(price.price) if price else None,
        "price_basis": plain(price.basis) if price else None,
        "price_unit": price.unit if price else None,
        "price_list": price.price_list if price else None,
        "currency": price.currency if price else None,
        "amount": plain(line.amount) if line.amount is not None else None,
        "requested_date": line.requested_date.isoformat() if line.requested_date else None,
        "schedules": [
            {
                "quantity": plain(one.quantity) if one.quantity is not None else None,
                "date": one.day.isoformat() if one.day else None,
                "ship_to": one.ship_to,
            }
            for one in line.sent.schedules
        ],
        "note": line.sent.note,
        "details": as_sent(line.sent.details),
    }
