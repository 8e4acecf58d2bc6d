"""Each rule by its cases: ``cases/<family>.yaml`` holds, rule by rule and code by code, when it speaks and when not.

A case names the line (or ``lines``), the head of the ``order``, the ``policy``, the ``account``, the day (``as_of``)
and an ``earlier`` order, each only where it differs from ten cups ordered by the shop on a Monday. It expects
exactly the ``findings``, each by its code, its texts and where it matters which sentence of the code it ``says``, the
``decision`` for the order, and what it says to be ``confirmed`` of its first line.
"""

from decimal import Decimal
from typing import Any, NamedTuple

import pytest
import yaml

from orders.checked import CheckedLine, CheckedOrder
from orders.findings import finding_kinds
from orders.numbers import plain
from orders.rules import CHANGE_RULES, CLOSING_RULES, LINE_RULES, ORDER_RULES
from orders.rules.rule import LineRule, OrderRule
from tests.orders import seller

RULES: tuple[OrderRule | LineRule, ...] = (*ORDER_RULES, *CHANGE_RULES, *LINE_RULES, *CLOSING_RULES)


class RuleCase(NamedTuple):
    """One case: of which rule and code, whether the code is expected, and what the file says."""

    rule: str
    code: str
    speaks: bool
    content: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.rule}-{self.code}-{self.content['case']}"


def _cases() -> list[RuleCase]:
    return [
        RuleCase(rule, code, kind == "speaks", content)
        for path in sorted((seller.FOLDER / "cases").glob("*.yaml"))
        for rule, codes in yaml.safe_load(path.read_text("utf-8")).items()
        for code, kinds in codes.items()
        for kind, contents in kinds.items()
        for content in contents
    ]


CASES = _cases()
KNOWN_KEYS = {
    "case", "line", "lines", "order", "policy", "account", "as_of", "earlier", "findings", "decision", "confirmed",
}  # fmt: skip


def checked_case(content: dict[str, Any]) -> CheckedOrder:
    sent = content.get("lines", [content.get("line", {})])
    lines = [seller.line(number, **fields) for number, fields in enumerate(sent, start=1)]
    options = {name: content[name] for name in ("policy", "account", "as_of", "earlier") if name in content}
    return seller.check(seller.order(lines, **content.get("order", {})), **options)


def _confirmed(line: CheckedLine) -> dict[str, Any]:
    price = line.price
    return {
        "item": line.item,
        "quantity": line.quantity,
        "unit": line.unit,
        "price": price.price if price else None,
        "price_list": price.price_list if price else None,
        "tier_from": price.tier_from if price else None,
        "next_tier": price.next_tier if price else None,
        "requested_date": line.requested_date,
        "amount": line.amount,
    }


def _text(value: Any) -> str | None:
    return None if value is None else plain(value) if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: RuleCase) -> None:
    content = case.content
    assert set(content) <= KNOWN_KEYS
    result = checked_case(content)
    found = [{"code": one.code, "before": one.before, "after": one.after} for one in result.findings]
    expected = [{"before": None, "after": None, **one} for one in content.get("findings", [])]
    says = [one.pop("says", None) for one in expected]
    assert found == expected
    assert [one.case if said else None for one, said in zip(result.findings, says, strict=True)] == says
    assert (case.code in {one["code"] for one in found}) is case.speaks
    assert result.decision.value == content["decision"]
    confirmed = _confirmed(result.lines[0]) if result.lines else {}
    wanted = content.get("confirmed", {})
    assert {name: _text(confirmed[name]) for name in wanted} == {name: _text(value) for name, value in wanted.items()}


def test_every_code_of_every_rule_has_a_case_where_it_speaks_and_one_where_it_is_silent() -> None:
    needed = {(rule.name, code, speaks) for rule in RULES for code in rule.codes for speaks in (True, False)}
    assert {(case.rule, case.code, case.speaks) for case in CASES} == needed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_explains_itself(rule: OrderRule | LineRule) -> None:
    texts = {"docstring": rule.judge.__doc__, "why": rule.why, "good": rule.good, "bad": rule.bad}
    assert [name for name, text in texts.items() if not text or not text.rstrip().endswith(".")] == []
    assert set(rule.codes) <= set(finding_kinds())


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(names) == sorted(set(names))
