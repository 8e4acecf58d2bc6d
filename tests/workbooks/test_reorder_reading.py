"""The reorder workbook as it comes back: whatever a buyer did to it, read for certain, or refused with a reason."""

import csv
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import sample_files
from pipelines.settings import Home
from tests.cli.contract import assert_contract
from tests.command import ordermill, ordermill_json
from tests.workbooks.buyer import DAY, Form, issued

QUANTITIES = {"HM_30018": 20, "HM_30023": 40, "HM_30028": 10}


def check(path: Path, *options: str) -> Any:
    result = ordermill_json("check", str(path), "--json", *(options or DAY))
    assert_contract(result)
    return result


def codes(result: Any) -> set[str]:
    """The codes of all findings but the notes on how a value was read."""
    return {one["code"] for one in result["findings"] if one["severity"] != "info"}


def ordered(result: Any) -> set[tuple[str, str, str, str]]:
    (order,) = result["orders"]
    return {(line["item"], line["quantity"], line["unit"], line["decision"]) for line in order["lines"]}


EXPECTED = {
    ("HM-30018", "20", "PK", "accepted"),
    ("HM-30023", "40", "PK", "accepted"),
    ("HM-30028", "10", "PK", "accepted"),
}


def test_what_is_filled_in_is_ordered_and_nothing_else(tmp_path: Path) -> None:
    result = check(issued(tmp_path).order("R-7", **QUANTITIES).save())
    assert result["file"]["customer"] == "bohne"
    assert ordered(result) == EXPECTED
    assert codes(result) == set()
    assert result["lines"] == {
        "read": 38, "accepted": 3, "changed": 0, "held": 0, "rejected": 0, "skipped": 35,
    }  # fmt: skip
    (order,) = result["orders"]
    assert (order["po_number"], order["ship_to"]) == ("R-7", "CAFE-01")


def _rearranged(form: Form, seed: int) -> None:
    """Every column elsewhere and under another name, every row elsewhere, as cut and paste in Excel leave them."""
    sheet, chance = form.sheet, random.Random(seed)  # noqa: S311 any order will do
    columns = list(range(1, sheet.max_column + 1))
    rows = list(range(form.ids + 2, sheet.max_row + 1))
    moved, sorted_rows = columns[:], rows[:]
    chance.shuffle(moved)
    chance.shuffle(sorted_rows)
    cells = [sheet.cell(row, column) for row in range(1, sheet.max_row + 1) for column in columns]
    values = {(cell.row, cell.column): (cell.value, cell.number_format) for cell in cells}
    target = dict(zip(rows, sorted_rows, strict=True))
    for (row, column), (value, number_format) in values.items():
        cell = sheet.cell(target.get(row, row), moved[column - 1])
        cell.value, cell.number_format = value, number_format
    for column in columns:
        sheet.cell(form.ids + 1, column).value = f"Renamed {column}"
    form.workbook.defined_names.clear()


@pytest.mark.parametrize("seed", range(4))
def test_moved_renamed_and_sorted_it_reads_the_same(tmp_path: Path, seed: int) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    _rearranged(form, seed)
    result = check(form.save())
    assert ordered(result) == EXPECTED
    assert codes(result) == set()


def test_without_the_hidden_row_the_defined_names_lead(tmp_path: Path) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    for cell in form.sheet[form.ids]:
        cell.value = None
    assert ordered(check(form.save())) == EXPECTED


@pytest.mark.parametrize("field", ["row_key", "quantity"])
def test_without_a_needed_column_it_is_refused(tmp_path: Path, field: str) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    form.sheet.delete_cols(form.column(field))
    form.workbook.defined_names.clear()
    result = check(form.save())
    assert codes(result) == {"LAY004"}
    assert result["orders"] == []


def test_pasted_formats_and_texts_change_nothing(tmp_path: Path) -> None:
    form = issued(tmp_path).order(**{name: str(quantity) for name, quantity in QUANTITIES.items()})
    for item in ("HM-30018", "HM-30023"):
        form.cell(item, "unit_price").value = str(form.cell(item, "unit_price").value)
        form.cell(item, "unit_price").number_format = "0.0E+00"
        form.cell(item, "quantity").number_format = "0.00%"
    form.sheet.protection.disable()
    form.sheet.data_validations.dataValidation.clear()
    result = check(form.save())
    assert ordered(result) == EXPECTED
    assert codes(result) == set()


def test_an_edited_price_is_told_and_held(tmp_path: Path) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    form.cell("HM-30023", "unit_price").value = 2.0
    result = check(form.save())
    assert codes(result) == {"PRC007", "PRC002"}
    told = next(one for one in result["findings"] if one["code"] == "PRC007")
    assert told["location"]["row"] == form.row("HM-30023")
    assert told["location"]["column"] == form.column("unit_price")


def test_a_row_with_another_item_in_it_is_held(tmp_path: Path) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    form.cell("HM-30023", "item").value = "HM-30033"
    result = check(form.save())
    assert codes(result) == {"ITM002"}
    assert result["decision"] == "held"


def test_everything_is_checked_again(tmp_path: Path) -> None:
    form = issued(tmp_path).order(ship_to="NORD", HM_30018="ca. 5", HM_30023=-4, HM_30028=3, HM_30063=5)
    form.cell("HM-30028", "unit").value = "pallet"
    assert {"HDR005", "QTY001", "QTY003", "UOM002", "ITM006"} <= codes(check(form.save()))


def test_a_price_break_reached_is_no_difference(tmp_path: Path) -> None:
    form = issued(tmp_path, "klinikum")
    assert form.cell("HM-40010", "breaks").value == "ab 1000: 4,52\nab 4000: 4,23"
    assert form.cell("HM-40010", "unit_price").value == 4.81
    result = check(form.order(ship_to="ZL-01", HM_40010=8000).save())
    assert codes(result) == set()
    assert result["orders"][0]["lines"][0]["contract_price"] == "4.23"


@pytest.mark.parametrize("row", range(1, 12))
def test_a_tampered_stamp_is_refused(tmp_path: Path, row: int) -> None:
    form = issued(tmp_path).order(**QUANTITIES)
    stamp = form.workbook["ordermill"]
    assert isinstance(stamp, Worksheet)
    last = stamp.max_row
    cell = stamp.cell(row if row < 11 else last, 2)
    cell.value = f"{cell.value or ''}1"
    result = check(form.save())
    assert [one["code"] for one in result["findings"]] == ["DOC010"]
    assert (result["decision"], result["orders"]) == ("rejected", [])


def test_another_customers_workbook_is_refused(tmp_path: Path) -> None:
    path = issued(tmp_path).order(**QUANTITIES).save()
    result = check(path, *DAY, "--customer", "klinikum")
    assert [one["code"] for one in result["findings"]] == ["DOC010"]
    assert ordermill("check", str(path), *DAY, "--customer", "klinikum").exit_code == 2


def test_the_workbook_of_another_seller_is_refused(home: Home, tmp_path: Path) -> None:
    path = issued(tmp_path).order(**QUANTITIES).save()
    assert codes(check(path, "--home", str(home.folder))) == {"DOC010"}


def test_an_expired_one_is_checked_anew_and_says_so(tmp_path: Path) -> None:
    path = issued(tmp_path, "bohne", "--as-of", "2026-10-01", "--valid-days", "10").order(**QUANTITIES).save()
    result = check(path)
    assert codes(result) == {"DOC011"}
    assert ordered(result) == EXPECTED


def test_a_stale_one_is_priced_anew_and_says_so(home: Home, tmp_path: Path) -> None:
    options = ("--home", str(home.folder))
    form = issued(tmp_path, "bohne", *options).order(**QUANTITIES)
    folder = tmp_path / "reference"
    shutil.copytree(sample_files.FOLDER / "reference", folder)
    rows = list(csv.reader((folder / "prices.csv").read_text("utf-8").splitlines()))
    for row in rows:
        if row[:2] == ["BOHNE-2026", "HM-30023"]:
            row[5] = "9.99"
    with (folder / "prices.csv").open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(rows)
    ordermill("data", "load", str(folder), *options)
    result = check(form.save(), *options)
    assert codes(result) == {"DOC011"}
    (told,) = [one["message"] for one in result["findings"] if one["code"] == "DOC011"]
    assert "priced anew: HM-30023 3.35 → 9.99" in told
    assert ordered(result) == EXPECTED
    prices = {line["item"]: line["contract_price"] for line in result["orders"][0]["lines"]}
    assert prices["HM-30023"] == "9.99"


def test_a_form_with_nothing_filled_in_is_no_order(tmp_path: Path) -> None:
    result = check(issued(tmp_path).order().save())
    assert codes(result) == {"DOC009"}
    assert result["lines"]["skipped"] == result["lines"]["read"] == 38
