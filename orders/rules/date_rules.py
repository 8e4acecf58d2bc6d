"""When: not in the past, not sooner than we can, on a day with deliveries, not beyond the horizon."""

from datetime import date, timedelta

from orders.catalogue import ShipTo
from orders.findings.dates import (
    DAT002_PAST,
    DAT003_TOO_SOON,
    DAT004_NO_DELIVERY,
    DAT005_TOO_FAR,
    DayAndFirst,
    DayAndLast,
    DayAndNext,
)
from orders.location import Field
from orders.rules.case import NOTHING, DayUsed, LineCase, OrderCase, Verdict, Verdicts
from orders.rules.rule import Fact, LineRule, OrderRule, Reach


def earliest(case: OrderCase, working_days: int, place: ShipTo | None) -> date:
    """The first day on which goods can arrive at the place after this many working days from the day of receipt."""
    calendar, weekdays = case.agreement.calendar, _weekdays(place)
    day = case.as_of
    while working_days > 0:
        day += timedelta(days=1)
        if calendar.delivers_on(day, frozenset(range(5))):
            working_days -= 1
    return _next_delivery(case, day, weekdays)


def _weekdays(place: ShipTo | None) -> frozenset[int]:
    return place.delivery_days if place is not None and place.delivery_days else frozenset(range(5))


def _next_delivery(case: OrderCase, day: date, weekdays: frozenset[int]) -> date:
    for ahead in range(366):
        candidate = day + timedelta(days=ahead)
        if case.agreement.calendar.delivers_on(candidate, weekdays):
            return candidate
    return day


def _last_delivery(case: OrderCase, horizon: date, lead_days: int, place: ShipTo | None) -> tuple[str, ...]:
    """The last day up to the horizon on which the goods can arrive, where there is one."""
    first, weekdays = earliest(case, lead_days, place), _weekdays(place)
    days = (horizon - timedelta(days=back) for back in range((horizon - first).days + 1))
    last = next((day for day in days if case.agreement.calendar.delivers_on(day, weekdays)), None)
    return (last.isoformat(),) if last is not None else ()


def _judge(
    case: OrderCase, requested: date, lead_days: int, place: ShipTo | None, as_sent: date | None = None
) -> Verdicts:
    about, day = Field.REQUESTED_DATE, as_sent or requested
    sent = day.isoformat()
    if requested < case.as_of:
        possible = earliest(case, lead_days, place)
        past = DAT002_PAST(DayAndFirst(day=day, first=possible))
        return (Verdict(past, about, sent, candidates=(possible.isoformat(),)),)
    horizon = case.as_of + timedelta(days=case.agreement.account.horizon_days)
    if requested > horizon:
        too_far = DAT005_TOO_FAR(DayAndLast(day=day, last=horizon))
        return (Verdict(too_far, about, sent, candidates=_last_delivery(case, horizon, lead_days, place)),)
    first = earliest(case, lead_days, place)
    if requested < first:
        too_soon = DAT003_TOO_SOON(DayAndFirst(day=day, first=first))
        return (Verdict(too_soon, about, sent, first.isoformat(), DayUsed(first)),)
    weekdays = _weekdays(place)
    if not case.agreement.calendar.delivers_on(requested, weekdays):
        following = _next_delivery(case, requested, weekdays)
        closed = DAT004_NO_DELIVERY(DayAndNext(day=day, following=following))
        return (Verdict(closed, about, sent, following.isoformat(), DayUsed(following)),)
    return NOTHING


def order_date_possible(case: OrderCase) -> Verdicts:
    """The date asked for the whole order can be kept, by the lead time agreed with the customer."""
    if case.requested_date is None:
        return NOTHING
    return _judge(case, case.requested_date, case.agreement.account.lead_days, case.ship_to)


def line_date_possible(case: LineCase) -> Verdicts:
    """The date of a line can be kept, by the longer lead time of customer and item."""
    if case.requested_date is None:
        return NOTHING
    item_days = case.item.lead_days if case.item else 0
    customer_days = case.of.agreement.account.lead_days
    if case.line.requested_date is None and item_days <= customer_days:
        return NOTHING  # the order's own date, judged with the order
    as_sent = case.line.requested_date or case.of.order.requested_date
    return _judge(case.of, case.requested_date, max(item_days, customer_days), case.of.ship_to, as_sent)


def schedules_possible(case: LineCase) -> Verdicts:
    """Every date of a delivery schedule can be kept, at the place that it names or else at that of the order."""
    if not case.line.schedules:
        return NOTHING
    of = case.of
    lead_days = max(case.item.lead_days if case.item else 0, of.agreement.account.lead_days)
    found: list[Verdict] = []
    for schedule in case.line.schedules:
        if schedule.day is not None:
            named = of.agreement.ship_to(schedule.ship_to) if schedule.ship_to else None
            found.extend(_judge(of, schedule.day, lead_days, named or of.ship_to))
    return tuple(Verdict(verdict.said, verdict.field, verdict.before, verdict.after) for verdict in found)


_GOOD = "Wednesday for an order that came on Monday, with two days of lead time."

DATE_ORDER_RULES: tuple[OrderRule, ...] = (
    OrderRule(
        order_date_possible,
        ("DAT002", "DAT003", "DAT004", "DAT005"),
        needs=frozenset({Fact.ORDER_DATE, Fact.RECEIVED, Fact.ACCOUNT, Fact.PLACES, Fact.CALENDAR}),
        settles=frozenset({Fact.ORDER_DATE}),
        looks_at=Reach.ORDER,
        why="A date that cannot be kept is answered with one that can, before the goods are missed.",
        good=_GOOD,
        bad="A public holiday, or last week.",
    ),
)
DATE_LINE_RULES: tuple[LineRule, ...] = (
    LineRule(
        line_date_possible,
        ("DAT002", "DAT003", "DAT004", "DAT005"),
        needs=frozenset(
            {Fact.REQUESTED_DATE, Fact.ORDER_DATE, Fact.ITEM, Fact.RECEIVED, Fact.ACCOUNT, Fact.PLACES, Fact.CALENDAR}
        ),
        settles=frozenset({Fact.REQUESTED_DATE}),
        why="Some items take longer than others.",
        good=_GOOD,
        bad="Tomorrow, for an item with ten days of lead time.",
    ),
    LineRule(
        schedules_possible,
        ("DAT002", "DAT003", "DAT004", "DAT005"),
        needs=frozenset({Fact.SCHEDULES, Fact.ITEM, Fact.RECEIVED, Fact.ACCOUNT, Fact.PLACES, Fact.CALENDAR}),
        why="Each part of a split delivery has a date of its own to keep.",
        good="Half in one week, half in the next.",
        bad="Half of it last week.",
    ),
)
