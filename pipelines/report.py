"""The JSON of a result, as the outside contract has it: every field always there, decimals and dates as text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from orders.checked import CheckedLine, CheckedOrder
from orders.findings import Finding
from orders.model import Model
from orders.numbers import money, plain
from orders.purchase_order import PartyRole, Schedule
from pipelines.result import FileResult
from replies.wording.language import english

Json = dict[str, Any]


def report(result: FileResult) -> Json:
    """One object for one file."""
    return {
        "file": {
            "name": result.name,
            "sha256": result.sha256,
            "bytes": result.size,
            "format": result.format.value,
            "customer": result.customer,
        },
        "decision": result.decision.value,
        "waits_for": result.waits_for,
        "lines": result.counts.model_dump(),
        "versions": result.versions.model_dump(),
        "orders": [order_report(order) for order in result.orders],
        "findings": [finding_report(one) for one in result.findings],
    }


def order_report(order: CheckedOrder) -> Json:
    """One order: as sent, with the agreed price and the confirmed values beside."""
    sent = order.sent
    return {
        "po_number": sent.po_number,
        "type": sent.type.value if sent.type else None,
        "function": sent.function.value if sent.function else None,
        "customer": order.customer,
        "buyer": sent.identifier(PartyRole.BUYER),
        "ship_to": sent.identifier(PartyRole.DELIVERY_PARTY),
        "order_date": _day(sent.order_date),
        "requested_date": _day(sent.requested_date),
        "currency": sent.currency,
        "decision": order.decision.value,
        "value": _decimal(order.value),
        "change_number": sent.change_number,
        "change": as_sent(order.change),
        "payment_terms": sent.payment_terms,
        "note": sent.note,
        "parties": [as_sent(party) for party in sent.parties],
        "references": [as_sent(reference) for reference in sent.references],
        "details": as_sent(sent.details),
        "lines": [_line(line, order) for line in order.lines],
    }


def _line(line: CheckedLine, order: CheckedOrder) -> Json:
    sent = line.sent
    return {
        "line": sent.number,
        "action": sent.action.value if sent.action else None,
        "item": line.item or sent.item,
        "gtin": sent.gtin,
        "buyer_item": sent.buyer_item,
        "description": sent.description or line.description,
        "quantity": _decimal(sent.quantity),
        "unit": sent.unit,
        "unit_price": _decimal(sent.unit_price),
        "price_basis": _decimal(sent.price_basis),
        "contract_price": _decimal(line.price.price if line.price else None),
        "amount": _decimal(_amount(line, order)),
        "requested_date": _day(sent.requested_date or order.sent.requested_date),
        "schedules": [_schedule(schedule) for schedule in sent.schedules],
        "decision": line.decision.value,
        "confirmed": {
            "quantity": _decimal(line.quantity),
            "unit": line.unit,
            "requested_date": _day(line.requested_date),
            "amount": _decimal(line.amount),
        },
        "price": _price(line),
        "note": sent.note,
        "details": as_sent(sent.details),
    }


def _price(line: CheckedLine) -> Json | None:
    """The price in force, with the quantity in base units that it holds for and the price that was sent."""
    if line.price is None:
        return None
    return {
        **_json(line.price.model_dump()),
        "quantity": _decimal(line.base_quantity),
        "sent_price": _decimal(line.sent.unit_price),
        "sent_basis": _decimal(line.sent.price_basis),
    }


def as_sent(values: Model | None) -> Json | None:
    """What was said beside the documented fields: of these, those that were sent and no others."""
    return None if values is None else _json(values.model_dump(exclude_defaults=True))


def _amount(line: CheckedLine, order: CheckedOrder) -> Decimal | None:
    """The amount as sent, else of the sent price, else of the agreed one."""
    sent = line.sent
    if sent.amount is not None:
        return sent.amount
    if sent.quantity is not None and sent.unit_price is not None and sent.price_unit in (None, sent.unit):
        return money(sent.quantity * sent.unit_price / (sent.price_basis or 1), order.sent.currency)
    return line.amount


def _schedule(schedule: Schedule) -> Json:
    return {"quantity": _decimal(schedule.quantity), "date": _day(schedule.day), "ship_to": schedule.ship_to}


def finding_report(one: Finding) -> Json:
    """One finding with its place; ``message`` are its words in English, ``params`` the values that they are made of."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": english().message(one),
        "case": one.case,
        "params": _json(one.params.model_dump()),
        "before": one.before,
        "after": one.after,
        "candidates": list(one.candidates),
        "order": one.order,
        "line": one.line,
        "location": one.location.model_dump() if one.location else None,
    }


def _json(value: Any) -> Any:
    """The content of a model as JSON has it: decimals without an exponent and days in ISO 8601, both as texts."""
    if isinstance(value, Mapping):
        return {name: _json(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_json(one) for one in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
