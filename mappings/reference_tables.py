"""Reference data from CSV files or an Excel workbook: items, customers, assortments, prices, ship_tos."""

import csv
import hashlib
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

from pydantic import ValidationError

from orders.catalogue import AssortmentEntry, Customer, Item, ShipTo
from orders.model import Model
from orders.prices import AgreedPrice
from orders.reference import ReferenceTables

TABLES: dict[str, type[Model]] = {
    "items": Item,
    "customers": Customer,
    "assortments": AssortmentEntry,
    "prices": AgreedPrice,
    "ship_tos": ShipTo,
}
"""The tables by name: a CSV is named so, and so is a sheet of a workbook."""

_KEYS: dict[str, tuple[str, ...]] = {
    "items": ("item",),
    "customers": ("customer",),
    "assortments": ("customer", "item"),
    "prices": ("price_list", "item", "unit", "currency", "min_quantity", "valid_from"),
    "ship_tos": ("customer", "ship_to"),
}

_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SPLIT: dict[str, Callable[[str], Collection[object]]] = {
    "price_lists": str.split,
    "delivery_days": lambda text: frozenset(_WEEKDAYS[day] for day in text.split()),
}
_Record = dict[str, str]
_Row = TypeVar("_Row", bound=Model)


class ReferenceFileError(Exception):
    """A table cannot be used. The message names the file, the row and the column, and the way to mend it."""


def load_tables(paths: Iterable[Path]) -> ReferenceTables:
    """Read every table found in the paths: CSV files, workbooks, or folders of them.

    Errors: ReferenceFileError. The version is a fingerprint of the rows, the same for the same content in CSV or Excel.
    """
    rows: dict[str, tuple[Model, ...]] = {}
    for name, place, records in _records(paths):
        if name in rows:
            raise ReferenceFileError(f"{place}: the table {name} is given twice. Load one of them.")
        rows[name] = tuple(_rows(TABLES[name], place, records))
        _refuse_twins(name, place, rows[name])
    if not rows:
        raise ReferenceFileError(f"No table was found. Name CSV files or sheets {', '.join(TABLES)}.")
    return ReferenceTables.model_validate({"version": fingerprint(rows), **rows})


def beside(loaded: ReferenceTables, known: ReferenceTables | None) -> ReferenceTables:
    """The tables that were loaded, and of the known ones those that the load does not have."""
    if known is None:
        return loaded
    rows = {name: getattr(loaded if name in loaded.model_fields_set else known, name) for name in TABLES}
    return ReferenceTables.model_validate({"version": fingerprint(rows), **rows})


def _refuse_twins(name: str, place: str, rows: Iterable[Model]) -> None:
    """No two rows for the same thing: the later one would win in silence."""
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(getattr(row, column) for column in _KEYS[name])
        first = seen.setdefault(key, number)
        if first != number:
            what = ", ".join(str(part) for part in key)
            raise ReferenceFileError(f"{place}, row {number}: {what} stands in row {first} already. Keep one of them.")


def fingerprint(rows: dict[str, tuple[Model, ...]]) -> str:
    """A short name for the content of the tables."""
    digest = hashlib.sha256()
    for name in TABLES:
        digest.update(name.encode())
        for text in sorted("\x1f".join(_canonical(value) for _, value in row) for row in rows.get(name, ())):
            digest.update(text.encode())
    return digest.hexdigest()[:12]


def _canonical(value: object) -> str:
    """Equal values as equal text: Excel keeps 2.40 as 2.4, and a set has no order."""
    if isinstance(value, Decimal):
        return str(value.normalize())
    return ",".join(sorted(str(one) for one in value)) if isinstance(value, frozenset) else str(value)


def _records(paths: Iterable[Path]) -> Iterable[tuple[str, str, list[_Record]]]:
    for path in paths:
        if not path.exists():
            raise ReferenceFileError(f"{path}: there is no such file or folder.")
        if path.is_dir():
            yield from _records(sorted(one for one in path.iterdir() if one.suffix == ".csv" and one.stem in TABLES))
        elif path.suffix == ".csv":
            if path.stem not in TABLES:
                raise ReferenceFileError(f"{path}: name the file after its table: {', '.join(TABLES)}.")
            yield path.stem, str(path), _read_csv(path)
        else:
            sheets = _read_workbook(path)
            yield from ((name, f"{path}, sheet {name}", rows) for name, rows in sheets.items() if name in TABLES)


def _read_csv(path: Path) -> list[_Record]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream, strict=True))
    except (ValueError, OSError, csv.Error) as error:
        raise ReferenceFileError(f"{path}: cannot be read as CSV in UTF-8 ({error}).") from error


def _read_workbook(path: Path) -> dict[str, list[_Record]]:
    import pandas as pd  # takes most of a second, and CSV does without

    try:
        frames = pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False, engine="openpyxl")
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        raise ReferenceFileError(f"{path}: cannot be read as a workbook ({error}).") from error
    return {
        name: [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
        for name, frame in frames.items()
    }


def _rows(model: type[_Row], place: str, records: list[_Record]) -> Iterable[_Row]:
    for number, record in enumerate(records, start=2):
        filled: dict[str, object] = {}
        if None in record:
            raise ReferenceFileError(f"{place}, row {number}: there are more fields than the header has columns.")
        for column, value in record.items():
            text = str(value or "").strip()
            if text:
                try:
                    filled[column] = _SPLIT[column](text) if column in _SPLIT else text
                except KeyError as error:
                    raise ReferenceFileError(f"{place}, row {number}, {column}: {error} is not a weekday.") from error
        try:
            yield model.model_validate(filled)
        except ValidationError as error:
            fault = error.errors()[0]
            column = ".".join(str(step) for step in fault["loc"])
            raise ReferenceFileError(f"{place}, row {number}, {column}: {fault['msg']}.") from error
