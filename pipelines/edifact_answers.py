"""Answers in EDIFACT: CONTRL for an interchange, APERAK and ORDRSP for its orders, from the archive and the store."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import BinaryIO
from zoneinfo import ZoneInfo

from connectors.archive import Archive
from connectors.errors import Refused
from connectors.store.records import ReceiptOutcome, Work
from connectors.store.store import Store
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.findings import Finding, Severity
from orders.location import Location, SegmentLocation
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.reader import Message, messages
from parsers.edifact.syntax import checked_tree
from pipelines.order_places import KnownFiles
from pipelines.reading import is_order, not_handled
from replies.aperak import OrderErrors, application_errors
from replies.contrl import syntax_report, untold
from replies.contrl_report import report_on
from replies.edifact_envelope import Envelope
from replies.ordrsp import OrderResponse, order_responses

Judged = Callable[[Finding], Finding]


class EdifactAnswers:
    """Makes them. ``zone`` is the seller's; ``files`` are those whose places are known so far."""

    def __init__(self, store: Store, archive: Archive, zone: ZoneInfo, files: KnownFiles) -> None:
        self._store = store
        self._archive = archive
        self._zone = zone
        self._files = files

    def content(
        self,
        work: Work,
        outcome: ReceiptOutcome,
        orders: Sequence[CheckedOrder],
        judged: Judged,
        answers: Collection[AnswerKind],
    ) -> bytes | None:
        """The interchange that this work owes; None where there is nothing to tell, or nobody to address it to.

        ``judged`` gives a finding the severity that the partner's policy has for it; ``answers`` are all that the
        partner gets, so that what none of the others tells is told in APERAK.
        """
        with self._archive.open(outcome.receipt.sha256) as stream:
            places = self._files.places(outcome.receipt.sha256, stream)
            if work.answer is AnswerKind.CONTRL:
                return self._syntax_report(work, outcome, stream, places.survey, judged)
            first = work.first_position or 1
            carried = list(places.orders(stream, first, len(orders)))
        if len(carried) != len(orders):
            words = f"Orders {first} to {first + len(orders) - 1} are not those of one interchange any more"
            raise Refused(f"{words}; the archive or the reader has changed.")
        if not _addressed(carried[0].interchange):
            return None
        envelope = self._envelope(carried[0].interchange, carried[0], work, outcome)
        around = _around(self._store.receipts.findings_of_file(work.receipt_id), carried[0].interchange, places.survey)
        numbered = list(enumerate(zip(orders, carried, strict=True), start=first))
        if work.answer is AnswerKind.APERAK:
            errors = [
                OrderErrors(
                    number=_number(work, position),
                    order=order,
                    message=message.reference,
                    interchange=message.interchange.reference,
                    received=outcome.receipt.received_at.astimezone(self._zone),
                    around=around,
                    alone=_told_by_no_other((*around, *order.findings), message, answers, judged),
                )
                for position, (order, message) in numbered
            ]
            return application_errors(errors, envelope)
        responses = [
            OrderResponse(number=_number(work, position), order=order, around=around)
            for position, (order, _) in numbered
        ]
        return order_responses(responses, envelope)

    def _syntax_report(
        self, work: Work, outcome: ReceiptOutcome, stream: BinaryIO, found: Survey, judged: Judged
    ) -> bytes | None:
        number = work.first_position or 1
        if number > len(found.interchanges):
            raise Refused(f"The file has no interchange {number} any more; the archive or the reader has changed.")
        received = found.interchanges[number - 1]
        first: list[Message] = []

        def checked() -> Iterator[Message]:
            for message in messages(stream, Survey([received])):
                if not is_order(message) or checked_tree(message) is None:
                    message.findings.append(not_handled(message))
                if not first:
                    first.append(message)
                yield message

        report = report_on(received, checked(), judged)
        if not report.answerable or (first and first[0].type == "CONTRL"):
            return None  # nobody to address it to, or the answer to an answer, which ISO 9735 forbids
        return syntax_report(report, self._envelope(received, first[0] if first else None, work, outcome))

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


def _around(of_file: Iterable[Finding], interchange: Interchange, found: Survey) -> tuple[Finding, ...]:
    """Those that are about this interchange, or about none alone."""
    return tuple(one for one in of_file if _concerned(one, found) in (None, interchange.number))


def _concerned(one: Finding, found: Survey) -> int | None:
    """Number of the interchange that a finding of the file is about; None where it is about none alone."""
    place = one.location
    if not isinstance(place, SegmentLocation) or place.offset is None:
        return None
    at = bisect_right(found.interchanges, place.offset, key=lambda interchange: interchange.start)
    near = found.interchanges[max(0, at - 2) : at]
    for interchange in near:  # that an interchange has no UNZ is said where the next one begins
        if any(
            (one.code, one.message, place) == (said.code, said.message, said.location) for said in interchange.findings
        ):
            return interchange.number
    return near[-1].number if near and place.offset < near[-1].end else None


def _addressed(interchange: Interchange) -> bool:
    return bool(interchange.sender and interchange.recipient)


def _number(work: Work, position: int) -> str:
    """Our number of a response (1004), unique for a partner: the control reference and the place in the file."""
    return f"{work.control_reference or work.id}-{position}"


def _told_by_no_other(
    findings: Iterable[Finding], message: Message, answers: Collection[AnswerKind], judged: Judged
) -> tuple[Finding, ...]:
    """Findings for which APERAK has no code, and of which no other answer of the partner speaks.

    ORDRSP tells all of an order. CONTRL tells those that it has a code for, but has not always a place for them.
    """
    if AnswerKind.ORDRSP in answers:
        return ()
    open_ones = [one for one in findings if one.severity is not Severity.INFO and one.kind.aperak_code is None]
    if AnswerKind.CONTRL not in answers or not open_ones:
        return tuple(open_ones)
    checked_tree(message)
    left_out = {_known_by(one) for one in untold(report_on(message.interchange, [message], judged))}
    return tuple(one for one in open_ones if one.kind.contrl_code is None or _known_by(one) in left_out)


def _known_by(one: Finding) -> tuple[str, Location | None]:
    """Code and place, without the number of the message: that counts from where the reading began."""
    place = one.location
    return one.code, place.model_copy(update={"message": None}) if isinstance(place, SegmentLocation) else place
