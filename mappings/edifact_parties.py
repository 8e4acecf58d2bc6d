"""Parties and references: the groups NAD and RFF, wherever they stand in a message."""

from typing import Any

from mappings.edifact_context import MessageContext
from mappings.edifact_conventions import Conventions
from mappings.edifact_details_table import CONTACT, PERIOD, PLACE, REFERENCE
from mappings.edifact_table import PARTY_ROLES
from orders.order_details import Channel, Contact, Period, Place
from orders.purchase_order import Party, PartyRole, Reference
from parsers.edifact.groups import AnyGroup
from parsers.edifact.segment import Segment, Written

_NAME_LINES = 5
_COUNTRY = 9
"""The last element of NAD that is read."""


def party(group: AnyGroup, role: PartyRole | None, context: MessageContext) -> Party:
    """The party of a NAD group, with its references, places and contacts."""
    named = _named(group.segments[0].written)
    if len(group.segments) == 1 and not group.groups:
        return Party(role=role, **named)
    parts = context.sorted_out(group, ("LOC",), ("RFF", "CTA"))
    return Party(
        role=role,
        **named,
        places=context.read_all(PLACE, Place, parts.segments["LOC"]),
        references=tuple(one for inner in parts.groups["RFF"] if (one := reference(inner, context)) is not None),
        contacts=tuple(_contact(inner, context) for inner in parts.groups["CTA"]),
    )


def _named(nad: Written) -> dict[str, Any]:
    """Who the party of a NAD is, by field; worked out once for all segments of the same bytes."""
    known = nad.reading
    if known is not None and known[0] is _named:
        named: dict[str, Any] = known[1]
        return named
    parts = [*nad.elements[: _COUNTRY + 1], *([[""]] * (_COUNTRY + 1 - len(nad.elements)))]
    named = {
        "qualifier": parts[1][0] or None,
        "identifier": parts[2][0] or None,
        "name": " ".join(filter(None, parts[4][:_NAME_LINES])) or " ".join(parts[3]).strip() or None,
        "street": " ".join(filter(None, parts[5])) or None,
        "city": parts[6][0] or None,
        "region": parts[7][0] or None,
        "postcode": parts[8][0] or None,
        "country": parts[_COUNTRY][0] or None,
    }
    nad.reading = (_named, named)
    return named


def roles(nads: list[Segment], conventions: Conventions) -> list[PartyRole | None]:
    """What each party is here: where several may order or take the goods, the preferred qualifier's is the one."""
    sent = {nad.value(1) for nad in nads}
    acting = dict(PARTY_ROLES)
    for role, preferred in ((PartyRole.BUYER, conventions.buyer), (PartyRole.DELIVERY_PARTY, conventions.ship_to)):
        best = next((code for code in preferred if code in sent), None)
        if best is not None:
            acting[best] = role
    return [acting.get(nad.value(1) or "") for nad in nads]


def reference(group: AnyGroup, context: MessageContext) -> Reference | None:
    """The reference of an RFF group, with the dates of the document that it names; None where it names none."""
    rff = group.segments[0]
    if not rff.value(1, 1) or not rff.value(1, 2):
        context.keep_group(group)
        return None
    if len(group.segments) == 1 and not group.groups:
        return context.read(REFERENCE, Reference, rff)
    dates = context.read_all(PERIOD, Period, context.sorted_out(group, ("DTM",)).segments["DTM"])
    return context.read(REFERENCE, Reference, rff, dates=dates)


def _contact(group: AnyGroup, context: MessageContext) -> Contact:
    channels = tuple(
        Channel(kind=components[1] or None if len(components) > 1 else None, number=components[0])
        for com in context.sorted_out(group, ("COM",)).segments["COM"]
        for element in range(1, len(com.elements))
        for components in com.repetitions(element)
        if components[0]
    )
    return context.read(CONTACT, Contact, group.segments[0], channels=channels)
