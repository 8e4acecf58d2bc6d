"""The table of a poll: what an operator wants to know of each file at a glance."""

from collections.abc import Iterable

from connectors.store.records import ReceiptOutcome
from connectors.store.store import Store
from orders.decision import Decision
from orders.findings import Finding, Outcome
from orders.numbers import plain
from pipelines.receiving import LeftFile
from replies.wording.language import english

Row = dict[str, str]


def poll_rows(outcomes: Iterable[ReceiptOutcome], store: Store) -> list[Row]:
    """A row a file: its name, customer, orders, lines, value, outcome and the first reason."""
    return [_row(outcome, store) for outcome in outcomes]


def left_row(one: LeftFile) -> Row:
    """The row of a file that could not be claimed, read or moved: nothing is known of it but its name."""
    nothing = dict.fromkeys(("customer", "orders", "lines", "value"), "")
    return {"file": one.name, **nothing, "outcome": one.trouble.value, "first reason": one.problem}


def _row(outcome: ReceiptOutcome, store: Store) -> Row:
    receipt, value = outcome.receipt, outcome.value
    return {
        "file": receipt.name,
        "customer": outcome.customer or "unknown",
        "orders": str(receipt.orders_done),
        "lines": str(outcome.counts.read),
        "value": f"{plain(value)} {outcome.currency or ''}".strip() if value is not None else "",
        "outcome": outcome.decision.value if outcome.decision else "waiting",
        "first reason": receipt.waits_for or _first_reason(store.receipts.findings(receipt.id), outcome.decision),
    }


def _first_reason(findings: Iterable[Finding], decision: Decision | None) -> str:
    """The first finding of the highest severity, if any has more weight than a note."""
    told = [one for one in findings if one.severity.rank > 0]
    if not told:
        again = [one for one in findings if one.kind.outcome is Outcome.ANSWER_AGAIN]
        told = again if decision is Decision.DUPLICATE else []
    worst = max(told, key=lambda one: one.severity.rank, default=None)
    return f"{worst.code} {english().message(worst)}" if worst else ""
