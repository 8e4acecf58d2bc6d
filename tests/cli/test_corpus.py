"""EDIFACT files of other projects, where they lie beside the repository: each ends in a decision with a reason."""

import json
import re
from pathlib import Path

import pytest

import sample_files
from cli.homes import books_for
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.exit_status import exit_status
from pipelines.incoming import incoming
from pipelines.report import report
from tests.cli.contract import assert_contract

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = [path for path in sorted((CORPUS / "edifact").glob("*")) if path.suffix != ".tsv"]

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not beside the repository (../shared/corpus)")


@pytest.fixture(scope="module")
def books() -> Books:
    """The books of the sample seller, opened once, as the command opens them."""
    return books_for(None, sample_files.AS_OF)[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_the_corpus_ends_in_a_decision_with_a_reason(path: Path, books: Books) -> None:
    result = check_file(incoming(path), books, sample_files.AS_OF)
    content = json.loads(json.dumps(report(result)))
    assert_contract(content)
    status = exit_status(result.decision, len(result.orders))
    assert status in (0, 1, 2)
    assert (status == 2) is (content["orders"] == [])


_ORDERS = re.compile(rb"UNH[^\w\s][^'~#\n]*?[^\w\s]ORDERS\b.*?(?=UNT[^\w\s]|UNH[^\w\s]|\Z)", re.DOTALL)
_LINES = re.compile(rb"(?<=[^\w\s?])\s*LIN[^\w\s]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_orders_of_the_corpus_yields_its_order_with_all_its_lines(path: Path, books: Books) -> None:
    result = check_file(incoming(path), books, sample_files.AS_OF)
    # Counted in the bytes, by nothing of ours: no file of the corpus has these words in its texts.
    sent = [len(_LINES.findall(order)) for order in _ORDERS.findall(path.read_bytes())]
    read = [len(order.lines) for order in result.orders]
    assert read == sent
    assert sent or result.findings
