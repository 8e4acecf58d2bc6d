"""Workbooks, from the stored XML: cells of every kind, damage of every kind."""

import io
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.findings import Case, NoParameters
from orders.findings.layouts import LAY015_LINKS, LAY015_MACROS
from parsers.limits import DEFAULT, Limits
from parsers.tables.table import GENERAL, Cell, CellKind, TableFile
from parsers.tables.workbook import read_workbook
from tests.parsers import workbooks
from tests.parsers.workbooks import with_sheet, zipped

STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>'
)


def read(content: bytes, limits: Limits = DEFAULT) -> TableFile:
    return read_workbook(content, limits)


def codes(file: TableFile) -> list[str]:
    return [one.code for one in file.findings]


def cells(content: bytes) -> list[Cell]:
    file = read(content)
    assert codes(file) == []
    (table,) = file.tables
    return [cell for row in table.rows for cell in row.cells.values()]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', Cell(1, 1, "zwei")),
        ('<c r="A1" t="s"><v>2</v></c>', Cell(1, 1, "reich")),
        ('<c r="A1" t="s"><v>3</v></c>', Cell(1, 1, "vier")),
        ('<c r="A1" t="inlineStr"><is><t>inline</t></is></c>', Cell(1, 1, "inline")),
        ('<c r="A1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c>', Cell(1, 1, "two runs")),
        ('<c r="A1" t="str"><f>A2</f><v>text</v></c>', Cell(1, 1, "text", formula=True)),
        ('<c r="A1"><v>42</v></c>', Cell(1, 1, "42", CellKind.NUMBER)),
        ('<c r="A1" t="n"><v> 1.5 </v></c>', Cell(1, 1, "1.5", CellKind.NUMBER)),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(1, 1, "TRUE", CellKind.BOOLEAN)),
        ('<c r="A1" t="b"><v>0</v></c>', Cell(1, 1, "FALSE", CellKind.BOOLEAN)),
        ('<c r="A1" t="e"><v>#N/A</v></c>', Cell(1, 1, "#N/A", CellKind.ERROR)),
        ('<c r="A1" t="d"><v>2026-11-16</v></c>', Cell(1, 1, "2026-11-16", CellKind.DATE)),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Cell(1, 1, "2", CellKind.NUMBER, formula=True)),
        ('<c r="A1"><f>1+1</f></c>', Cell(1, 1, "", CellKind.NO_VALUE, formula=True)),
        ('<c r="A1" s="1"><v>42</v></c>', Cell(1, 1, "42", CellKind.NUMBER, "000000")),
        ('<c r="A1" s="2"><v>46342</v></c>', Cell(1, 1, "46342", CellKind.NUMBER, "mm-dd-yy")),
        ('<c r="A1" s="9"><v>1</v></c>', Cell(1, 1, "1", CellKind.NUMBER)),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x0041_</t></is></c>', Cell(1, 1, "a\rbA")),
        ('<c r="A1" t="inlineStr"><is><t>_xD800_ _x0000_</t></is></c>', Cell(1, 1, "_xD800_ _x0000_")),
        ('<c r="AB1"><v>1</v></c>', Cell(1, 28, "1", CellKind.NUMBER)),
        ('<c/><c><v>1</v></c>', Cell(1, 2, "1", CellKind.NUMBER)),
        ('<c r="C1"/><c><v>1</v></c>', Cell(1, 4, "1", CellKind.NUMBER)),
    ],
)  # fmt: skip
def test_cell(xml: str, expected: Cell) -> None:
    shared = ("<t>eins</t>", "<t>zwei</t>", "<r><t>re</t></r><r><t>ich</t></r><rPh><t>no</t></rPh>", "<t>vier</t>")
    if expected.number_format is None:
        expected = expected._replace(number_format=GENERAL)
    for space in ("", "\n"):  # a line end between cells is read another way
        content = with_sheet(f"<row>{xml}{space}</row>", shared=shared, styles=STYLES)
        assert cells(content) == [expected]


@pytest.mark.parametrize("end", ["", "\n"], ids=["plain", "as XML of any shape"])
def test_every_row_of_a_large_sheet_is_read(end: str) -> None:
    """A sheet is read piece by piece; rows begin in one and end in another."""
    rows = "".join(f'<row r="{one}"><c r="A{one}" t="str"><v>{one:0400}</v></c></row>' for one in range(1, 2001))
    assert len(rows) > 3 << 18
    assert cells(with_sheet(rows + end)) == [
        Cell(one, 1, f"{one:0400}", number_format=GENERAL) for one in range(1, 2001)
    ]


def test_rows_without_numbers_are_counted() -> None:
    file = read(with_sheet('<row><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row><row><c><v>3</v></c></row>'))
    assert [row.number for row in file.tables[0].rows] == [1, 5, 6]


def test_a_wrong_dimension_is_not_believed() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="Z9"><v>2</v></c></row>'
    content = with_sheet(rows, before='<dimension ref="A1:A1"/>')
    assert [(cell.row, cell.column) for cell in cells(content)] == [(1, 1), (9, 26)]


def test_the_strict_form_is_read_like_the_transitional() -> None:
    strict = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>', main=workbooks.STRICT_MAIN, office=workbooks.STRICT_OFFICE
    )
    assert cells(strict) == [Cell(1, 1, "1", CellKind.NUMBER, GENERAL)]


def test_names_of_parts_may_differ_in_case() -> None:
    parts = workbooks.parts("<row><c><v>1</v></c></row>")
    parts["xl/Worksheets/Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert len(cells(zipped(parts))) == 1


def test_hidden_rows_sheets_merged_ranges_and_the_epoch() -> None:
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A2:C4"/></mergeCells>'
    content = with_sheet(rows, behind=merged, settings='<workbookPr date1904="1"/>', state="veryHidden")
    (table,) = read(content).tables
    assert [row.hidden for row in table.rows] == [True, False]
    assert (table.merged, table.epoch_1904, table.hidden, table.sheet) == ([(2, 1, 4, 3)], True, True, "Order")


@pytest.mark.parametrize(
    ("part", "said"),
    [("xl/vbaProject.bin", LAY015_MACROS), ("xl/externalLinks/externalLink1.xml", LAY015_LINKS)],
    ids=["macros", "links"],
)
def test_what_is_left_alone_is_said(part: str, said: Case[NoParameters]) -> None:
    file = read(zipped({**workbooks.parts("<row><c><v>1</v></c></row>"), part: "x"}))
    assert codes(file) == ["LAY015"]
    assert file.findings[0].says(said)
    assert len(file.tables) == 1


def _without(name: str) -> bytes:
    return zipped({part: text for part, text in workbooks.parts("<row/>").items() if part != name})


def _scrambled(content: bytes) -> bytes:
    """The bytes behind the name of the last part overwritten, the directory at the end left as it is."""
    at = content.index(b"xl/worksheets/sheet1.xml") + 24
    return content[:at] + b"\xff" * 20 + content[at + 20 :]


ENTITY = '<!DOCTYPE x [<!ENTITY e "boom">]>'
DAMAGED = {
    "no zip": b"PK\x03\x04 and nothing more",
    "cut off": with_sheet("<row/>")[:-30],
    "scrambled": _scrambled(with_sheet("<row><c><v>1</v></c></row>")),
    "no workbook part": _without("xl/workbook.xml"),
    "no sheet part": _without("xl/worksheets/sheet1.xml"),
    "XML cut off": zipped({**workbooks.parts(), "xl/worksheets/sheet1.xml": "<worksheet><sheetData>"}),
    "a shared string that is not there": with_sheet('<row><c t="s"><v>7</v></c></row>'),
    "a shared string before the first": with_sheet('<row><c t="s"><v>-1</v></c></row>', shared=("<t>x</t>",)),
    "a shared string without a number": with_sheet('<row><c t="s"><v>x</v></c></row>'),
    "a row beyond the last": with_sheet('<row r="1048577"><c><v>1</v></c></row>'),
    "a row without a number": with_sheet('<row r="x"/>'),
    "a column beyond the last": with_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
    "a cell that stands there twice": with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "elements nested too deep": with_sheet("<row>" + "<x>" * 70 + "</x>" * 70 + "</row>"),
    "a merged range of nothing": with_sheet("<row/>", behind='<mergeCells><mergeCell ref="x"/></mergeCells>'),
    "a DTD": zipped({**workbooks.parts(), "xl/worksheets/sheet1.xml": ENTITY + "<worksheet/>"}),
    "a DTD in the workbook": zipped({**workbooks.parts(), "xl/workbook.xml": ENTITY + "<workbook/>"}),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_a_finding(content: bytes) -> None:
    file = read(content)
    assert (codes(file), file.tables) == (["DOC001"], [])


def test_a_workbook_without_sheets_is_not_an_empty_order() -> None:
    word = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
    assert codes(read(zipped(word))) == ["LAY001"]


def test_a_zip_with_a_password_is_said_to_be_one() -> None:
    content = bytearray(with_sheet("<row/>"))
    for mark, behind in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + behind] |= 1
            at = content.find(mark, at + 4)
    assert codes(read(bytes(content))) == ["DOC002"]


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (with_sheet("<row/>" * 300_000), DEFAULT),
        (with_sheet("<row/>"), Limits(unpacked_bytes=500)),
        (with_sheet("<row><c><v>1</v></c><c><v>1</v></c></row>"), Limits(cells=1)),
    ],
    ids=["zip bomb", "too many bytes", "too many cells"],
)
def test_what_is_over_a_limit_is_refused(content: bytes, limits: Limits) -> None:
    file = read(content, limits)
    assert (codes(file), file.tables) == (["DOC008"], [])


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="_\ufffe\uffff"), max_size=8
    ),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day)),  # noqa: DTZ001
)


def _as_openpyxl_reads(value: Any) -> tuple[CellKind, Any]:
    if isinstance(value, bool):
        return CellKind.BOOLEAN, str(value).upper()
    if isinstance(value, datetime):
        return CellKind.NUMBER, float((value - datetime(1899, 12, 30)).days)  # noqa: DTZ001
    if isinstance(value, int | float):
        return CellKind.NUMBER, float(value)
    return CellKind.TEXT, str(value)


@given(st.lists(st.lists(VALUES, max_size=5), max_size=6))
@settings(max_examples=60, deadline=None)
def test_rows_are_those_of_openpyxl(rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is a text here, not a formula
    stream = io.BytesIO()
    book.save(stream)
    expected = {
        (cell.row, cell.column): _as_openpyxl_reads(cell.value)
        for row in openpyxl.load_workbook(stream).active.iter_rows()
        for cell in row
        if cell.value is not None
    }
    ours = {
        (cell.row, cell.column): (cell.kind, float(cell.text) if cell.kind is CellKind.NUMBER else cell.text)
        for cell in cells(stream.getvalue())
    }
    assert ours == expected


TEXTS = st.text(st.sampled_from("aB1<&>\"' ;_x0041\tä€😀\n"), max_size=8)
ATTRIBUTES = st.sampled_from(
    ["", ' s="1"', ' s="2" t="n"', ' t="inlineStr"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="s"']
)


@st.composite
def _cell_xml(draw: st.DrawFn) -> str:
    value = escape(draw(TEXTS))
    index = draw(st.integers(0, 2))
    body = draw(
        st.sampled_from(
            ["", "<v/>", f"<v>{index}</v>", f"<is><t>{value}</t></is>", f"<f>A1</f><v>{index}</v>", "<f/>", "<v></v>"]
        )
    )
    return f"{draw(ATTRIBUTES)}>{body}</c>" if body else f"{draw(ATTRIBUTES)}/>"


@given(st.lists(st.lists(_cell_xml(), max_size=4), max_size=4), st.booleans(), st.sampled_from(["\n", "<!-- -->"]))
@settings(max_examples=100, deadline=None)
def test_both_ways_of_reading_rows_give_the_same(rows: list[list[str]], hidden: bool, unusual: str) -> None:
    """What nearly every program writes is read a faster way; a comment or a line end makes it XML of any shape."""
    written = "".join(
        f'<row r="{2 * number}" hidden="{int(hidden)}">'
        + "".join(f'<c r="{column}{2 * number}"{cell}' for column, cell in zip("ABCD", cells, strict=False))
        + "</row>"
        for number, cells in enumerate(rows, start=1)
    )
    merged = '<mergeCells><mergeCell ref="A2:C4"/></mergeCells>'
    shared = ("<t>eins</t>", "<t>a_x0041_</t>", "<t></t>")
    plain, other = (
        read(with_sheet(written + end, shared=shared, styles=STYLES, behind=merged)) for end in ("", unusual)
    )
    assert (plain.tables, plain.findings) == (other.tables, other.findings)
