"""The answer to an order in CSV, corrected and sent back through ``ingest``: only what was wrong is replaced."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parsers.tables.stamp import STAMP_MARK
from pipelines.settings import Home
from tests.command import ordermill_json
from tests.pipelines.dock import replies, sample
from tests.workbooks.test_round_trip import codes, entered, ingest

CUSTOMER = ("--customer", "lindenladen")
ORDER = sample("lindenladen", "clean.csv").decode("cp1252")
ITEMS = [
    ("004409", "18"), ("004425", "25"), ("HM-10168", "25"), ("HM-20042", "32"), ("HM-20126", "60"), ("HM-70043", "50"),
]  # fmt: skip


class AnsweredText:
    """An answered CSV in the buyer's hands, row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_bytes().decode("cp1252")
        self.rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        header = next(row for row in self.rows if "Vorschlag" in row)
        self.column = {name: at for at, name in enumerate(header) if name}

    def wrong(self, code: str) -> list[str]:
        return next(row for row in self.rows if code in row[self.column["Code"]].split("; "))

    def take(self, code: str, name: str, choice: int = 0) -> None:
        """Write what is suggested for this row into the column of this name."""
        row = self.wrong(code)
        row[self.column[name]] = row[self.column["Vorschlag"]].split("; ")[choice]

    def save(self, name: str = "corrected.csv") -> Path:
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(self.rows)
        path = self.path.parents[2] / name
        path.write_bytes(written.getvalue().encode("cp1252"))
        return path


def sent_first(home: Home, edit: Callable[[str], str]) -> tuple[set[str], AnsweredText]:
    """The clean order with a mistake in it goes in; its codes, and the answer."""
    path = home.folder.parent / "order.csv"
    path.write_bytes(edit(ORDER).encode("cp1252"))
    found = codes(ingest(home, path, *CUSTOMER))
    (answer,) = (one for one in replies(home, "lindenladen") if one.suffix == ".csv")
    return found, AnsweredText(answer)


def negative(text: str) -> str:
    return text.replace(";25;Rolle;", ";-25;Rolle;")


def test_wrong_lines_are_mended_by_what_is_suggested(home: Home) -> None:
    def spoil(text: str) -> str:
        text = text.replace("9524017026163", "9524017026136").replace(";25;Rolle;4,48", ";25;Gebinde;4,48")
        return text.replace(";32;Rolle;0,95", ";33;Rolle;0,95").replace(";50;Stk;0,23", ";50;Stk;0,32")

    found, answer = sent_first(home, spoil)
    assert found == {"ITM003", "UOM001", "QTY005", "PRC002"}
    assert entered(home) == []
    for code, name in (("ITM003", "EAN"), ("UOM001", "Einheit"), ("QTY005", "Menge"), ("PRC002", "Einzelpreis")):
        answer.take(code, name)
    second = ingest(home, answer.save())
    assert codes(second) == set(), second["findings"]
    assert second["file"]["customer"] == "lindenladen"
    assert entered(home) == ITEMS
    assert ingest(home, answer.save())["decision"] == "duplicate"
    assert entered(home) == ITEMS


def test_lines_that_were_entered_are_not_entered_again(home: Home) -> None:
    found, answer = sent_first(home, negative)
    assert found == {"QTY003"}
    others = [one for one in ITEMS if one[0] != "HM-10168"]
    assert entered(home) == others
    answer.wrong("QTY003")[answer.column["Menge"]] = "25"
    second = ingest(home, answer.save())
    assert (second["lines"]["accepted"], [one["code"] for one in second["findings"]].count("CHG010")) == (1, 5)
    assert entered(home) == ITEMS


def test_a_wrong_row_that_is_gone_is_dropped_and_a_right_one_stays(home: Home) -> None:
    _, answer = sent_first(home, lambda text: text.replace(";25;Rolle;4,48", ";25;Gebinde;4,48"))
    assert entered(home) == []
    answer.rows.remove(answer.wrong("UOM001"))
    answer.rows.remove(next(row for row in answer.rows if "HM-70043" in row))
    second = ingest(home, answer.save())
    assert codes(second) == set()
    assert entered(home) == [one for one in ITEMS if one[0] != "HM-10168"]


def test_a_spreadsheet_program_may_sort_it_and_write_its_numbers_anew(home: Home) -> None:
    _, answer = sent_first(home, negative)
    answer.wrong("QTY003")[answer.column["Menge"]] = "25"
    answer.rows.sort()
    for row in answer.rows:
        row[:] = [re.sub(r"^9524017(\d{6})$", "9,52402E+12", cell) for cell in row]
        row[:] = [re.sub(r"^0+(?=\d)", "", re.sub(r"^(\d+,\d)0$", r"\1", cell)) for cell in row]
    second = ingest(home, answer.save())
    assert codes(second) == set(), second["findings"]
    assert {"9,52402E+12 was read as 9524017026163.", "4409 was read as 004409."} <= {
        one["message"] for one in second["findings"]
    }
    assert entered(home) == ITEMS


def test_it_may_come_back_as_a_workbook(home: Home) -> None:
    _, answer = sent_first(home, negative)
    answer.wrong("QTY003")[answer.column["Menge"]] = "25"
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in answer.rows:
        sheet.append([cell or None for cell in row])
    path = home.folder.parent / "corrected.xlsx"
    workbook.save(path)
    assert codes(ingest(home, path)) == set()
    assert entered(home) == ITEMS


def test_a_line_that_was_entered_cannot_be_changed_in_this_way(home: Home) -> None:
    _, answer = sent_first(home, negative)
    before = entered(home)
    next(row for row in answer.rows if "HM-70043" in row)[answer.column["Menge"]] = "60"
    assert codes(ingest(home, answer.save())) == {"CHG002", "QTY003"}
    assert entered(home) == before


def test_without_its_stamp_it_is_an_order_that_was_here_before(home: Home) -> None:
    _, answer = sent_first(home, negative)
    before = entered(home)
    answer.wrong("QTY003")[answer.column["Menge"]] = "25"
    stamped = next(row for row in answer.rows if any(STAMP_MARK in cell for cell in row))
    answer.rows.remove(stamped)
    assert "HDR003" in codes(ingest(home, answer.save(), *CUSTOMER))
    assert entered(home) == before


def test_an_altered_stamp_and_that_of_another_customer_are_refused(home: Home) -> None:
    _, answer = sent_first(home, negative)
    (other,) = ordermill_json("ingest", str(answer.save()), "--home", str(home.folder), "--json", "--customer", "bohne")
    assert codes(other) == {"DOC010"}
    stamped = next(row for row in answer.rows if any(STAMP_MARK in cell for cell in row))
    stamped[:] = [cell.replace("customer=lindenladen", "customer=bohne") for cell in stamped]
    (altered,) = ordermill_json("ingest", str(answer.save()), "--home", str(home.folder), "--json")
    assert codes(altered) == {"DOC010"}
