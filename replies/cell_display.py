"""The text of a sender's cell as a spreadsheet program shows it, where the stored text is not what a person saw."""

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from parsers.tables.table import Cell, CellKind, Table


def displayed(cell: Cell, table: Table) -> str:
    """Dates stored as numbers as ISO dates, binary fractions to 15 digits (ECMA-376); everything else as stored."""
    if cell.kind is not CellKind.NUMBER:
        return cell.text
    try:
        if cell.number_format and is_date_format(cell.number_format):
            epoch = CALENDAR_MAC_1904 if table.epoch_1904 else CALENDAR_WINDOWS_1900
            day = from_excel(float(cell.text), epoch)
            return cell.text if day is None else day.isoformat(" ").removesuffix(" 00:00:00")
        return format(float(cell.text), ".15g") if "." in cell.text and len(cell.text) > 15 else cell.text
    except (ValueError, OverflowError, TypeError):
        return cell.text
