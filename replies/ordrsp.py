"""ORDRSP: the answer to an order in the partner's directory version (UN/EDIFACT D.96A or D.01B, UNSM ORDRSP).

Segments stand in the order that both directories demand. Reasons go into QVR as a code where the directory has it,
and always into FTX (4451 AAO) as the finding's code and message.
"""

from collections.abc import Sequence

from orders.checked import CheckedOrder
from orders.findings import Finding
from orders.model import Model
from orders.purchase_order import PartyRole
from replies.edifact_directory import element_directory
from replies.edifact_envelope import Envelope, MessageWriter, write_interchange
from replies.edifact_segments import add_order_number, add_party, day_element
from replies.ordrsp_codes import OrderAnswer
from replies.ordrsp_line import add_line
from replies.ordrsp_segments import add_reasons

_ASSOCIATIONS = {"D.96A": "EAN005", "D.01B": "EAN009"}
"""EANCOM's codes (0057) for ORDRSP: EANCOM 1997 is made from D.96A, EANCOM 2002 from D.01B (GS1, parts II of both)."""
_PARTIES = (PartyRole.BUYER, PartyRole.SUPPLIER, PartyRole.DELIVERY_PARTY)
_RESPONSE = "231"


class OrderResponse(Model):
    """One answer: our number for it (1004, unique with us), and the order that it answers.

    ``around`` are findings of the file or interchange that weigh on the order and are told in its head too. ``again``
    says that the order was received before, where its answer is given once more.
    """

    number: str
    order: CheckedOrder
    around: tuple[Finding, ...] = ()
    again: tuple[Finding, ...] = ()


def order_responses(responses: Sequence[OrderResponse], envelope: Envelope) -> bytes:
    """One interchange with one ORDRSP for each order, in their sequence."""
    messages = [_message(response, envelope, str(index)) for index, response in enumerate(responses, start=1)]
    return write_interchange(envelope, messages)


def _message(response: OrderResponse, envelope: Envelope, reference: str) -> MessageWriter:
    order, answer = response.order, OrderAnswer(response.order, repeated=bool(response.again))
    association = _association(envelope)
    writer = MessageWriter(envelope, reference, "ORDRSP", association)
    # 1004 stands alone in BGM of D.96A, and in a composite from D.01B on; both write it the same.
    writer.add("BGM", [_RESPONSE], [response.number], answer.code)
    writer.add("DTM", day_element("137", envelope.prepared.date()))
    _dates(writer, answer)
    add_reasons(writer, (*response.again, *response.around, *answer.head))
    add_order_number(writer, order.sent)
    for role in _PARTIES:
        add_party(writer, order.sent, role, envelope)
    if order.sent.currency:
        writer.add("CUX", ["2", order.sent.currency, "9"])
    for position in range(1, len(order.lines) + 1):
        add_line(writer, answer, position, association)
    writer.add("UNS", "S")
    writer.add("CNT", ["2", str(len(order.lines))])
    return writer


def _dates(writer: MessageWriter, answer: OrderAnswer) -> None:
    order = answer.order
    if order.sent.requested_date:
        writer.add("DTM", day_element("2", order.sent.requested_date))
    if order.requested_date and answer.confirms:
        writer.add("DTM", day_element("69", order.requested_date))


def _association(envelope: Envelope) -> str | None:
    """0057 of the answer where the order is one of EANCOM's; its own code differs from message to message."""
    if not (envelope.association or "").startswith("EAN"):
        return None
    return _ASSOCIATIONS.get(element_directory(envelope.directory).version)
