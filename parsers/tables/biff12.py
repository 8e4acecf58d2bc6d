"""Records of a binary workbook (xlsb, MS-XLSB): number and content, and the simple values in them."""

import struct
from collections.abc import Iterator
from typing import IO

_LONGEST_RECORD = 16 << 20


def records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Every record of a part. Errors: EOFError where it is cut off, ValueError where a length cannot be meant."""
    with stream:
        while (number := _packed(stream, 2)) is not None:
            length = _packed(stream, 4)
            if length is None:
                raise EOFError("a record without its length")
            if length > _LONGEST_RECORD:
                raise ValueError(f"a record of {length} bytes")
            content = stream.read(length)
            if len(content) < length:
                raise EOFError("a record that is cut off")
            yield number, content


def _packed(stream: IO[bytes], at_most: int) -> int | None:
    """A number in groups of seven bits, the record number with its marking bits as MS-XLSB lists it."""
    number = 0
    for place in range(at_most):
        byte = stream.read(1)
        if not byte:
            if place:
                raise EOFError("a number that is cut off")
            return None
        number |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            break
    return number


def wide_string(content: bytes, at: int) -> tuple[str, int]:
    """A text (XLWideString) and where it ends; a missing one (length -1) is empty. Errors: ValueError."""
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise ValueError("a text that is cut off")
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def rk_number(packed: int) -> float | int:
    """The number in an RkNumber: an integer of 30 bits or the upper 30 bits of a float, perhaps in hundredths."""
    value: float | int
    if packed & 2:
        value = packed >> 2 if packed < 1 << 31 else (packed >> 2) - (1 << 30)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value


def number_text(value: float) -> str:
    """A stored binary number as the shortest text that gives it again, whole ones without a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return repr(value)


ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Error values by their code (BErr), the same in xls and xlsb."""
