"""Syntax reports on received interchanges, and which findings the CONTRL that is made of one leaves untold."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

from connectors.store.records import ReceiptOutcome, ReceiptStatus
from connectors.store.store import Store
from orders.findings import Finding, Outcome
from orders.location import Location, SegmentLocation
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.syntax import checked_tree
from pipelines.interchange_references import received_again, used_before
from pipelines.order_places import OrderPlaces
from pipelines.reading import is_order, not_handled
from replies.contrl import untold
from replies.contrl_codes import is_told
from replies.contrl_report import SyntaxReport, report_on

Judged = Callable[[Finding], Finding]
_ANSWER = "CONTRL"


class Made(NamedTuple):
    """A report, and the first message of its interchange."""

    report: SyntaxReport
    first: Message | None

    @property
    def is_sent(self) -> bool:
        """Whether a CONTRL goes out: somebody can be addressed, and this is no answer itself (ISO 9735)."""
        return self.report.answerable and (self.first is None or self.first.type != _ANSWER)


class SyntaxReports:
    """Makes them from the store and the file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report(
        self, received: Interchange, outcome: ReceiptOutcome, stream: BinaryIO, places: OrderPlaces, judged: Judged
    ) -> Made:
        """The report on one interchange of the file that the stream reads."""
        first: list[Message] = []

        def checked() -> Iterator[Message]:
            for message in messages(stream, Survey([received])):
                _check(message)
                if not first:
                    first.append(message)
                yield message

        further = self._received_before(received, outcome)
        report = report_on(received, checked(), judged, further)
        places.told_until[received.number] = report.beyond.offset
        return Made(report, first[0] if first else None)

    def left_of_message(
        self, findings: Iterable[Finding], message: Message, stream: BinaryIO, places: OrderPlaces
    ) -> tuple[Finding, ...]:
        """Those findings of a message, and of what is around it, that the CONTRL of its interchange does not tell."""
        until = self._told_until(places.survey.interchanges[message.interchange.number - 1], stream, places)
        if until is not None and message.offset >= until:
            return tuple(findings)
        _check(message)
        left = {known_by(one) for one in untold(report_on(message.interchange, [message]))}
        return tuple(one for one in findings if not is_told(one) or known_by(one) in left)

    def left_of_interchange(self, findings: Iterable[Finding], made: Made) -> tuple[Finding, ...]:
        """Those findings of an interchange without orders that its CONTRL does not tell."""
        if not made.is_sent:
            return tuple(findings)
        left, beyond = {known_by(one) for one in untold(made.report)}, made.report.beyond
        return tuple(one for one in findings if not is_told(one) or known_by(one) in left or beyond.has(one))

    def _told_until(self, received: Interchange, stream: BinaryIO, places: OrderPlaces) -> int | None:
        """The byte from which on CONTRL does not tell of messages; worked out once for an interchange."""
        if received.number not in places.told_until:
            report = report_on(received, map(_check, messages(stream, Survey([received]))))
            places.told_until[received.number] = report.beyond.offset
        return places.told_until[received.number]

    def _received_before(self, received: Interchange, outcome: ReceiptOutcome) -> Iterable[Finding]:
        """That the file or its reference was received before: as it was decided, or as it will be."""
        receipt, customer, receipts = outcome.receipt, outcome.customer, self._store.receipts
        if receipt.status is ReceiptStatus.DECIDED:
            said = set(map(known_by, received.findings))
            of_file = receipts.findings_of_file(receipt.id)
            about = (one for one in of_file if one.interchange in (None, received.number))
            return [one for one in about if one.kind.outcome is Outcome.ANSWER_AGAIN and known_by(one) not in said]
        if customer is None:
            return ()
        again = received_again(receipt, customer, receipts) or used_before(received, receipt, customer, receipts)
        return () if again is None else (again,)


def _check(message: Message) -> Message:
    if not is_order(message) or checked_tree(message) is None:
        message.findings.append(not_handled(message))
    return message


def known_by(one: Finding) -> tuple[str, str, Location | None]:
    """Code, case and place, without the number of the message: that counts from where the reading began."""
    place = one.location
    bare = place.model_copy(update={"message": None}) if isinstance(place, SegmentLocation) else place
    return one.code, one.case, bare
