"""The registry of readers of tables: one line a kind of file."""

from collections.abc import Callable
from contextlib import nullcontext
from itertools import pairwise

from orders.findings import finding
from orders.findings.documents import DOC001_NO_WORKSHEET, DOC001_ROW_TWICE, SheetRow
from parsers.formats import HEAD, Format, is_web_page, is_xml_workbook
from parsers.limits import Limits
from parsers.tables.binary_workbook import read_binary_workbook
from parsers.tables.delimited import read_delimited
from parsers.tables.old_workbook import read_old_workbook
from parsers.tables.opendocument import read_opendocument
from parsers.tables.second_reader import counting, disagreements
from parsers.tables.table import TableFile
from parsers.tables.web_page import read_web_page
from parsers.tables.workbook import read_workbook
from parsers.tables.xml_workbook import read_xml_workbook
from parsers.wrapping import Wrapped, unwrapped

_WORKBOOKS: dict[Format, Callable[[bytes, Limits], TableFile]] = {
    Format.XLSX: read_workbook,
    Format.XLSB: read_binary_workbook,
    Format.ODS: read_opendocument,
    Format.XLS: read_old_workbook,
}


def read_tables(
    content: bytes,
    kind: Format,
    limits: Limits,
    codec: str | None = None,
    delimiter: str | None = None,
    *,
    counted_before: bool = False,
) -> TableFile:
    """Every table of a file of this kind, or of the one that is packed in it; a fault is a finding, no exception.

    ``codec`` and ``delimiter`` are the customer's, for delimited text that does not tell. ``counted_before`` where the
    second reader has counted the rows of this very file already.
    """
    try:
        content = unwrapped(content, limits) or content
    except Wrapped as fault:
        return TableFile(findings=[finding(fault.said)])
    if kind is Format.CSV:
        return read_delimited(content, limits, codec, delimiter)
    if kind is Format.XLS and is_xml_workbook(content[:HEAD]):
        found = read_xml_workbook(content, limits)
        _put_in_order(found)
        _refuse_rows_that_stand_twice(found)
        return found
    if kind is Format.XLS and is_web_page(content[:HEAD]):
        return read_web_page(content, limits, codec)
    with nullcontext() if counted_before else counting(content, limits) as second:
        found = _WORKBOOKS[kind](content, limits)
        _put_in_order(found)
        if found.tables and second is not None:
            found.findings.extend(disagreements(second, found))
        elif not found.tables and not found.findings:
            found.findings.append(finding(DOC001_NO_WORKSHEET()))
    return found


def _put_in_order(found: TableFile) -> None:
    """Sort the rows of every sheet by their number, as nearly every file has them; tables are searched by it."""
    for table in found.tables:
        table.rows.sort(key=lambda row: row.number)


def _refuse_rows_that_stand_twice(found: TableFile) -> None:
    """Two rows of one number are damage where no second reader counts the rows."""
    for table in found.tables:
        twice = next((row.number for row, following in pairwise(table.rows) if row.number == following.number), None)
        if twice is not None:
            found.tables.clear()
            found.findings.append(finding(DOC001_ROW_TWICE(SheetRow(sheet=table.sheet, row=twice))))
            return
