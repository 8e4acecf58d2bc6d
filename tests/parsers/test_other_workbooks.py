"""Workbooks of other kinds than xlsx: what each says of its cells, damage of every kind, and the second reader."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orders.findings import Case, NoParameters
from orders.findings.documents import DOC001_ROW_TWICE, SheetRow
from orders.findings.layouts import LAY015_LINKS, LAY015_MACROS
from parsers.formats import Format
from parsers.limits import DEFAULT, Limits
from parsers.tables.files import read_tables
from parsers.tables.table import GENERAL, Cell, CellKind, Table, TableFile
from tests.parsers.workbooks import with_sheet, zipped
from tests.spreadsheets.binary_workbooks import binary_workbook, record, row

PARITY = Path(__file__).parents[1] / "spreadsheets" / "parity"
XLS = (PARITY / "order.xls").read_bytes()
ODS_STYLES = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="6"/>'
    '</number:number-style><number:date-style style:name="N2"><number:day number:style="long"/><number:text>.'
    '</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="six" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="heir" style:family="table-cell" style:parent-style-name="six"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
    )
)  # fmt: skip


def ods(rows: str, columns: str = "", style: str = "") -> bytes:
    """A sheet of these rows."""
    content = (
        f'<office:document-content {NAMES} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:'
        f'calcext:1.0"><office:automatic-styles>{ODS_STYLES}</office:automatic-styles><office:body><office:spreadsheet>'
        f'<table:table table:name="Order" table:style-name="{style}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def read(content: bytes, kind: Format, limits: Limits = DEFAULT) -> TableFile:
    return read_tables(content, kind, limits)


def codes(file: TableFile) -> list[str]:
    return [one.code for one in file.findings]


def one_table(content: bytes, kind: Format) -> Table:
    file = read(content, kind)
    assert codes(file) == []
    (table,) = file.tables
    return table


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('office:value-type="float" office:value="42"/>', Cell(1, 1, "42", CellKind.NUMBER, GENERAL)),
        ('office:value-type="float" table:style-name="six" office:value="42"/>',
         Cell(1, 1, "42", CellKind.NUMBER, "000000")),
        ('office:value-type="float" table:style-name="heir" office:value="42"/>',
         Cell(1, 1, "42", CellKind.NUMBER, "000000")),
        ('office:value-type="date" table:style-name="day" office:date-value="2026-11-24"/>',
         Cell(1, 1, "2026-11-24", CellKind.DATE, 'dd"."mm"."yyyy')),
        ('office:value-type="boolean" office:boolean-value="true"/>', Cell(1, 1, "TRUE", CellKind.BOOLEAN, GENERAL)),
        ('office:value-type="string"><text:p>two<text:s text:c="2"/>words</text:p><text:p>more</text:p>'
         "</table:table-cell>", Cell(1, 1, "two  words\nmore", CellKind.TEXT, GENERAL)),
        ('office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation><text:p>x'
         "</text:p></table:table-cell>", Cell(1, 1, "x", CellKind.TEXT, GENERAL)),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"/>',
         Cell(1, 1, "2", CellKind.NUMBER, GENERAL, True)),
        ('table:formula="of:=1+1"/>', Cell(1, 1, "", CellKind.NO_VALUE, GENERAL, True)),
        ('table:formula="of:=[.B1]" office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>'
         "</table:table-cell>", Cell(1, 1, "#N/A", CellKind.ERROR, GENERAL, True)),
    ],
)  # fmt: skip
def test_cells_of_an_opendocument_sheet(xml: str, expected: Cell) -> None:
    table = one_table(ods(f"<table:table-row><table:table-cell {xml}</table:table-row>"), Format.ODS)
    assert [cell for row in table.rows for cell in row.cells.values()] == [expected]


def test_what_is_repeated_hidden_and_merged_in_an_opendocument_sheet() -> None:
    cell = '<table:table-cell {} office:value-type="float" office:value="7"/>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
        f'<table:table-cell table:number-columns-repeated="2"/>{cell.format("")}</table:table-row>'
        f'<table:table-row>{cell.format(""" table:number-columns-spanned="2" table:number-rows-spanned="2" """)}'
        '<table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated="1048570"/>'
    )
    columns = '<table:table-column table:number-columns-repeated="3" table:default-cell-style-name="six"/>'
    table = one_table(ods(rows, columns, "gone"), Format.ODS)
    assert [(row.number, list(row.cells), row.hidden) for row in table.rows] == [
        (4, [3], True), (5, [3], True), (6, [1], False),
    ]  # fmt: skip
    assert (table.merged, table.hidden) == ([(6, 1, 7, 2)], True)
    assert {cell.number_format for row in table.rows for cell in row.cells.values()} == {"000000"}


@pytest.mark.parametrize(
    ("part", "source", "said"),
    [
        ("Basic/Standard/Module1.xml", "", LAY015_MACROS),
        ("Scripts/python/one.py", "", LAY015_MACROS),
        ("thumbnail.png", "<table:table-source/>", LAY015_LINKS),
        ("Basic/Standard/Module1.xml", "<table:table-source/>", LAY015_MACROS),
    ],
)
def test_what_is_left_alone_in_an_opendocument_file_is_said(part: str, source: str, said: Case[NoParameters]) -> None:
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="7"/></table:table-row>'
    stored = zipfile.ZipFile(io.BytesIO(ods(row, source)))
    content = zipped({**{name: stored.read(name) for name in stored.namelist()}, part: "x"})
    file = read(content, Format.ODS)
    assert [one.says(said) for one in file.findings] == [True]
    assert [cell.text for row in file.tables[0].rows for cell in row.cells.values()] == ["7"]


def test_cells_rows_and_ranges_of_a_binary_workbook() -> None:
    formula = record(9, struct.pack("<IIdHI", 3, 0, 0.5, 0, 0))
    shown = record(5, struct.pack("<IId", 4, 2, 42.0))
    content = binary_workbook(
        [row(2, ["text", -7, True, formula, shown]), row(5, [1.25], hidden=True)], merged=[(1, 0, 4, 1)], epoch=1904
    )
    table = one_table(content, Format.XLSB)
    assert list(table.rows[0].cells.values()) == [
        Cell(2, 1, "text", CellKind.TEXT, GENERAL),
        Cell(2, 2, "-7", CellKind.NUMBER, GENERAL),
        Cell(2, 3, "TRUE", CellKind.BOOLEAN, GENERAL),
        Cell(2, 4, "0.5", CellKind.NUMBER, GENERAL, True),
        Cell(2, 5, "42", CellKind.NUMBER, "000000"),
    ]
    assert [(one.number, one.hidden) for one in table.rows] == [(2, False), (5, True)]
    assert (table.merged, table.epoch_1904, table.hidden) == ([(2, 1, 5, 2)], True, False)


def test_an_old_workbook_holds_the_cells_of_the_new_one() -> None:
    old = one_table(XLS, Format.XLS)
    new = one_table((PARITY / "order.xlsx").read_bytes(), Format.XLSX)
    facts = [
        [
            (cell.row, cell.column, cell.text, cell.kind, cell.formula)
            for row in table.rows
            for cell in row.cells.values()
        ]
        for table in (old, new)
    ]
    assert facts[0] == facts[1]
    assert (old.sheet, old.rows[0].hidden, old.rows[1].cells[2].number_format) == ("Bestellung", False, r"dd\.mm\.yyyy")


@pytest.mark.parametrize("kind", [Format.XLS, Format.XLSB, Format.ODS, Format.XLSX])
@given(cut=st.floats(0, 1), byte=st.integers(0, 255), at=st.floats(0, 1))
@example(cut=0.0, byte=0, at=0.828125)
@example(cut=0.0, byte=0, at=0.8125)
@settings(max_examples=8, deadline=None)
def test_no_damage_raises(kind: Format, cut: float, byte: int, at: float) -> None:
    content = bytearray(binary_workbook([row(1, ["a", 1])]) if kind is Format.XLSB else FILES[kind])
    content[int(at * (len(content) - 1))] = byte
    for damaged in (bytes(content), bytes(content[: int(cut * len(content))])):
        file = read(damaged, kind)
        assert file.tables or file.findings


FILES = {kind: (PARITY / f"order.{kind.value}").read_bytes() for kind in (Format.XLS, Format.ODS, Format.XLSX)}
PARTS = {Format.XLSB: "xl/worksheets/sheet1.bin", Format.ODS: "content.xml"}


@pytest.mark.parametrize("kind", PARTS)
@given(st.data())
@settings(max_examples=20, deadline=None)
def test_no_damage_inside_of_the_archive_raises(kind: Format, data: st.DataObject) -> None:
    whole = (
        binary_workbook([row(1, ["a", 1, 2.5]), row(2, ["b"])])
        if kind is Format.XLSB
        else ods('<table:table-row><table:table-cell office:value-type="float" office:value="7"/></table:table-row>')
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    part = bytearray(parts[PARTS[kind]])  # type: ignore[arg-type]
    for _ in range(data.draw(st.integers(0, 4))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    file = read(zipped({**parts, PARTS[kind]: bytes(part)}), kind)
    assert file.tables or file.findings


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (XLS, Format.XLS),
        (FILES[Format.ODS], Format.ODS),
        (FILES[Format.XLSX], Format.XLSX),
        (binary_workbook([row(1, list("abcdefg"))]), Format.XLSB),
        (b"<table><tr>" + b"<td>x" * 7, Format.XLS),
    ],
)
@pytest.mark.parametrize("limits", [Limits(cells=5), Limits(seconds=0)], ids=["cells", "time"])
def test_what_is_over_a_limit_is_refused(content: bytes, kind: Format, limits: Limits) -> None:
    file = read(content, kind, limits)
    assert (codes(file), file.tables) == (["DOC008"], [])


def test_where_two_readers_count_differently_the_file_is_held() -> None:
    twice = with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>')
    (said,) = read(twice, Format.XLSX).findings
    assert (said.code, said.severity.value, said.before) == ("DOC007", "hold", "1")
    assert read_tables(twice, Format.XLSX, DEFAULT, counted_before=True).findings == []


def test_a_second_reader_that_cannot_read_the_file_says_nothing() -> None:
    assert codes(read(FILES[Format.XLSX], Format.XLSX, Limits(reader_bytes=1 << 20))) == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>a<td>b</table>", {(1, 1): "a", (1, 2): "b"}),
        ("<TABLE><tr><th colspan=2>a</th><td>b</td></tr></TABLE>", {(1, 1): "a", (1, 3): "b"}),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", {(1, 1): "a", (1, 2): "b", (2, 2): "c"}),
        ("<table><tr><td> &auml; <b>x</b>&nbsp;<br>y<script>z</script></table>", {(1, 1): "ä x\xa0\ny"}),
    ],
)
def test_the_table_of_a_web_page(page: str, expected: dict[tuple[int, int], str]) -> None:
    table = one_table(page.encode(), Format.XLS)
    assert {(cell.row, cell.column): cell.text for row in table.rows for cell in row.cells.values()} == expected


def test_the_xml_of_excel_2003() -> None:
    content = (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        b'<Styles><Style ss:ID="s1"><NumberFormat ss:Format="000000"/></Style></Styles>'
        b'<Worksheet ss:Name="Order"><Table>'
        b'<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s1"><Data ss:Type="Number">42</Data><Comment>'
        b'<Data>no</Data></Comment></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">x</Data></Cell>'
        b'<Cell ss:Formula="=1"/></Row><Row><Cell><Data ss:Type="DateTime">2026-11-24T00:00:00.000</Data></Cell></Row>'
        b"</Table><WorksheetOptions><x:Visible>SheetHidden</x:Visible></WorksheetOptions></Worksheet></Workbook>"
    )
    table = one_table(content, Format.XLS)
    assert [cell for row in table.rows for cell in row.cells.values()] == [
        Cell(3, 2, "42", CellKind.NUMBER, "000000"),
        Cell(3, 3, "x", CellKind.TEXT, GENERAL),
        Cell(3, 5, "", CellKind.NO_VALUE, GENERAL, True),
        Cell(4, 1, "2026-11-24T00:00:00.000", CellKind.DATE, GENERAL),
    ]
    assert (table.rows[0].hidden, table.merged, table.hidden) == (True, [(3, 3, 3, 4)], True)


def _xml_2003(*numbers: int) -> bytes:
    rows = "".join(f'<Row ss:Index="{one}"><Cell><Data ss:Type="Number">7</Data></Cell></Row>' for one in numbers)
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Order"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (with_sheet("".join(f'<row r="{one}"><c><v>7</v></c></row>' for one in (3, 1, 2))), Format.XLSX),
        (_xml_2003(3, 1, 2), Format.XLS),
    ],
    ids=["xlsx", "xml-2003"],
)
def test_rows_come_in_the_order_of_their_numbers(content: bytes, kind: Format) -> None:
    """Tables are searched by the number of a row; out of order, rows would be missed."""
    assert [row.number for row in one_table(content, kind).rows] == [1, 2, 3]


def test_a_row_that_stands_twice_in_the_xml_of_2003_is_damage() -> None:
    found = read_tables(_xml_2003(3, 1, 3), Format.XLS, DEFAULT)
    (damage,) = found.findings
    assert found.tables == [] and damage.says(DOC001_ROW_TWICE)
    assert damage.params == SheetRow(sheet="Order", row=3)
