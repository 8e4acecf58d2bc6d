"""The annotated workbook and the annotated CSV: every finding told, every row kept, nothing that can be run."""

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from orders.findings import finding
from orders.findings.cases import as_stored
from parsers.limits import DEFAULT
from parsers.tables.delimited import read_delimited
from parsers.tables.table import Cell, Row, Table
from parsers.tables.workbook import read_workbook
from replies.annotated_csv import annotated_csv
from replies.annotated_workbook import annotated_workbook
from replies.wording.language import language
from replies.workbook_rows import HEADINGS
from tests.replies import checked

OURS = ["status", "code", "message", "sent", "used", "suggestion", "row"]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def book() -> Workbook:
    return load_workbook(io.BytesIO(annotated_workbook(checked.answer())))


def sheet(name: str) -> Worksheet:
    found = book()[name]
    assert isinstance(found, Worksheet)
    return found


def rows(content: bytes, encoding: str = "cp1252") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))


def test_the_workbook_stays_as_it_is(golden: Callable[[str, bytes], None]) -> None:
    dump = {
        one.title: {
            "freeze": one.freeze_panes,
            "filter": one.auto_filter.ref,
            "cells": {
                cell.coordinate: [cell.value, cell.comment.text] if cell.comment else cell.value
                for row in one.iter_rows()
                for cell in row
                if cell.value is not None or cell.comment
            },
        }
        for one in book().worksheets
    }
    golden("annotated.json", (json.dumps(dump, indent=1, ensure_ascii=False) + "\n").encode())


def test_the_csv_stays_as_it_is(golden: Callable[[str, bytes], None]) -> None:
    golden("annotated.csv", annotated_csv(checked.answer(sheet=None)))


def test_every_finding_is_told_in_the_workbook() -> None:
    texts = [str(cell) for one in book().worksheets for row in one.iter_rows(values_only=True) for cell in row if cell]
    for one in checked.answer().findings:
        said = checked.answer().language.to_sender(one)
        assert any(one.code in text for text in texts), one.code
        for part in (said.problem, said.advice):
            assert any("".join(part.replace("\t", "").split()) in "".join(text.split()) for text in texts), one.code


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16", "ascii"])
def test_every_finding_is_told_in_the_csv(encoding: str) -> None:
    answer = checked.answer(sheet=None, encoding=encoding)
    text = "\n".join(field for row in rows(annotated_csv(answer), encoding) for field in row)
    for one in answer.findings:
        assert one.code in text
        assert answer.language.told(one).encode(encoding, "replace").decode(encoding) in text


def test_no_cell_is_a_formula() -> None:
    for one in book().worksheets:
        for row in one.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert not str(cell.value or "").startswith(DANGEROUS), cell.coordinate


def test_no_field_of_the_csv_is_a_formula() -> None:
    for row in rows(annotated_csv(checked.answer(sheet=None))):
        assert not any(field.startswith(DANGEROUS) for field in row), row


def test_the_senders_rows_keep_their_order_and_numbers() -> None:
    numbers = [row[0] for row in sheet("Bestellung").iter_rows(min_row=3, values_only=True)]
    assert numbers == [1, 4, 5, 6, 7, 8, 10]
    header = next(sheet("Bestellung").iter_rows(min_row=2, max_row=2, values_only=True))
    names = [language("en").say(f"head.{name}") for name in HEADINGS]
    assert header == (*names, "Pos", "Artikel", "Menge", "Preis", "Bemerkung")


def test_the_statuses_are_words() -> None:
    statuses = [row[1] for row in sheet("Bestellung").iter_rows(min_row=3, values_only=True)]
    assert statuses == [
        None,
        "On hold",
        "Not accepted",
        "Correct, waiting",
        "Correct, waiting",
        "Not ordered",
        "On hold",
    ]


def test_comments_stand_on_the_cells_that_findings_name() -> None:
    comments = {
        cell.coordinate: cell.comment.text for row in sheet("Bestellung").iter_rows() for cell in row if cell.comment
    }
    assert {place: text[:6] for place, text in comments.items()} == {
        "L4": "PRC002",
        "K5": "QTY003",
        "I6": "DAT003",
        "K9": "HDR016",
    }


def test_the_sheet_can_be_printed_filtered_and_scrolled() -> None:
    found = sheet("Bestellung")
    assert found.freeze_panes == "C3"
    assert found.auto_filter.ref == "A2:M9"
    assert found.print_title_rows == "$2:$2"
    assert found.page_setup.orientation == "landscape"


def test_what_does_not_fit_on_one_page_stands_on_two_beside_each_other() -> None:
    found = sheet("Bestellung")
    assert not found.sheet_properties.pageSetUpPr.fitToPage
    assert [one.id for one in found.col_breaks.brk] == [len(HEADINGS)]
    assert found.print_title_cols == "$A:$B"
    assert found.page_setup.scale >= 70
    narrow = replace(checked.answer(), findings=())
    for row in narrow.tables[0].rows:
        row.cells.pop(5, None)
    found = load_workbook(io.BytesIO(annotated_workbook(narrow)))["Bestellung"]
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)


def test_the_pointer_is_on_the_first_cell_to_be_corrected() -> None:
    chosen = sheet("Bestellung").sheet_view.selection[-1]
    assert (chosen.pane, chosen.activeCell) == ("bottomRight", "L4")


def test_what_is_suggested_can_be_chosen_in_the_cell() -> None:
    (offered,) = sheet("Bestellung").data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1, offered.showErrorMessage) == ("L4", '"6.14"', False)


def test_a_date_is_shown_as_one() -> None:
    assert sheet("Bestellung")["L4"].value == "2026-11-24"


def test_our_own_readers_take_both_replies() -> None:
    assert read_workbook(annotated_workbook(checked.answer()), DEFAULT).findings == []
    written = read_delimited(annotated_csv(checked.answer(sheet=None)), DEFAULT, "cp1252", ";")
    assert written.findings == []


def test_the_csv_keeps_every_row_and_adds_remarks_below_the_header() -> None:
    written = rows(annotated_csv(checked.answer(sheet=None)))
    assert written[1] == ["Pos", "Artikel", "Menge", "Preis", "Bemerkung", *OURS]
    assert [row[0] for row in written if row[0]] == ["Klinikum Ilmenhöhe", "Pos", "1", "2", "3", "4", "5", "Summe"]
    assert {row[6] for row in written[2:4]} == {"LAY007", "HDR011"}
    assert {len(row) for row in written} == {12}


def test_a_file_that_could_not_be_read_is_answered_too() -> None:
    answer = replace(checked.answer(sheet=None), tables=(), orders=())
    assert {one.code for one in answer.findings} <= {row[1] for row in rows(annotated_csv(answer))}
    texts = [str(cell) for one in load_workbook(io.BytesIO(annotated_workbook(answer))).worksheets for cell in one["C"]]
    assert texts
    assert rows(annotated_csv(answer))[0] == OURS


def test_characters_that_xml_lacks_do_not_stop_the_workbook() -> None:
    answer = checked.answer()
    answer.tables[0].rows[2].cells[5] = (
        answer.tables[0].rows[2].cells[5]._replace(text="\x00\x0b\ud800 odd" + "y" * 40_000)
    )
    assert annotated_workbook(answer)


def test_the_header_is_found_above_blank_rows_of_a_form() -> None:
    answer = checked.answer(sheet=None)
    shorter = answer.orders[0].model_copy(update={"lines": answer.orders[0].lines[1:]})
    del answer.tables[0].rows[2].cells[3]
    assert rows(annotated_csv(replace(answer, orders=(shorter,))))[1][5:] == OURS


def test_twenty_thousand_rows_are_annotated_in_seconds() -> None:
    answer = checked.answer(sheet=None)
    table = answer.tables[0]
    number = 20_000
    added = [Row(at, {1: Cell(at, 1, str(at))}, None, 5) for at in range(11, 11 + number)]
    long = checked.order(*[checked.line("1", checked.ACCEPTED)] * number)
    long = checked.standing_in(long, table, [row.number for row in added])
    noticed = tuple(finding(as_stored("QTY009", "Twice."), line=at).in_order(1) for at in range(1, number + 1))
    grown = replace(answer, orders=(long,), findings=noticed, tables=(Table(None, [*table.rows, *added]),))
    start = time.process_time()
    written = rows(annotated_csv(grown))
    assert time.process_time() - start < 10
    assert sum(row[6] == "QTY009" for row in written) == number
