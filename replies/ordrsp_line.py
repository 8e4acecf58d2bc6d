"""One line of an ORDRSP: what was ordered, what is confirmed, and why they differ (UN/EDIFACT group LIN)."""

from decimal import Decimal

from orders.checked import CheckedLine
from orders.findings import Outcome
from orders.numbers import plain
from orders.purchase_order import OrderLine
from replies.edifact_directory import Component
from replies.edifact_envelope import MessageWriter
from replies.edifact_segments import day_element
from replies.edifact_text import lines_of
from replies.ordrsp_codes import LINE_REJECTED, OrderAnswer, reason_code, reasons
from replies.ordrsp_segments import add_reasons

_ORDERED, _TO_BE_DELIVERED = "21", "113"
_REQUESTED, _PROMISED = "2", "69"


def add_line(writer: MessageWriter, answer: OrderAnswer, position: int, association: str | None) -> None:
    """Write the group of the line at this 1-based position."""
    line = answer.order.lines[position - 1]
    sent, action, confirmed = line.sent, answer.action(position), answer.confirmed(line)
    own_number = _line_number(writer, sent.number)
    gtin_kind = "SRV" if association == "EAN009" else "EN"
    gtin: list[Component] = [sent.gtin, gtin_kind] if sent.gtin else []
    writer.add("LIN", own_number or str(position), action, gtin)
    _identifiers(writer, answer, position)
    _description(writer, line.description or sent.description)
    _quantities(writer, answer, line, refused=action == LINE_REJECTED)
    if confirmed:
        if line.requested_date and not sent.schedules:
            writer.add("DTM", day_element(_PROMISED, line.requested_date))
    elif sent.requested_date:
        writer.add("DTM", day_element(_REQUESTED, sent.requested_date))
    findings = answer.findings(position)
    code = reason_code(reasons(findings), writer.directory)
    if code is not None:
        writer.add("QVR", _difference(writer, answer, line), None, [code])
    add_reasons(writer, findings)
    _price(writer, line, refused=action == LINE_REJECTED)
    if own_number is None:
        writer.add("RFF", ["LI", sent.number])
    if confirmed:
        _schedules(writer, line)


def _line_number(writer: MessageWriter, number: str) -> str | None:
    """The sender's line number where 1082 can hold it (n..6 in D.96A, an..6 in D.01B)."""
    fits = number.isascii() and (number.isdigit() if writer.directory.is_numeric("1082") else number.isalnum())
    return number if fits and 0 < len(number) <= writer.directory.length("1082") else None


def _identifiers(writer: MessageWriter, answer: OrderAnswer, position: int) -> None:
    line = answer.order.lines[position - 1]
    sent = line.sent
    replaced = answer.confirmed(line) and any(
        one.kind.outcome is Outcome.REPLACE and one.after is not None for one in answer.findings(position)
    )
    ours = sent.item if replaced else line.item or sent.item
    numbers: list[list[Component]] = []
    if sent.buyer_item:
        numbers.append([sent.buyer_item, "IN"])
    if ours:
        numbers.append([ours, "SA"])
    if numbers:
        # 4347: additional to the GTIN in LIN, or the identification itself.
        writer.add("PIA", "1" if sent.gtin else "5", *numbers)
    if replaced and line.item:
        writer.add("PIA", "3", [line.item, "SA"])


def _description(writer: MessageWriter, text: str | None) -> None:
    if text:
        parts = lines_of(writer.characters.text(text), writer.directory.length("7008"))[:2]
        writer.add("IMD", "F", [], [None, None, None, *parts])


def _quantities(writer: MessageWriter, answer: OrderAnswer, line: CheckedLine, *, refused: bool) -> None:
    sent = line.sent
    if sent.quantity is not None:
        _quantity(writer, _ORDERED, sent.quantity, sent.unit)
    if refused:
        _quantity(writer, _TO_BE_DELIVERED, Decimal(0), line.unit or sent.unit)
    elif answer.confirmed(line) and line.quantity is not None:
        _quantity(writer, _TO_BE_DELIVERED, line.quantity, line.unit)


def _quantity(writer: MessageWriter, qualifier: str, quantity: Decimal, unit: str | None) -> None:
    number = plain(quantity)
    digits = sum(one.isdigit() for one in number)
    if digits <= writer.directory.length("6060"):
        writer.add("QTY", [qualifier, writer.number(number), unit])


def _difference(writer: MessageWriter, answer: OrderAnswer, line: CheckedLine) -> list[Component]:
    """C279: how much less (or more) than ordered is confirmed, where both are in one unit."""
    ordered, given = line.sent.quantity, line.quantity
    if not answer.confirmed(line) or ordered is None or given is None or line.unit != line.sent.unit:
        return []
    return [writer.number(plain(given - ordered)), _ORDERED] if given != ordered else []


def _price(writer: MessageWriter, line: CheckedLine, *, refused: bool) -> None:
    price = line.price
    if price is not None and not refused:
        number, basis = writer.number(plain(price.price)), writer.number(plain(price.basis))
        writer.add("PRI", ["AAA", number, None, None, basis, price.unit])


def _schedules(writer: MessageWriter, line: CheckedLine) -> None:
    """The parts of the line, as ordered: they hold only where they still sum up to what is confirmed."""
    for one in _agreed_parts(line.sent, line):
        writer.add("SCC", "1")
        writer.add("QTY", [_TO_BE_DELIVERED, writer.number(plain(one[0])), line.unit])
        if one[1]:
            writer.add("DTM", one[1])


def _agreed_parts(sent: OrderLine, line: CheckedLine) -> list[tuple[Decimal, list[Component]]]:
    parts = [
        (part.quantity, day_element(_PROMISED, part.day) if part.day else [])
        for part in sent.schedules
        if part.quantity is not None
    ]
    whole = sum((quantity for quantity, _ in parts), Decimal(0))
    return parts if line.unit == sent.unit and whole == line.quantity else []
