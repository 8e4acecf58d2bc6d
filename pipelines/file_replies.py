"""The replies to a file while it is decided: each is made right after the commit it tells of, from what is at hand."""

from collections.abc import Mapping, Sequence
from functools import partial

from connectors.store.records import Receipt, Work
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.findings import Finding
from parsers.edifact.headers import InterchangeHeader, MessageHeader
from parsers.tables.table import TableFile
from pipelines.answering import Answers, make_now
from pipelines.edifact_answers import SentOrder, SentOrders, received_again
from replies.contrl_report import SyntaxReport


class FileReplies:
    """Makes the replies to the file of this receipt."""

    def __init__(self, receipt: Receipt, partner: Partner | None, answers: Answers, store: Store) -> None:
        self._receipt = receipt
        self._partner = partner
        self._answers = answers
        self._store = store
        self.owed_to_interchanges: Mapping[int, Work] = {}
        """What owes a CONTRL, by the number of the interchange."""

    def make_for_interchange(self, report: SyntaxReport) -> None:
        """Make the CONTRL of an interchange that was read whole, where one is owed."""
        work = self.owed_to_interchanges.get(report.received.number)
        if work is not None:
            make_now(partial(self._answers.answer_interchange, work, self._receipt, report))

    def make_for_orders(
        self,
        owed: Sequence[Work],
        orders: Sequence[CheckedOrder],
        messages: Sequence[MessageHeader],
        interchange: InterchangeHeader,
        around: tuple[Finding, ...],
    ) -> None:
        """Make what is owed to orders that were committed together, each with its message."""
        if self._partner is None or not owed:
            return
        answered = self._as_answered(orders, owed[0])
        sent = [
            SentOrder(order=told, message=message, again=received_again(order.findings))
            for order, told, message in zip(orders, answered, messages, strict=True)
        ]
        together = SentOrders(interchange, sent, around)
        for work in owed:
            make_now(partial(self._answers.answer_orders, work, self._receipt, together, self._partner))

    def _as_answered(self, orders: Sequence[CheckedOrder], work: Work) -> Sequence[CheckedOrder]:
        """The orders as they are answered: one that came again as it was decided the first time."""
        if not _any_again(orders):
            return orders
        known = self._store.orders.of_file(work.receipt_id, work.first_position or 1, work.last_position)
        return [order for order, _ in known]

    def make_rest(self, orders: Sequence[CheckedOrder] | None, tables: TableFile) -> None:
        """Make what was not made yet, now that the file is decided: what is owed to it as a whole, and what another one
        left who was killed. ``orders`` and ``tables`` are all of a file of tables, where they are at hand.
        """
        at_hand = orders is not None and not _any_again(orders)
        for work in self._store.replies.unmade(self._receipt.id):
            if work.answer is AnswerKind.ANNOTATED:
                make_now(
                    partial(self._answers.answer, work, orders if at_hand else None, tables if tables.tables else None)
                )
            else:
                make_now(partial(self._answers.answer, work))


def _any_again(orders: Sequence[CheckedOrder]) -> bool:
    return any(order.decision is Decision.DUPLICATE for order in orders)
