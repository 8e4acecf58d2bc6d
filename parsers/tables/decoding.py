"""Bytes of a text to characters: by what the file says of itself, as UTF-8, as agreed, or by what can be."""

from typing import NamedTuple

from orders.findings import finding
from orders.findings.characters import CHR001_NOT_OF_ENCODING, CHR005_MARK_SKIPPED, Codec
from parsers.tables.table import TableFile

_BOMS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_POSSIBLE = ("cp1252", "iso8859-15", "cp1250", "cp850", "mac_roman")
"""Encodings in which programs of Western offices write text, the usual one first."""


class Decoded(NamedTuple):
    """The text, and whether another encoding that the bytes fit would give another one."""

    text: str
    certain: bool = True


def decoded(content: bytes, codec: str | None, found: TableFile) -> Decoded:
    """The text; ``found`` learns its encoding, and what is to be said about it.

    ``codec`` is the customer's, used where the file itself does not tell.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            found.findings.append(finding(CHR005_MARK_SKIPPED()))
            return Decoded(_declared(content[len(bom) :], name, found))
    if content[1:2] == b"\0" and content[3:4] == b"\0" and b"\0" not in content[::2]:
        return Decoded(_declared(content, "utf-16-le", found))
    if content[0:1] == b"\0" and content[2:3] == b"\0" and b"\0" not in content[1::2]:
        return Decoded(_declared(content, "utf-16-be", found))
    for known in ("utf-8", codec):
        text = None if known is None else _strictly(content, known)
        if known is not None and text is not None:
            found.encoding = known
            return Decoded(text)
    return _assumed(content, found)


def _assumed(content: bytes, found: TableFile) -> Decoded:
    """The most usual encoding that the bytes fit; it is certain where every one that they fit gives the same text."""
    readings = {
        name: text for name in _POSSIBLE if (text := _strictly(content, name)) is not None and not _has_controls(text)
    }
    if not readings:
        readings = {"iso8859-1": content.decode("iso8859-1")}
    found.encoding = next(iter(readings))
    return Decoded(readings[found.encoding], len(set(readings.values())) == 1 and len(readings) > 1)


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _has_controls(text: str) -> bool:
    """Whether there are characters of the C1 range, which no office writes."""
    return any("\x80" <= character <= "\x9f" for character in set(text))


def _declared(content: bytes, codec: str, found: TableFile) -> str:
    """Text in the encoding that the file declares; where bytes do not fit, a finding says so."""
    found.encoding = codec
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        said = CHR001_NOT_OF_ENCODING(Codec(codec=codec))
        found.findings.append(finding(said, before=ascii(content[error.start : error.start + 8])))
        return content.decode(codec, "replace")
