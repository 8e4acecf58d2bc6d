"""What of an EDIFACT file neither CONTRL, APERAK nor ORDRSP tells its sender; a letter does.

An interchange without orders has no order to answer, and CONTRL may not be agreed, or have no place for what is to be
said. One whose UNB names no sender or no recipient cannot be answered in EDIFACT at all.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from connectors.store.records import ReceiptOutcome
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision, decide, worst
from orders.findings import Finding, Outcome, Severity
from orders.findings.log import FindingLog
from parsers.edifact.headers import InterchangeHeader, known_by
from replies.contrl import told
from replies.contrl_report import SyntaxReport
from replies.edifact_envelope import can_be_addressed

_AT_ONCE = 200
_MOST_ORDERS = 50
"""So many orders are named with their lines; of more, the findings alone are told."""


class LeftUntold(NamedTuple):
    """Orders and findings that are told nowhere else, with the decision on them; the findings bounded in number."""

    orders: tuple[CheckedOrder, ...]
    findings: tuple[Finding, ...]
    decision: Decision


def may_leave_untold(
    interchanges: Iterable[InterchangeHeader], findings: Iterable[Finding], with_orders: Collection[int]
) -> bool:
    """Whether the answers to the orders of a file, of which there are some, may leave anything of it untold.

    ``findings`` are those of the file; ``with_orders`` are the numbers of the interchanges that have orders.
    """
    if any(one.number in with_orders and not can_be_addressed(one) for one in interchanges):
        return True
    asked = filter(_asks_something, findings)
    return any(one.interchange is not None and one.interchange not in with_orders for one in asked)


def left_untold(
    outcome: ReceiptOutcome,
    interchanges: Collection[InterchangeHeader],
    report: Callable[[int], SyntaxReport],
    store: Store,
    partner: Partner,
) -> LeftUntold | None:
    """What is left of a decided file; None where nothing is.

    ``interchanges`` are all of the file, ``report`` gives the syntax report on the one of this number.
    """
    receipt_id = outcome.receipt.id
    about = _by_interchange(store.receipts.findings_of_file(receipt_id))
    positions = store.interchanges.positions(receipt_id)
    answered = {one.number for one in interchanges if one.number in positions and can_be_addressed(one)}
    noticed, orders, decisions = FindingLog(), list[CheckedOrder](), list[Decision]()
    # What is about no interchange alone is told around each order that is answered.
    noticed.extend(() if answered else about.get(None, ()))
    for received in interchanges:
        if received.number in answered:
            continue
        said: Iterable[Finding] = about.get(received.number, ())
        if AnswerKind.CONTRL in partner.edifact.answers and said and received.number not in positions:
            said = _not_told(said, report(received.number))
        noticed.extend(said)
        for order in _orders(receipt_id, positions.get(received.number, range(0)), store):
            decisions.append(order.decision)
            orders.append(order)
            noticed.extend(one.in_order(len(decisions)) for one in order.findings)
            del orders[_MOST_ORDERS + 1 :]
    findings = tuple(filter(_asks_something, noticed))
    if not findings and not decisions:
        return None
    named = tuple(orders) if len(decisions) <= _MOST_ORDERS else ()
    return LeftUntold(named, findings, worst((*set(decisions), decide(findings))))


def _not_told(findings: Iterable[Finding], report: SyntaxReport) -> tuple[Finding, ...]:
    """Those findings of an interchange without orders that its CONTRL does not tell."""
    said = set(map(known_by, told(report)))
    return tuple(one for one in findings if known_by(one) not in said or report.beyond.has(one))


def _asks_something(one: Finding) -> bool:
    return one.severity is not Severity.INFO or one.kind.outcome is Outcome.ANSWER_AGAIN


def _by_interchange(findings: Iterable[Finding]) -> Mapping[int | None, list[Finding]]:
    about: dict[int | None, list[Finding]] = {}
    for one in findings:
        about.setdefault(one.interchange, []).append(one)
    return about


def _orders(receipt_id: str, positions: range, store: Store) -> Iterator[CheckedOrder]:
    for first in range(positions.start, positions.stop, _AT_ONCE):
        last = min(first + _AT_ONCE, positions.stop) - 1
        yield from (order for order, _ in store.orders.of_file(receipt_id, first, last))
