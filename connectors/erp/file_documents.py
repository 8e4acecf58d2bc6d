"""The JSON documents of the file ERP, in UTF-8; quantities and money are texts without an exponent, dates ISO 8601.

The document of a new order never changes its form, for programs outside read it. That of an amendment or a cancellation
names its ``kind`` first, and then the key of the order that it is about and its sequence among the acts on that order.
"""

import json
from typing import Any

from connectors.ports import ErpAct
from orders.documents.sales_order import SalesLine, SalesOrder
from orders.model import Model
from orders.numbers import plain

Json = dict[str, Any]


def create_document(order: SalesOrder, key: str) -> bytes:
    """A new order."""
    return _written({"key": key, **_order(order)})


def amend_document(order: SalesOrder, key: str, of: str, sequence: int) -> bytes:
    """An order, whole, that takes the place of the one created under the key ``of``."""
    return _written({**_act(ErpAct.AMEND, key, of, sequence), **_order(order)})


def cancel_document(key: str, of: str, sequence: int) -> bytes:
    """The order created under the key ``of`` is cancelled."""
    return _written(_act(ErpAct.CANCEL, key, of, sequence))


def act_of(document: bytes) -> ErpAct:
    """What a document asks for."""
    return ErpAct(json.loads(document).get("kind", ErpAct.CREATE))


def _written(content: Json) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _act(act: ErpAct, key: str, of: str, sequence: int) -> Json:
    return {"kind": act.value, "key": key, "order_key": of, "sequence": sequence}


def _order(order: SalesOrder) -> Json:
    return {
        "customer": order.customer,
        "po_number": order.po_number,
        "revision": order.revision,
        "type": order.type.value if order.type else None,
        "order_date": order.order_date.isoformat() if order.order_date else None,
        "requested_date": order.requested_date.isoformat() if order.requested_date else None,
        "ship_to": order.ship_to,
        "note": order.note,
        "parties": [_as_sent(party) for party in order.parties],
        "references": [_as_sent(reference) for reference in order.references],
        "details": _as_sent(order.details),
        "lines": [_line(line) for line in order.lines],
    }


def _line(line: SalesLine) -> Json:
    price = line.price
    return {
        "line": line.number,
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
            for one in line.schedules
        ],
        "note": line.note,
        "details": _as_sent(line.details),
    }


def _as_sent(values: Model | None) -> Json | None:
    """What was said beside the other fields: of these, those that were sent and no others."""
    return None if values is None else values.model_dump(mode="json", exclude_defaults=True)
