"""Delimited text to a table: delimiter, quotes and physical line numbers, with no type inferred."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from orders.findings import Finding, Statement, finding
from orders.findings.characters import CHR002_READ_AS, CHR003_IN_CELL, Codec
from orders.findings.documents import DOC001_ENDLESS_FIELD, DOC001_NUL_CHARACTERS, DOC007_LINES_DISAGREE, TwoCounts
from orders.findings.layouts import LAY013_QUOTE_HOLDS_LINES
from orders.findings.parameters import LineNumber
from parsers.limits import Budget, Limits, OverLimit
from parsers.tables.decoding import decoded
from parsers.tables.records import Record, records
from parsers.tables.table import Cell, Row, Table, TableFile

_DELIMITERS = ";\t,|"
_SEP_LINE = re.compile(r'"?sep=([^\n])"?\n', re.IGNORECASE)
_SAMPLE_LINES = 200
_LONGEST_FIELD = 1 << 20
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_CONTROLS = 50


def read_delimited(content: bytes, limits: Limits, codec: str | None = None, delimiter: str | None = None) -> TableFile:
    """Read the whole text. ``codec`` and ``delimiter`` are the customer's, used where the file itself does not tell."""
    found = TableFile()
    text, certain = decoded(content, codec, found)
    if "\0" in text:
        found.findings.append(finding(DOC001_NUL_CHARACTERS()))
        return found
    if "\r" in text:
        # A bare CR ends a line too (old Macintosh files).
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    first_line = 1
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        delimiter, text, first_line = sep_line[1], text[sep_line.end() :], 2
    elif not delimiter or delimiter not in text:
        delimiter = _delimiter(text)
    found.delimiter = delimiter
    table = Table(None, [], encoding_certain=certain)
    try:
        odd = _read_rows(table, records(text, delimiter), first_line, Budget(limits, splittable=True))
    except (OverLimit, _EndlessField) as fault:
        found.findings.append(finding(fault.said))
        return found
    found.tables.append(table)
    found.findings.extend(_about_quotes(table, odd, first_line))
    found.findings.extend(_second_count(table, text, delimiter))
    found.findings.extend(_control_characters(table, text))
    if not certain:
        found.findings.extend(_assumed(table, found.encoding))
    return found


class _EndlessField(Exception):
    def __init__(self, said: Statement) -> None:
        super().__init__(said)
        self.said = said


def _read_rows(table: Table, read: Iterator[Record], first_line: int, budget: Budget) -> list[Record]:
    """Fill the table; gives the records whose quotes are to be looked at."""
    odd = []
    for record in read:
        number = record.line + first_line
        budget.spend(len(record.fields))
        if record.fields and max(map(len, record.fields)) > _LONGEST_FIELD:
            raise _EndlessField(DOC001_ENDLESS_FIELD(LineNumber(line=number)))
        cells = {
            column: Cell(number, column, value, formula=None)
            for column, value in enumerate(record.fields, start=1)
            if value != ""
        }
        table.rows.append(Row(number, cells, None, len(record.fields)))
        if record.swallowed or record.fault:
            odd.append(record)
    budget.check_time()
    return odd


def _about_quotes(table: Table, odd: list[Record], first_line: int) -> list[Finding]:
    """Quotes that are never closed, closed in the midst of a field, or closed by a line that has its own fields."""
    usual = Counter(row.fields for row in table.rows if row.fields).most_common(1)
    width = usual[0][0] if usual else None
    said = []
    for record in odd:
        number = record.line + first_line
        fault = record.fault
        if fault is None and width is not None and record.swallowed >= max(1, width - 1):
            fault = LAY013_QUOTE_HOLDS_LINES
        if fault is not None:
            told = fault(LineNumber(line=number))
            said.append(finding(told, location=table.location(number), before=_shown(record)))
    return said


def _shown(record: Record) -> str:
    return " ".join(record.fields)[:70]


def _second_count(table: Table, text: str, delimiter: str) -> list[Finding]:
    """Python's csv counts the records as well, where it can read them."""
    ours = sum(1 for row in table.rows if row.fields)
    try:
        theirs = sum(1 for fields in csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter) if fields)
    except csv.Error:
        return []
    if ours == theirs:
        return []
    return [finding(DOC007_LINES_DISAGREE(TwoCounts(ours=ours, theirs=theirs)), before=str(theirs))]


def _control_characters(table: Table, text: str) -> list[Finding]:
    """The cells with control characters, the first of them where there are many."""
    said: list[Finding] = []
    if not _CONTROLS.search(text):
        return said
    for row in table.rows:
        for cell in row.cells.values():
            if len(said) < _MOST_CONTROLS and _CONTROLS.search(cell.text):
                place = table.location(row.number, cell.column)
                said.append(finding(CHR003_IN_CELL(), location=place, before=cell.text[:70]))
    return said


def _assumed(table: Table, codec: str) -> list[Finding]:
    """Say that the encoding was assumed, at the first cell where it matters."""
    for row in table.rows:
        for cell in row.cells.values():
            if not cell.text.isascii():
                place = table.location(row.number, cell.column)
                return [finding(CHR002_READ_AS(Codec(codec=codec)), location=place, before=cell.text[:70])]
    return []


def _delimiter(text: str) -> str:
    """The delimiter that most lines agree on: the same number of fields on the most lines, more fields first."""
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    best, best_score = ",", (0, 0)
    for candidate in _DELIMITERS:
        widths = Counter(len(record.fields) for record in records(sample, candidate) if record.fields)
        width, agreeing = max(
            ((width, number) for width, number in widths.items() if width > 1),
            key=lambda pair: (pair[1], pair[0]),
            default=(0, 0),
        )
        if (agreeing, width) > best_score:
            best, best_score = candidate, (agreeing, width)
    return best
