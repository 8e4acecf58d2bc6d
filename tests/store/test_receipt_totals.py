"""A receipt's totals are what its orders come to, whichever way they came: committed, decided, or taken up."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

import pytest

from connectors.store.receipts import FileOutcome
from connectors.store.records import Batch
from connectors.store.store import Store
from orders.checked import CheckedOrder, Versions
from orders.decision import Decision, LineCounts, decide, worst
from orders.findings import Finding, finding
from orders.findings.documents import DOC004_FILE_AGAIN, DOC009_NO_MESSAGE, ReceiptId
from orders.findings.heads import CHG001_UNKNOWN_ORDER, ChangeOfOrder
from orders.purchase_order import OrderFunction
from tests.store.test_store import NOW, checked, receipt

PARKED = finding(CHG001_UNKNOWN_ORDER(ChangeOfOrder(function=OrderFunction.CHANGE, number="4500018231")))


@pytest.fixture(scope="module")
def order() -> CheckedOrder:
    (one,) = checked("nordmarkt", "clean.edi")
    return one


def judged(order: CheckedOrder, number: str, decision: Decision, value: str | None) -> CheckedOrder:
    """The order under another number, all of it with this decision."""
    return order.model_copy(
        update={
            "sent": order.sent.model_copy(update={"po_number": number}),
            "lines": tuple(line.model_copy(update={"decision": decision}) for line in order.lines),
            "decision": decision,
            "value": None if value is None else Decimal(value),
        }
    )


def change(order: CheckedOrder, number: str, decision: Decision, value: str | None, *findings: Finding) -> CheckedOrder:
    """The order as a change of another one."""
    one = judged(order, number, decision, value)
    sent = one.sent.model_copy(update={"function": OrderFunction.CHANGE})
    return one.model_copy(update={"sent": sent, "findings": findings})


def begun(store: Store, *batches: Sequence[CheckedOrder], name: str = "totals") -> str:
    """A receipt with these orders, committed a batch at a time."""
    one, first = receipt(name), 1
    store.receipts.add(one)
    for orders in batches:
        store.orders.commit(one.id, Batch(first=first, orders=tuple(orders), customer="nordmarkt"), NOW)
        first += len(orders)
    return one.id


def closed(store: Store, receipt_id: str, *findings: Finding) -> None:
    of_file = decide(findings)
    outcome = FileOutcome(
        format="edifact",
        customer="nordmarkt",
        decision=None if of_file is Decision.ACCEPTED else of_file,
        findings=findings,
        versions=Versions(code="test"),
    )
    store.receipts.decide(receipt_id, outcome, NOW)


def taken_up(store: Store, receipt_id: str, order: CheckedOrder) -> None:
    """The order that the parked change names comes in another file, and the change is taken up as this."""
    other = receipt(f"{receipt_id[-8:]}-order")
    store.receipts.add(other)
    sent = order.sent.model_copy(update={"function": OrderFunction.ORIGINAL})
    named = order.model_copy(update={"sent": sent, "decision": Decision.ACCEPTED})
    store.orders.commit(other.id, Batch(first=1, orders=(named,), customer="nordmarkt"), NOW)
    (parked,) = store.parked_changes.ready(receipt_id)
    assert store.parked_changes.take_up(parked, order, (), NOW) is not None


def assert_totals(store: Store, receipt_id: str, orders: Sequence[CheckedOrder], *of_file: Finding) -> None:
    """What stands on the receipt is what these orders and findings come to, counted anew."""
    found = store.receipts.outcome(receipt_id)
    assert found is not None
    values = [one.value for one in orders if one.value is not None]
    currencies = {one.currency for one in orders if one.currency}
    file_decision = decide(of_file)
    decisions = [one.decision for one in orders]
    decisions += [file_decision] if file_decision is not Decision.ACCEPTED or not orders else []
    assert found.receipt.orders_done == len(orders)
    assert found.counts == sum((one.counts for one in orders), LineCounts())
    assert found.value == (sum(values) if values else None)
    assert found.currency == (currencies.pop() if len(currencies) == 1 else None)
    assert found.decision == (worst(decisions) if decisions else None)


def test_of_orders_committed_in_batches(store: Store, order: CheckedOrder) -> None:
    first = [judged(order, "1", Decision.ACCEPTED, "10.25"), judged(order, "2", Decision.REJECTED, "0.00")]
    second = [judged(order, "3", Decision.HELD, "3.5"), judged(order, "1", Decision.DUPLICATE, None)]
    receipt_id = begun(store)
    store.orders.commit(receipt_id, Batch(first=1, orders=tuple(first), customer="nordmarkt"), NOW)
    assert_totals(store, receipt_id, first)
    store.orders.commit(receipt_id, Batch(first=3, orders=tuple(second), customer="nordmarkt"), NOW)
    assert_totals(store, receipt_id, [*first, *second])
    closed(store, receipt_id)
    assert_totals(store, receipt_id, [*first, *second])


def test_of_orders_in_several_currencies(store: Store, order: CheckedOrder) -> None:
    euros = [judged(order, str(number), Decision.ACCEPTED, "1.10") for number in (1, 2, 3)]
    francs = euros[1].model_copy(update={"currency": "CHF"})
    assert_totals(store, begun(store, [euros[0], francs], [euros[2]]), [euros[0], francs, euros[2]])


def test_of_a_decided_file(store: Store, order: CheckedOrder) -> None:
    said = ((), (finding(DOC009_NO_MESSAGE()),), (finding(DOC004_FILE_AGAIN(ReceiptId(receipt="0" * 32))),))
    of_orders = ((), (Decision.ACCEPTED,), (Decision.DUPLICATE,), (Decision.HELD,))
    for number, (findings, decisions) in enumerate(product(said, of_orders)):
        orders = [judged(order, f"{number}", one, None if one is Decision.DUPLICATE else "7.00") for one in decisions]
        receipt_id = begun(store, *([orders] if orders else []), name=f"{number}")
        closed(store, receipt_id, *findings)
        assert_totals(store, receipt_id, orders, *findings)


def test_of_a_change_taken_up(store: Store, order: CheckedOrder) -> None:
    others = ((), (Decision.ACCEPTED,), (Decision.HELD,), (Decision.DUPLICATE,))
    outcomes = (
        (Decision.HELD, "12.40"),
        (Decision.REJECTED, "0.00"),
        (Decision.ACCEPTED, "5"),
        (Decision.DUPLICATE, None),
    )
    cases = product((Decision.HELD, Decision.REJECTED), outcomes, others)
    for number, (was, (becomes, value), decisions) in enumerate(cases):
        beside = [
            judged(order, f"{number}-beside", one, None if one is Decision.DUPLICATE else "1.05") for one in decisions
        ]
        before = change(order, f"{number}", was, "0.00", PARKED)
        after = change(order, f"{number}", becomes, value)
        receipt_id = begun(store, [before, *beside], name=f"{number}")
        assert_totals(store, receipt_id, [before, *beside])
        taken_up(store, receipt_id, after)
        assert_totals(store, receipt_id, [after, *beside])


def test_of_a_change_taken_up_in_a_file_with_a_fault_of_its_own(store: Store, order: CheckedOrder) -> None:
    fault = finding(DOC009_NO_MESSAGE())
    before = change(order, "1", Decision.REJECTED, "0.00", PARKED)
    after = change(order, "1", Decision.ACCEPTED, "2.00")
    receipt_id = begun(store, [before])
    closed(store, receipt_id, fault)
    taken_up(store, receipt_id, after)
    assert_totals(store, receipt_id, [after], fault)
