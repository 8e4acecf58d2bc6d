"""Workbooks (xlsx, xlsm) to tables, from the stored XML: what a cell holds is kept as written there."""

from orders.findings import finding
from orders.findings.layouts import LAY001_NO_SHEET_OF_CELLS, LAY015_LINKS, LAY015_MACROS
from parsers.limits import Budget, Limits
from parsers.tables.archive import faults_reported, opened
from parsers.tables.package import Package
from parsers.tables.plain_rows import read_plain
from parsers.tables.sheet_rows import read_sheet
from parsers.tables.table import Table, TableFile
from parsers.tables.xml_stream import pieces


def read_workbook(content: bytes, limits: Limits) -> TableFile:
    """Read every worksheet. A damaged, oversized or unreadable workbook is a finding, never an exception."""
    found = TableFile()
    with faults_reported(found), opened(content, limits) as archive:
        package = Package(archive, Budget(limits))
        found.names = package.names
        if package.macros or package.links:
            found.findings.append(finding(LAY015_MACROS() if package.macros else LAY015_LINKS()))
        _read_sheets(found, package)
        if not package.sheets:
            found.findings.append(finding(LAY001_NO_SHEET_OF_CELLS()))
    return found


def _read_sheets(found: TableFile, package: Package) -> None:
    strings, formats = package.shared_strings(), package.number_formats()
    for sheet in package.sheets:
        table = Table(sheet.name, [], sheet.hidden, package.epoch_1904, hidden_columns=[])
        if not read_plain(package.archive.open(sheet.part), table, strings, formats, package.budget):
            read_sheet(pieces(package.archive.open(sheet.part)), table, strings, formats, package.budget)
        found.tables.append(table)
