"""Segments that ORDRSP and APERAK write alike: days, parties, free text (DTM, NAD and FTX of UN/EDIFACT)."""

from collections.abc import Sequence
from datetime import date

from orders.numbers import is_gtin
from orders.purchase_order import Party, PartyRole, PurchaseOrder
from replies.edifact_directory import Component
from replies.edifact_envelope import Envelope, MessageWriter
from replies.edifact_text import lines_of


def day_element(qualifier: str, day: date) -> list[Component]:
    """C507: a day with its qualifier (2005), as CCYYMMDD (2379 is 102)."""
    return [qualifier, f"{day:%Y%m%d}", "102"]


def add_error_text(writer: MessageWriter, block: Sequence[str]) -> None:
    """FTX with at most five lines of an error description (4451 is AAO)."""
    writer.add("FTX", "AAO", None, [], [*block])


def add_order_number(writer: MessageWriter, order: PurchaseOrder) -> None:
    """RFF with the number of the order that is answered, and its date."""
    if order.po_number:
        writer.add("RFF", ["ON", order.po_number])
        if order.order_date:
            writer.add("DTM", day_element("171", order.order_date))


def add_party(writer: MessageWriter, order: PurchaseOrder, role: PartyRole, envelope: Envelope) -> None:
    """NAD for the party of the order in this role; without an identifier and a name nothing is written."""
    party = order.party(role) or _known(role, envelope)
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
    writer.add("NAD", role.value, identifier, [], name, street, city, [], postcode, country)


def _known(role: PartyRole, envelope: Envelope) -> Party | None:
    """Who is who where the order does not say: the interchange does."""
    known = {PartyRole.BUYER: envelope.recipient, PartyRole.SUPPLIER: envelope.sender}
    return Party(role=role, identifier=known[role]) if role in known else None


def _in_parts(writer: MessageWriter, text: str | None, parts: int) -> list[Component]:
    return [] if not text else [*lines_of(writer.characters.text(text), 35)[:parts]]
