"""The result of a file that was taken in, put together again from the store."""

from connectors.store.records import ReceiptOutcome
from connectors.store.store import Store
from orders.checked import CheckedOrder, Versions
from orders.decision import Decision
from parsers.formats import Format
from pipelines.books import CODE_VERSION
from pipelines.result import FileResult


def stored_result(outcome: ReceiptOutcome, store: Store) -> FileResult:
    """The result of a decided receipt, the same as ``check`` gives, with what was known of earlier orders."""
    receipt = outcome.receipt
    return FileResult(
        name=receipt.name,
        sha256=receipt.sha256,
        size=receipt.size,
        format=Format(outcome.format or "unknown"),
        customer=outcome.customer,
        decision=outcome.decision or Decision.HELD,
        counts=outcome.counts,
        versions=outcome.versions or Versions(code=CODE_VERSION),
        orders=tuple(_as_received(order, repeated) for order, repeated in store.orders.of_file(receipt.id)),
        findings=store.receipts.findings(receipt.id),
        waits_for=receipt.waits_for,
    )


def _as_received(order: CheckedOrder, repeated: bool) -> CheckedOrder:
    """An order that was received again is a duplicate here, whatever the first one was decided to be."""
    if not repeated:
        return order
    lines = tuple(line.model_copy(update={"decision": Decision.DUPLICATE}) for line in order.lines)
    return order.model_copy(update={"decision": Decision.DUPLICATE, "lines": lines})
