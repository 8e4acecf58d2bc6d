"""Files of other projects, where they lie beside the repository: each ends in a decision with a reason."""

import json
from pathlib import Path

import pytest

from tests.cli.contract import assert_contract
from tests.command import ordermill

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = [
    path for kind in ("edifact", "spreadsheets") for path in sorted((CORPUS / kind).glob("*")) if path.suffix != ".tsv"
]

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not beside the repository (../shared/corpus)")


@pytest.mark.parametrize("customer", [(), ("--customer", "lindenladen")], ids=["nobodys", "a-customers"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_of_the_corpus_ends_in_a_decision_with_a_reason(path: Path, customer: tuple[str, ...]) -> None:
    result = ordermill("check", str(path), "--as-of", "2026-11-16", *customer, "--json")
    content = json.loads(result.stdout)
    assert_contract(content)
    assert result.exit_code in (0, 1, 2)
    assert (result.exit_code == 2) is (content["orders"] == [])
