"""How one customer's tables are laid out: which header is which field, and how numbers and dates are written."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator
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


class Layout(Model):
    """A layout. ``columns`` and ``cells`` give the words for each field, as they stand in the header or beside a cell.

    ``price_basis`` is for how many units the prices of the table are; ``units`` are this customer's own words for
    units; ``total_words`` mark the row under the table that sums it up.
    """

    sheet: str | None = None
    columns: Mapping[ColumnField, tuple[str, ...]]
    cells: Mapping[ColumnField, tuple[str, ...]] = {}
    ignore: tuple[str, ...] = ()
    notation: Notation = Notation()
    encoding: Codec | None = None
    delimiter: str | None = Option(default=None, min_length=1, max_length=1)
    price_basis: Decimal = Option(default=Decimal(1), gt=0)
    currency: str | None = None
    units: Mapping[str, str] = {}
    blank_quantity: BlankQuantity = BlankQuantity.HOLD
    total_words: tuple[str, ...] = ("total", "summe", "gesamt", "totaal", "totale", "somme", "sum")
    confirmed: bool = True

    def field_of(self, header: str) -> Field | None:
        """The field that a header names, if it names one."""
        return self._named(self.columns, header)

    def cell_field_of(self, label: str) -> Field | None:
        """The field that a label beside a cell names, if it names one."""
        return self._named(self.cells, label)

    @staticmethod
    def _named(words: Mapping[ColumnField, tuple[str, ...]], text: str) -> Field | None:
        wanted = header_key(text)
        for field, names in words.items():
            if any(header_key(name) == wanted for name in names):
                return Field(field)
        return None


IDENTIFIERS = (Field.ITEM, Field.GTIN, Field.BUYER_ITEM)


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """The form in which two spellings of a header are equal: letters and digits only, one case, one width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
