"""CONTRL: the syntax report on one received interchange (ISO 9735: D.3 for syntax versions 1 to 3, 4.1 for 4).

0083 says 4 where the interchange, group or message itself is rejected, and 7 otherwise: what is held was received and
is worked on, what is only warned of was taken. 8 (received) stands where a refused message cannot be named, for 7
would acknowledge it. Where more is faulty than is told one by one, the error of the interchange is unspecified (18).
The sender of a CONTRL gets none in return; to see to that is the caller's part.
"""

from collections.abc import Collection
from itertools import chain

from orders.findings import Finding
from replies.contrl_codes import UNSPECIFIED, element_position, error_code, is_told, service_tag
from replies.contrl_plan import GroupErrors, MessageErrors, plan
from replies.contrl_report import MessageReport, SyntaxReport, refused
from replies.edifact_directory import Component, Element, service_directory
from replies.edifact_envelope import Envelope, MessageWriter, write_interchange

_REJECTED, _ACKNOWLEDGED, _RECEIVED = "4", "7", "8"


def syntax_report(report: SyntaxReport, envelope: Envelope) -> bytes:
    """One interchange with one CONTRL, in the syntax version of the envelope.

    Errors: ValueError for a report that is not ``answerable``, which CONTRL cannot tell which interchange it is about.
    """
    if not report.answerable:
        raise ValueError(
            "CONTRL has to repeat sender, recipient and reference of UNB, and the received one lacks some."
        )
    writer = MessageWriter(envelope, "1", "CONTRL", directory=service_directory(envelope.syntax_version))
    planned, received = plan(report), report.received
    rejected = refused(report.findings)
    unnamed = planned.unnamed or report.beyond.refused
    action = _REJECTED if rejected else _RECEIVED if unnamed else _ACKNOWLEDGED
    sender = _pair(received.sender, received.sender_qualifier)
    recipient = _pair(received.recipient, received.recipient_qualifier)
    error = _error(writer, planned.head, ("UNA", "UNB", "UNZ"))
    if report.beyond.messages and not error:
        error = (UNSPECIFIED,)
    writer.add("UCI", received.reference, sender, recipient, action, *error)
    for message in planned.messages:
        _add_message(writer, message, rejected=rejected)
    for group in planned.groups:
        _add_group(writer, group, rejected=rejected)
    return write_interchange(envelope, [writer])


def untold(report: SyntaxReport) -> tuple[Finding, ...]:
    """Findings for which CONTRL has a code, but no place beside others: they have to be told in another reply.

    So have those ``beyond`` what a report keeps, which are not among them.
    """
    return tuple(plan(report).untold)


def told(report: SyntaxReport) -> tuple[Finding, ...]:
    """Findings of the report that its CONTRL tells; none where no CONTRL goes out."""
    if not report.is_sent:
        return ()
    messages = chain(report.messages, *(group.messages for group in report.groups))
    reported = chain(report.findings, *(one.findings for one in report.groups), *(one.findings for one in messages))
    left = set(map(id, untold(report)))
    return tuple(one for one in reported if is_told(one) and id(one) not in left)


def _add_group(writer: MessageWriter, errors: GroupErrors, *, rejected: bool) -> None:
    group = errors.group
    rejected = rejected or refused(group.findings)
    sender = _pair(group.sender, group.sender_qualifier)
    recipient = _pair(group.recipient, group.recipient_qualifier)
    error = _error(writer, errors.head, ("UNG", "UNE"))
    writer.add("UCF", group.reference, sender, recipient, _action(rejected), *error)
    for message in errors.messages:
        _add_message(writer, message, rejected=rejected)


def _add_message(writer: MessageWriter, errors: MessageErrors, *, rejected: bool) -> None:
    message = errors.message
    identifier: list[Component] = [
        message.type, message.version, message.release, message.agency, message.association
    ]  # fmt: skip
    error = _error(writer, errors.head, ("UNH", "UNT"), message)
    writer.add("UCM", message.reference, identifier, _action(rejected or message.refused), *error)
    for segment in errors.segments:
        code = None if segment.whole is None else error_code(segment.whole, writer.directory)
        writer.add("UCS", str(segment.position), code)
        for one in segment.elements:
            writer.add("UCD", error_code(one, writer.directory), element_position(one, message))


def _action(rejected: bool) -> str:
    return _REJECTED if rejected else _ACKNOWLEDGED


def _pair(identifier: str | None, qualifier: str | None) -> list[Component]:
    return [identifier, qualifier]


def _error(
    writer: MessageWriter, finding: Finding | None, tags: Collection[str], message: MessageReport | None = None
) -> tuple[Element, ...]:
    """Code, service segment and element: each of the three only where those before it stand (0085, 0013/0135, S011)."""
    if finding is None:
        return ()
    code, tag = error_code(finding, writer.directory), service_tag(finding)
    if tag not in tags:
        return (code,)
    return (code, tag, element_position(finding, message))
