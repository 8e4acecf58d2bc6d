"""One order of the sample customer lindenladen, to be written in every format."""

from collections.abc import Iterator
from datetime import date

Value = str | int | float | date

HEADER = (
    "Bestellnummer", "Bestelldatum", "Pos", "Artikelnummer", "EAN", "Bezeichnung", "Menge", "Einheit", "Einzelpreis",
    "Liefertermin", "Filiale",
)  # fmt: skip
_ORDERED, _WANTED = date(2026, 11, 13), date(2026, 11, 24)
_ITEMS: tuple[tuple[str, str, str, int, str, float], ...] = (
    ("004409", "9524017026163", "Gewebeband 50 mm x 50 m schwarz", 18, "Rolle", 5.61),
    ("004425", "9524017026507", "Trennscheibe Stahl 125 mm", 25, "Stk", 1.67),
    ("HM-20126", "9524017009333", "Servietten 33 x 33 cm weiß", 60, "Packung", 2.19),
    ("HM-10168", "9524017005595", "Müllbeutel HDPE 120 l", 25, "Rolle", 4.48),
    ("HM-70043", "9524017032454", "Kugelschreiber schwarz", 50, "Stk", 0.23),
)
LINES: tuple[tuple[Value, ...], ...] = tuple(
    ("LL26-0912", _ORDERED, number, item, gtin, words, quantity, unit, price, _WANTED, "MITTE")
    for number, (item, gtin, words, quantity, unit, price) in enumerate(_ITEMS, start=1)
)


def written() -> Iterator[list[str]]:
    """Header and lines as a person in Germany writes them."""
    yield list(HEADER)
    for line in LINES:
        yield [_german(value) for value in line]


def _german(value: Value) -> str:
    match value:
        case date():
            return f"{value:%d.%m.%Y}"
        case float():
            return f"{value:.2f}".replace(".", ",")
        case _:
            return str(value)


def as_text(delimiter: str = ";", line_end: str = "\r\n", before: str = "") -> str:
    """The order as delimited text; fields that hold the delimiter are quoted."""
    return before + "".join(
        delimiter.join(f'"{field}"' if delimiter in field else field for field in fields) + line_end
        for fields in written()
    )
