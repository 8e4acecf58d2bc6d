"""The head of the order: number, account, currency, place, totals, and whether it was here before."""

from collections.abc import Iterable
from decimal import Decimal

from orders.location import Field
from orders.numbers import MAX_PO_NUMBER, order_number_key, plain
from orders.purchase_order import CHANGING, OrderFunction, PartyRole
from orders.rules.case import NOTHING, OrderCase, Verdict, Verdicts
from orders.rules.rule import OrderRule


def order_number_given(case: OrderCase) -> Verdicts:
    """There is an order number, no longer than the standard allows; without it nothing can be entered once."""
    number = case.order.po_number
    if not number or not order_number_key(number):
        return (Verdict("HDR001", Field.PO_NUMBER, "The order has no number. Give it one."),)
    if len(number) > MAX_PO_NUMBER:
        return (
            Verdict("HDR001", Field.PO_NUMBER, f"The order number is longer than {MAX_PO_NUMBER} characters.", number),
        )
    return NOTHING


def received_before(case: OrderCase) -> Verdicts:
    """What was entered is not entered again: the same content is answered again, other content waits.

    An order of which nothing was entered, held or rejected whole, stands in nobody's way: whatever comes under its
    number is judged anew, and takes its place. A change is worked by a person, either way.
    """
    earlier, function = case.earlier, case.order.function
    if earlier is None:
        return NOTHING
    number = case.order.po_number
    if function in CHANGING:
        would = f" It asks for: {case.change}." if case.change is not None else ""
        message = f"Order {number} is known; a person looks at this {function.value} before anything is entered.{would}"
        if not earlier.entered:
            message = f"Nothing of order {number} was entered yet; this {function.value} waits for a person.{would}"
        return (Verdict("HDR003", Field.PO_NUMBER, message, number),)
    if not earlier.entered:
        return NOTHING
    if earlier.content == case.content:
        message = f"Order {number} was received before with the same content; it is entered once."
        return (Verdict("HDR002", Field.PO_NUMBER, message, number),)
    if case.corrects is not None:
        if case.corrects.revision >= earlier.entered:
            return NOTHING  # our answer to that very order, corrected: it takes its place
        message = f"Order {number} was corrected by another file meanwhile. Correct the newest answer, or ask us."
        return (Verdict("HDR003", Field.PO_NUMBER, message, number),)
    message = f"Order {number} was received before with other content. Send a change, or use a new number."
    return (Verdict("HDR003", Field.PO_NUMBER, message, number),)


def change_of_known_order(case: OrderCase) -> Verdicts:
    """A change, replacement or cancellation needs the order that it speaks of."""
    if case.order.function not in CHANGING or case.earlier is not None:
        return NOTHING
    function, number = case.order.function.value, case.order.po_number
    return (
        Verdict(
            "CHG001",
            Field.PO_NUMBER,
            f"This {function} names order {number}, which we do not have yet; it waits.",
            number,
        ),
    )


def account_open(case: OrderCase) -> Verdicts:
    """A blocked account is looked at by a person before anything is delivered."""
    if case.agreement.account.status == "active":
        return NOTHING
    return (
        Verdict("HDR009", Field.BUYER, f"The account {case.agreement.account.customer} is blocked. Ask us about it."),
    )


def buyer_is_account(case: OrderCase) -> Verdicts:
    """The buyer named in the order is the account that sent it."""
    named, gln = case.order.identifier(PartyRole.BUYER), case.agreement.account.gln
    if named is None or gln is None or named in (gln, case.agreement.account.customer):
        return NOTHING
    if case.agreement.ship_to(named) is not None:
        return NOTHING
    message = f"The buyer {named} is not the account {case.agreement.account.name} ({gln}). Check the buyer."
    return (Verdict("HDR006", Field.BUYER, message, named),)


def agreed_currency(case: OrderCase) -> Verdicts:
    """Prices are agreed in one currency."""
    currency, agreed = case.order.currency, case.agreement.account.currency
    if currency is None or currency == agreed:
        return NOTHING
    return (
        Verdict(
            "HDR004",
            Field.CURRENCY,
            f"The order is in {currency}; {agreed} is agreed. Send it in {agreed}.",
            currency,
            candidates=(agreed,),
        ),
    )


def known_ship_to(case: OrderCase) -> Verdicts:
    """Goods go to places agreed with the account, and to no other."""
    agreement = case.agreement
    schedules = (schedule for line in case.order.lines for schedule in line.schedules)
    places = [case.order.identifier(PartyRole.DELIVERY_PARTY), *(schedule.ship_to for schedule in schedules)]
    unknown = sorted({place for place in places if place is not None and agreement.ship_to(place) is None})
    return tuple(
        Verdict(
            "HDR005",
            Field.SHIP_TO,
            f"The delivery place {place} is not known for this account. Ask us to add it.",
            place,
            candidates=tuple(one.ship_to for one in agreement.places),
        )
        for place in unknown
    )


def lines_given(case: OrderCase) -> Verdicts:
    """An order asks for something; only a change of its head, or a cancellation, may come without lines."""
    if case.order.lines or case.order.function in (OrderFunction.CANCELLATION, OrderFunction.CHANGE):
        return NOTHING
    return (Verdict("DOC009", Field.LINE_COUNT, "The order has no line with a quantity. Enter at least one."),)


def totals_agree(case: OrderCase) -> Verdicts:
    """Totals that the sender states are those of the lines that we read."""
    order, found = case.order, []
    lines = order.totals.lines
    if lines is not None and lines != len(order.lines):
        found.append(_total(Field.LINE_COUNT, "lines", lines, Decimal(len(order.lines))))
    quantity, amount = order.totals.quantity, order.totals.amount
    counted = _sum(line.quantity for line in order.lines)
    if quantity is not None and counted is not None and counted != quantity:
        found.append(_total(Field.QUANTITY_TOTAL, "quantity", quantity, counted))
    counted = _sum(line.amount for line in order.lines)
    if amount is not None and counted is not None and counted != amount:
        found.append(_total(Field.AMOUNT_TOTAL, "amount", amount, counted))
    return tuple(found)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where a line has no value that could be read, which is told of the line."""
    every = list(values)
    known = [value for value in every if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(every) else None


def _total(about: Field, of_what: str, stated: Decimal, counted: Decimal) -> Verdict:
    message = f"The order states a total {of_what} of {plain(stated)}; its lines make {plain(counted)}. Check both."
    return Verdict("HDR016", about, message, plain(stated))


def agreed_terms(case: OrderCase) -> Verdicts:
    """Payment terms other than the agreed ones are answered; the contract wins."""
    sent, agreed = case.order.payment_terms, case.agreement.account.payment_terms
    if sent is None or agreed is None or sent == agreed:
        return NOTHING
    return (
        Verdict(
            "HDR007",
            Field.PAYMENT_TERMS,
            f"Payment terms {sent} were sent; {agreed} are agreed and hold.",
            sent,
            agreed,
        ),
    )


ORDER_RULES: tuple[OrderRule, ...] = (
    OrderRule(
        order_number_given,
        ("HDR001",),
        why="The order number is what keeps an order from being entered twice.",
        good="PO 4500012345.",
        bad="An empty order number.",
    ),
    OrderRule(
        received_before,
        ("HDR002", "HDR003"),
        why="Files are sent again after every lost connection; the goods must not be.",
        good="A number that was not used before.",
        bad="A known number with another quantity in line 3.",
    ),
    OrderRule(
        change_of_known_order,
        ("CHG001",),
        why="A change can overtake its order on the way.",
        good="A change of an order that is in the store.",
        bad="A cancellation of an order that never came.",
    ),
    OrderRule(
        account_open,
        ("HDR009",),
        why="Blocked accounts are for people to decide.",
        good="An active account.",
        bad="An account blocked for unpaid invoices.",
    ),
    OrderRule(
        buyer_is_account,
        ("HDR006",),
        why="Who orders is who pays.",
        good="The GLN of the account, or of one of its places.",
        bad="The GLN of another company.",
    ),
    OrderRule(
        agreed_currency,
        ("HDR004",),
        why="A price of 10 is another price in another currency.",
        good="EUR, as agreed.",
        bad="USD where EUR is agreed.",
    ),
    OrderRule(
        known_ship_to,
        ("HDR005",),
        why="Goods sent to an unknown address are hard to get back.",
        good="The GLN of an agreed branch.",
        bad="A GLN that nobody told us about.",
    ),
    OrderRule(
        lines_given,
        ("DOC009",),
        why="An empty order form is a slip.",
        good="One line with a quantity.",
        bad="A form sent back without a single quantity.",
    ),
    OrderRule(
        totals_agree,
        ("HDR016",),
        why="A total that does not fit means that a line was lost on the way, on one side or the other.",
        good="CNT+2:3 over three lines.",
        bad="CNT+2:4 over three lines.",
    ),
    OrderRule(
        agreed_terms,
        ("HDR007",),
        why="Terms are agreed in the contract, not order by order.",
        good="No terms, or the agreed ones.",
        bad="60 days where 30 are agreed.",
    ),
)
