"""An order with fifteen mistakes goes out annotated, comes back corrected, and is entered once, through ``ingest``."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.settings import Home
from tests.command import ordermill_json
from tests.pipelines.dock import erp_orders, replies
from tests.workbooks.buyer import issued

MISTAKES: dict[str, tuple[str, object, str]] = {
    "HM-30018": ("quantity", "ca. 5", "QTY001"),
    "HM-30023": ("quantity", -4, "QTY003"),
    "HM-30028": ("quantity", 13, "QTY005"),
    "HM-20021": ("quantity", 8, "QTY006"),
    "HM-30033": ("unit", "pallet", "UOM002"),
    "HM-30038": ("unit", "Schwupp", "UOM001"),
    "HM-30043": ("unit_price", 0.01, "PRC002"),
    "HM-30048": ("requested_date", "01.12.2026", "DAT001"),
    "HM-30078": ("gtin", "9524017010868", "ITM003"),
    "HM-30058": ("item", "HM-99999", "ITM002"),
    "HM-30063": ("quantity", 10, "ITM006"),
    "HM-30098": ("unit", None, "UOM003"),
    "HM-30123": ("quantity", 500, "QTY007"),
    "HM-30143": ("requested_date", "2027-06-01", "DAT005"),
}
GOOD = ("HM-30073", "HM-30093")
"""Two lines that are right from the beginning. The fifteenth mistake is the place of delivery (HDR005)."""


def ingest(home: Home, path: Path, *options: str) -> Any:
    (result,) = ordermill_json("ingest", str(path), "--home", str(home.folder), "--json", *options)
    counts = result["lines"]
    assert counts["read"] == sum(counts[name] for name in ("accepted", "changed", "held", "rejected", "skipped"))
    return result


def codes(result: Any) -> set[str]:
    return {one["code"] for one in result["findings"] if one["severity"] in ("hold", "reject")}


class Annotated:
    """An answer in the buyer's hands: rows by the item in them, cells by the comments on them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook = load_workbook(path)
        sheet = self.workbook.worksheets[1]
        assert isinstance(sheet, Worksheet)
        self.sheet = sheet

    def commented(self, code: str) -> Any:
        """The cell that is said to be wrong for this reason."""
        return next(
            cell
            for row in self.sheet.iter_rows()
            for cell in row
            if cell.comment is not None and code in cell.comment.text
        )

    def mend(self, code: str, value: object) -> None:
        self.commented(code).value = value

    def take(self, code: str, choice: int = 0) -> None:
        """Do what the workbook suggests beside the cell."""
        cell = self.commented(code)
        heading = next(row for row in self.sheet.iter_rows() if any(one.value == "Suggestion" for one in row))
        column = next(one.column for one in heading if one.value == "Suggestion")
        cell.value = self.sheet.cell(cell.row, column).value.split("\n")[choice]

    def remove(self, code: str) -> None:
        self.sheet.delete_rows(self.commented(code).row)

    def save(self, name: str) -> Path:
        path = self.path.parents[2] / name
        self.workbook.save(path)
        return path


def sent_first(home: Home, tmp_path: Path, items: dict[str, object], ship_to: str = "CAFE-01") -> Path:
    form = issued(tmp_path, "bohne", "--home", str(home.folder))
    for item, quantity in items.items():
        form.cell(item, "quantity").value = quantity  # type: ignore[assignment]
    wrong = {item: form.cell(item, field) for item, (field, _, _) in MISTAKES.items() if item in items}
    for item, cell in wrong.items():
        cell.value = MISTAKES[item][1]  # type: ignore[assignment]
    form.head("po_number", "RT-1")
    form.head("ship_to", ship_to)
    return form.save()


def newest(home: Home, known: set[Path]) -> Annotated:
    (path,) = {one for one in replies(home, "bohne") if one.suffix == ".xlsx"} - known
    return Annotated(path)


def entered(home: Home) -> list[tuple[str, str]]:
    return sorted((line["item"], line["quantity"]) for order in erp_orders(home) for line in order["lines"])


def test_fifteen_mistakes_are_mended_where_the_workbook_says(home: Home, tmp_path: Path) -> None:
    first = ingest(home, sent_first(home, tmp_path, dict.fromkeys((*MISTAKES, *GOOD), 40), "NORD"))
    assert codes(first) == {code for _, _, code in MISTAKES.values()} | {"HDR005"}
    assert entered(home) == []

    answer = newest(home, set())
    for code in ("HDR005", "QTY006", "UOM002", "UOM001", "PRC002", "ITM003", "ITM002", "UOM003", "QTY007", "DAT005"):
        answer.take(code)
    for code in ("QTY005", "DAT001"):
        answer.take(code, choice=1)
    answer.mend("QTY001", "10")  # nobody else knows how many
    answer.remove("ITM006")
    answer.remove("QTY003")
    corrected = answer.save("corrected.xlsx")
    second = ingest(home, corrected)
    assert codes(second) == set()
    assert second["file"]["customer"] == "bohne"
    mended = {"HM-30018": "10", "HM-30028": "15", "HM-20021": "64", "HM-30123": "240"}
    gone = ("HM-30063", "HM-30023")
    expected = sorted((item, mended.get(item, "40")) for item in (*MISTAKES, *GOOD) if item not in gone)
    assert entered(home) == expected
    assert len(erp_orders(home)) == 1

    again = ingest(home, corrected)
    assert again["decision"] == "duplicate"
    assert entered(home) == expected


def test_lines_that_were_entered_are_not_entered_again(home: Home, tmp_path: Path) -> None:
    first = ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30023", *GOOD), 40)))
    assert codes(first) == {"QTY003"}
    assert entered(home) == [(item, "40") for item in GOOD]
    answer = newest(home, set())
    answer.mend("QTY003", 20)
    second = ingest(home, answer.save("corrected.xlsx"))
    assert codes(second) == set(), second["findings"]
    assert (second["lines"]["accepted"], [one["code"] for one in second["findings"]].count("CHG010")) == (1, 2)
    assert entered(home) == [("HM-30023", "20"), *((item, "40") for item in GOOD)]


def test_a_line_that_was_entered_cannot_be_changed_in_this_way(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30023", *GOOD), 40)))
    answer = newest(home, set())
    wrong = answer.commented("QTY003")
    answer.sheet.cell(wrong.row, wrong.column).value = 20
    row = next(row for row in answer.sheet.iter_rows() if any(cell.value == GOOD[0] for cell in row))
    row[wrong.column - 1].value = 80
    second = ingest(home, answer.save("corrected.xlsx"))
    assert codes(second) == {"CHG002"}
    assert entered(home) == [("HM-30023", "20"), *((item, "40") for item in GOOD)]


def test_a_line_that_was_entered_is_known_through_every_further_correction(home: Home, tmp_path: Path) -> None:
    """Changed once too late it is rejected; changed again in the answer to that, it is still not entered again."""
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30023", *GOOD), 40)))
    known = {one for one in replies(home, "bohne")}
    for name, seen, quantity in (("changed.xlsx", set[Path](), 80), ("again.xlsx", known, 120)):
        answer = newest(home, seen)
        wrong = answer.commented("QTY003")
        row = next(row for row in answer.sheet.iter_rows() if any(cell.value == GOOD[0] for cell in row))
        row[wrong.column - 1].value = quantity
        assert codes(ingest(home, answer.save(name))) == {"CHG002", "QTY003"}
    assert entered(home) == [(item, "40") for item in GOOD]


def test_a_correction_that_waits_is_judged_anew_when_it_comes_again(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)))
    answer = newest(home, set())
    answer.mend("QTY001", "many")
    held = answer.save("held.xlsx")
    first, second = ingest(home, held), ingest(home, held)
    assert first["decision"] == second["decision"] == "held"
    assert codes(first) == codes(second) == {"QTY001"}
    answer.mend("QTY001", 10)
    ingest(home, answer.save("corrected.xlsx"))
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]


def test_rows_left_out_stay_as_they_were_accepted(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)))
    assert entered(home) == []
    answer = newest(home, set())
    answer.mend("QTY001", 10)
    good = [row[0].row for row in answer.sheet.iter_rows() if any(cell.value in GOOD for cell in row)]
    for row in sorted(good, reverse=True):
        answer.sheet.delete_rows(row)
    second = ingest(home, answer.save("corrected.xlsx"))
    assert [one["code"] for one in second["findings"]].count("CHG010") == 2
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]


def test_only_the_newest_answer_can_be_corrected(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)))
    answer = newest(home, set())
    answer.mend("QTY001", 10)
    ingest(home, answer.save("corrected.xlsx"))
    answer.mend("QTY001", 20)
    assert codes(ingest(home, answer.save("later.xlsx"))) == {"HDR003", "CHG002"}
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]


def test_an_answer_that_is_still_wrong_is_answered_and_mended_again(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)))
    known = {one for one in replies(home, "bohne")}
    answer = newest(home, set())
    answer.mend("QTY001", "many")
    assert codes(ingest(home, answer.save("corrected.xlsx"))) == {"QTY001"}
    following = newest(home, known)
    following.mend("QTY001", 10)
    assert codes(ingest(home, following.save("again.xlsx"))) == set()
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]


def test_a_corrected_answer_is_checked_before_it_is_sent(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)))
    answer = newest(home, set())
    answer.mend("QTY001", 10)
    corrected = answer.save("corrected.xlsx")
    result = ordermill_json("check", str(corrected), "--home", str(home.folder), "--json")
    assert codes(result) == set()
    assert result["lines"]["accepted"] == 3
    assert entered(home) == []


def test_an_answer_says_until_when_it_can_be_corrected(home: Home, tmp_path: Path) -> None:
    ingest(home, sent_first(home, tmp_path, dict.fromkeys(("HM-30018", *GOOD), 40)), "--as-of", "2026-11-16")
    answer = newest(home, set())
    texts = [cell.value for row in answer.workbook.worksheets[0].iter_rows() for cell in row]
    assert texts[texts.index("Please answer by") + 1] == "2026-11-30"
    (letter,) = (one.read_text("utf-8") for one in replies(home, "bohne") if one.suffix == ".txt")
    assert "Please answer by: 2026-11-30" in letter.splitlines()

    answer.mend("QTY001", 10)
    late = ingest(home, answer.save("late.xlsx"), "--as-of", "2026-12-01")
    assert codes(late) == set()
    assert "DOC011" in {one["code"] for one in late["findings"]}
    assert entered(home) == [("HM-30018", "10"), *((item, "40") for item in GOOD)]
