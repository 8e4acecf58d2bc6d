"""What a person reads on the command line: calm, exact, and with the way to mend it."""

from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orders.checked import CheckedLine, CheckedOrder
from orders.decision import Decision, LineCounts
from orders.findings import Finding, Severity
from orders.numbers import plain
from pipelines.result import FileResult
from replies.wording.language import english

STYLES = {
    Decision.ACCEPTED: "green",
    Decision.CHANGED: "cyan",
    Decision.HELD: "yellow",
    Decision.REJECTED: "red",
    Decision.DUPLICATE: "dim",
    Decision.QUARANTINED: "magenta",
}
_SEVERITY_STYLES = {Severity.INFO: "dim", Severity.WARNING: "cyan", Severity.HOLD: "yellow", Severity.REJECT: "red"}


def decision_text(decision: Decision | None) -> Text:
    """The decision, in words and colour."""
    return Text("waiting", "dim") if decision is None else Text(decision.value, STYLES[decision])


def console() -> Console:
    """Standard output, as wide as the window; piped, wide enough for a table."""
    screen = Console(highlight=False, markup=False)
    return screen if screen.is_terminal else Console(highlight=False, markup=False, width=140)


def print_result(result: FileResult) -> None:
    """One checked file: each order with its lines, then what was found."""
    screen = console()
    who = result.customer or "unknown sender"
    screen.print(
        Text.assemble((result.name, "bold"), f"  {result.format.value}, {who}: ", decision_text(result.decision))
    )
    for position, order in enumerate(result.orders, start=1):
        _print_order(screen, order, position)
    _print_findings(screen, result.findings, result.orders)
    screen.print(f"\n{counts_text(result.counts)}")


def _print_order(screen: Console, order: CheckedOrder, position: int) -> None:
    value = f", {plain(order.value)} {order.currency or ''}" if order.value is not None else ""
    number = order.sent.po_number or "(no number)"
    screen.print()
    screen.print(Text.assemble(f"Order {position}: ", (number, "bold"), f"{value}: ", decision_text(order.decision)))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Line", "Item", "Description"):
        table.add_column(name, overflow="fold")
    for name in ("Quantity", "Price sent", "Price agreed", "Amount"):
        table.add_column(name, justify="right")
    table.add_column("Date")
    table.add_column("Decision")
    for line in order.lines:
        table.add_row(*_cells(line))
    screen.print(Padding(table, (0, 0, 0, 2)))


def _cells(line: CheckedLine) -> list[str | Text]:
    sent = line.sent
    quantity = f"{_number(sent.quantity)} {sent.unit or ''}".strip()
    agreed = _price(line.price.price, line.price.basis) if line.price else ""
    return [
        sent.number,
        line.item or sent.item or sent.buyer_item or sent.gtin or "",
        (line.description or sent.description or "")[:40],
        quantity,
        _price(sent.unit_price, sent.price_basis),
        agreed,
        _number(line.amount),
        line.requested_date.isoformat() if line.requested_date else "",
        decision_text(line.decision),
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _price(price: Decimal | None, basis: Decimal | None) -> str:
    if price is None:
        return ""
    return plain(price) if basis in (None, 1) else f"{plain(price)}/{plain(basis or Decimal(1))}"


def _print_findings(screen: Console, findings: Iterable[Finding], orders: tuple[CheckedOrder, ...]) -> None:
    shown = [one for one in findings if one.severity is not Severity.INFO]
    notes = sum(one.severity is Severity.INFO for one in findings)
    if shown:
        screen.print()
    for one in shown:
        line = f"line {orders[one.order - 1].lines[one.line - 1].sent.number}, " if one.order and one.line else ""
        place = f"{line}{one.location or ''}".strip(", ")
        head = Text.assemble((one.code, _SEVERITY_STYLES[one.severity]), f"  {place}" if place else "")
        screen.print(head)
        screen.print(Padding(Text(english().message(one)), (0, 0, 0, 8)))
    if notes:
        screen.print(f"\n{notes} notes on how values were read; --json shows them.", style="dim")


def counts_text(counts: LineCounts) -> str:
    """The accounts of the lines in one sentence."""
    parts = [f"{getattr(counts, name)} {name}" for name in LineCounts.model_fields if name != "read"]
    kept = [part for part in parts if not part.startswith("0 ")]
    lines = "1 line" if counts.read == 1 else f"{counts.read} lines"
    return f"{lines} read: {', '.join(kept) or 'none'}."
