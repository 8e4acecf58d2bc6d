"""How the sheets that we write come out of a printer: A4, landscape, to be read without a glass."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_PAGE = 136.0
"""Characters of the standard font, as column widths count them, that a page takes at its full size."""
_SMALLEST = 70
"""Per cent of that size below which nothing is printed as long as another page helps."""
_LAST_ROW = 1_048_575


def print_on_landscape(sheet: Worksheet, footer: str, header: int | None = None) -> None:
    """As wide as the page, the header row on every page, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(footer, size=8))
    if header is not None:
        sheet.print_title_rows = f"{header}:{header}"


def print_in_two_parts(
    sheet: Worksheet, footer: str, header: int, first: Sequence[float], second: Sequence[float], kept: int
) -> None:
    """Columns of these widths on one page where they can be read so, else the second part on pages beside the first.

    The ``kept`` first columns stand on every page, so that a row is known again.
    """
    print_on_landscape(sheet, footer, header)
    if (sum(first) + sum(second)) * _SMALLEST <= _PAGE * 100:
        return
    widest = max(sum(first), sum(first[:kept]) + sum(second))
    # A program that fits a sheet to pages minds no breaks of ours; the size is said instead.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = min(100, max(_SMALLEST, int(_PAGE * 100 / widest)))
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_title_cols = f"A:{get_column_letter(kept)}"
    sheet.col_breaks = ColBreak(brk=(Break(id=len(first), max=_LAST_ROW),))
