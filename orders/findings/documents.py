"""DOC: the file as a whole."""

from datetime import date

from orders.findings.parameters import LargeNumber, LineNumber
from orders.findings.statement import Case, NoParameters, Parameters
from orders.findings.values import AllOf, Count, Listed, PriceChanges


class Day(Parameters):
    """A day."""

    day: date


class Damage(Parameters):
    """The kind of damage, by the name of the fault in the reader."""

    fault: str


class SheetRow(Parameters):
    """A row of a sheet."""

    sheet: str | None = None
    row: int


class CustomerName(Parameters):
    """A customer by its identifier."""

    customer: str


class SeveralCustomers(Parameters):
    """Customers of which one is meant."""

    several: AllOf


class SeveralSenders(Parameters):
    """Identifications as sent, and the customers that they lead to."""

    named: Listed
    several: AllOf


class Identifications(Parameters):
    """Identifications of senders as sent."""

    named: Listed


class ReceiptId(Parameters):
    """A receipt of ours."""

    receipt: str


class ReferenceInFile(Parameters):
    """A control reference, and the interchange of the file that has it too."""

    reference: str | None = None
    interchange: int


class ReferenceInReceipt(Parameters):
    """A control reference, and the receipt that has it too."""

    reference: str | None = None
    receipt: str


class SheetCounts(Parameters):
    """How many rows of a sheet two readers find."""

    sheet: str | None = None
    ours: int
    theirs: int


class TwoCounts(Parameters):
    """How many lines two readers find."""

    ours: int
    theirs: int


class Size(Parameters):
    """A size in bytes."""

    size: Count


class SizeAndLimit(Parameters):
    """A size in bytes, and the largest that is read."""

    size: Count
    limit: Count


class RowsAndLimit(Parameters):
    """How many rows there are, and the most that are read."""

    rows: Count
    limit: Count


class Seconds(Parameters):
    """A time in seconds."""

    seconds: float


class Times(Parameters):
    """A ratio."""

    times: int


class PartSize(Parameters):
    """A part of a workbook, and its largest size in bytes."""

    part: str
    size: Count


class PricesChanged(Parameters):
    """The day on which a form was issued, and the prices that are others since."""

    day: date
    changes: PriceChanges


DOC001_EMPTY = Case("DOC001", "empty", NoParameters)
DOC001_UNKNOWN_KIND = Case("DOC001", "unknown_kind", NoParameters)
DOC001_ARCHIVE_OF_WORKBOOK_DAMAGED = Case("DOC001", "archive_of_workbook_damaged", NoParameters)
DOC001_ZIP_ARCHIVE = Case("DOC001", "zip_archive", NoParameters)
DOC001_OFFICE_FILE = Case("DOC001", "office_file", NoParameters)
DOC001_MARKUP = Case("DOC001", "markup", NoParameters)
DOC001_WORKBOOK_DAMAGED = Case("DOC001", "workbook_damaged", Damage)
DOC001_PACKED_UNREADABLY = Case("DOC001", "packed_unreadably", NoParameters)
DOC001_ENTITY_DECLARATIONS = Case("DOC001", "entity_declarations", NoParameters)
DOC001_NUL_CHARACTERS = Case("DOC001", "nul_characters", NoParameters)
DOC001_ENDLESS_FIELD = Case("DOC001", "endless_field", LineNumber)
DOC001_EDIFACT_IN_ARCHIVE = Case("DOC001", "edifact_in_archive", NoParameters)
DOC001_NO_WORKSHEET = Case("DOC001", "no_worksheet", NoParameters)
DOC001_OLD_WORKBOOK_DAMAGED = Case("DOC001", "old_workbook_damaged", NoParameters)
DOC001_ARCHIVE_DAMAGED = Case("DOC001", "archive_damaged", NoParameters)
DOC001_EDIFACT_IN_FOREIGN_CODES = Case("DOC001", "edifact_in_foreign_codes", NoParameters)
DOC001_MAIL = Case("DOC001", "mail", NoParameters)
DOC001_NUMBERS_DOCUMENT = Case("DOC001", "numbers_document", NoParameters)
DOC001_ROW_TWICE = Case("DOC001", "row_twice", SheetRow)
DOC002_WORKBOOK_WITH_PASSWORD = Case("DOC002", "workbook_with_password", NoParameters)
DOC002_WORKBOOK_ENCRYPTED = Case("DOC002", "workbook_encrypted", NoParameters)
DOC002_ARCHIVE_WITH_PASSWORD = Case("DOC002", "archive_with_password", NoParameters)
DOC003_UNKNOWN_SENDER = Case("DOC003", "unknown_sender", NoParameters)
DOC003_NO_PARTNER_FILE = Case("DOC003", "no_partner_file", CustomerName)
DOC003_SEVERAL_SENDERS = Case("DOC003", "several_senders", SeveralSenders)
DOC003_SEVERAL_SENDERS_UNNAMED = Case("DOC003", "several_senders_unnamed", SeveralCustomers)
DOC003_UNKNOWN_IDENTIFICATION = Case("DOC003", "unknown_identification", Identifications)
DOC003_NO_IDENTIFICATION = Case("DOC003", "no_identification", NoParameters)
DOC004_FILE_AGAIN = Case("DOC004", "file_again", ReceiptId)
DOC004_REFERENCE_AGAIN_IN_FILE = Case("DOC004", "reference_again_in_file", ReferenceInFile)
DOC004_REFERENCE_AGAIN = Case("DOC004", "reference_again", ReferenceInReceipt)
DOC006_TEST = Case("DOC006", "test", NoParameters)
DOC007_ROWS_DISAGREE = Case("DOC007", "rows_disagree", SheetCounts)
DOC007_LINES_DISAGREE = Case("DOC007", "lines_disagree", TwoCounts)
DOC008_CELLS_OF_TEXT = Case("DOC008", "cells_of_text", LargeNumber)
DOC008_BYTES_OF_TABLES = Case("DOC008", "bytes_of_tables", SizeAndLimit)
DOC008_BYTES = Case("DOC008", "bytes", SizeAndLimit)
DOC008_CELLS = Case("DOC008", "cells", LargeNumber)
DOC008_SLOW = Case("DOC008", "slow", Seconds)
DOC008_SLOW_TEXT = Case("DOC008", "slow_text", Seconds)
DOC008_BYTES_IN_ARCHIVE = Case("DOC008", "bytes_in_archive", Size)
DOC008_UNPACKS_BEYOND = Case("DOC008", "unpacks_beyond", Size)
DOC008_UNPACKS_TO = Case("DOC008", "unpacks_to", Size)
DOC008_UNPACKS_TO_TIMES = Case("DOC008", "unpacks_to_times", Times)
DOC008_PART_OF_WORKBOOK = Case("DOC008", "part_of_workbook", PartSize)
DOC008_WEB_PAGE = Case("DOC008", "web_page", Size)
DOC008_CELLS_OR_SLOW = Case("DOC008", "cells_or_slow", LargeNumber)
DOC008_ROWS = Case("DOC008", "rows", RowsAndLimit)
DOC009_NO_LINE = Case("DOC009", "no_line", NoParameters)
DOC009_NO_MESSAGE = Case("DOC009", "no_message", NoParameters)
DOC009_NO_ROW_BELOW_HEADER = Case("DOC009", "no_row_below_header", NoParameters)
DOC010_OF_ANOTHER_CUSTOMER = Case("DOC010", "of_another_customer", NoParameters)
DOC010_STAMP_ALTERED = Case("DOC010", "stamp_altered", NoParameters)
DOC010_ANSWERS_UNKNOWN_FILE = Case("DOC010", "answers_unknown_file", NoParameters)
DOC011_FORM_EXPIRED = Case("DOC011", "form_expired", Day)
DOC011_CATALOGUE_CHANGED = Case("DOC011", "catalogue_changed", Day)
DOC011_PRICES_CHANGED = Case("DOC011", "prices_changed", PricesChanged)
DOC011_OTHER_PRICES_CHANGED = Case("DOC011", "other_prices_changed", Day)
DOC011_ANSWER_EXPIRED = Case("DOC011", "answer_expired", Day)
