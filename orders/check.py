"""Check one order against what is agreed with the customer, and decide."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from orders.changes import as_changed, change_of
from orders.checked import CheckedLine, CheckedOrder
from orders.content import content_fingerprint
from orders.decision import Decision, decide, worst
from orders.findings import Finding, Outcome, Severity, finding
from orders.findings.heads import CHG002_ENTERED, CHG010_ACCEPTED_BEFORE, AcceptedLine
from orders.findings.values import AcceptedAs
from orders.location import Field, Location, Places
from orders.numbers import money
from orders.policy import Policy
from orders.purchase_order import LineAction, OrderFunction, OrderLine, PartyRole, PurchaseOrder
from orders.reference import Agreement
from orders.rules import CHANGE_RULES, CLOSING_RULES, LINE_RULES, ORDER_RULES
from orders.rules.case import CorrectedOrder, EarlierOrder, LineCase, OrderCase, Verdict

_ONE = Decimal(1)
_MOST_CANDIDATES = 5
_LINE_JUDGES = tuple(rule.judge for rule in LINE_RULES)
_CHANGE_JUDGES = tuple(rule.judge for rule in CHANGE_RULES)
_TAKING_BACK = (LineAction.DELETE, LineAction.NONE)


def check_order(
    order: PurchaseOrder,
    places: Places,
    read_findings: Iterable[Finding],
    agreement: Agreement,
    policy: Policy,
    as_of: date,
    earlier: EarlierOrder | None = None,
    around: Collection[Finding] = (),
    *,
    corrects: CorrectedOrder | None = None,
) -> CheckedOrder:
    """Judge the order by every rule.

    ``read_findings`` are those of parsing and mapping that concern this order (their ``line`` 1-based); ``around``
    are those of the file or interchange that it came in: they weigh on it but are not its own. ``as_of`` is the day
    on which the order reached us; ``earlier`` what is known under the same number. ``corrects``
    is the order that this one corrects: the lines of it that were entered are not entered again.
    """
    delivery = order.identifier(PartyRole.DELIVERY_PARTY)
    case = OrderCase(
        order=order,
        places=places,
        agreement=agreement,
        policy=policy,
        as_of=as_of,
        content=content_fingerprint(order),
        earlier=earlier,
        corrects=corrects,
        test=_is_test(around),
        requested_date=order.requested_date,
        ship_to=agreement.ship_to(delivery) if delivery else None,
    )
    if order.speaks_of_another and earlier is not None and earlier.sent is not None:
        case.change = change_of(earlier.sent, earlier.revision, order)
        case.changed_lines = {line.number: line for line in earlier.sent.lines}
    findings = [policy.judged(one) for one in read_findings]
    for rule in ORDER_RULES:
        for verdict in rule.judge(case):
            if verdict.settles is not None:
                case.settle(verdict.settles)
            findings.append(_order_finding(case, verdict))
    again = [one for one in findings if _says_again(one)]
    if again:
        return _repeated(case, [*again, *(policy.judged(one) for one in read_findings)])

    of_line: dict[int, list[Finding]] = {}
    for one in findings:
        if one.line is not None:
            of_line.setdefault(one.line, []).append(one)
    lines = []
    for index, line in enumerate(order.lines):
        entered = _entered_before(case, line, index)
        checked, found = entered or _check_line(case, line, index, of_line.get(index + 1, ()))
        lines.append(checked)
        findings.extend(found)

    case.value = _value(lines, agreement.account.currency)
    case.value_open = any(line.amount is None and line.decision is not Decision.REJECTED for line in lines)
    for rule in () if order.speaks_of_another else CLOSING_RULES:
        findings.extend(_order_finding(case, verdict) for verdict in rule.judge(case))
    return _decided(case, tuple(lines), tuple(findings), decide(policy.judged(one) for one in around))


def _says_again(one: Finding) -> bool:
    """Whether the order is answered as it was before: where a policy holds the repetition, a person looks at it."""
    return one.kind.outcome is Outcome.ANSWER_AGAIN and one.severity.rank < Severity.HOLD.rank


def _is_test(around: Iterable[Finding]) -> bool:
    return any(one.kind.outcome is Outcome.DIVERT_TO_TEST for one in around)


def _entered_before(case: OrderCase, line: OrderLine, index: int) -> tuple[CheckedLine, list[Finding]] | None:
    """A line of the corrected order that was entered already: it stays as it was, and cannot be changed in this way."""
    place = case.places.row(index)
    before = case.corrects.entered.get(place) if case.corrects is not None and place is not None else None
    if before is None:
        return None
    if line == before.sent:
        said = finding(CHG010_ACCEPTED_BEFORE(), location=place, line=index + 1)
        return before.model_copy(update={"decision": Decision.DUPLICATE}), [case.policy.judged(said)]
    accepted = AcceptedAs(item=before.item or "", quantity=before.quantity, unit=before.unit)
    too_late = CHG002_ENTERED(AcceptedLine(accepted=accepted))
    said = case.policy.judged(finding(too_late, location=place, line=index + 1))
    return CheckedLine(sent=line, item=before.item, decision=decide([said]), location=place), [said]


def _repeated(case: OrderCase, findings: list[Finding]) -> CheckedOrder:
    """The same order again: it is answered as it was, and nothing about it is judged anew."""
    lines = tuple(
        CheckedLine(sent=line, item=line.item, decision=Decision.DUPLICATE, location=case.places.row(index))
        for index, line in enumerate(case.order.lines)
    )
    assert case.earlier is not None
    return _result(case, lines, tuple(findings), Decision.DUPLICATE, case.earlier.entered)


def unchecked_order(order: PurchaseOrder, places: Places, read_findings: Iterable[Finding]) -> CheckedOrder:
    """An order of a sender that we do not know: shown as it reads, checked against nothing."""
    lines = tuple(
        CheckedLine(sent=line, item=line.item, decision=Decision.HELD, location=places.row(index))
        for index, line in enumerate(order.lines)
    )
    return CheckedOrder(
        sent=order,
        customer=None,
        content=content_fingerprint(order),
        lines=lines,
        findings=tuple(read_findings),
        decision=Decision.QUARANTINED,
    )


def _decided(
    case: OrderCase, lines: tuple[CheckedLine, ...], findings: tuple[Finding, ...], around: Decision
) -> CheckedOrder:
    head = worst([decide(one for one in findings if one.line is None), around])
    if head.needs_attention:
        lines = tuple(
            line
            if line.decision is Decision.DUPLICATE or line.decision.rank >= head.rank
            else line.model_copy(update={"decision": head})
            for line in lines
        )
    revision = case.earlier.revision + 1 if case.earlier else 1
    return _result(case, lines, findings, worst([head, *(line.decision for line in lines)]), revision)


def _result(
    case: OrderCase,
    lines: tuple[CheckedLine, ...],
    findings: tuple[Finding, ...],
    decision: Decision,
    revision: int,
) -> CheckedOrder:
    return CheckedOrder(
        sent=case.order,
        customer=case.agreement.account.customer,
        content=case.content,
        revision=revision,
        ship_to=case.ship_to.ship_to if case.ship_to else None,
        requested_date=case.requested_date,
        value=case.value,
        currency=case.agreement.account.currency,
        change=case.change,
        test=case.test,
        lines=lines,
        findings=findings,
        decision=decision,
    )


def _check_line(
    of: OrderCase, line: OrderLine, index: int, read: Sequence[Finding]
) -> tuple[CheckedLine, list[Finding]]:
    sent = line
    if of.changed_lines:
        line = as_changed(of.changed_lines.get(line.number), line)
    case = LineCase(
        of=of,
        line=line,
        index=index,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        price_basis=line.price_basis,
        requested_date=line.requested_date or of.requested_date,
    )
    found = _judge_line(case)
    item = case.item
    checked = CheckedLine(
        sent=sent,
        item=item.item if item else None,
        description=item.description if item else None,
        quantity=case.quantity,
        unit=case.unit,
        base_quantity=case.base_quantity,
        price=case.price,
        requested_date=case.requested_date,
        amount=_amount(case),
        decision=decide((*read, *found)) if read or found else Decision.ACCEPTED,
        location=of.places.row(index),
    )
    return checked, found


def _judge_line(case: LineCase) -> list[Finding]:
    found: list[Finding] = []
    judges = _LINE_JUDGES
    if case.of.order.speaks_of_another:
        # A line that goes, or stays as it is, asks for nothing, and one of a change that waits for its order says too
        # little to be judged.
        takes_back = case.line.action in _TAKING_BACK or case.of.order.function is OrderFunction.CANCELLATION
        asks = case.of.change is not None and not takes_back
        found = [_line_finding(case, verdict) for judge in _CHANGE_JUDGES for verdict in judge(case)]
        judges = _LINE_JUDGES if asks and not found else ()
    for judge in judges:
        for verdict in judge(case):
            if verdict.settles is not None:
                case.settle(verdict.settles)
            if verdict.said is not None:
                found.append(_line_finding(case, verdict))
    return found


def _line_finding(case: LineCase, verdict: Verdict) -> Finding:
    return _finding(verdict, case.of.policy, case.place(verdict), line=case.index + 1)


def _order_finding(case: OrderCase, verdict: Verdict) -> Finding:
    return _finding(verdict, case.policy, case.places.of(verdict.field) or case.places.of(Field.PO_NUMBER))


def _finding(verdict: Verdict, policy: Policy, location: Location | None, line: int | None = None) -> Finding:
    assert verdict.said is not None
    said = finding(
        verdict.said,
        location=location,
        before=verdict.before,
        after=verdict.after,
        candidates=verdict.candidates[:_MOST_CANDIDATES],
        line=line,
    )
    return policy.judged(said)


def _amount(case: LineCase) -> Decimal | None:
    quantity, price, item = case.base_quantity, case.price, case.item
    if quantity is None or price is None or item is None:
        return None
    held = _ONE if price.unit == item.unit else item.base_units_in(price.unit)
    return None if not held else money(quantity * price.price / (held * price.basis), price.currency)


def _value(lines: Iterable[CheckedLine], currency: str) -> Decimal:
    amounts = (line.amount for line in lines if line.amount is not None and line.decision is not Decision.REJECTED)
    return money(sum(amounts, Decimal(0)), currency)
