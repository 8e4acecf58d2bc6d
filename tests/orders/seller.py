"""The small seller of the rule cases, and a way to check an order against it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orders.catalogue import DeliveryCalendar
from orders.check import check_order
from orders.checked import CheckedOrder
from orders.content import content_fingerprint
from orders.findings import Finding
from orders.policy import Policy
from orders.purchase_order import OrderLine, Party, PartyRole, PurchaseOrder
from orders.reference import Agreement, Reference
from orders.reference_tables import ReferenceTables
from orders.rules.case import EarlierOrder
from tests.orders.no_places import NoPlaces

FOLDER = Path(__file__).parent
MONDAY = date(2026, 11, 16)
_IDENTIFIERS = {"item", "gtin", "buyer_item"}


@cache
def _rows() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / "seller.yaml").read_text("utf-8"))
    return content


def shop(**account: Any) -> Agreement:
    """What is agreed with the shop; ``account`` changes the account for one case."""
    rows = dict(_rows())
    closed = frozenset(rows.pop("closed"))
    (customer,) = rows.pop("customers")
    tables = ReferenceTables.model_validate({"version": "test", **rows, "customers": [{**customer, **account}]})
    agreement = Reference(tables, DeliveryCalendar(closed=closed)).agreement("shop")
    assert agreement is not None
    return agreement


def line(number: int = 1, **fields: Any) -> OrderLine:
    """A line for ten cups, or for what is named."""
    usual: dict[str, Any] = {"quantity": 10, "unit": "PCE"}
    if not _IDENTIFIERS & set(fields):
        usual["item"] = "CUP"
    return OrderLine.model_validate({"number": str(number), **usual, **fields})


def order(lines: Iterable[OrderLine], **head: Any) -> PurchaseOrder:
    """An order of the shop; ``buyer`` and ``ship_to`` are identifiers."""
    roles = {"buyer": PartyRole.BUYER, "ship_to": PartyRole.DELIVERY_PARTY}
    parties = tuple(Party(role=role, identifier=head.pop(name)) for name, role in roles.items() if name in head)
    return PurchaseOrder.model_validate(
        {
            "po_number": "PO-1",
            "function": "original",
            "currency": "EUR",
            "parties": parties,
            **head,
            "lines": tuple(lines),
        }
    )


def check(
    sent: PurchaseOrder,
    *,
    policy: Mapping[str, Any] | None = None,
    account: Mapping[str, Any] | None = None,
    as_of: date = MONDAY,
    earlier: str | None = None,
    read: Iterable[Finding] = (),
    around: Iterable[Finding] = (),
) -> CheckedOrder:
    """Check the order. ``earlier`` is what is known under its number: the same or another that was entered, one
    ``waiting`` of which nothing was, or the one ``stored``: two lines of ten cups, entered."""
    known = None
    if earlier is not None:
        content = content_fingerprint(sent) if earlier == "same" else "another"
        stored = order((line(1), line(2)), ship_to="MAIN") if earlier == "stored" else None
        entered = 0 if earlier == "waiting" else 1
        known = EarlierOrder(revision=1, entered=entered, content=content if entered else None, sent=stored)
    agreed = Policy.model_validate(policy or {})
    return check_order(sent, NoPlaces(), read, shop(**(account or {})), agreed, as_of, known, around)
