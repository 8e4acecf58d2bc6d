"""What a reply says, apart from its words: the decision and the codes, each where it stands.

A later build may word a sentence anew, or lay out a page in another way. It may not decide otherwise, nor answer with
other codes, nor about other lines.
"""

import csv
import io
import re
from typing import Any

from openpyxl import load_workbook

from orders.findings import finding_kinds
from replies.wording.language import language
from tests.replies.reading import read

_CODE = re.compile(r"\b[A-Z]{3}[0-9]{3}\b")
_LANGUAGES = ("en", "de")
_OF_ROWS = ("head.row", "head.status", "head.code")
_COUNTED = {"FTX", "UNT", "UNZ", "UNB"}
"""Segments of words, and those that count others or say when the file was made."""


def said(name: str, content: bytes) -> Any:
    """What a reply of this name says; equal for two that say the same."""
    if name.endswith(".edi"):
        return _edifact(content)
    if name.endswith(".csv"):
        return _text(content)
    if name.endswith(".xlsx"):
        return _workbook(content)
    return _letter(content)


def _codes(text: str) -> list[str]:
    return [code for code in _CODE.findall(text) if code in finding_kinds()]


def _edifact(content: bytes) -> Any:
    """Every segment with all its elements, of free texts the qualifiers and the codes in them."""
    messages, noticed = read(content)
    found: list[Any] = [[one.code for one in noticed]]
    for message in messages:
        for segment in message.segments:
            if segment.tag == "FTX":
                words = "".join(segment.elements[4]) if len(segment.elements) > 4 else ""
                found.append(("FTX", [list(one) for one in segment.elements[1:4]], _codes(words)))
            elif segment.tag not in _COUNTED:
                found.append((segment.tag, [list(one) for one in segment.elements[1:]], []))
    return found


def _text(content: bytes) -> Any:
    """Row number, status and codes of every row, by the headings of our columns."""
    rows = list(csv.reader(io.StringIO(content.decode("cp1252", "replace"), newline=""), delimiter=";"))
    heading, columns = _columns(rows, ("csv.row", "csv.status", "csv.code"))
    assert columns, "no columns of ours"
    return [tuple(row[at] for at in columns) for row in rows[heading + 1 :] if row and "ordermill:" not in "".join(row)]


def _workbook(content: bytes) -> Any:
    """The first lines of the summary with its codes; of every sheet of rows the row number, status and codes."""
    workbook = load_workbook(io.BytesIO(content))
    sheets: list[list[list[str]]] = [
        [[str(value) if value is not None else "" for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    ]
    title = next(value for row in sheets[0] for value in row if value)
    assert any(_columns(rows, _OF_ROWS)[1] for rows in sheets[1:]), "no sheet has columns of ours"
    found: list[Any] = [title, sorted({code for row in sheets[0] for value in row for code in _codes(value)})]
    for rows in sheets[1:]:
        heading, columns = _columns(rows, _OF_ROWS)
        if columns:
            found.append([tuple(row[at] for at in columns) for row in rows[heading + 1 :]])
        else:  # the notes: how values were read
            found.append(sorted(code for row in rows for value in row for code in _codes(value)))
    return found


def _columns(rows: list[list[str]], words: tuple[str, ...]) -> tuple[int, list[int]]:
    """The row of the headings and the columns of these words, in whichever language they stand."""
    for spoken in map(language, _LANGUAGES):
        wanted = [spoken.say(one) for one in words]
        for number, row in enumerate(rows):
            if all(one in row for one in wanted):
                # Ours stand together; a sender may have a column of the same name.
                return number, [_ours(row, one, last=words[0].startswith("csv")) for one in wanted]
    return 0, []


def _ours(row: list[str], word: str, *, last: bool) -> int:
    return len(row) - 1 - row[::-1].index(word) if last else row.index(word)


def _letter(content: bytes) -> Any:
    """The subject, which has the decision, and the codes in their order."""
    lines = content.decode("utf-8").splitlines()
    return lines[0], [code for line in lines if line.startswith("- ") for code in _codes(line)[:1]]
