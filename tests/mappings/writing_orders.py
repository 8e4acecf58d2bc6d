"""Writes a purchase order as ORDERS, segment by segment in the sequence of the directory, for the property tests."""

from orders.numbers import plain
from orders.order_details import Allowance, Period, Text
from orders.purchase_order import LineDetails, OrderDetails, OrderLine, Party, PurchaseOrder, Reference
from replies.edifact_envelope import Envelope, MessageWriter
from replies.edifact_segments import day_element


def order_message(order: PurchaseOrder, envelope: Envelope) -> MessageWriter:
    """The order as a message; what stands in its details goes where the directory has it."""
    writer = MessageWriter(envelope, "1", "ORDERS")
    details = order.details or OrderDetails()
    writer.add("BGM", ["220"], [order.po_number], "9")
    for qualifier, day in (("137", order.order_date), ("2", order.requested_date)):
        if day:
            writer.add("DTM", day_element(qualifier, day))
    _add_dates(writer, details.dates)
    _add_texts(writer, details.texts)
    _add_references(writer, order.references)
    for party in order.parties:
        _add_party(writer, party)
    writer.add("CUX", ["2", order.currency, "9"])
    _add_allowances(writer, details.allowances)
    for line in order.lines:
        _add_line(writer, line)
    writer.add("UNS", "S")
    return writer


def _add_line(writer: MessageWriter, line: OrderLine) -> None:
    details = line.details or LineDetails()
    writer.add("LIN", line.number, None, [line.gtin, "EN"] if line.gtin else [])
    for number, kind in ((line.item, "SA"), (line.buyer_item, "IN")):
        if number:
            writer.add("PIA", "5", [number, kind])
    for one in details.identifiers:
        writer.add("PIA", one.relation, [one.number, one.qualifier])
    if line.description:
        writer.add("IMD", "F", [], [None, None, None, line.description])
    assert line.quantity is not None
    assert line.unit_price is not None
    assert line.price_basis is not None
    writer.add("QTY", ["21", writer.number(plain(line.quantity)), line.unit])
    if line.requested_date:
        writer.add("DTM", day_element("2", line.requested_date))
    _add_dates(writer, details.dates)
    _add_texts(writer, details.texts)
    writer.add("PRI", ["AAA", writer.number(plain(line.unit_price)), None, None, plain(line.price_basis)])
    _add_references(writer, details.references)
    for part in line.schedules:
        assert part.quantity is not None
        writer.add("LOC", "7", [part.ship_to])
        writer.add("QTY", ["11", writer.number(plain(part.quantity))])
        if part.day:
            writer.add("DTM", day_element("2", part.day))
    _add_allowances(writer, details.allowances)


def _add_party(writer: MessageWriter, party: Party) -> None:
    name, street = [party.name] if party.name else [], [party.street] if party.street else []
    place = (party.city, party.region, party.postcode, party.country)
    writer.add("NAD", party.qualifier, [party.identifier], [], name, street, *place)
    for one in party.places:
        writer.add("LOC", one.qualifier, [one.code, None, None, one.name])
    _add_references(writer, party.references)
    for contact in party.contacts:
        writer.add("CTA", contact.function, [contact.number, contact.name])
        for channel in contact.channels:
            writer.add("COM", [channel.number, channel.kind])


def _add_references(writer: MessageWriter, references: tuple[Reference, ...]) -> None:
    for one in references:
        writer.add("RFF", [one.qualifier, one.number, one.line])
        _add_dates(writer, one.dates)


def _add_dates(writer: MessageWriter, dates: tuple[Period, ...]) -> None:
    for one in dates:
        writer.add("DTM", [one.qualifier, one.text, one.format])


def _add_texts(writer: MessageWriter, texts: tuple[Text, ...]) -> None:
    for one in texts:
        writer.add("FTX", one.qualifier, None, [], list((one.text or "").split("\n")), one.language)


def _add_allowances(writer: MessageWriter, allowances: tuple[Allowance, ...]) -> None:
    for one in allowances:
        service = [one.service, None, None, one.text]
        writer.add("ALC", one.kind, [one.number], one.settlement, one.sequence, service)
        for percentage in one.percentages:
            assert percentage.value is not None
            writer.add("PCD", [percentage.qualifier, writer.number(plain(percentage.value))])
        for amount in one.amounts:
            assert amount.value is not None
            writer.add("MOA", [amount.qualifier, writer.number(plain(amount.value))])
