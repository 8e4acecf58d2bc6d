"""Answers in EDIFACT: CONTRL for an interchange, APERAK and ORDRSP for its orders, from the archive and the store."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO
from zoneinfo import ZoneInfo

from connectors.archive import Archive
from connectors.errors import Refused
from connectors.store.records import ReceiptOutcome, Work
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.findings import Finding, Outcome, Severity
from parsers.edifact.interchange import Interchange
from parsers.edifact.message import Message
from pipelines.edifact_reports import SyntaxReports
from pipelines.left_untold import LeftUntold, left_untold
from pipelines.order_places import KnownFiles, OrderPlaces
from replies.aperak import OrderErrors, application_errors
from replies.contrl import syntax_report
from replies.edifact_envelope import Envelope, can_be_addressed
from replies.ordrsp import OrderResponse, order_responses
from replies.reply_codes import reply_codes


class EdifactAnswers:
    """Makes them. ``zone`` is the seller's; ``files`` are those whose places are known so far."""

    def __init__(self, store: Store, archive: Archive, zone: ZoneInfo, files: KnownFiles) -> None:
        self._store = store
        self._archive = archive
        self._zone = zone
        self._files = files
        self._reports = SyntaxReports(store)

    def content(
        self,
        work: Work,
        outcome: ReceiptOutcome,
        orders: Sequence[CheckedOrder],
        partner: Partner,
    ) -> bytes | None:
        """The interchange that this work owes; None where there is nothing to tell, or nobody to address it to."""
        with self._archive.open(outcome.receipt.sha256) as stream:
            places = self._places(outcome, stream, partner)
            if work.answer is AnswerKind.CONTRL:
                return self._syntax_report(work, outcome, stream, places, partner)
            first = work.first_position or 1
            carried = list(places.orders(stream, first, len(orders)))
            if len(carried) != len(orders):
                words = f"Orders {first} to {first + len(orders) - 1} are not those of one interchange any more"
                raise Refused(f"{words}; the archive or the reader has changed.")
            received = places.survey.interchanges[carried[0].interchange.number - 1]
            if not can_be_addressed(received):
                return None
            of_file = self._store.receipts.findings_of_file(work.receipt_id)
            told_around = tuple(one for one in of_file if one.interchange in (None, received.number))
            envelope = self._envelope(received, carried[0], work, outcome)
            numbered = list(enumerate(zip(orders, carried, strict=True), start=first))
            if work.answer is AnswerKind.APERAK:
                errors = [
                    OrderErrors(
                        number=_number(work, position),
                        order=order,
                        message=message.reference,
                        interchange=received.reference,
                        received=outcome.receipt.received_at.astimezone(self._zone),
                        around=told_around,
                        alone=self._alone((*told_around, *order.findings), message, stream, places, partner),
                    )
                    for position, (order, message) in numbered
                ]
                return application_errors(errors, envelope)
        again = self._received_again(work, first, len(orders))
        responses = [
            OrderResponse(
                number=_number(work, position), order=order, around=told_around, again=again.get(position, ())
            )
            for position, (order, _) in numbered
        ]
        return order_responses(responses, envelope)

    def _received_again(self, work: Work, first: int, number: int) -> dict[int, tuple[Finding, ...]]:
        """By position, what says of an order that it was received before; its answer is that of the first time."""
        found = self._store.receipts.findings_of_orders(work.receipt_id, first, first + number - 1)
        return {one.order: (one,) for one in found if one.kind.outcome is Outcome.ANSWER_AGAIN and one.order}

    def left(self, outcome: ReceiptOutcome, partner: Partner) -> LeftUntold | None:
        """What of a file none of the partner's answers tells, for a letter; None where there is nothing."""
        with self._archive.open(outcome.receipt.sha256) as stream:
            places = self._places(outcome, stream, partner)
            return left_untold(outcome, stream, places, self._store, partner)

    def _places(self, outcome: ReceiptOutcome, stream: BinaryIO, partner: Partner) -> OrderPlaces:
        return self._files.places(outcome.receipt.sha256, stream, partner.edifact.character_set)

    def _alone(
        self,
        findings: Iterable[Finding],
        message: Message,
        stream: BinaryIO,
        places: OrderPlaces,
        partner: Partner,
    ) -> tuple[Finding, ...]:
        """Findings for which APERAK has no code, and of which no other answer of the partner speaks.

        ORDRSP tells all of an order. CONTRL tells those that it has a code for, but has not always a place for them.
        """
        answers = partner.edifact.answers
        if AnswerKind.ORDRSP in answers:
            return ()
        open_ones = [
            one for one in findings if one.severity is not Severity.INFO and reply_codes(one).aperak_code is None
        ]
        if AnswerKind.CONTRL not in answers or not open_ones:
            return tuple(open_ones)
        return self._reports.left_of_message(open_ones, message, stream, places)

    def _syntax_report(
        self, work: Work, outcome: ReceiptOutcome, stream: BinaryIO, places: OrderPlaces, partner: Partner
    ) -> bytes | None:
        number = work.first_position or 1
        if number > len(places.survey.interchanges):
            raise Refused(f"The file has no interchange {number} any more; the archive or the reader has changed.")
        received = places.survey.interchanges[number - 1]
        made = self._reports.report(received, outcome, stream, places, partner.policy.judged)
        if not made.is_sent:
            return None
        return syntax_report(made.report, self._envelope(received, made.first, work, outcome))

    def _envelope(
        self, interchange: Interchange, message: Message | None, work: Work, outcome: ReceiptOutcome
    ) -> Envelope:
        return Envelope.answering(
            interchange,
            directory=message.directory if message else "D.96A",
            association=message.association if message else None,
            control_reference=str(work.control_reference or work.id),
            prepared=outcome.receipt.received_at.astimezone(self._zone),
        )


def _number(work: Work, position: int) -> str:
    """Our number of a response (1004), unique for a partner: the control reference and the place in the file."""
    return f"{work.control_reference or work.id}-{position}"
