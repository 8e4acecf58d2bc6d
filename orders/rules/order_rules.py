"""The head of the order: number, account, currency, place, totals, and whether it was here before."""

from collections.abc import Iterable
from decimal import Decimal

from orders.findings import Statement
from orders.findings.documents import DOC009_NO_LINE
from orders.findings.heads import (
    CHG001_UNKNOWN_ORDER,
    HDR001_MISSING,
    HDR001_TOO_LONG,
    HDR002_SAME_CONTENT,
    HDR003_CHANGE_OF_KNOWN,
    HDR003_CHANGE_OF_KNOWN_ASKING,
    HDR003_CHANGE_OF_WAITING,
    HDR003_CHANGE_OF_WAITING_ASKING,
    HDR003_CORRECTED_MEANWHILE,
    HDR003_OTHER_CONTENT,
    HDR004_NOT_AGREED,
    HDR005_UNKNOWN_PLACE,
    HDR006_OTHER_BUYER,
    HDR007_OTHER_TERMS,
    HDR009_BLOCKED,
    HDR016_AMOUNT_TOTAL,
    HDR016_LINES_TOTAL,
    HDR016_QUANTITY_TOTAL,
    AccountNumber,
    BuyerAndAccount,
    ChangeAsked,
    ChangeOfOrder,
    CurrencyAgreed,
    PlaceSent,
    StatedAndCounted,
    TermsAgreed,
)
from orders.findings.parameters import Number, OrderNumber
from orders.findings.statement import Case
from orders.location import Field
from orders.numbers import MAX_PO_NUMBER, order_number_key, plain
from orders.purchase_order import CHANGING, OrderFunction, PartyRole
from orders.rules.case import NOTHING, OrderCase, Verdict, Verdicts
from orders.rules.rule import Fact, OrderRule, Reach


def order_number_given(case: OrderCase) -> Verdicts:
    """There is an order number, no longer than the standard allows; without it nothing can be entered once."""
    number = case.order.po_number
    if not number or not order_number_key(number):
        return (Verdict(HDR001_MISSING(), Field.PO_NUMBER),)
    if len(number) > MAX_PO_NUMBER:
        return (Verdict(HDR001_TOO_LONG(Number(number=MAX_PO_NUMBER)), Field.PO_NUMBER, number),)
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
    told = OrderNumber(number=number)
    if function in CHANGING:
        return (Verdict(_change_of_earlier(case, function, entered=bool(earlier.entered)), Field.PO_NUMBER, number),)
    if not earlier.entered:
        return NOTHING
    if earlier.content == case.content:
        return (Verdict(HDR002_SAME_CONTENT(told), Field.PO_NUMBER, number),)
    if case.corrects is not None:
        if case.corrects.revision >= earlier.entered:
            return NOTHING  # our answer to that very order, corrected: it takes its place
        return (Verdict(HDR003_CORRECTED_MEANWHILE(told), Field.PO_NUMBER, number),)
    return (Verdict(HDR003_OTHER_CONTENT(told), Field.PO_NUMBER, number),)


def _change_of_earlier(case: OrderCase, function: OrderFunction, *, entered: bool) -> Statement:
    """That a person looks at a change of a known order, and what it asks for where that could be worked out."""
    if case.change is None:
        known = HDR003_CHANGE_OF_KNOWN if entered else HDR003_CHANGE_OF_WAITING
        return known(ChangeOfOrder(function=function, number=case.order.po_number))
    asking = HDR003_CHANGE_OF_KNOWN_ASKING if entered else HDR003_CHANGE_OF_WAITING_ASKING
    return asking(ChangeAsked(function=function, number=case.order.po_number, change=case.change.summary))


def change_of_known_order(case: OrderCase) -> Verdicts:
    """A change, replacement or cancellation needs the order that it speaks of."""
    if case.order.function not in CHANGING or case.earlier is not None:
        return NOTHING
    number = case.order.po_number
    said = CHG001_UNKNOWN_ORDER(ChangeOfOrder(function=case.order.function, number=number))
    return (Verdict(said, Field.PO_NUMBER, number),)


def account_open(case: OrderCase) -> Verdicts:
    """A blocked account is looked at by a person before anything is delivered."""
    if case.agreement.account.status == "active":
        return NOTHING
    return (Verdict(HDR009_BLOCKED(AccountNumber(account=case.agreement.account.customer)), Field.BUYER),)


def buyer_is_account(case: OrderCase) -> Verdicts:
    """The buyer named in the order is the account that sent it."""
    named, gln = case.order.identifier(PartyRole.BUYER), case.agreement.account.gln
    if named is None or gln is None or named in (gln, case.agreement.account.customer):
        return NOTHING
    if case.agreement.ship_to(named) is not None:
        return NOTHING
    told = BuyerAndAccount(buyer=named, account=case.agreement.account.name, gln=gln)
    return (Verdict(HDR006_OTHER_BUYER(told), Field.BUYER, named),)


def agreed_currency(case: OrderCase) -> Verdicts:
    """Prices are agreed in one currency."""
    currency, agreed = case.order.currency, case.agreement.account.currency
    if currency is None or currency == agreed:
        return NOTHING
    said = HDR004_NOT_AGREED(CurrencyAgreed(currency=currency, agreed=agreed))
    return (Verdict(said, Field.CURRENCY, currency, candidates=(agreed,)),)


def known_ship_to(case: OrderCase) -> Verdicts:
    """Goods go to places agreed with the account, and to no other."""
    agreement = case.agreement
    schedules = (schedule for line in case.order.lines for schedule in line.schedules)
    places = [case.order.identifier(PartyRole.DELIVERY_PARTY), *(schedule.ship_to for schedule in schedules)]
    unknown = sorted({place for place in places if place is not None and agreement.ship_to(place) is None})
    return tuple(
        Verdict(
            HDR005_UNKNOWN_PLACE(PlaceSent(place=place)),
            Field.SHIP_TO,
            place,
            candidates=tuple(one.ship_to for one in agreement.places),
        )
        for place in unknown
    )


def lines_given(case: OrderCase) -> Verdicts:
    """An order asks for something; only a change of its head, or a cancellation, may come without lines."""
    if case.order.lines or case.order.function in (OrderFunction.CANCELLATION, OrderFunction.CHANGE):
        return NOTHING
    return (Verdict(DOC009_NO_LINE(), Field.LINE_COUNT),)


def totals_agree(case: OrderCase) -> Verdicts:
    """Totals that the sender states are those of the lines that we read."""
    order, found = case.order, []
    lines = order.totals.lines
    if lines is not None and lines != len(order.lines):
        found.append(_total(Field.LINE_COUNT, HDR016_LINES_TOTAL, lines, Decimal(len(order.lines))))
    quantity, amount = order.totals.quantity, order.totals.amount
    counted = _sum(line.quantity for line in order.lines)
    if quantity is not None and counted is not None and counted != quantity:
        found.append(_total(Field.QUANTITY_TOTAL, HDR016_QUANTITY_TOTAL, quantity, counted))
    counted = _sum(line.amount for line in order.lines)
    if amount is not None and counted is not None and counted != amount:
        found.append(_total(Field.AMOUNT_TOTAL, HDR016_AMOUNT_TOTAL, amount, counted))
    return tuple(found)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where a line has no value that could be read, which is told of the line."""
    every = list(values)
    known = [value for value in every if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(every) else None


def _total(about: Field, differs: Case[StatedAndCounted], stated: Decimal, counted: Decimal) -> Verdict:
    return Verdict(differs(StatedAndCounted(stated=stated, counted=counted)), about, plain(stated))


def agreed_terms(case: OrderCase) -> Verdicts:
    """Payment terms other than the agreed ones are answered; the contract wins."""
    sent, agreed = case.order.payment_terms, case.agreement.account.payment_terms
    if sent is None or agreed is None or sent == agreed:
        return NOTHING
    return (Verdict(HDR007_OTHER_TERMS(TermsAgreed(sent=sent, agreed=agreed)), Field.PAYMENT_TERMS, sent, agreed),)


ORDER_RULES: tuple[OrderRule, ...] = (
    OrderRule(
        order_number_given,
        ("HDR001",),
        needs=frozenset({Fact.ORDER_NUMBER}),
        looks_at=Reach.ORDER,
        why="The order number is what keeps an order from being entered twice.",
        good="PO 4500012345.",
        bad="An empty order number.",
    ),
    OrderRule(
        received_before,
        ("HDR002", "HDR003"),
        needs=frozenset({Fact.ORDER_NUMBER, Fact.FUNCTION, Fact.EARLIER, Fact.CHANGE}),
        looks_at=Reach.CUSTOMER,
        why="Files are sent again after every lost connection; the goods must not be.",
        good="A number that was not used before.",
        bad="A known number with another quantity in line 3.",
    ),
    OrderRule(
        change_of_known_order,
        ("CHG001",),
        needs=frozenset({Fact.ORDER_NUMBER, Fact.FUNCTION, Fact.EARLIER}),
        looks_at=Reach.CUSTOMER,
        why="A change can overtake its order on the way.",
        good="A change of an order that is in the store.",
        bad="A cancellation of an order that never came.",
    ),
    OrderRule(
        account_open,
        ("HDR009",),
        needs=frozenset({Fact.ACCOUNT}),
        looks_at=Reach.ORDER,
        why="Blocked accounts are for people to decide.",
        good="An active account.",
        bad="An account blocked for unpaid invoices.",
    ),
    OrderRule(
        buyer_is_account,
        ("HDR006",),
        needs=frozenset({Fact.PARTIES, Fact.ACCOUNT, Fact.PLACES}),
        looks_at=Reach.ORDER,
        why="Who orders is who pays.",
        good="The GLN of the account, or of one of its places.",
        bad="The GLN of another company.",
    ),
    OrderRule(
        agreed_currency,
        ("HDR004",),
        needs=frozenset({Fact.CURRENCY, Fact.ACCOUNT}),
        looks_at=Reach.ORDER,
        why="A price of 10 is another price in another currency.",
        good="EUR, as agreed.",
        bad="USD where EUR is agreed.",
    ),
    OrderRule(
        known_ship_to,
        ("HDR005",),
        needs=frozenset({Fact.PARTIES, Fact.LINES, Fact.PLACES}),
        looks_at=Reach.ORDER,
        why="Goods sent to an unknown address are hard to get back.",
        good="The GLN of an agreed branch.",
        bad="A GLN that nobody told us about.",
    ),
    OrderRule(
        lines_given,
        ("DOC009",),
        needs=frozenset({Fact.LINES, Fact.FUNCTION}),
        looks_at=Reach.ORDER,
        why="An empty order form is a slip.",
        good="One line with a quantity.",
        bad="A form sent back without a single quantity.",
    ),
    OrderRule(
        totals_agree,
        ("HDR016",),
        needs=frozenset({Fact.TOTALS, Fact.LINES}),
        looks_at=Reach.ORDER,
        why="A total that does not fit means that a line was lost on the way, on one side or the other.",
        good="CNT+2:3 over three lines.",
        bad="CNT+2:4 over three lines.",
    ),
    OrderRule(
        agreed_terms,
        ("HDR007",),
        needs=frozenset({Fact.TERMS, Fact.ACCOUNT}),
        looks_at=Reach.ORDER,
        why="Terms are agreed in the contract, not order by order.",
        good="No terms, or the agreed ones.",
        bad="60 days where 30 are agreed.",
    ),
)
