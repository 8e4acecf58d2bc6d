"""Reference data from CSV files or Excel workbooks: items, customers, assortments, prices, ship_tos."""

import csv
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pydantic import ValidationError

from connectors.errors import Refused
from connectors.ports import Reached, ReferenceChange, Upsert, Whole
from orders.reference_tables import KEYS, TABLES, ReferenceRow, ReferenceTables, key_of, row_text

LONGEST_NUMBER = 200
"""Characters of a value by which a row is found."""
_NUMBERS = ("gtin", "buyer_item", "replacement")

_CHUNK = 1 << 20
_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SPLIT: dict[str, Callable[[str], Collection[object]]] = {
    "price_lists": str.split,
    "delivery_days": lambda text: frozenset(_WEEKDAYS[day] for day in text.split()),
}
_Record = Mapping[str | None, Any]
_Sheet = tuple[str, str, Iterator[_Record]]
"""The name of a table, where it stands, and its rows."""


class ReferenceFileError(Refused):
    """A table cannot be used. The message names the file, the row and the column, and the way to mend it."""


class ReferenceFiles:
    """CSV files, workbooks, or folders of CSV files, as a source of reference data: each has the whole of its tables.

    A row is read when it is taken, so that a file may have any number of them. Errors: ReferenceFileError.
    """

    name = "files"

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)

    def changes(self, since: str | None) -> Iterator[ReferenceChange]:
        """Every row of every table, unless the files are still those of the cursor: a fingerprint of their content."""
        cursor = self._fingerprint()
        if cursor != since:
            yield from self._rows()
        yield Reached(cursor)

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for path in _files(self._paths):
            digest.update(f"{path.name}\n".encode())
            try:
                with path.open("rb") as stream:
                    while chunk := stream.read(_CHUNK):
                        digest.update(chunk)
            except OSError as error:
                raise ReferenceFileError(f"{path}: cannot be read ({error}).") from error
        return digest.hexdigest()

    def _rows(self) -> Iterator[ReferenceChange]:
        found = set()
        for table, where, records in _sheets(self._paths):
            if table in found:
                raise ReferenceFileError(f"{where}: the table {table} is given twice. Load one of them.")
            found.add(table)
            yield Whole(table, where)
            for number, row in _read_rows(table, where, records):
                yield Upsert(table, row, number)
        if not found:
            raise ReferenceFileError(f"No table was found. Name CSV files or sheets {', '.join(TABLES)}.")


def load_tables(paths: Iterable[Path]) -> ReferenceTables:
    """Read every table found in the paths into memory, for a seller that is small: CSV files, workbooks, or folders.

    Errors: ReferenceFileError. The version is a fingerprint of the rows, the same for the same content in CSV or Excel.
    """
    rows: dict[str, list[ReferenceRow]] = {}
    where, seen = "", dict[tuple[object, ...], int]()
    for change in ReferenceFiles(paths).changes(None):
        if isinstance(change, Whole):
            rows[change.table], where, seen = [], change.where, {}
        elif isinstance(change, Upsert):
            key = key_of(change.table, change.row)
            first = seen.setdefault(key, change.number)
            if first != change.number:
                what = ", ".join(str(part) for part in key)
                words = f"{what} stands in row {first} already. Keep one of them."
                raise ReferenceFileError(f"{where}, row {change.number}: {words}")
            rows[change.table].append(change.row)
    return ReferenceTables.model_validate({"version": fingerprint(rows), **rows})


def fingerprint(rows: Mapping[str, Iterable[ReferenceRow]]) -> str:
    """A short name for the content of the tables."""
    digest = hashlib.sha256()
    for name in TABLES:
        digest.update(name.encode())
        for text in sorted(map(row_text, rows.get(name, ()))):
            digest.update(text.encode())
    return digest.hexdigest()[:12]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise ReferenceFileError(f"{path}: there is no such file or folder.")
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix == ".csv" and one.stem in TABLES)
        else:
            yield path


def _sheets(paths: Iterable[Path]) -> Iterator[_Sheet]:
    for path in _files(paths):
        if path.suffix != ".csv":
            yield from _read_workbook(path)
        elif path.stem in TABLES:
            yield path.stem, str(path), _read_csv(path)
        else:
            raise ReferenceFileError(f"{path}: name the file after its table: {', '.join(TABLES)}.")


def _read_csv(path: Path) -> Iterator[_Record]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.DictReader(stream, strict=True)
    except (ValueError, OSError, csv.Error) as error:
        raise ReferenceFileError(f"{path}: cannot be read as CSV in UTF-8 ({error}).") from error


def _read_workbook(path: Path) -> Iterator[_Sheet]:
    from openpyxl import load_workbook

    try:
        # A stream of ours: openpyxl would refuse a file by the ending of its name.
        with path.open("rb") as stream:
            workbook = load_workbook(stream, read_only=True, data_only=True)
            for sheet in workbook.worksheets:
                if sheet.title in TABLES:
                    yield sheet.title, f"{path}, sheet {sheet.title}", _sheet_rows(sheet.iter_rows(values_only=True))
    except (ValueError, OSError, KeyError, BadZipFile, SyntaxError) as error:
        raise ReferenceFileError(f"{path}: cannot be read as a workbook ({error}).") from error


def _sheet_rows(rows: Iterator[tuple[Any, ...]]) -> Iterator[_Record]:
    """The rows below the header, up to the last that is not empty."""
    header = [_text(value) for value in next(rows, ())]
    while header and not header[-1]:
        header.pop()
    empty = 0
    for row in rows:
        texts = [_text(value) for value in row]
        if not any(texts):
            empty += 1
            continue
        yield from ({} for _ in range(empty))
        empty = 0
        record: dict[str | None, Any] = dict(zip(header, texts, strict=False))
        if any(texts[len(header) :]):
            record[None] = texts[len(header) :]
        yield record


def _text(value: object) -> str:
    """A value of a cell as text: Excel has no whole numbers, and no day without a time."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _read_rows(table: str, where: str, records: Iterable[_Record]) -> Iterator[tuple[int, ReferenceRow]]:
    model, found_by = TABLES[table], (*KEYS[table], *_NUMBERS)
    for number, record in enumerate(records, start=2):
        filled: dict[str, object] = {}
        if None in record:
            raise ReferenceFileError(f"{where}, row {number}: there are more fields than the header has columns.")
        for column, value in record.items():
            text = value.strip() if value else ""
            if not text:
                continue
            if "\x00" in text or (len(text) > LONGEST_NUMBER and column in found_by):
                words = f"no text of more than {LONGEST_NUMBER} characters, and none with a null character, is a value."
                raise ReferenceFileError(f"{where}, row {number}, {column}: {words}")
            assert column is not None
            try:
                filled[column] = _SPLIT[column](text) if column in _SPLIT else text
            except KeyError as error:
                raise ReferenceFileError(f"{where}, row {number}, {column}: {error} is not a weekday.") from error
        try:
            yield number, model.model_validate(filled)
        except ValidationError as error:
            fault = error.errors()[0]
            column = ".".join(str(step) for step in fault["loc"])
            raise ReferenceFileError(f"{where}, row {number}, {column}: {fault['msg']}.") from error
