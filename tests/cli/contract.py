"""The outside contract of ``check --json``: every field always there, of its type, and counts that add up."""

import re
from typing import Any

FILE = {"name": str, "sha256": str, "bytes": int, "format": str, "customer": str | None}
COUNTS = ("accepted", "changed", "held", "rejected", "skipped")
ORDER = (
    "po_number", "type", "function", "customer", "buyer", "ship_to", "order_date", "requested_date", "currency",
)  # fmt: skip
LINE = (
    "action", "item", "gtin", "buyer_item", "description", "quantity", "unit", "unit_price", "price_basis",
    "contract_price", "amount", "requested_date",
)  # fmt: skip
DECIMALS = ("quantity", "unit_price", "price_basis", "contract_price", "amount")
FORMATS = {"edifact", "csv", "xlsx", "xls", "xlsb", "ods", "unknown"}
DECISIONS = {"accepted", "changed", "held", "rejected", "duplicate", "quarantined"}
SEGMENT_PLACE = {"message", "segment", "tag", "element", "component", "offset"}
CELL_PLACE = {"sheet", "row", "column", "cell"}
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RANK = ["duplicate", "accepted", "changed", "held", "rejected", "quarantined"]


def assert_contract(result: Any) -> None:
    """The object is what the outside contract says, whatever the file was."""
    assert {"file", "decision", "lines", "versions", "orders", "findings"} <= set(result)
    for name, kind in FILE.items():
        assert isinstance(result["file"][name], kind), name
    assert re.fullmatch(r"[0-9a-f]{64}", result["file"]["sha256"])
    assert result["file"]["format"] in FORMATS
    assert result["decision"] in DECISIONS
    assert {"code", "partner", "policy", "reference"} <= set(result["versions"])
    assert result["lines"]["read"] == sum(result["lines"][name] for name in COUNTS)
    for order in result["orders"]:
        _assert_order(order)
        assert _RANK.index(result["decision"]) >= _RANK.index(order["decision"])
    for finding in result["findings"]:
        _assert_finding(finding, result["orders"])
    lines = sum(len(order["lines"]) for order in result["orders"])
    assert lines <= result["lines"]["read"]
    assert result["orders"] or result["findings"], "neither an order nor a reason"


def _assert_order(order: Any) -> None:
    for name in ORDER:
        assert order[name] is None or isinstance(order[name], str), name
    assert order["decision"] in DECISIONS
    for name in ("order_date", "requested_date"):
        assert order[name] is None or _DAY.fullmatch(order[name]), name
    for line in order["lines"]:
        assert isinstance(line["line"], str)
        assert line["decision"] in DECISIONS
        for name in LINE:
            assert line[name] is None or isinstance(line[name], str), name
        for name in DECIMALS:
            assert line[name] is None or _DECIMAL.fullmatch(line[name]), (name, line[name])
        for schedule in line["schedules"]:
            assert {"quantity", "date", "ship_to"} <= set(schedule)


def _assert_finding(finding: Any, orders: Any) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", finding["code"])
    assert finding["severity"] in ("info", "warning", "hold", "reject")
    assert finding["message"].strip().endswith((".", "?"))
    for name in ("before", "after"):
        assert finding[name] is None or isinstance(finding[name], str), name
    assert all(isinstance(one, str) for one in finding["candidates"])
    if finding["order"] is not None:
        assert 1 <= finding["order"] <= len(orders)
    if finding["line"] is not None:
        assert 1 <= finding["line"] <= len(orders[finding["order"] - 1]["lines"])
    place = finding["location"]
    assert place is None or set(place) >= SEGMENT_PLACE or set(place) >= CELL_PLACE
