"""Delimited text: encodings, delimiters, quotes and physical lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.limits import DEFAULT, Limits
from parsers.tables.delimited import read_delimited
from parsers.tables.table import Row, TableFile

PLAIN = "Artikel;Menge;Größe\nA-1;5;groß\nA-2;6;klein\n"


def read(content: bytes | str, codec: str | None = None, delimiter: str | None = None) -> TableFile:
    return read_delimited(content.encode() if isinstance(content, str) else content, DEFAULT, codec, delimiter)


def rows(file: TableFile) -> list[tuple[int, list[str]]]:
    """Number and texts of every row; an empty cell is an empty text."""
    (table,) = file.tables
    return [(row.number, [_text(row, column) for column in range(1, (row.fields or 0) + 1)]) for row in table.rows]


def _text(row: Row, column: int) -> str:
    return row.cells[column].text if column in row.cells else ""


def codes(file: TableFile) -> list[str]:
    return [one.code for one in file.findings]


EXPECTED = [(1, ["Artikel", "Menge", "Größe"]), (2, ["A-1", "5", "groß"]), (3, ["A-2", "6", "klein"])]


@pytest.mark.parametrize(
    ("content", "codec", "found", "said"),
    [
        (PLAIN.encode(), None, "utf-8", []),
        (PLAIN.encode("utf-8-sig"), None, "utf-8", ["CHR005"]),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), None, "utf-16-le", ["CHR005"]),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), None, "utf-16-be", ["CHR005"]),
        (PLAIN.encode("utf-16-le"), None, "utf-16-le", []),
        (PLAIN.encode("utf-16-be"), None, "utf-16-be", []),
        (PLAIN.encode("cp1252"), None, "cp1252", ["CHR002"]),
        (PLAIN.encode("cp1252"), "cp1252", "cp1252", []),
        (PLAIN.encode("cp850"), "cp850", "cp850", []),
        (PLAIN.encode(), "cp1252", "utf-8", []),
    ],
)
def test_encodings(content: bytes, codec: str | None, found: str, said: list[str]) -> None:
    file = read(content, codec)
    assert (rows(file), file.encoding, codes(file)) == (EXPECTED, found, said)


def test_an_assumed_encoding_is_said_where_it_first_matters() -> None:
    (said,) = read(PLAIN.encode("cp1252")).findings
    assert (said.location.model_dump() if said.location else {}) == {"sheet": None, "row": 1, "column": 3, "cell": "C1"}


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfA;B\nx\xff;1\n", b"\xff\xfeA\0;\0B\0\n\0x\0;\0" + b"1"])
def test_bytes_that_the_byte_order_mark_denies_are_said(content: bytes) -> None:
    assert codes(read(content)) == ["CHR005", "CHR001"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    file = read(PLAIN.replace(";", delimiter).replace("\n", end))
    assert (rows(file), file.delimiter, codes(file)) == (EXPECTED, delimiter, [])


def test_decimal_commas_do_not_make_the_delimiter() -> None:
    assert rows(read("Artikel;Preis\nA-1;1,50\nA-2;2,50\n"))[1] == (2, ["A-1", "1,50"])


def test_the_customers_delimiter_is_used_where_the_text_has_it() -> None:
    assert read("Artikel|Menge;Einheit\nA|1;PCE\n", delimiter="|").delimiter == "|"
    assert read(PLAIN, delimiter="|").delimiter == ";"


def test_a_sep_line_counts_as_a_line_and_decides() -> None:
    file = read("sep=|\r\nA|B;C\r\n1|2;3\r\n")
    assert rows(file) == [(2, ["A", "B;C"]), (3, ["1", "2;3"])]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('A;B\n"x;y";1\n', [(1, ["A", "B"]), (2, ["x;y", "1"])]),
        ('A;B\n"say ""hi""";1\n', [(1, ["A", "B"]), (2, ['say "hi"', "1"])]),
        ('A;B\n3" pipe;1\n', [(1, ["A", "B"]), (2, ['3" pipe', "1"])]),
        ('A;B\n"two\nlines";1\nz;2\n', [(1, ["A", "B"]), (2, ["two\nlines", "1"]), (4, ["z", "2"])]),
        ('A;B\r\n"two\r\nlines";1\r\nz;2', [(1, ["A", "B"]), (2, ["two\nlines", "1"]), (4, ["z", "2"])]),
        ("A;B\n\n1;2\n\n", [(1, ["A", "B"]), (2, []), (3, ["1", "2"]), (4, [])]),
        ("A;B\n1;2;3\n1\n", [(1, ["A", "B"]), (2, ["1", "2", "3"]), (3, ["1"])]),
        ('A;B\n1;"2"', [(1, ["A", "B"]), (2, ["1", "2"])]),
    ],
)
def test_quotes_and_physical_lines(content: str, expected: list[tuple[int, list[str]]]) -> None:
    file = read(content)
    assert (rows(file), codes(file)) == (expected, [])


@pytest.mark.parametrize("content", ['A;B\n1;2\n3;"never closed\n4;5\n', 'A;B\n1;"\n', 'A;B\n1;"a""\n2;3\n'])
def test_a_quote_that_swallows_the_rest_is_said(content: str) -> None:
    file = read(content)
    assert codes(file) == ["LAY013"]
    assert file.findings[0].severity.value == "hold"


def test_nul_characters_are_no_text() -> None:
    file = read(b"A;B\n1;\0\n")
    assert (file.tables, codes(file)) == ([], ["DOC001"])


@pytest.mark.parametrize("text", ['A;B\n1;"' + "x" * (2 << 20), "x" * (2 << 20)])
def test_a_field_without_end_is_refused(text: str) -> None:
    file = read(text)
    assert (file.tables, codes(file)) == ([], ["DOC001"])


def test_more_cells_than_the_limit_are_refused() -> None:
    file = read_delimited(b"A;B\n1;2\n3;4\n", Limits(cells=5))
    assert (file.tables, codes(file)) == ([], ["DOC008"])
    assert codes(read_delimited(b"A;B\n1;2\n3;4\n", Limits(cells=6))) == []


def test_places_are_those_of_a_spreadsheet() -> None:
    (table,) = read(";".join("x" * 30) + "\n").tables
    place = table.location(1, 28)
    assert (place.sheet, place.row, place.column, place.cell) == (None, 1, 28, "AB1")


FIELDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=6)


@given(st.lists(st.lists(FIELDS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_was_written_is_read(written: list[list[str]]) -> None:
    head = "sep=;\n"
    lines = [";".join('"' + field.replace('"', '""') + '"' for field in fields) for fields in written]
    file = read(head + "\n".join(lines))
    assert [texts for _, texts in rows(file)] == written
    assert [number for number, _ in rows(file)] == [
        2 + index + sum(field.count("\n") for fields in written[:index] for field in fields)
        for index in range(len(written))
    ]


@given(st.binary(max_size=200), st.sampled_from([None, "cp1252", "utf-16"]), st.sampled_from([None, ";"]))
def test_no_bytes_raise(content: bytes, codec: str | None, delimiter: str | None) -> None:
    file = read(content, codec, delimiter)
    assert file.tables or file.findings
