"""Files of other projects, where they lie beside the repository: each ends in a decision with a reason."""

import json
from pathlib import Path

import pytest

from tests.cli.contract import assert_contract
from tests.command import ordermill

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = [path for kind in ("edifact", "spreadsheets") for path in sorted((CORPUS / kind).glob("*"))]
NOBODYS = [(path, ()) for path in FILES if path.suffix != ".tsv"]
A_CUSTOMERS = [(path, ("--customer", "lindenladen")) for path, _ in NOBODYS if path.parent.name == "spreadsheets"]

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not beside the repository (../shared/corpus)")


@pytest.mark.parametrize(
    ("path", "customer"),
    NOBODYS + A_CUSTOMERS,
    ids=lambda value: f"{value.parent.name}/{value.name}" if isinstance(value, Path) else "-".join(value) or "nobodys",
)
def test_a_file_of_the_corpus_ends_in_a_decision_with_a_reason(path: Path, customer: tuple[str, ...]) -> None:
    result = ordermill("check", str(path), "--as-of", "2026-11-16", *customer, "--json")
    content = json.loads(result.stdout)
    assert_contract(content)
    assert result.exit_code in (0, 1, 2)
    assert (result.exit_code == 2) is (content["orders"] == [])
