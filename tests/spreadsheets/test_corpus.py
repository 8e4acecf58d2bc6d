"""Spreadsheets of other projects, where they lie beside the repository, and orders with arbitrary cells."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.layout import Layout, header_key
from mappings.table_orders import MappedTables, map_tables
from parsers.limits import DEFAULT
from parsers.tables.table import CellKind, TableFile
from pipelines.incoming import incoming
from pipelines.recognising import recognise_file, sheets_of
from tests.parsers.workbooks import with_sheet
from tests.spreadsheets.checking import books, checked, codes
from tests.spreadsheets.faithful import SHOWN_OTHERWISE, silent_changes, unlike
from tests.spreadsheets.writing import GOOD, HEADER, STYLES, cells, delimited, number, rows, text

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "spreadsheets"
FILES = sorted(path for path in CORPUS.glob("*") if path.suffix != ".tsv")
SECONDS, MEMORY = 5, 512 << 20

with_corpus = pytest.mark.skipif(not FILES, reason="the corpus is not beside the repository (../shared/corpus)")


@with_corpus
def test_every_file_ends_in_a_coded_result_within_its_limits() -> None:
    """One process reads them all, so that its peak of memory is that of the largest."""
    command = [sys.executable, "-m", "tests.spreadsheets.corpus_run", str(CORPUS)]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    results = [json.loads(line) for line in finished.stdout.splitlines()]
    assert {name for name, *_ in results} >= {path.name for path in FILES}
    for name, said, seconds, peak in results:
        assert said and seconds < SECONDS and peak < MEMORY, (name, said, seconds, peak)


@with_corpus
@pytest.mark.parametrize("customer", [None, "lindenladen"], ids=["nobodys", "a-customers"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_in_a_file_is_changed_in_silence(path: Path, customer: str | None) -> None:
    assert silent_changes(incoming(path, customer=customer)) == []


@with_corpus
@given(
    path=st.sampled_from(FILES or [Path()]), hits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6)
)
@settings(max_examples=40, deadline=None)
def test_damage_to_a_file_is_said(
    path: Path, hits: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(path.read_bytes()[: 1 << 19])
    for place, byte in hits if content else ():
        content[int(place * (len(content) - 1))] = byte
    damaged = tmp_path_factory.mktemp("damaged") / path.name
    damaged.write_bytes(content)
    assert codes(checked(damaged))
    assert silent_changes(incoming(damaged, customer="lindenladen")) == []


WRITTEN = st.one_of(
    st.sampled_from(
        ["18", "1.000", "1,5", "1.5", "5,61", "-3", "3-", "€ 5", "1e5", "1E+5", "00123", " 7 ", "１８", "\u00a09", "0",
         "", "TRUE", "NA", "24.11.2026", "5/12/2026", "2026-11-24", "St", "Karton", "\u200b", "a\u0301", "ﬁ", "=1+1",
         "1\u2009000", "5\u202f€", "5\u2212", "'18",
         "18 %", '="004409"', "1’000", "٥", "5\u00ad", "Order no.: 4711"]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=6
    ),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-10, 10**17).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["5.0", "1E5", "18.000000000000004", "0.30000000000000004", "046350", "-0", "1e400"]),
)


@given(st.lists(st.tuples(*[WRITTEN] * len(HEADER)), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_no_text_is_changed_in_silence(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]]) -> None:
    quoted = [tuple('"' + field.replace('"', '""') + '"' for field in fields) for fields in lines]
    path = tmp_path_factory.mktemp("written") / "order.csv"
    path.write_bytes(delimited(GOOD, *quoted))
    checked(path)
    assert silent_changes(incoming(path, customer="lindenladen")) == []


STORED = st.builds(
    lambda kind, text, number, number_format, formula: (
        {"text": "", "kind": CellKind.NO_VALUE, "number_format": number_format, "formula": True}
        if kind is CellKind.NO_VALUE
        else {
            "text": {CellKind.NUMBER: number, CellKind.DATE: "2026-11-24T00:00:00", CellKind.BOOLEAN: "TRUE",
                     CellKind.ERROR: "#N/A"}.get(kind, text) or "x",
            "kind": kind, "number_format": number_format, "formula": formula,
        }
    ),
    st.sampled_from([*CellKind, *[CellKind.TEXT, CellKind.NUMBER] * 3]), WRITTEN, NUMBERS,
    st.sampled_from(["General", "0.00", "@", "000000", *SHOWN_OTHERWISE]), st.booleans(),
)  # fmt: skip
"""Anything that a cell of a workbook can hold; texts and numbers more often, as they become values."""

TELLING: list[dict[str, Any]] = [
    *({"text": "5", "kind": CellKind.NUMBER, "number_format": one, "formula": False} for one in SHOWN_OTHERWISE),
    *(
        {"text": one, "kind": CellKind.TEXT, "number_format": "@", "formula": False}
        for one in ("00123", "1.000", "1e5")
    ),
]
"""Cells that a careless reader changes without a word; they are among those of every mutated file."""


@cache
def corpus_tables(path: Path) -> TableFile:
    """The tables of a file of the corpus; nothing in it where it cannot be read."""
    found = recognise_file(incoming(path, customer="lindenladen"), books())
    return sheets_of(found.incoming, found.format, found.partner, DEFAULT) if found.readable else TableFile()


FORCED = ("buyer_item", "quantity", "unit_price", "requested_date", "item", "unit", "description", "ship_to")


def forced(file: TableFile) -> Layout | None:
    """A layout that makes an order of the first table with a row of texts: its columns are the fields, one by one."""
    for table in file.tables:
        for row in table.rows[:10]:
            words = {header_key(cell.text): cell.text for cell in row.cells.values() if cell.kind is CellKind.TEXT}
            names = [text for key, text in words.items() if key]
            if len(names) >= 2 and not table.hidden:
                columns = {field: [text] for field, text in zip(FORCED, names, strict=False)}
                return Layout.model_validate({"columns": columns, "sheet": table.sheet})
    return None


@cache
def with_lines() -> tuple[Path, ...]:
    """The files of the corpus of which a layout makes lines of an order. No file there is an order by itself."""
    return tuple(path for path in FILES if any(one.order.lines for one in orders_of(corpus_tables(path)).orders))


def orders_of(file: TableFile) -> MappedTables:
    layout = forced(file)
    return map_tables(file, layout) if layout else MappedTables([], [])


def mutated(file: TableFile, chance: Random, stored: list[dict[str, Any]]) -> TableFile:
    """The first rows of the tables, with other cells in the place of every third."""
    tables = []
    for table in file.tables:
        rows = [
            replace(row, cells={
                column: cell._replace(**chance.choice(stored)) if chance.random() < 0.3 else cell
                for column, cell in row.cells.items()
            })
            for row in table.rows[:40]
        ]  # fmt: skip
        tables.append(replace(table, rows=[*table.rows[:1], *rows[1:]]))
    return replace(file, tables=tables)


@with_corpus
def test_lines_are_found_in_most_files_of_the_corpus() -> None:
    assert len(with_lines()) * 2 > len(FILES)
    for path in with_lines():
        file = corpus_tables(path)
        result = orders_of(file)
        assert unlike(file.tables, result.orders, result.findings) == [], path.name


@with_corpus
@given(st.data(), st.integers(0, 1 << 32).map(Random), st.lists(STORED, min_size=3, max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_cell_of_a_mutated_file_is_changed_in_silence(
    data: st.DataObject, chance: Random, stored: list[dict[str, Any]]
) -> None:
    """Chance comes from a seed: drawn cell by cell, it would leave only the smallest files within Hypothesis' limit."""
    file = mutated(corpus_tables(data.draw(st.sampled_from(with_lines()))), chance, [*TELLING, *stored])
    result = orders_of(file)
    assert unlike(file.tables, result.orders, result.findings) == []


XML = st.one_of(
    WRITTEN.map(text),
    st.builds(number, NUMBERS, st.integers(0, 2)),
    st.sampled_from(["<c/>", '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>', "<c><f>A1</f></c>",
                     "<c><f>A1</f><v>0</v></c>", '<c t="d"><v>2026-11-24</v></c>', '<c t="str"><f>A1</f><v>5</v></c>']),
)  # fmt: skip


@given(st.lists(st.tuples(*[XML] * len(HEADER)), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_no_cell_is_changed_in_silence(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]]) -> None:
    path = tmp_path_factory.mktemp("written") / "order.xlsx"
    path.write_bytes(with_sheet(rows(cells(*HEADER), *("".join(one) for one in lines)), styles=STYLES))
    checked(path)
    assert silent_changes(incoming(path, customer="lindenladen")) == []
