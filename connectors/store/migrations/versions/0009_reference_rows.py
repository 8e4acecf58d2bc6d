"""Reference data as rows

Every version was one JSON text of all tables. Each becomes a version of rows, in the order in which they were put in
force, and keeps its name: a price of an old result can be worked out again. The texts are read one row at a time.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

import connectors.store.columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_CHUNK = 5_000
_SOURCE = "files"
_OPEN = "until IS NULL"
_DECIMALS = (
    "pack_size", "order_multiple", "min_quantity", "max_quantity", "min_order_value", "basis", "price",
)  # fmt: skip
_FIELDS = {
    "items": (
        "item", "gtin", "description", "unit", "pack_unit", "pack_size", "order_multiple", "min_quantity",
        "max_quantity", "status", "replacement", "lead_days",
    ),
    "customers": (
        "customer", "name", "gln", "country", "currency", "price_lists", "payment_terms", "min_order_value",
        "lead_days", "horizon_days", "status",
    ),
    "assortments": ("customer", "item", "buyer_item"),
    "prices": (
        "price_list", "item", "unit", "basis", "min_quantity", "price", "currency", "valid_from", "valid_to",
    ),
    "ship_tos": ("customer", "ship_to", "gln", "name", "street", "postcode", "city", "country", "delivery_days"),
}  # fmt: skip
_KEYS = {
    "items": ("item",),
    "customers": ("customer",),
    "assortments": ("customer", "item"),
    "prices": ("price_list", "item", "unit", "currency", "min_quantity", "valid_from"),
    "ship_tos": ("customer", "ship_to"),
}
_NUMBERS = {"items": ("item", "gtin"), "assortments": ("buyer_item",)}
_STORED = {
    "items": "reference_item",
    "customers": "reference_customer",
    "assortments": "reference_assortment",
    "prices": "reference_price",
    "ship_tos": "reference_ship_to",
}
_NEEDED = (
    "item", "customer", "description", "unit", "status", "lead_days", "name", "currency", "price_lists",
    "horizon_days", "price_list", "basis", "price", "ship_to", "street", "postcode", "city", "delivery_days",
)  # fmt: skip
_INDEXED: dict[str, dict[str, tuple[str, ...]]] = {
    "items": {name: (name,) for name in ("item", "gtin", "bare_item", "bare_gtin", "near_item", "near_gtin")},
    "customers": {"customer": ("customer",)},
    "assortments": {
        "item": ("customer", "item"),
        "buyer_item": ("customer", "buyer_item"),
        "bare": ("customer", "bare_buyer_item"),
        "near": ("customer", "near_buyer_item"),
    },
    "prices": {"item": ("item", "price_list")},
    "ship_tos": {"customer": ("customer",)},
}


def upgrade() -> None:
    _create_versions()
    tables = {name: _create(name) for name in _FIELDS}
    connection = op.get_bind()
    old = sa.table("reference_snapshot", sa.column("version"), sa.column("loaded_at"), sa.column("tables"))
    names = connection.scalars(sa.select(old.c.version).order_by(old.c.loaded_at, old.c.version)).all()
    alphabet: set[str] = set()
    for number, name in enumerate(names, start=1):
        found = connection.execute(sa.select(old.c.loaded_at, old.c.tables).where(old.c.version == name)).one()
        _convert(number, name, found.loaded_at, found.tables, tables, alphabet)
    with op.batch_alter_table("reference_snapshot", schema=None) as batch_op:
        batch_op.drop_index("ix_reference_snapshot_loaded_at")
    op.drop_table("reference_snapshot")


def _create_versions() -> None:
    op.create_table(
        "reference_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("loaded_at", connectors.store.columns.Moment(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(length=16), nullable=False),
        sa.Column("alphabet", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reference_version")),
    )
    op.create_index(op.f("ix_reference_version_version"), "reference_version", ["version"])
    op.create_table(
        "reference_source",
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_reference_source")),
    )


def _create(name: str) -> sa.Table:
    stored = _STORED[name]
    place = [] if name in ("customers", "prices") else [sa.Column("place", sa.Integer(), nullable=False)]
    table = op.create_table(
        stored,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(length=16), nullable=False),
        *place,
        *_columns(name),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{stored}")),
    )
    for index, columns in _INDEXED[name].items():
        op.create_index(f"ix_{stored}_{index}", stored, list(columns))
    is_open = sa.text(_OPEN)
    op.create_index(f"ix_{stored}_in_force", stored, ["key"], sqlite_where=is_open, postgresql_where=is_open)
    return table


def _columns(name: str) -> Iterator[sa.Column[Any]]:
    for field in _FIELDS[name]:
        kind: Any = sa.Text()
        if field in _DECIMALS:
            kind = connectors.store.columns.Exact()
        elif field.endswith("_days") and field != "delivery_days":
            kind = sa.Integer()
        elif field.startswith("valid_"):
            kind = sa.Date()
        needed = field in _NEEDED or (name, field) in (("prices", "min_quantity"), ("ship_tos", "country"))
        yield sa.Column(field, kind, nullable=not needed)
    for prefix in ("bare", "near"):
        yield from (sa.Column(f"{prefix}_{field}", sa.Text(), nullable=True) for field in _NUMBERS.get(name, ()))


def _convert(
    number: int, version: str, loaded_at: Any, text: str, tables: dict[str, sa.Table], alphabet: set[str]
) -> None:
    """Make a version of one JSON text: rows that it has too go on, others end, and what is new begins."""
    connection = op.get_bind()
    total = 0
    for name, table in tables.items():
        coming = sa.Table(
            f"coming_{number}_{name}",
            sa.MetaData(),
            sa.Column("line", sa.Integer(), nullable=False),
            sa.Column("key", sa.LargeBinary(16), nullable=False),
            sa.Column("content", sa.LargeBinary(16), nullable=False),
            *_columns(name),
            prefixes=["TEMPORARY"],
        )
        coming.create(connection)
        rows: list[dict[str, Any]] = []
        for line, fields in enumerate(_elements(text, name)):
            row = _row(name, line, fields)
            total += int.from_bytes(row["content"], "big")
            alphabet.update(*(row[f"near_{field}"] or "" for field in _NUMBERS.get(name, ())))
            rows.append(row)
            if len(rows) == _CHUNK:
                connection.execute(sa.insert(coming), rows)
                rows = []
        if rows:
            connection.execute(sa.insert(coming), rows)
        sa.Index(f"ix_{coming.name}", coming.c.key).create(connection)
        _merge(number, table, coming)
        coming.drop(connection)
    row = {
        "number": number,
        "version": version,
        "loaded_at": loaded_at,
        "source": _SOURCE,
        "content": (total % (1 << 128)).to_bytes(16, "big"),
        "alphabet": "".join(sorted(alphabet)),
    }
    versions = sa.table("reference_version", *(sa.column(column) for column in row))
    connection.execute(sa.insert(versions), [row])


def _merge(number: int, table: sa.Table, coming: sa.Table) -> None:
    connection = op.get_bind()
    known = sa.and_(table.c.key == coming.c.key, table.c.until.is_(None))
    names = ["source", "since", "key", "content"]
    values: list[sa.ColumnElement[Any]] = [sa.literal(_SOURCE), sa.literal(number), coming.c.key, coming.c.content]
    if "place" in table.c:
        last = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.place) + 1, 0)))
        names.append("place")
        values.append(sa.func.coalesce(table.c.place, sa.literal(last) + coming.c.line))
    fields = [column.name for column in coming.c if column.name not in ("line", "key", "content")]
    names += fields
    values += [coming.c[field] for field in fields]
    new = (
        sa.select(*values)
        .select_from(coming.outerjoin(table, known))
        .where(sa.or_(table.c.id.is_(None), table.c.content != coming.c.content))
        .order_by(coming.c.line)
    )
    connection.execute(sa.insert(table).from_select(names, new))
    goes_on = sa.exists().where(coming.c.key == table.c.key, coming.c.content == table.c.content)
    ended = sa.update(table).where(table.c.until.is_(None), table.c.since < number, ~goes_on).values(until=number)
    connection.execute(ended)


def _elements(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one table, one after the other: all of them would take many times the room of the text."""
    decoder = json.JSONDecoder()
    at = text.index(f'"{name}":[') + len(name) + 4
    while text[at] != "]":
        fields, at = decoder.raw_decode(text, at)
        yield fields
        if text[at] == ",":
            at += 1


def _row(name: str, line: int, fields: dict[str, Any]) -> dict[str, Any]:
    row = {field: _value(field, fields.get(field)) for field in _FIELDS[name]}
    numbers = [(field, row[field]) for field in _NUMBERS.get(name, ())]
    key = "\x1f".join(_canonical(field, row[field]) for field in _KEYS[name])
    content = "\x1f".join(_canonical(field, value) for field, value in row.items())
    return {
        "line": line,
        "key": _digest(name, key),
        "content": _digest(name, content),
        **{field: " ".join(map(str, value)) if isinstance(value, list) else value for field, value in row.items()},
        **{f"bare_{field}": _bare(number) for field, number in numbers},
        **{f"near_{field}": _near(number) if number else None for field, number in numbers},
    }


def _value(field: str, value: Any) -> Any:
    if value is None:
        return None
    if field in _DECIMALS:
        return Decimal(value)
    if field.startswith("valid_"):
        return date.fromisoformat(value)
    return sorted(value) if field == "delivery_days" else value


def _canonical(field: str, value: Any) -> str:
    """A value as it is named in a digest, where equal values have equal texts."""
    if isinstance(value, Decimal):
        return str(value.normalize())
    if field == "delivery_days":
        return ",".join(sorted(map(str, value)))
    return str(tuple(value)) if field == "price_lists" else str(value)


def _digest(name: str, text: str) -> bytes:
    return hashlib.sha256(f"{name}\x1e{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _bare(number: str | None) -> str | None:
    return number.lstrip("0") if number and number.startswith("0") and number.isdigit() else None


def _near(number: str) -> str:
    return "".join(character for character in number.casefold() if character.isalnum())


def downgrade() -> None:
    raise RuntimeError("Rows of many versions are not made one text each again; restore a copy of the store.")
