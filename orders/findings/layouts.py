"""LAY: how a file of tables is built."""

from orders.findings.parameters import LargeNumber, LineNumber, RowNumber
from orders.findings.statement import Case, NoParameters, Parameters, Statement
from orders.findings.values import Listed, Named, ReadColumns
from orders.location import Field


class ColumnName(Parameters):
    """A column by its letters."""

    column: str


class HeadedColumn(Parameters):
    """A column by its letters and its heading."""

    column: str
    heading: str


class FormColumn(Parameters):
    """A column of a form of ours."""

    column: Named


class FieldName(Parameters):
    """A field of an order."""

    field: Field


class SheetName(Parameters):
    """A sheet by its name."""

    sheet: str | None = None


class SheetNames(Parameters):
    """Sheets by their names."""

    sheets: Listed


class SheetAmong(Parameters):
    """A sheet that is not there, and those that are."""

    sheet: str
    there: Listed


class HeaderRead(Parameters):
    """A header row, and what its columns were read as."""

    row: int
    columns: ReadColumns


class TwoRows(Parameters):
    """Two rows of a table."""

    first: int
    second: int


class FieldInCells(Parameters):
    """A field that two cells give."""

    field: Field
    first: str
    second: str


class MergedRows(Parameters):
    """How many rows have merged cells, and the first of them."""

    rows: int
    row: int


class ErrorShown(Parameters):
    """The error that a cell shows."""

    error: str


class RowWidth(Parameters):
    """How many fields a row has, and how many its header."""

    row: int
    fields: int
    header: int


class NameAndContent(Parameters):
    """The ending of a file's name, and the kind of its content."""

    ending: str
    kind: str


class ContentKind(Parameters):
    """The kind of a file's content."""

    kind: str


class MissingRows(Parameters):
    """How many rows of a form are missing, and the items of the first of them."""

    number: int
    items: Listed


class Doubts(Parameters):
    """What keeps a proposal from being clear."""

    doubts: tuple[Statement, ...]


class SheetOfSeveral(Parameters):
    """Sheets that look alike, and the one that fits best."""

    sheets: Listed
    sheet: str | None = None


class ColumnsAlike(Parameters):
    """Two columns that fit a field alike, in per cent."""

    first: str
    second: str
    field: Field
    one: int
    other: int


class FieldsAlike(Parameters):
    """Two fields that a column fits alike, in per cent."""

    column: str
    field: Field
    other_field: Field
    one: int
    other: int


class ColumnAsField(Parameters):
    """A column, and the field that it looks like."""

    column: str
    field: Field


class ColumnTwins(Parameters):
    """A column, and others with the same header."""

    first: str
    others: Listed


class KnownOf(Parameters):
    """How many of all rows."""

    some: int
    all: int


class ColumnPercent(Parameters):
    """A column, and how well it fits in per cent."""

    column: str
    percent: int


class ColumnsRead(Parameters):
    """How many columns were looked at."""

    columns: int


LAY001_NO_TABLE = Case("LAY001", "no_table", NoParameters)
LAY001_NO_SHEET_OF_CELLS = Case("LAY001", "no_sheet_of_cells", NoParameters)
LAY001_NO_TABLE_IN_PAGE = Case("LAY001", "no_table_in_page", NoParameters)
LAY001_NO_SUCH_SHEET = Case("LAY001", "no_such_sheet", SheetAmong)
LAY001_NO_SUCH_SHEET_SHOWN = Case("LAY001", "no_such_sheet_shown", SheetName)
LAY001_NO_TABLE_ON_SHEETS = Case("LAY001", "no_table_on_sheets", SheetNames)
LAY002_NOT_AGREED = Case("LAY002", "not_agreed", HeaderRead)
LAY002_NOT_CONFIRMED = Case("LAY002", "not_confirmed", NoParameters)
LAY003_SEVERAL_SHEETS = Case("LAY003", "several_sheets", SheetNames)
LAY003_SEVERAL_TABLES = Case("LAY003", "several_tables", TwoRows)
LAY003_TOO_MANY_TABLES = Case("LAY003", "too_many_tables", LargeNumber)
LAY004_NO_QUANTITY_COLUMN = Case("LAY004", "no_quantity_column", RowNumber)
LAY004_NO_ITEM_COLUMN = Case("LAY004", "no_item_column", RowNumber)
LAY004_FORM_COLUMN_GONE = Case("LAY004", "form_column_gone", FormColumn)
LAY004_MARKS_GONE = Case("LAY004", "marks_gone", NoParameters)
LAY005_COLUMN_TWICE = Case("LAY005", "column_twice", FieldName)
LAY005_CELL_TWICE = Case("LAY005", "cell_twice", FieldInCells)
LAY006_COLUMN_NOT_READ = Case("LAY006", "column_not_read", HeadedColumn)
LAY006_COLUMN_WITHOUT_HEADER = Case("LAY006", "column_without_header", ColumnName)
LAY006_COLUMN_TWICE = Case("LAY006", "column_twice", FieldName)
LAY007_HIDDEN_SHEET = Case("LAY007", "hidden_sheet", SheetName)
LAY008_HIDDEN_ROW = Case("LAY008", "hidden_row", RowNumber)
LAY008_HIDDEN_COLUMN = Case("LAY008", "hidden_column", ColumnName)
LAY009_MERGED_KEY = Case("LAY009", "merged_key", RowNumber)
LAY009_MERGED_BESIDE = Case("LAY009", "merged_beside", MergedRows)
LAY010_STORED_ZERO = Case("LAY010", "stored_zero", NoParameters)
LAY010_NO_RESULT = Case("LAY010", "no_result", NoParameters)
LAY011_ERROR_VALUE = Case("LAY011", "error_value", ErrorShown)
LAY012_TOTAL_ROW = Case("LAY012", "total_row", RowNumber)
LAY012_LINE_OR_TOTAL = Case("LAY012", "line_or_total", RowNumber)
LAY013_TEXT_ROW = Case("LAY013", "text_row", RowNumber)
LAY013_OTHER_WIDTH = Case("LAY013", "other_width", RowWidth)
LAY013_QUOTE_NOT_CLOSED = Case("LAY013", "quote_not_closed", LineNumber)
LAY013_QUOTE_HOLDS_LINES = Case("LAY013", "quote_holds_lines", LineNumber)
LAY013_TEXT_BEHIND_QUOTE = Case("LAY013", "text_behind_quote", LineNumber)
LAY014_OTHER_CONTENT = Case("LAY014", "other_content", NameAndContent)
LAY014_IN_ARCHIVE = Case("LAY014", "in_archive", ContentKind)
LAY014_XML_OF_EXCEL_2003 = Case("LAY014", "xml_of_excel_2003", NoParameters)
LAY014_WEB_PAGE = Case("LAY014", "web_page", NoParameters)
LAY015_MACROS = Case("LAY015", "macros", NoParameters)
LAY015_LINKS = Case("LAY015", "links", NoParameters)
LAY016_DOUBTS = Case("LAY016", "doubts", Doubts)
LAY016_NOT_LOOKED_AT = Case("LAY016", "not_looked_at", NoParameters)
LAY016_SHEETS_ALIKE = Case("LAY016", "sheets_alike", SheetOfSeveral)
LAY016_COLUMNS_ALIKE = Case("LAY016", "columns_alike", ColumnsAlike)
LAY016_FIELDS_ALIKE = Case("LAY016", "fields_alike", FieldsAlike)
LAY016_NO_HEADER = Case("LAY016", "no_header", ColumnAsField)
LAY016_SAME_HEADER = Case("LAY016", "same_header", ColumnTwins)
LAY016_CUSTOMER_UNKNOWN = Case("LAY016", "customer_unknown", NoParameters)
LAY016_NO_ITEM_NUMBERS = Case("LAY016", "no_item_numbers", NoParameters)
LAY016_NO_QUANTITY = Case("LAY016", "no_quantity", NoParameters)
LAY016_FEW_KNOWN_ITEMS = Case("LAY016", "few_known_items", KnownOf)
LAY016_WEAK_QUANTITY = Case("LAY016", "weak_quantity", ColumnPercent)
LAY016_NO_AMOUNT = Case("LAY016", "no_amount", ColumnName)
LAY016_WIDE_TABLE = Case("LAY016", "wide_table", ColumnsRead)
LAY016_NO_ORDER_NUMBER = Case("LAY016", "no_order_number", NoParameters)
LAY017_HEADER_BELOW = Case("LAY017", "header_below", RowNumber)
LAY018_ROWS_MISSING = Case("LAY018", "rows_missing", MissingRows)
LAY018_ON_OTHER_SHEET = Case("LAY018", "on_other_sheet", SheetName)
LAY018_TAKEN_OUT = Case("LAY018", "taken_out", RowNumber)
LAY019_SAME_ROW = Case("LAY019", "same_row", TwoRows)
LAY019_ANSWERED_TWICE = Case("LAY019", "answered_twice", RowNumber)
LAY019_UNNUMBERED = Case("LAY019", "unnumbered", NoParameters)
LAY020_NO_STAMP = Case("LAY020", "no_stamp", NoParameters)
