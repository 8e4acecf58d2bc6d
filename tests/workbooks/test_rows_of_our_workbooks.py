"""Rows of our own workbooks deleted, sorted in with the heading, copied, saved as CSV: every line is read or told."""

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parsers.tables.stamp import CELL_MARK, ROW_MARK
from pipelines.settings import Home
from tests.pipelines.dock import replies
from tests.workbooks.buyer import Form, issued
from tests.workbooks.test_csv_round_trip import AnsweredText, negative
from tests.workbooks.test_csv_round_trip import sent_first as text_sent_first
from tests.workbooks.test_reorder_reading import EXPECTED, QUANTITIES, check, codes, ordered
from tests.workbooks.test_round_trip import GOOD, Annotated, entered, ingest, newest, sent_first
from tests.workbooks.test_round_trip import codes as asked


def told(result: Any, code: str) -> list[str]:
    return [one["message"] for one in result["findings"] if one["code"] == code]


def form_in(folder: Path) -> Form:
    return issued(folder).order("R-7", **QUANTITIES)


def sort(form: Form, first: int, *, by: int, descending: bool = False) -> None:
    """Sort the rows from this one on by the texts of a column, as a program does that was not told of a heading."""
    rows = [[cell.value for cell in row] for row in form.sheet.iter_rows(min_row=first)]
    rows.sort(key=lambda row: str(row[by - 1] if row[by - 1] is not None else "~"), reverse=descending)
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            form.sheet.cell(number, column).value = value


def all_read(result: Any) -> bool:
    """All 38 rows that were issued, three of them ordered, and nothing to complain of."""
    counts = result["lines"]
    return ordered(result) == EXPECTED and (counts["read"], counts["skipped"]) == (38, 35) and codes(result) == set()


def test_without_its_heading_every_row_is_read(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    at_top = form.sheet.cell(form.ids + 2, form.column("item")).value
    form.cell(str(at_top), "quantity").value = 20
    before = ordered(check(form.save("before.xlsx")))
    form.sheet.delete_rows(form.ids + 1)
    result = check(form.save())
    assert ordered(result) == before
    assert result["lines"]["read"] == 38
    assert codes(result) == set()


def test_without_its_heading_and_ids_every_row_is_read(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    form.sheet.row_dimensions[form.ids].hidden = False
    form.sheet.delete_rows(form.ids, 2)
    assert all_read(check(form.save()))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", ["item", "description", "quantity", "row_key"])
def test_sorted_with_its_heading_every_row_is_read(tmp_path: Path, field: str, descending: bool) -> None:
    form = form_in(tmp_path)
    sort(form, form.ids + 1, by=form.column(field), descending=descending)
    assert all_read(check(form.save()))


@pytest.mark.parametrize("descending", [False, True])
def test_sorted_with_its_heading_ids_and_head_every_row_is_read(tmp_path: Path, descending: bool) -> None:
    form = form_in(tmp_path)
    sort(form, 1, by=form.column("row_key"), descending=descending)
    result = check(form.save())
    assert ordered(result) == EXPECTED
    assert codes(result) == set()
    (order,) = result["orders"]
    assert (order["po_number"], order["ship_to"]) == ("R-7", "CAFE-01")


def test_a_row_that_the_buyer_adds_where_the_heading_was_is_no_heading(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    for cell in form.sheet[form.ids + 1]:
        cell.value = None
    form.sheet.cell(form.ids + 1, form.column("item")).value = "HM-30033"
    form.sheet.cell(form.ids + 1, form.column("quantity")).value = "ca. 30"
    result = check(form.save())
    assert ("HM-30033", None) in {(line["item"], line["quantity"]) for line in result["orders"][0]["lines"]}
    assert "QTY001" in codes(result)


def test_rows_that_the_buyer_deletes_are_told_and_the_rest_is_ordered(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    for item in ("HM-30033", "HM-30038"):
        form.sheet.delete_rows(form.row(item))
    result = check(form.save())
    assert ordered(result) == EXPECTED
    assert (result["decision"], result["lines"]["read"]) == ("accepted", 36)
    (words,) = told(result, "LAY018")
    assert words.startswith("2 rows of our form are missing: HM-30033, HM-30038.")


def test_a_row_without_its_key_is_not_missing(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    form.cell("HM-30018", "row_key").value = None
    assert all_read(check(form.save()))


def test_a_row_that_is_there_twice_is_held(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    row = [cell.value for cell in form.sheet[form.row("HM-30018")]]
    form.sheet.append(row)
    result = check(form.save())
    assert {one["severity"] for one in result["findings"] if one["code"] == "LAY019"} == {"hold"}
    first, second = (one["location"]["row"] for one in result["findings"] if one["code"] == "LAY019")
    assert (first, second) == (form.row("HM-30018"), form.sheet.max_row)
    decisions = sorted((line["item"], line["decision"]) for line in result["orders"][0]["lines"])
    assert (result["decision"], decisions.count(("HM-30018", "held"))) == ("held", 2)


def test_a_row_that_is_there_twice_and_asks_once_is_right(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    row: list[Any] = [cell.value for cell in form.sheet[form.row("HM-30018")]]
    row[form.column("quantity") - 1] = None
    form.sheet.append(row)
    result = check(form.save())
    assert ordered(result) == EXPECTED
    assert codes(result) == set()


def test_rows_moved_to_another_sheet_are_held(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    other = form.workbook.create_sheet("Ordered")
    other.append([cell.value for cell in form.sheet[form.row("HM-30018")]])
    form.sheet.delete_rows(form.row("HM-30018"))
    result = check(form.save())
    assert (result["decision"], codes(result)) == ("held", {"LAY018"})
    (words,) = told(result, "LAY018")
    assert "stand on the sheet Ordered" in words


def _copied(form: Form) -> Worksheet:
    copy = form.workbook.copy_worksheet(form.sheet)
    copy.title = "Copy"
    return copy


def test_of_a_sheet_and_its_empty_original_the_filled_one_is_read(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    _copied(form)
    for item, _ in QUANTITIES.items():
        form.cell(item.replace("_", "-"), "quantity").value = None
    result = check(form.save())
    assert ordered(result) == EXPECTED


def test_of_two_filled_sheets_neither_is_chosen(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    _copied(form)
    result = check(form.save())
    assert (result["decision"], codes(result), result["orders"]) == ("held", {"LAY003"}, [])


def test_saved_as_csv_it_says_that_the_stamp_is_gone(tmp_path: Path) -> None:
    form = form_in(tmp_path)
    path = tmp_path / "filled.csv"
    with path.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=";").writerows(form.sheet.iter_rows(values_only=True))
    result = check(path, "--as-of", "2026-11-16", "--customer", "bohne")
    assert (result["decision"], codes(result), result["orders"]) == ("held", {"LAY020"}, [])


def test_the_answer_to_a_form_without_heading_has_every_row(home: Home, tmp_path: Path) -> None:
    form = issued(tmp_path, "bohne", "--home", str(home.folder)).order("R-8", **QUANTITIES)
    form.cell("HM-30018", "quantity").value = "ca. 5"
    top = form.sheet.cell(form.ids + 2, form.column("item")).value
    form.sheet.delete_rows(form.ids + 1)
    assert asked(ingest(home, form.save())) == {"QTY001"}
    answer = newest(home, set())
    assert top in [cell.value for row in answer.sheet.iter_rows(min_row=3) for cell in row]
    answer.mend("QTY001", 20)
    assert asked(ingest(home, answer.save("corrected.xlsx"))) == set()
    assert ("HM-30018", "20") in entered(home)


ITEMS = dict.fromkeys(("HM-30018", *GOOD), 40)


def answered(home: Home, folder: Path) -> Annotated:
    """The answer to an order of which the first line is wrong and two are right; nothing of it is entered."""
    ingest(home, sent_first(home, folder, dict(ITEMS)))
    assert entered(home) == []
    return newest(home, set())


def test_an_answer_without_its_marks_is_refused_with_the_reason(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    answer.mend("QTY001", 10)
    answer.sheet.delete_rows(1)
    result = ingest(home, answer.save("corrected.xlsx"))
    assert (result["decision"], asked(result), result["orders"]) == ("rejected", {"LAY004"}, [])
    assert "row of marks of our answer is gone" in told(result, "LAY004")[0]
    assert entered(home) == []


def test_an_answer_sorted_with_its_heading_and_marks_is_read(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    answer.mend("QTY001", 10)
    rows = [[cell.value for cell in row] for row in answer.sheet.iter_rows()]
    for number, row in enumerate(reversed(rows), start=1):
        for column, value in enumerate(row, start=1):
            answer.sheet.cell(number, column).value = value
    assert asked(ingest(home, answer.save("corrected.xlsx"))) == set()
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]


def test_a_wrong_row_deleted_from_an_answer_is_told(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    number = answer.sheet.cell(answer.commented("QTY001").row, 1).value
    answer.remove("QTY001")
    result = ingest(home, answer.save("corrected.xlsx"))
    assert told(result, "LAY018") == [f"Row {number} is missing from the correction; it was taken out of the order."]
    assert entered(home) == [(item, "40") for item in GOOD]


def test_a_row_copied_in_an_answer_is_held(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    answer.mend("QTY001", 10)
    row = next(row for row in answer.sheet.iter_rows() if any(cell.value == GOOD[0] for cell in row))
    answer.sheet.append([cell.value for cell in row])
    assert asked(ingest(home, answer.save("corrected.xlsx"))) == {"LAY019"}
    assert entered(home) == []


def test_a_row_without_its_number_in_an_answer_is_held_where_one_is_missing(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    answer.mend("QTY001", 10)
    row = next(row for row in answer.sheet.iter_rows() if any(cell.value == GOOD[0] for cell in row))
    row[0].value = None
    assert asked(ingest(home, answer.save("corrected.xlsx"))) == {"LAY019"}
    assert entered(home) == []


def test_an_answered_workbook_saved_as_csv_says_that_the_stamp_is_gone(home: Home, tmp_path: Path) -> None:
    answer = answered(home, tmp_path)
    path = tmp_path / "corrected.csv"
    with path.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=";").writerows(answer.sheet.iter_rows(values_only=True))
    assert asked(ingest(home, path, "--customer", "bohne")) == {"LAY020"}
    (letter,) = (one for one in replies(home, "bohne") if one.name.startswith("corrected."))
    assert "Send the workbook itself." in letter.read_text("utf-8")


def text_answer(home: Home) -> AnsweredText:
    _, answer = text_sent_first(home, negative)
    answer.wrong("QTY003")[answer.column["Menge"]] = "25"
    return answer


def test_an_answered_text_without_its_heading_is_read(home: Home) -> None:
    answer = text_answer(home)
    answer.rows.remove(next(row for row in answer.rows if "Vorschlag" in row))
    assert asked(ingest(home, answer.save())) == set()
    assert ("HM-10168", "25") in entered(home)


def test_a_row_copied_in_an_answered_text_is_held(home: Home) -> None:
    answer = text_answer(home)
    before = entered(home)
    answer.rows.insert(3, list(answer.wrong("QTY003")))
    assert asked(ingest(home, answer.save())) == {"LAY019"}
    assert entered(home) == before


def test_an_answered_text_with_marks_and_no_stamp_says_so(home: Home) -> None:
    answer = text_answer(home)
    before = entered(home)
    marks = next(row for row in answer.rows if any(cell.startswith(CELL_MARK) for cell in row))
    marks[:] = [cell if cell.startswith((CELL_MARK, ROW_MARK)) else "" for cell in marks]
    assert asked(ingest(home, answer.save(), "--customer", "lindenladen")) == {"LAY020"}
    assert entered(home) == before
