"""The reorder workbook as it is issued: complete, safe, ready to be filled in and to be printed."""

import stat
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import sample_files
from cli.homes import SAMPLE_KEY, sample_books
from mappings.partner_file import Partner
from orders.catalogue import AssortmentEntry, Customer, Item
from orders.prices import AgreedPrice
from orders.reference import Reference
from orders.reference_tables import ReferenceTables
from parsers.tables.stamp import FIELD_MARK, NAME_MARK
from pipelines.books import Books
from pipelines.reorder_template import issue_reorder_workbook
from pipelines.settings import Home
from pipelines.stamp_key import KEY_FILE
from tests.command import ordermill
from tests.pipelines.dock import deliver, drop, poll, sample
from tests.workbooks.buyer import DAY, Form, issued, reopened

FIELDS = {
    "row_key", "item", "buyer_item", "description", "quantity", "unit", "requested_date", "note", "check", "total",
    "unit_price", "price_basis", "currency", "valid_to", "breaks", "pack", "minimum", "multiple", "gtin", "last_day",
    "last_quantity", "average", "status", "replacement", "base_unit", "pack_unit",
}  # fmt: skip


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return issued(tmp_path_factory.mktemp("form"))


def test_the_assortment_stands_there_with_prices_and_packs(form: Form) -> None:
    reference = sample_books(sample_files.AS_OF).reference
    agreement = reference.agreement("bohne")
    assert agreement is not None
    assert {cell.value for cell in form.sheet["B"][form.ids + 1 :]} == set(agreement.assortment)
    shown = {field: form.cell("HM-30023", field).value for field in ("buyer_item", "unit_price", "currency", "pack")}
    assert shown == {"buyer_item": "BW-106", "unit_price": 3.35, "currency": "EUR", "pack": "carton of 20 pack"}
    assert form.cell("HM-30023", "gtin").value == "9524017010865"
    assert form.cell("HM-30023", "gtin").number_format == "@"
    old = agreement.catalogue.item("HM-30063")
    assert old is not None
    assert form.cell("HM-30063", "replacement").value == old.replacement
    assert form.cell("HM-30063", "status").value == "discontinued"


def test_columns_carry_their_ids_and_names(form: Form) -> None:
    marks = {str(cell.value).removeprefix(FIELD_MARK) for cell in form.sheet[form.ids]}
    assert marks == FIELDS
    assert form.sheet.row_dimensions[form.ids].hidden
    names = {name.removeprefix(NAME_MARK) for name in form.workbook.defined_names}
    assert names == FIELDS | {"head_po_number", "head_ship_to", "head_requested_date"}


def test_only_what_is_filled_in_is_unlocked(form: Form) -> None:
    assert form.sheet.protection.sheet
    assert form.sheet.protection.password is None
    unlocked = {cell.column for cell in form.sheet[form.row("HM-30023")] if not cell.protection.locked}
    assert unlocked == {form.column(name) for name in ("quantity", "unit", "requested_date", "note")}
    assert all(cell.protection.locked for cell in form.sheet[form.row("HM-30063")])


def test_it_is_filled_in_in_reading_order(form: Form) -> None:
    """In a protected sheet the tabulator goes from one unlocked cell to the next, row by row."""
    unlocked = [cell.coordinate for row in form.sheet.iter_rows() for cell in row if not cell.protection.locked]
    first = form.sheet.cell(form.row("HM-30018"), form.column("quantity")).coordinate
    assert unlocked[:4] == ["D4", "D5", "D6", first]
    chosen = next(one for one in form.sheet.sheet_view.selection if one.pane == form.sheet.sheet_view.pane.activePane)
    assert chosen.activeCell == "D4"


def test_it_is_safe_and_can_be_printed(form: Form) -> None:
    with zipfile.ZipFile(form.path) as package:
        names = package.namelist()
        content = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    assert SAMPLE_KEY.key not in content
    assert SAMPLE_KEY.key.hex().encode() not in content
    assert not form.sheet.merged_cells.ranges
    assert form.workbook["ordermill"].sheet_state == "veryHidden"
    assert form.sheet.freeze_panes == f"E{form.ids + 2}"
    assert form.sheet.print_title_rows == f"${form.ids + 1}:${form.ids + 1}"
    assert form.sheet.page_setup.orientation == "landscape"
    assert {one.type: len(one.sqref.ranges) for one in form.sheet.data_validations.dataValidation} == {
        "decimal": 1, "list": 1, "date": 2,
    }  # fmt: skip
    assert str(form.sheet.auto_filter.ref).startswith("A")


def test_the_customer_is_spoken_to_in_its_language(tmp_path: Path) -> None:
    german = issued(tmp_path, "lindenladen")
    assert german.workbook.sheetnames == ["Bestellung", "Lieferstellen", "ordermill"]
    heading = [cell.value for cell in german.sheet[german.ids + 1]]
    assert {"Menge", "Einheit", "Wunschtermin", "Staffelpreise"} <= set(heading)


def test_what_was_ordered_before_stands_beside(home: Home, tmp_path: Path) -> None:
    before = issued(tmp_path, "bohne", "--home", str(home.folder))
    assert before.cell("HM-30023", "last_day").value is None
    drop(home, "bohne", "order.xlsx", sample("bohne", "clean.xlsx"))
    poll(home, "bohne")
    deliver(home)
    after = issued(tmp_path, "bohne", "--home", str(home.folder))
    assert after.cell("HM-30023", "last_day").value == datetime(2026, 11, 16)  # noqa: DTZ001 as openpyxl gives days
    assert after.cell("HM-30023", "last_quantity").value == 40
    assert after.cell("HM-30023", "average").value == 3.3


def test_the_key_of_a_home_is_its_owners_alone(home: Home, tmp_path: Path) -> None:
    key = home.folder / KEY_FILE
    issued(tmp_path, "bohne", "--home", str(home.folder))
    first = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    issued(tmp_path, "bohne", "--home", str(home.folder))
    assert key.read_bytes() == first
    key.chmod(0o644)
    with pytest.raises(Exception, match="others may read this key"):
        ordermill("template", "bohne", "--out", str(tmp_path / "x.xlsx"), "--home", str(home.folder))


def test_an_unknown_customer_gets_none(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no account nobody"):
        ordermill("template", "nobody", "--out", str(tmp_path / "x.xlsx"), *DAY)
    assert not (tmp_path / "x.xlsx").exists()


def test_two_thousand_items_take_seconds() -> None:
    numbers = [f"A-{number:05}" for number in range(2_000)]
    tables = ReferenceTables(
        version="big",
        items=tuple(
            Item(item=one, description=f"Item {one}", unit="PCE", pack_unit="CT", pack_size=Decimal(12))
            for one in numbers
        ),
        customers=(Customer(customer="big", name="Big", currency="EUR", price_lists=("L",)),),
        assortments=tuple(AssortmentEntry(customer="big", item=one) for one in numbers),
        prices=tuple(
            AgreedPrice(price_list="L", item=one, unit="PCE", price=Decimal(price), currency="EUR", min_quantity=least)
            for one in numbers
            for least, price in ((Decimal(1), "2.50"), (Decimal(100), "2.10"))
        ),
    )
    books = Books((Partner(partner="big", name="Big"),), Reference(tables), SAMPLE_KEY)
    start = time.process_time()
    content = issue_reorder_workbook("big", books, "Seller", date(2026, 11, 16), {})
    assert time.process_time() - start < 15
    sheet = reopened(content).worksheets[0]
    assert isinstance(sheet, Worksheet)
    assert sheet.max_row > 2_000
