"""The columns of a table never seen: where its header is, and the values below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mappings.header_words import header_scores
from mappings.layout import IDENTIFIERS, header_key
from mappings.table_header import SEARCHED_ROWS
from mappings.table_values import identifier_value
from orders.location import Field
from orders.reference import Agreement
from parsers.tables.table import Cell, Row, Table

SAMPLED_ROWS = 1000
"""How many rows below the header are looked at; a layout shows itself in fewer."""

_TOTALS = frozenset(map(header_key, ("total", "summe", "gesamt", "totaal", "totale", "somme", "sum", "suma")))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number, the text of its header, and the cells below that are not empty, by row number."""

    number: int
    header: str
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Sample:
    """A table with the row that heads it and the rows looked at below."""

    table: Table
    header: Row
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


def take_sample(table: Table, agreement: Agreement | None) -> Sample | None:
    """The columns of the table; None where neither words nor item numbers show where its order lines begin."""
    header = _header_row(table, agreement)
    if header is None:
        return None
    below = (row for row in table.rows if row.number > header.number)
    rows = tuple(_lines(below))
    numbers = sorted({*header.cells, *(column for row in rows for column in row.cells)})
    columns = tuple(
        Column(
            number,
            header.cells[number].text if number in header.cells else "",
            {row.number: row.cells[number] for row in rows if number in row.cells and row.cells[number].text.strip()},
        )
        for number in numbers
    )
    return Sample(table, header, rows, tuple(column for column in columns if column.header.strip() or column.cells))


def _lines(rows: Iterable[Row]) -> Iterable[Row]:
    taken = 0
    for row in rows:
        filled = [cell for cell in row.cells.values() if cell.text.strip()]
        if len(filled) < 2 or any(header_key(cell.text) in _TOTALS for cell in filled):
            continue
        taken += 1
        if taken > SAMPLED_ROWS:
            return
        yield row


def _header_row(table: Table, agreement: Agreement | None) -> Row | None:
    """The row with the most words for fields; else the row above the first item number of ours or of theirs."""
    first_hit = _first_known_number(table, agreement)
    best: Row | None = None
    best_words = 0
    for row in table.rows[:SEARCHED_ROWS]:
        if first_hit is not None and row.number >= first_hit.number:
            break
        words = _fields_named(row)
        complete = Field.QUANTITY in words and any(one in words for one in IDENTIFIERS)
        score = len(words) + (100 if complete else 0)
        if len(words) >= 2 and score > best_words:
            best, best_words = row, score
    if best_words > 100 or first_hit is None:
        return best if best_words > 100 else None
    above = [row for row in table.rows if row.number < first_hit.number and len(_texts(row)) >= 2]
    return best or (above[-1] if above else None)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells.values() if cell.text.strip()]


def _fields_named(row: Row) -> set[Field]:
    """Fields named in the row, one a cell, so that one word does not count for several."""
    return {max(scores, key=lambda field: scores[field]) for text in _texts(row) if (scores := header_scores(text))}


def _first_known_number(table: Table, agreement: Agreement | None) -> Row | None:
    if agreement is None:
        return None
    agreement.fetch(identifiers(cell for row in table.rows[:SEARCHED_ROWS] for cell in row.cells.values()))
    for row in table.rows[:SEARCHED_ROWS]:
        known = sum(known_item(cell, agreement) for cell in row.cells.values())
        if known and len(_texts(row)) >= 2:
            return row
    return None


def identifiers(cells: Iterable[Cell]) -> Iterator[str]:
    """The item numbers that the cells may hold."""
    return (number for cell in cells if (number := identifier_value(cell).value) is not None)


def known_item(cell: Cell, agreement: Agreement) -> bool:
    """Whether the cell holds a number that the customer can order by."""
    number = identifier_value(cell).value
    if number is None or len(number) < 3:
        return False
    item = agreement.catalogue.item(number) or agreement.catalogue.by_gtin(number)
    return item is not None or bool(agreement.by_buyer_number(number))
