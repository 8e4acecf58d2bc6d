"""Every sample order gives the expected result beside it. ``--write-expected`` writes them anew; review the change."""

import json
from pathlib import Path

import pytest

import sample_files
from tests.command import ordermill_json

CUSTOMER_BY_FOLDER = (".csv", ".xlsx")


def check(path: Path) -> dict[str, object]:
    customer = ["--customer", path.parent.name] if path.suffix in CUSTOMER_BY_FOLDER else []
    result = ordermill_json("check", str(path), "--as-of", sample_files.AS_OF.isoformat(), "--json", *customer)
    # The version of the code changes with every release, and with it nothing that a sample shows.
    result["versions"]["code"] = "any"
    return result


@pytest.mark.parametrize("path", sample_files.order_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sample(path: Path, write_expected: bool) -> None:
    expected = sample_files.expected_of(path)
    result = check(path)
    if write_expected:
        expected.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert result == json.loads(expected.read_text("utf-8"))


def test_every_expected_result_has_its_order() -> None:
    expected = {path for path in sample_files.FOLDER.glob("*/*.expected.json")}
    assert expected == {sample_files.expected_of(path) for path in sample_files.order_files()}
