"""Interchanges as the world damages them, and what must hold of them all the same."""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import sample_files
from mappings.edifact_orders import map_orders
from parsers.edifact.accounting import Kind, Stretch, account
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from parsers.edifact.syntax import checked_tree
from tests.parsers.interchanges import interchange, message

_PADDING = b" \t\r\n\0\x1a"
_MARKS = b"'+:?*,. \r\n\x1c\x1d\x1f|~\x00\xff"
_WORDS = (
    b"UNA:+.? '", b"UNA:+.?*'", b"UNA", b"UNB+UNOC:3+S+R+261116:0900+1'", b"UNB+UNOY:4+S+R+20261116:0900+1'",
    b"UNH+1+ORDERS:D:96A:UN'", b"UNH+2+ORDCHG:D:01B:UN'", b"UNH'", b"UNT+2+1'", b"UNZ+1+1'", b"UNG+ORDERS+S+R'",
    b"UNB+", b"UNE+1'", b"UNS+S'", b"UNX'",
    b"LIN+1'", b"LIN+1++9524017001177:SRV'", b"QTY+21:1E9'", b"PRI+AAA:-,5'", b"''", b"?", b"?'",
    b"\xef\xbb\xbf", b"\xc3\xa4", b"\xe4", b"\x80",
)  # fmt: skip


def sources() -> tuple[bytes, ...]:
    """The samples, and interchanges of the kinds that no sample has."""
    order = (
        b"BGM+220+PO1+9",
        b"DTM+137:20261116:102",
        b"NAD+BY+1::9",
        b"COM+1:TE*2:FX",
        b"LIN+1",
        b"QTY+21:5",
        b"UNS+S",
    )
    level_b = interchange(message(*order), unb=b"UNB+UNOB:3+S+R+261116:0900+REF1'")
    for mark, separator in ((b":", b"\x1f"), (b"+", b"\x1d"), (b"'", b"\x1c")):
        level_b = level_b.replace(mark, separator)
    group = b"UNG+ORDERS+S+R+261116:0900+G1+UN+D:96A'"
    return (
        *(path.read_bytes() for path in sample_files.order_files() if path.suffix == ".edi"),
        level_b,
        interchange(message(*order, kind=b"ORDERS:D:01B:UN"), unb=b"UNB+UNOY:4+S+R+20261116:0900+REF1'"),
        interchange(group, message(*order), b"UNE+1+G1'", unz=b"UNZ+1+REF1'", una=b"UNA:+.? '"),
    )


def damaged(intact: Sequence[bytes], chance: Random) -> bytes:
    """One of these, truncated, spliced, re-encoded or changed a few times, each time somewhere else."""
    data = chance.choice(intact)
    for _ in range(chance.randint(0, 6)):
        at = chance.randint(0, len(data))
        data = chance.choice(_DAMAGES)(data, at, intact, chance)[: 1 << 16]
    return data


def _truncate(data: bytes, at: int, _: Sequence[bytes], chance: Random) -> bytes:
    return data[:at] if chance.random() < 0.7 else data[at:]


def _splice(data: bytes, at: int, intact: Sequence[bytes], chance: Random) -> bytes:
    other = chance.choice(intact)
    return data[:at] + other[chance.randint(0, len(other)) :]


def _insert(data: bytes, at: int, _: Sequence[bytes], chance: Random) -> bytes:
    piece = chance.choice(_WORDS) if chance.random() < 0.7 else bytes([chance.choice(_MARKS)])
    return data[:at] + piece + data[at + chance.randint(0, 4) :]


def _overwrite(data: bytes, at: int, _: Sequence[bytes], chance: Random) -> bytes:
    return data[:at] + bytes(chance.randint(0, 255) for _ in range(chance.randint(1, 4))) + data[at + 1 :]


def _repeat(data: bytes, at: int, _: Sequence[bytes], chance: Random) -> bytes:
    piece = data[at : at + chance.randint(1, 60)]
    return data[:at] + piece * chance.randint(2, 150) + data[at:]


def _replace(data: bytes, _: int, __: Sequence[bytes], chance: Random) -> bytes:
    old, new = (bytes([chance.choice(_MARKS)]) for _ in range(2))
    return data.replace(old, new)


def _recode(data: bytes, _: int, __: Sequence[bytes], chance: Random) -> bytes:
    return data.decode("latin-1").encode(chance.choice(("utf-8", "utf-16", "cp1252", "cp500", "utf-7")), "replace")


def _wrap(data: bytes, at: int, _: Sequence[bytes], chance: Random) -> bytes:
    width = chance.choice((1, 35, 80))
    return b"\r\n".join(data[begin : begin + width] for begin in range(0, len(data), width))


_Damage = Callable[[bytes, int, Sequence[bytes], Random], bytes]
_DAMAGES: tuple[_Damage, ...] = (_truncate, _splice, _insert, _insert, _overwrite, _repeat, _replace, _recode, _wrap)


def assert_all_bytes_are_accounted_for(data: bytes) -> list[Stretch]:
    """Each byte is in a segment, is padding, or has a finding; the stretches follow one another without a gap."""
    stretches = list(account(io.BytesIO(data)))
    assert [one.end for one in stretches[:-1]] == [one.start for one in stretches[1:]]
    if data:
        assert (stretches[0].start, stretches[-1].end) == (0, len(data))
    assert all(one.start < one.end for one in stretches)
    assert all(
        before.kind is not Kind.PADDING or after.kind is not Kind.PADDING for before, after in pairwise(stretches)
    )
    for one in stretches:
        assert one.kind is not Kind.LOST, data[one.start : one.end]
        if one.kind is Kind.PADDING:
            assert not data[one.start : one.end].strip(_PADDING)
    return stretches


def assert_read_to_orders(data: bytes) -> None:
    """Read through the whole path: nothing raises, and no segment of a message is lost in its tree."""
    stream = io.BytesIO(data)
    for one in messages(stream, survey(stream)):
        root = checked_tree(one)
        if root is None:
            continue
        groups, count = [root], 0
        while groups:
            group = groups.pop()
            count += len(group.segments)
            groups += group.groups
        assert count == len(one.segments)
        if one.type in ("ORDERS", "ORDCHG"):
            lines = sum(segment.tag == "LIN" for segment in one.segments)
            assert len(map_orders(one, root).order.lines) <= lines
        for said in one.findings:
            offset = getattr(said.location, "offset", None)
            assert offset is None or 0 <= offset <= len(data)
