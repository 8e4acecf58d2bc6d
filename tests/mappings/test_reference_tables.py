"""Reference tables: the same from CSV and from Excel, and what is wrong in them with file, row and column."""

from pathlib import Path

import openpyxl
import pytest

import sample_files
from connectors.reference_files import ReferenceFileError, load_tables

ITEMS = "item,gtin,description,unit,lead_days\nA-1,9524017001177,First,PCE,2\n004,,Second,KGM,\n"
PRICES = "price_list,item,unit,price,currency,valid_from\nLIST,A-1,PCE,2.40,EUR,2026-01-01\n"
PLACES = "customer,ship_to,delivery_days\nshop,MAIN,mon someday\n"


def _folder(tmp_path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_csv_and_excel_give_the_same_version(tmp_path: Path) -> None:
    _folder(tmp_path, items=ITEMS, prices=PRICES)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in (("items", ITEMS), ("prices", PRICES)):
        sheet = book.create_sheet(name)
        for row in text.splitlines():
            sheet.append([float(field) if field == "2.40" else field or None for field in row.split(",")])
    book.create_sheet("notes").append(["not a table of ours"])
    book.save(tmp_path / "reference.xlsx")
    from_csv, from_excel = load_tables([tmp_path]), load_tables([tmp_path / "reference.xlsx"])
    assert from_csv.version == from_excel.version
    assert [item.item for item in from_excel.items] == ["A-1", "004"]
    assert from_csv == from_excel


def test_the_samples_are_the_same_in_both() -> None:
    from_csv = load_tables([sample_files.FOLDER / "reference"])
    assert load_tables([sample_files.FOLDER / "reference.xlsx"]).version == from_csv.version
    assert len(from_csv.items) == 201


@pytest.mark.parametrize("change", [("2.40", "2.41"), ("EUR", "CHF"), ("2026-01-01", ""), ("LIST,A-1", "LIST,004")])
def test_the_version_follows_the_content(tmp_path: Path, change: tuple[str, str]) -> None:
    first = load_tables([_folder(tmp_path, items=ITEMS, prices=PRICES)]).version
    assert load_tables([_folder(tmp_path, items=ITEMS, prices=PRICES.replace(*change))]).version != first


def test_the_version_does_not_follow_the_order_of_rows(tmp_path: Path) -> None:
    first = load_tables([_folder(tmp_path, items=ITEMS)]).version
    head, *rows = ITEMS.splitlines()
    assert load_tables([_folder(tmp_path, items="\n".join([head, *reversed(rows)]))]).version == first


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("items", ITEMS + "A-3,,Third,PCE,soon\n", ["items.csv, row 4, lead_days"]),
        ("items", ITEMS + ",,Nameless,PCE,\n", ["items.csv, row 4, item", "required"]),
        ("items", ITEMS.replace("lead_days", "lead"), ["items.csv, row 2, lead"]),
        ("items", ITEMS + "A-3,,Third,PCE,1,what,is,this\n", ["items.csv, row 4", "more fields than the header"]),
        ("prices", PRICES.replace("2.40", "2,40"), ["prices.csv, row 2", "more fields than the header"]),
        ("prices", PRICES.replace("2.40", "NaN"), ["prices.csv, row 2, price"]),
        ("prices", PRICES.replace("2026-01-01", "01.01.2026"), ["prices.csv, row 2, valid_from"]),
        ("ship_tos", PLACES, ["ship_tos.csv, row 2, delivery_days", "someday"]),
        ("items", 'item,unit\n"A-1,PCE\n', ["items.csv", "cannot be read as CSV"]),
    ],
)  # fmt: skip
def test_a_bad_row_is_named(tmp_path: Path, name: str, text: str, words: list[str]) -> None:
    with pytest.raises(ReferenceFileError) as raised:
        load_tables([_folder(tmp_path, **{name: text})])
    assert [word for word in words if word not in str(raised.value)] == []
    assert str(tmp_path / f"{name}.csv") in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", b"a,b\n"),
        ("items.csv", b"item\n\xff\n"),
        ("book.xlsx", b"PK\x03\x04 no workbook"),
        ("book.xlsx", b"nothing"),
        ("nowhere.csv", None),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReferenceFileError, match=name):
        load_tables([path])


def test_a_table_given_twice_or_not_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="No table"):
        load_tables([tmp_path])
    folder = _folder(tmp_path, items=ITEMS)
    with pytest.raises(ReferenceFileError, match="given twice"):
        load_tables([folder, folder / "items.csv"])
