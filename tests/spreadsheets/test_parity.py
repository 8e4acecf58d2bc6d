"""One order is the same order, whatever format, encoding or delimiter it is written in."""

import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.spreadsheets.binary_workbooks import binary_workbook, row
from tests.spreadsheets.checking import checked, codes
from tests.spreadsheets.one_order import HEADER, LINES, as_text

FOLDER = Path(__file__).parent / "parity"
BINARY = binary_workbook(row(number, values) for number, values in enumerate((HEADER, *LINES), start=1))
FILES: dict[str, bytes] = {
    **{path.name: path.read_bytes() for path in sorted(FOLDER.glob("order.*"))},
    "order.xlsb": BINARY,
    "utf-8.csv": as_text().encode(),
    "utf-8-mark.csv": as_text().encode("utf-8-sig"),
    "utf-16-le.csv": b"\xff\xfe" + as_text("\t").encode("utf-16-le"),
    "utf-16-be.csv": b"\xfe\xff" + as_text("\t").encode("utf-16-be"),
    "utf-16-unmarked.csv": as_text().encode("utf-16-le"),
    "utf-32.csv": b"\xff\xfe\0\0" + as_text("|").encode("utf-32-le"),
    "cp1252.csv": as_text().encode("cp1252"),
    "iso8859-15.csv": as_text(line_end="\r").encode("iso8859-15"),
    "comma.csv": as_text(",", "\n").encode(),
    "pipe.txt": as_text("|", "\n").encode(),
    "tab.tsv": as_text("\t").encode("cp1252"),
    "sep.csv": as_text("|", before="sep=|\r\n").encode("cp1252"),
}


def canonical(result: Any) -> Any:
    """The orders, without what tells of the file."""
    return result["orders"], result["lines"], result["decision"]


@pytest.mark.parametrize("name", FILES)
def test_one_order_in_every_format_is_one_order(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    result = checked(path)
    expected = checked(FOLDER / "order.xlsx")
    assert canonical(result) == canonical(expected)
    assert (result["decision"], result["lines"]["accepted"]) == ("accepted", len(LINES))
    assert set(codes(result)) <= {"CHR005", "NRM003", "NRM007", "NRM008"}


def test_the_formats_are_those_that_were_asked_for() -> None:
    assert {path.suffix for path in FOLDER.glob("order.*")} == {".xlsx", ".xls", ".ods"}


def test_another_reader_reads_the_binary_workbook_so_too() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(BINARY)).get_sheet_by_name("Bestellung").to_python()
    assert [tuple(values) for values in rows] == [HEADER, *LINES]
