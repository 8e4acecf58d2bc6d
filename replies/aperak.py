"""APERAK: the errors of an order, one ERC each, in the partner's directory version (UN/EDIFACT, UNSM APERAK).

D.93A has no APERAK; D.96A is written for it. The codes in ERC (9321) are our own, as the directory means them to be.
"""

from collections.abc import Sequence
from datetime import datetime

from orders.checked import CheckedOrder
from orders.findings import Finding, Severity
from orders.model import Model
from orders.purchase_order import PartyRole
from replies.edifact_directory import Component, ElementDirectory, element_directory
from replies.edifact_envelope import Envelope, MessageWriter, write_interchange
from replies.edifact_segments import add_error_text, add_order_number, add_party, day_element
from replies.edifact_text import blocks_of
from replies.ordrsp_codes import OrderAnswer
from replies.reply_codes import reply_codes
from replies.wording.language import english

_ERROR_MESSAGE = "313"
_FIRST_WITH_APERAK = "D.96A"
_MAX_ERC = 999
"""In D.96A; D.01B has more, but nobody reads them."""
_MAX_FTX = 9
_ASSIGNED_BY_SELLER = "91"
_FUNCTIONS = {"4": "34"}
"""1225 where it differs from that of ORDRSP: "change" says there that the answer differs from the order."""


class OrderErrors(Model):
    """An order whose errors are told: ``number`` is ours (1004, unique with us).

    ``message`` and ``interchange`` are the sender's references of what the order came in, at the time ``received``.
    ``around`` are findings of the file or interchange that weigh on the order; ``alone`` are those of the order that no
    other answer of this partner tells, and which are told here even though ERC has no code of their own for them.
    """

    number: str
    order: CheckedOrder
    message: str | None = None
    interchange: str | None = None
    received: datetime | None = None
    around: tuple[Finding, ...] = ()
    alone: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are told, worst first: warnings and worse that have a code for ERC, or no other answer."""
        of_order = sorted(self.order.findings, key=lambda one: one.line or 0)
        told = (one for one in (*self.around, *of_order) if _is_told(one) or one in self.alone)
        return tuple(sorted(told, key=lambda one: -one.severity.rank))


def application_errors(orders: Sequence[OrderErrors], envelope: Envelope) -> bytes | None:
    """One interchange with one APERAK for each order that has errors; None where no order has any."""
    faulty = [one for one in orders if one.errors]
    if not faulty:
        return None
    directory = element_directory(envelope.directory)
    if not directory.has_message("APERAK"):
        directory = element_directory(_FIRST_WITH_APERAK)
    messages = [_message(one, envelope, str(number), directory) for number, one in enumerate(faulty, start=1)]
    return write_interchange(envelope, messages)


def _is_told(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO and reply_codes(finding).aperak_code is not None


def _message(told: OrderErrors, envelope: Envelope, reference: str, directory: ElementDirectory) -> MessageWriter:
    writer = MessageWriter(envelope, reference, "APERAK", directory=directory)
    order, errors = told.order, told.errors
    name: list[Component] = [_ERROR_MESSAGE] if directory.has_code("1001", _ERROR_MESSAGE) else []
    code = OrderAnswer(order).code
    # 1004 stands alone in BGM of D.96A, and in a composite from D.01B on; both write it the same.
    writer.add("BGM", name, [told.number], _FUNCTIONS.get(code, code))
    writer.add("DTM", day_element("137", envelope.prepared.date()))
    if len(errors) > _MAX_ERC:
        add_error_text(writer, [f"{len(errors) - _MAX_ERC} further errors; ask us for them."])
    add_order_number(writer, order.sent)
    if told.message:
        writer.add("RFF", ["ACW", told.message])
        if told.received:
            writer.add("DTM", ["310", f"{told.received:%Y%m%d%H%M}", "203"])
    if told.interchange:
        writer.add("RFF", ["AGO", told.interchange])
    for role in (PartyRole.BUYER, PartyRole.SUPPLIER):
        add_party(writer, order.sent, role, envelope)
    for one in errors[:_MAX_ERC]:
        _add_error(writer, told, one)
    return writer


def _add_error(writer: MessageWriter, told: OrderErrors, finding: Finding) -> None:
    """ERC with its text and its reference: the line, or the order, whose FTX takes what the first could not hold."""
    writer.add("ERC", [reply_codes(finding).aperak_code or finding.code, None, _ASSIGNED_BY_SELLER])
    text = writer.characters.text(f"{finding.code} {english().message(finding)}")
    first, *further = blocks_of(text, writer.directory.length("4440"))
    add_error_text(writer, first)
    reference = _reference(told, finding)
    if reference is not None:
        writer.add("RFF", reference)
        for block in further[:_MAX_FTX]:
            add_error_text(writer, block)


def _reference(told: OrderErrors, finding: Finding) -> list[Component] | None:
    sent = told.order.sent
    if finding.line is not None:
        return ["LI", told.order.lines[finding.line - 1].sent.number]
    if sent.po_number:
        return ["ON", sent.po_number]
    return ["ACW", told.message] if told.message else None
