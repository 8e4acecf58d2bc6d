"""What a rule says of itself: its verdict rests on the facts that it names and on no other, and it settles no other.

Every rule case is run once more with the rules watched: each look at a case is noted by its path, and the path tells
the fact. A rule that looks at something it does not name would be trusted too far by whoever keeps its verdicts.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

import orders.check
from orders.rules import CHANGE_RULES, CLOSING_RULES, LINE_RULES, ORDER_RULES
from orders.rules.case import DayUsed, ItemMeant, LineCase, OrderCase, PriceAgreed, QuantityUsed, Settled, UnitUsed
from orders.rules.rule import Fact, LineRule, OrderRule, Reach
from tests.orders.test_rules import CASES, RULES, checked_case

OF_ORDER: Mapping[str, Fact | None] = {
    "order.po_number": Fact.ORDER_NUMBER,
    "order.function": Fact.FUNCTION,
    "order.speaks_of_another": Fact.FUNCTION,
    "order.currency": Fact.CURRENCY,
    "order.identifier": Fact.PARTIES,
    "order.payment_terms": Fact.TERMS,
    "order.totals": Fact.TOTALS,
    "order.lines": Fact.LINES,
    "order.requested_date": Fact.ORDER_DATE,
    "requested_date": Fact.ORDER_DATE,
    "ship_to": Fact.PLACES,
    "earlier": Fact.EARLIER,
    "content": Fact.EARLIER,
    "corrects": Fact.EARLIER,
    "change": Fact.CHANGE,
    "changed_lines": Fact.CHANGE,
    "value": Fact.VALUE,
    "value_open": Fact.VALUE,
    "as_of": Fact.RECEIVED,
    "priced_on": Fact.RECEIVED,
    "policy": Fact.POLICY,
    "first_line_of_item": Fact.LINES,
    "agreement.account": Fact.ACCOUNT,
    "agreement.catalogue": Fact.CATALOGUE,
    "agreement.plainly_named": Fact.CATALOGUE,
    "agreement.by_buyer_number": Fact.CATALOGUE,
    "agreement.without_leading_zeros": Fact.CATALOGUE,
    "agreement.near": Fact.CATALOGUE,
    "agreement.assortment": Fact.ASSORTMENT,
    "agreement.agreed_price": Fact.PRICE_LISTS,
    "agreement.price_rows": Fact.PRICE_LISTS,
    "agreement.places": Fact.PLACES,
    "agreement.ship_to": Fact.PLACES,
    "agreement.calendar": Fact.CALENDAR,
    # Where a value stands decides where a finding points; whether one stood there at all, and how, is the sender's.
    "places.bare": Fact.IDENTIFIERS,
    "places.of": None,
}
OF_LINE: Mapping[str, Fact | None] = {
    "line.action": Fact.ACTION,
    "line.number": Fact.LINE_NUMBER,
    "line.item": Fact.IDENTIFIERS,
    "line.gtin": Fact.IDENTIFIERS,
    "line.buyer_item": Fact.IDENTIFIERS,
    "line.quantity": Fact.QUANTITY,
    "line.unit": Fact.UNIT,
    "line.unit_price": Fact.PRICE,
    "line.price_basis": Fact.PRICE,
    "line.price_unit": Fact.PRICE,
    "line.requested_date": Fact.REQUESTED_DATE,
    "line.schedules": Fact.SCHEDULES,
    "item": Fact.ITEM,
    "quantity": Fact.QUANTITY,
    "base_quantity": Fact.QUANTITY,
    "unit": Fact.UNIT,
    "unit_price": Fact.PRICE,
    "price_basis": Fact.PRICE,
    "price": Fact.AGREED_PRICE,
    "requested_date": Fact.REQUESTED_DATE,
    "index": None,
    **{f"of.{path}": fact for path, fact in OF_ORDER.items()},
}
SETTLED: Mapping[type[Settled], Fact] = {
    ItemMeant: Fact.ITEM,
    QuantityUsed: Fact.QUANTITY,
    UnitUsed: Fact.UNIT,
    PriceAgreed: Fact.AGREED_PRICE,
}


class Watched:
    """Something that a rule looks at; what is looked at is noted, down to where the path tells a fact."""

    def __init__(self, subject: object, facts: Mapping[str, Fact | None], seen: set[Fact], path: str = "") -> None:
        self._subject, self._facts, self._seen, self._path = subject, facts, seen, path

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}{name}"
        value = getattr(self._subject, name)
        if path in self._facts:
            fact = self._facts[path]
            if fact is not None:
                self._seen.add(fact)
            return value
        assert any(known.startswith(f"{path}.") for known in self._facts), f"no fact is named for {path}"
        return Watched(value, self._facts, self._seen, f"{path}.")


class Watching:
    """The rules, each noting what it looked at and what it settled over all that it judged."""

    def __init__(self) -> None:
        self.needed: dict[str, set[Fact]] = {}
        self.settled: dict[str, set[Fact]] = {}

    def judge(self, rule: OrderRule | LineRule) -> Callable[[Any], Any]:
        """The rule's judgement, watched."""

        def judge(case: OrderCase | LineCase) -> Any:
            of_line = isinstance(case, LineCase)
            seen = self.needed.setdefault(rule.name, set())
            verdicts = rule.judge(Watched(case, OF_LINE if of_line else OF_ORDER, seen))  # type: ignore[arg-type]
            for verdict in verdicts:
                if verdict.settles is not None:
                    day = Fact.REQUESTED_DATE if of_line else Fact.ORDER_DATE
                    fact = day if isinstance(verdict.settles, DayUsed) else SETTLED[type(verdict.settles)]
                    self.settled.setdefault(rule.name, set()).add(fact)
            return verdicts

        return judge


@pytest.fixture(scope="module")
def watched() -> Iterator[Watching]:
    """All rule cases judged by watched rules."""
    watching = Watching()
    with pytest.MonkeyPatch.context() as patch:
        for name, rules in (("ORDER_RULES", ORDER_RULES), ("CLOSING_RULES", CLOSING_RULES)):
            patch.setattr(
                orders.check, name, [type(rule)(**{**vars(rule), "judge": watching.judge(rule)}) for rule in rules]
            )
        patch.setattr(orders.check, "_LINE_JUDGES", tuple(watching.judge(rule) for rule in LINE_RULES))
        patch.setattr(orders.check, "_CHANGE_JUDGES", tuple(watching.judge(rule) for rule in CHANGE_RULES))
        for case in CASES:
            checked_case(case.content)
    yield watching


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_all_that_its_verdict_rests_on(rule: OrderRule | LineRule, watched: Watching) -> None:
    assert watched.needed[rule.name] == set(rule.needs)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_all_that_it_settles(rule: OrderRule | LineRule, watched: Watching) -> None:
    assert watched.settled.get(rule.name, set()) == set(rule.settles)


def test_what_a_line_rule_needs_settled_is_settled_before_it() -> None:
    for fact in (Fact.ITEM, Fact.AGREED_PRICE):
        settling = next(place for place, rule in enumerate(LINE_RULES) if fact in rule.settles)
        needing = [place for place, rule in enumerate(LINE_RULES) if fact in rule.needs]
        assert all(settling < place for place in needing), fact


def test_only_a_rule_that_looks_beyond_the_line_rests_on_other_lines_and_orders() -> None:
    for rule in LINE_RULES:
        if rule.needs & {Fact.EARLIER, Fact.CHANGE, Fact.VALUE, Fact.TOTALS}:
            assert rule.looks_at in (Reach.ORDER, Reach.CUSTOMER), rule.name


def test_a_value_that_is_none_of_the_head_is_an_error() -> None:
    with pytest.raises(TypeError, match="cannot be settled"):
        OrderCase.settle(None, UnitUsed("PCE"))  # type: ignore[arg-type]
