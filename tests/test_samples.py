"""Every sample order gives the expected result beside it. ``--write-expected`` writes them anew; review the change."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import sample_files
from connectors.reference_files import load_tables
from mappings.layout_finder import propose
from mappings.layout_text import partner_text
from mappings.partner_file import Partner, load_partner
from orders.findings import finding_cases
from orders.reference import Reference
from parsers.formats import Format
from parsers.limits import DEFAULT
from parsers.tables.files import read_tables
from replies.wording.language import english
from tests.command import ordermill_json

CUSTOMER_BY_FOLDER = (".csv", ".xlsx")
OF_FILES = ("file", "decision", "lines", "versions", "orders", "findings")
OF_FINDINGS = (
    "code", "severity", "message", "before", "after", "candidates", "order", "line", "location",
)  # fmt: skip
OF_LOCATIONS = ("message", "segment", "tag", "element", "component", "offset", "sheet", "row", "column", "cell")
"""The documented fields, which are compared. Others may be added to files, findings and their locations at any time."""


def as_documented(told: dict[str, Any]) -> dict[str, Any]:
    """A finding of the JSON without the fields that were added."""
    kept = {name: told[name] for name in OF_FINDINGS}
    if kept["location"] is not None:
        kept["location"] = {name: value for name, value in told["location"].items() if name in OF_LOCATIONS}
    return kept


def check(path: Path) -> dict[str, Any]:
    customer = ["--customer", path.parent.name] if path.suffix in CUSTOMER_BY_FOLDER else []
    result: dict[str, Any] = ordermill_json(
        "check", str(path), "--as-of", sample_files.AS_OF.isoformat(), "--json", *customer
    )
    result = {name: result[name] for name in OF_FILES}
    # The version of the code changes with every release, and with it nothing that a sample shows.
    result["versions"]["code"] = "any"
    return result


@pytest.mark.parametrize("path", sample_files.order_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sample(path: Path, write_expected: bool) -> None:
    expected = sample_files.expected_of(path)
    result = check(path)
    assert [one for one in result["findings"] if (one["code"], one["case"]) not in finding_cases()] == []
    result["findings"] = [as_documented(one) for one in result["findings"]]
    if write_expected:
        expected.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert result == json.loads(expected.read_text("utf-8"))


def test_every_expected_result_has_its_order() -> None:
    expected = {path for path in sample_files.FOLDER.glob("*/*.expected.json")}
    assert expected == {sample_files.expected_of(path) for path in sample_files.order_files()}


PROPOSED = sorted(sample_files.FOLDER.glob("*/layout.proposed.yaml"))


@pytest.mark.parametrize("path", PROPOSED, ids=lambda path: path.parent.name)
def test_a_foreign_layout_is_what_the_finder_proposes_and_a_person_confirmed(path: Path, write_expected: bool) -> None:
    customer = path.parent.name
    order = next(one for one in sample_files.order_files() if one.parent == path.parent and "clean" in one.name)
    tables = load_tables([sample_files.FOLDER / "reference"])
    agreement = Reference(tables).agreement(customer)
    assert agreement is not None
    file = read_tables(order.read_bytes(), Format.CSV if order.suffix == ".csv" else Format.XLSX, DEFAULT)
    proposal = propose(file, agreement)
    assert proposal.layout is not None and proposal.evidence is not None and proposal.doubts == ()
    text = partner_text(
        Partner(partner=customer, name=agreement.account.name),
        proposal.layout,
        proposal.evidence,
        order.name,
        english().message,
    )
    if write_expected:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
    confirmed = load_partner(Path(str(files("mappings") / "partners" / f"{customer}.yaml"))).layout
    assert confirmed is not None and confirmed.confirmed
    assert (confirmed.columns, confirmed.cells, confirmed.matrix, confirmed.units) == (
        proposal.layout.columns,
        proposal.layout.cells,
        proposal.layout.matrix,
        proposal.layout.units,
    )


def test_three_customers_have_a_foreign_layout_and_24_orders_are_spreadsheets() -> None:
    assert len(PROPOSED) == 3
    assert len([path for path in sample_files.order_files() if path.suffix != ".edi"]) >= 24
