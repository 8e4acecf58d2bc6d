"""Delimited text to records of fields (RFC 4180 and what is written in its place), every one with its line.

Written here because Python's csv forgives in silence: text behind a closing quote is joined to the field, so that
``"5"0`` becomes 50.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from orders.findings import Case
from orders.findings.layouts import LAY013_QUOTE_NOT_CLOSED, LAY013_TEXT_BEHIND_QUOTE
from orders.findings.parameters import LineNumber

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')


class Record(NamedTuple):
    """One record: its first line (0-based) and its fields, none for an empty line.

    ``swallowed`` is the largest number of delimiters in a field of several lines; ``fault`` says what is wrong with
    its quotes.
    """

    line: int
    fields: list[str]
    swallowed: int = 0
    fault: Case[LineNumber] | None = None


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Every record of a text whose lines end in LF."""
    at = line = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text.find('"', at, end) < 0:
            written = text[at:end]
            yield Record(line, written.split(delimiter) if written else [])
        else:
            record, end = _quoted(text, at, line, delimiter)
            yield record
            line += text.count("\n", at, end)
        line += 1
        at = end + 1


def _quoted(text: str, at: int, line: int, delimiter: str) -> tuple[Record, int]:
    """A record with quotes somewhere in it, and where it ends."""
    fields: list[str] = []
    swallowed = 0
    fault: Case[LineNumber] | None = None
    while True:
        quoted = _QUOTED.match(text, at)
        end = quoted.end() if quoted else at
        if quoted and text[end : end + 1] in ("", "\n", delimiter):
            fields.append(quoted[1].replace('""', '"'))
            if "\n" in quoted[1]:
                swallowed = max(swallowed, quoted[1].count(delimiter))
        elif quoted is None and text[at : at + 1] == '"':
            fields.append(text[at + 1 :].replace('""', '"'))
            return Record(line, fields, 0, LAY013_QUOTE_NOT_CLOSED), len(text)
        else:
            # No quotes, or text behind the closing one: the field is what stands there, quotes and all.
            if quoted:
                fault = LAY013_TEXT_BEHIND_QUOTE
            end = _end_of_field(text, end, delimiter)
            fields.append(text[at:end])
        if text[end : end + 1] != delimiter:
            return Record(line, fields, swallowed, fault), end
        at = end + 1


def _end_of_field(text: str, at: int, delimiter: str) -> int:
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    end = text.find(delimiter, at, line_end)
    return line_end if end < 0 else end
