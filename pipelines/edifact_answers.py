"""Answers in EDIFACT: CONTRL for an interchange, APERAK and ORDRSP for orders in it, from what is known of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from connectors.store.records import Work
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.findings import Finding, Outcome, Severity
from parsers.edifact.headers import InterchangeHeader, MessageHeader, known_by
from replies.aperak import OrderErrors, application_errors
from replies.contrl import syntax_report
from replies.contrl_report import SyntaxReport
from replies.edifact_envelope import Envelope, can_be_addressed
from replies.ordrsp import OrderResponse, order_responses
from replies.reply_codes import reply_codes


class SentOrder(NamedTuple):
    """An order as it was decided, and the message in which it came.

    ``again`` says that it was received before; then its answer is that of the first time.
    """

    order: CheckedOrder
    message: MessageHeader
    again: tuple[Finding, ...] = ()


class SentOrders(NamedTuple):
    """Orders that follow each other in an interchange, with the findings ``around`` them that are of none of them."""

    interchange: InterchangeHeader
    orders: Sequence[SentOrder]
    around: tuple[Finding, ...]


def received_again(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of the findings of an order the last that says that it was received before."""
    return tuple(one for one in findings if one.kind.outcome is Outcome.ANSWER_AGAIN)[-1:]


def answer_to_interchange(work: Work, report: SyntaxReport, received: datetime) -> bytes | None:
    """The CONTRL that this work owes; None where nobody can be told. ``received`` is in the seller's time zone."""
    if not report.is_sent:
        return None
    return syntax_report(report, _envelope(report.received, report.first, work, received))


def answer_to_orders(work: Work, sent: SentOrders, partner: Partner, received: datetime) -> bytes | None:
    """The APERAK or ORDRSP that this work owes; None where there is nothing to tell, or nobody to address it to.

    ``received`` is in the seller's time zone.
    """
    if not can_be_addressed(sent.interchange):
        return None
    envelope = _envelope(sent.interchange, sent.orders[0].message, work, received)
    numbered = list(enumerate(sent.orders, start=work.first_position or 1))
    if work.answer is AnswerKind.APERAK:
        errors = [
            OrderErrors(
                number=_number(work, position),
                order=one.order,
                message=one.message.reference,
                interchange=sent.interchange.reference,
                received=received,
                around=sent.around,
                alone=_alone((*sent.around, *one.order.findings), sent.interchange, one.message, partner),
            )
            for position, one in numbered
        ]
        return application_errors(errors, envelope)
    responses = [
        OrderResponse(number=_number(work, position), order=one.order, around=sent.around, again=one.again)
        for position, one in numbered
    ]
    return order_responses(responses, envelope)


def _alone(
    findings: Iterable[Finding], interchange: InterchangeHeader, message: MessageHeader, partner: Partner
) -> tuple[Finding, ...]:
    """Findings for which APERAK has no code, and of which no other answer of the partner speaks.

    ORDRSP tells all of an order. CONTRL tells those that it has a code for, but has not always a place for them.
    """
    answers = partner.edifact.answers
    if AnswerKind.ORDRSP in answers:
        return ()
    told = {*interchange.told, *message.told} if AnswerKind.CONTRL in answers else set()
    return tuple(
        one
        for one in findings
        if one.severity is not Severity.INFO and reply_codes(one).aperak_code is None and known_by(one) not in told
    )


def _envelope(
    interchange: InterchangeHeader, message: MessageHeader | None, work: Work, received: datetime
) -> Envelope:
    return Envelope.answering(
        interchange,
        directory=message.directory if message else "D.96A",
        association=message.association if message else None,
        control_reference=str(work.control_reference or work.id),
        prepared=received,
    )


def _number(work: Work, position: int) -> str:
    """Our number of a response (1004), unique for a partner: the control reference and the place in the file."""
    return f"{work.control_reference or work.id}-{position}"
