"""From the bytes of a spreadsheet to its decided orders, through the same door as ``ordermill check``."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import sample_files
from cli.homes import books_for
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.incoming import incoming
from pipelines.report import report
from tests.cli.contract import assert_contract


@cache
def books() -> Books:
    """The books of the sample seller, opened once, as the command opens them."""
    return books_for(None, sample_files.AS_OF)[0]


def checked(path: Path, customer: str | None = "lindenladen") -> Any:
    """The object of ``check --json``. Every line of it is accounted for: the contract counts them."""
    result = check_file(incoming(path, customer=customer), books(), sample_files.AS_OF)
    content = json.loads(json.dumps(report(result)))
    assert_contract(content)
    return content


def codes(result: Any) -> list[str]:
    """The codes of all findings, each once, in the order of the codes."""
    return sorted({one["code"] for one in result["findings"]})
