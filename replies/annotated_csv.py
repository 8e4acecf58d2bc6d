"""The sender's delimited text with our answer in columns behind theirs (RFC 4180 with the sender's delimiter).

Every row of the sender stays, in its order. Our seven columns follow the widest of their rows: status, code, message,
sent, used, suggestion, and the number of the row in their file. Their header row carries the names. What is said about
the file or about a whole order, and names no row, stands in rows of its own directly below the header row, the sender's
columns empty; where there is no header row, the names stand alone at the top. Text that a program could run as a
formula gets an apostrophe before it.

A stamped answer ends with a row of marks, by which it is known when it comes back corrected: under each of the sender's
columns its number, under ours the stamp. It says of itself that it is to be left as it is.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from parsers.tables.stamp import CELL_MARK, ROW_MARK, stamp_cell
from parsers.tables.table import Row, Table
from replies.answer import Answer
from replies.row_answers import RowAnswer, header_row, row_answers, status_of, unplaced
from replies.safe_text import not_a_formula
from replies.wording.language import Language

COLUMNS = ("csv.status", "csv.code", "csv.message", "csv.sent", "csv.used", "csv.candidates", "csv.row")
"""The words for our columns, in the order in which they stand."""
_BETWEEN = "; "


def annotated_csv(answer: Answer) -> bytes:
    """The answer in the sender's encoding and with their delimiter; a character it lacks becomes a question mark."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=answer.delimiter, lineterminator="\r\n")
    tables = answer.answered_tables()
    table = tables[0] if tables else Table(None, [])
    writer.writerows([not_a_formula(one) for one in row] for row in _rows(answer, table))
    return written.getvalue().encode(answer.encoding, "replace")


def _rows(answer: Answer, table: Table) -> Iterable[list[str]]:
    width = max((_width(row) for row in table.rows), default=0)
    header, answers = header_row(answer, table), row_answers(answer, table)
    names = [answer.language.say(name) for name in COLUMNS]
    if header is None:
        yield [*[""] * width, *names]
        yield from _remarks(answer, width)
    for row in table.rows:
        if row is header:
            yield [*_fields(row, width), *names]
            if row.number in answers:
                yield [*[""] * width, *_columns(answers[row.number], answer.language), ""]
            yield from _remarks(answer, width)
        elif row.cells:
            yield [*_fields(row, width), *_columns(answers.get(row.number), answer.language), str(row.number)]
        else:
            yield [""] * (width + len(COLUMNS))
    if answer.stamp is not None:
        yield _marks(answer, width)


def _marks(answer: Answer, width: int) -> list[str]:
    assert answer.stamp is not None
    ours = dict.fromkeys(COLUMNS, "")
    ours["csv.message"] = answer.language.say("csv.leave")
    ours["csv.used"] = stamp_cell(answer.stamp, answer.key)
    ours["csv.row"] = f"{ROW_MARK}1"
    return [*(f"{CELL_MARK}{column}" for column in range(1, width + 1)), *ours.values()]


def _remarks(answer: Answer, width: int) -> Iterable[list[str]]:
    for one in unplaced(answer):
        yield [*[""] * width, *_columns(RowAnswer(status_of(one), (one,), one.after), answer.language), ""]


def _columns(said: RowAnswer | None, language: Language) -> Sequence[str]:
    if said is None:
        return ("",) * (len(COLUMNS) - 1)
    message = " ".join([*([said.instead] if said.instead else []), *(language.told(one) for one in said.findings)])
    return (
        said.status.word(language),
        _BETWEEN.join(said.codes),
        message,
        _BETWEEN.join(said.sent(language)),
        said.used or "",
        _BETWEEN.join(said.candidates(language)),
    )


def _width(row: Row) -> int:
    return max(row.fields or 0, max(row.cells, default=0))


def _fields(row: Row, width: int) -> list[str]:
    return [row.cells[column].text if column in row.cells else "" for column in range(1, width + 1)]
