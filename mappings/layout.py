"""How one customer's tables are laid out: which header is which field, and how numbers and dates are written."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Option

from orders.location import Field
from orders.model import Model


def _text_codec(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        raise ValueError(f"{name} is not a character set that Python knows, such as cp1252 or utf-8") from None
    return name


Codec = Annotated[str, AfterValidator(_text_codec)]
"""Name of a character set, known to be one."""


class DateOrder(StrEnum):
    """Order of day, month and year in a date written with separators."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class BlankQuantity(StrEnum):
    """What a row with an item and no quantity means: a row of a form to pass over, or a line to ask about."""

    SKIP = "skip"
    HOLD = "hold"


class Notation(Model):
    """How numbers and dates are written as text; None where it is not known, and what is ambiguous is held."""

    decimal_mark: Literal[".", ","] | None = None
    dates: DateOrder | None = None


ColumnField = Literal[
    "po_number", "order_date", "requested_date", "currency", "ship_to", "line", "item", "gtin", "buyer_item",
    "description", "quantity", "unit", "unit_price", "price_basis", "amount", "note",
]  # fmt: skip
"""The fields that a column, or a labelled cell beside the table, can be."""

HeadField = Literal["po_number", "order_date", "requested_date", "currency", "ship_to", "note"]
"""The fields of the order as a whole."""

Address = Annotated[str, Option(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
"""A cell in the A1 form."""


class OrdersBy(StrEnum):
    """What makes an order of its own in a file with several: the order number, or each place under a number."""

    PO_NUMBER = "po_number"
    SHIP_TO = "ship_to"


class Tables(StrEnum):
    """How many tables of order lines a sheet has: one (its header may be repeated), or several, each with its head."""

    ONE = "one"
    SEVERAL = "several"


class Defaults(Model):
    """What holds where the file is silent. ``price_basis`` is for how many units the prices of the table are."""

    currency: str | None = None
    unit: str | None = None
    ship_to: str | None = None
    price_basis: Decimal = Option(default=Decimal(1), gt=0)


class Matrix(Model):
    """Quantities side by side, a column for each place or each day.

    ``places`` gives the delivery place for each header word; a column for a day has the day as its header.
    """

    by: Literal["ship_to", "requested_date"]
    places: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _places_where_needed(self) -> Self:
        if self.by == "ship_to" and not self.places:
            raise ValueError("places is needed: the delivery place for each header, such as {Utrecht: NL-UT}")
        if self.by == "requested_date" and self.places:
            raise ValueError("places goes with by: ship_to; a column by date has the date as its header")
        return self


class Layout(Model):
    """A layout. ``columns`` and ``cells`` give the words for each field, as they stand in the header or beside a cell.

    ``sheet`` is a name, or a position among the sheets that are shown, from 1. ``addresses`` are fields in cells
    without a label, such as ``{po_number: C2}``. ``digits`` is the width of item numbers that may have lost their
    leading zeros. ``units`` are this customer's own words for units; ``total_words`` mark the row under the table that
    sums it up.
    """

    sheet: str | Annotated[int, Option(ge=1)] | None = None
    tables: Tables = Tables.ONE
    orders_by: OrdersBy = OrdersBy.PO_NUMBER
    columns: Mapping[ColumnField, tuple[str, ...]]
    cells: Mapping[ColumnField, tuple[str, ...]] = {}
    addresses: Mapping[HeadField, Address] = {}
    matrix: Matrix | None = None
    ignore: tuple[str, ...] = ()
    notation: Notation = Notation()
    encoding: Codec | None = None
    delimiter: str | None = Option(default=None, min_length=1, max_length=1)
    defaults: Defaults = Defaults()
    digits: Mapping[Literal["item", "buyer_item"], Annotated[int, Option(ge=1, le=35)]] = {}
    units: Mapping[str, str] = {}
    blank_quantity: BlankQuantity = BlankQuantity.HOLD
    total_words: tuple[str, ...] = ("total", "summe", "gesamt", "totaal", "totale", "somme", "sum")
    confirmed: bool = True

    def field_of(self, header: str) -> Field | None:
        """The field that a header names, if it names one."""
        return self._fields_by_header.get(header_key(header))

    def cell_field_of(self, label: str) -> Field | None:
        """The field that a label beside a cell names, if it names one."""
        return self._fields_by_label.get(header_key(label))

    @cached_property
    def ends_of_headers(self) -> frozenset[str]:
        """The ends of all header words: what the lower of two rows must say for both together to name a field."""
        return frozenset(key[at:] for key in self._fields_by_header for at in range(1, len(key)))

    @cached_property
    def places_by_header(self) -> dict[str, str]:
        """The delivery place of each column of a matrix by place, by the form in which headers are compared."""
        return {header_key(word): place for word, place in self.matrix.places.items()} if self.matrix else {}

    @cached_property
    def _fields_by_header(self) -> dict[str, Field]:
        return _by_key(self.columns)

    @cached_property
    def _fields_by_label(self) -> dict[str, Field]:
        return _by_key(self.cells)


def _by_key(words: Mapping[ColumnField, tuple[str, ...]]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field, names in words.items():
        for name in names:
            found.setdefault(header_key(name), Field(field))
    return found


_LONGEST_HEADER = 200
"""Longer texts are no headers; none is remembered."""

_NO_LETTER = re.compile("[^0-9a-z]+")

IDENTIFIERS = (Field.ITEM, Field.GTIN, Field.BUYER_ITEM)


def header_key(text: str) -> str:
    """The form in which two spellings of a header are equal: letters and digits only, one case, one width."""
    return _short_key(text) if len(text) <= _LONGEST_HEADER else _key(text)


@lru_cache(maxsize=4096)
def _short_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    if text.isascii():  # most are, and numbers above all, of which each is another one
        return text.lower() if text.isalnum() else _NO_LETTER.sub("", text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
