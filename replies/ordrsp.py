"""ORDRSP: the answer to an order in the partner's directory version (UN/EDIFACT D.96A or D.01B, UNSM ORDRSP).

Segments stand in the order that both directories demand. Reasons go into QVR as a code where the directory has it,
and always into FTX (4451 AAO) as the finding's code and message.
"""

from collections.abc import Sequence

from orders.checked import CheckedOrder
from orders.findings import Finding
from orders.model import Model
from orders.numbers import is_gtin
from orders.purchase_order import Party, PartyRole
from replies.edifact_directory import Component
from replies.edifact_envelope import Envelope, MessageWriter, write_interchange
from replies.edifact_text import lines_of
from replies.ordrsp_codes import OrderAnswer
from replies.ordrsp_line import add_line
from replies.ordrsp_segments import add_reasons, day_element

_ASSOCIATIONS = {"EAN008": "EAN005", "EAN010": "EAN009"}
"""EANCOM's codes (0057) for ORDRSP by those of ORDERS: 1997 in D.96A, 2002 in D.01B. Others have none."""
_PARTIES = (PartyRole.BUYER, PartyRole.SUPPLIER, PartyRole.DELIVERY_PARTY)
_RESPONSE = "231"


class OrderResponse(Model):
    """One answer: our number for it (1004, unique with us), and the order that it answers.

    ``around`` are findings of the file or interchange that weigh on the order and are told in its head too.
    """

    number: str
    order: CheckedOrder
    around: tuple[Finding, ...] = ()


def order_responses(responses: Sequence[OrderResponse], envelope: Envelope) -> bytes:
    """One interchange with one ORDRSP for each order, in their sequence."""
    messages = [_message(response, envelope, str(index)) for index, response in enumerate(responses, start=1)]
    return write_interchange(envelope, messages)


def _message(response: OrderResponse, envelope: Envelope, reference: str) -> MessageWriter:
    order, answer = response.order, OrderAnswer(response.order)
    association = _ASSOCIATIONS.get(envelope.association or "")
    writer = MessageWriter(envelope, reference, "ORDRSP", association)
    # 1004 stands alone in BGM of D.96A, and in a composite from D.01B on; both write it the same.
    writer.add("BGM", [_RESPONSE], [response.number], answer.code)
    writer.add("DTM", day_element("137", envelope.prepared.date()))
    _dates(writer, answer)
    add_reasons(writer, (*response.around, *answer.head))
    if order.sent.po_number:
        writer.add("RFF", ["ON", order.sent.po_number])
        if order.sent.order_date:
            writer.add("DTM", day_element("171", order.sent.order_date))
    for role in _PARTIES:
        _party(writer, order.sent.party(role) or _known(role, envelope))
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


def _known(role: PartyRole, envelope: Envelope) -> Party | None:
    """Who is who where the order does not say: the interchange does."""
    known = {PartyRole.BUYER: envelope.recipient, PartyRole.SUPPLIER: envelope.sender}
    return Party(role=role, identifier=known[role]) if role in known else None


def _party(writer: MessageWriter, party: Party | None) -> None:
    if party is None:
        return
    identifier: list[Component] = []
    if party.identifier:
        # 3055: GS1 for a GLN, else the buyer, whose order uses the number.
        is_gln = len(party.identifier) == 13 and is_gtin(party.identifier)
        identifier = [party.identifier, None, "9" if is_gln else "92"]
    name = _in_parts(writer, party.name, 5)
    street = _in_parts(writer, party.street, 4)
    if not (identifier or name):
        return
    city, postcode, country = party.city, party.postcode, party.country
    writer.add("NAD", party.role.value, identifier, [], name, street, city, [], postcode, country)


def _in_parts(writer: MessageWriter, text: str | None, parts: int) -> list[Component]:
    return [] if not text else [*lines_of(writer.characters.text(text), 35)[:parts]]
