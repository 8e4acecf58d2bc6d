"""Short ways to write the cells of a test workbook as XML, and the order form they stand in."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.parsers.workbooks import with_sheet

HEADER = ("Bestellnummer", "Filiale", "Artikelnummer", "Menge", "Einheit", "Einzelpreis")
STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>'
)
"""Style 0 is General, 1 shows six digits, 2 is a date."""


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def cells(*values: object) -> str:
    """Cells of values: text as text, numbers as numbers, XML as it is, None as an empty cell."""
    return "".join(
        "<c/>" if value is None
        else value if isinstance(value, str) and value.startswith("<c")
        else text(value) if isinstance(value, str)
        else number(value)
        for value in values
    )  # fmt: skip


def line(**changed: object) -> str:
    """One good line of the order, with cells changed by their column in small letters; it costs 100.98."""
    values: dict[str, object] = {
        "bestellnummer": "LL26-1", "filiale": "MITTE", "artikelnummer": "004409", "menge": 18, "einheit": "Rolle",
        "einzelpreis": 5.61,
    }  # fmt: skip
    return cells(*{**values, **changed}.values())


def rows(*written: str, first: int = 1) -> str:
    """Rows of cells, numbered from ``first``."""
    return "".join(f'<row r="{index}">{one}</row>' for index, one in enumerate(written, start=first))


def order(*lines: str, **options: object) -> bytes:
    """A workbook of one sheet: the header and these lines."""
    return with_sheet(rows(cells(*HEADER), *lines), styles=STYLES, **options)


def delimited(*lines: Iterable[object], header: Iterable[str] = HEADER, delimiter: str = ";") -> bytes:
    """The header and these lines as text in UTF-8."""
    return "".join(delimiter.join(map(str, fields)) + "\r\n" for fields in (header, *lines)).encode()


GOOD = ("LL26-1", "MITTE", "004409", "18", "Rolle", "5,61")
"""The good line as a person in Germany writes it."""
