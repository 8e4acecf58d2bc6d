"""Delimited text to a table: encoding, delimiter, quotes and physical line numbers, with no type inferred."""

import csv
import io
import re
from collections import Counter
from typing import NamedTuple

from orders.findings import Finding, finding
from parsers.limits import Limits
from parsers.tables.table import Cell, Row, Table, TableFile

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ";\t,|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_LINES = 200
csv.field_size_limit(1 << 20)


class _Decoded(NamedTuple):
    text: str
    codec: str
    certain: bool


def read_delimited(content: bytes, limits: Limits, codec: str | None = None, delimiter: str | None = None) -> TableFile:
    """Read the whole text. ``codec`` and ``delimiter`` are the customer's, used where the file itself does not tell."""
    found = TableFile()
    decoded = _decode(content, codec, found.findings)
    if "\0" in decoded.text:
        found.findings.append(finding("DOC001", "The text has NUL characters; it is damaged or no text at all."))
        return found
    text, first_line = decoded.text, 1
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        delimiter, text, first_line = sep_line[1], text[sep_line.end() :], 2
    table = Table(None, [])
    try:
        delimiter = delimiter if sep_line or (delimiter and delimiter in text) else _delimiter(text)
        found.encoding, found.delimiter = decoded.codec, delimiter or ","
        _read_rows(table, text, delimiter or ",", first_line, limits)
    except csv.Error as error:
        words = f"The text cannot be split into fields near line {len(table.rows) + first_line}: {error}."
        found.findings.append(finding("DOC001", words))
        return found
    except _TooManyCells:
        words = f"The file has more than {limits.cells:,} cells. Split it."
        found.findings.append(finding("DOC008", words))
        return found
    if table.rows and _quote_left_open(text, table.rows[-1].number - first_line, found.delimiter):
        place = table.location(table.rows[-1].number)
        words = (
            f"A quote in line {table.rows[-1].number} is never closed; what follows it cannot be told apart. Close it."
        )
        found.findings.append(finding("LAY013", words, location=place))
    if not decoded.certain and not text.isascii():
        found.findings.extend(_uncertain(table, decoded.codec))
    found.tables.append(table)
    return found


class _TooManyCells(Exception):
    pass


def _decode(content: bytes, codec: str | None, findings: list[Finding]) -> _Decoded:
    for bom, name in _BOMS:
        if content.startswith(bom):
            findings.append(finding("CHR005", "The file begins with a byte order mark; it was skipped."))
            return _Decoded(_marked(content[len(bom) :], name, findings), name, True)
    if content[1:2] == b"\0" and content[3:4] == b"\0" and b"\0" not in content[::2]:
        return _Decoded(content.decode("utf-16-le", "replace"), "utf-16-le", True)
    if content[0:1] == b"\0" and content[2:3] == b"\0" and b"\0" not in content[1::2]:
        return _Decoded(content.decode("utf-16-be", "replace"), "utf-16-be", True)
    try:
        return _Decoded(content.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        pass
    if codec is not None:
        try:
            return _Decoded(content.decode(codec), codec, True)
        except UnicodeDecodeError:
            pass
    try:
        return _Decoded(content.decode("cp1252"), "cp1252", False)
    except UnicodeDecodeError:
        return _Decoded(content.decode("iso8859-1"), "iso8859-1", False)


def _marked(content: bytes, codec: str, findings: list[Finding]) -> str:
    """Text in the encoding that the file declares; where bytes do not fit, a finding says so."""
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        words = f"The file says that it is {codec}, but some of its bytes are not. Save it again."
        findings.append(finding("CHR001", words, before=ascii(content[error.start : error.start + 8])))
        return content.decode(codec, "replace")


def _uncertain(table: Table, codec: str) -> list[Finding]:
    """Say that the encoding was assumed, at the first cell where it matters."""
    for row in table.rows:
        for cell in row.cells.values():
            if not cell.text.isascii():
                place = table.location(row.number, cell.column)
                words = f"The text is not UTF-8; it was read as {codec}. Save it as UTF-8, or agree on an encoding."
                return [finding("CHR002", words, location=place, before=cell.text[:70])]
    return []


def _delimiter(text: str) -> str:
    """The delimiter that most lines agree on: the same number of fields on the most lines, more fields first."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", (0, 0)
    for candidate in _DELIMITERS:
        widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=candidate))
        width, agreeing = max(
            ((width, number) for width, number in widths.items() if width > 1),
            key=lambda pair: (pair[1], pair[0]),
            default=(0, 0),
        )
        if (agreeing, width) > best_score:
            best, best_score = candidate, (agreeing, width)
    return best


def _read_rows(table: Table, text: str, delimiter: str, first_line: int, limits: Limits) -> None:
    # csv counts physical lines as they are handed to it: line ends inside of quotes stay with their field.
    reader = csv.reader(io.StringIO(_one_line_end(text), newline="\n"), delimiter=delimiter)
    cells, start = 0, 0
    for fields in reader:
        number = start + first_line
        start = reader.line_num
        kept = {column: Cell(number, column, value) for column, value in enumerate(fields, start=1) if value != ""}
        cells += len(fields)
        if cells > limits.cells:
            raise _TooManyCells
        table.rows.append(Row(number, kept, None, len(fields)))


def _quote_left_open(text: str, line: int, delimiter: str) -> bool:
    """Whether the last row, behind this many lines, ends inside of a quote: a field added to it then goes unseen."""
    last = _one_line_end(text).split("\n", line)[-1].rstrip("\n")
    if '"' not in last:
        return False
    *_, fields = csv.reader(io.StringIO(f"{last}{delimiter}end", newline="\n"), delimiter=delimiter)
    return fields[-1] != "end"


def _one_line_end(text: str) -> str:
    """The text with one kind of line end; a bare CR ends a line too (old Macintosh files)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
