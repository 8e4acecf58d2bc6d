"""Lines that are known by their shape say what they say when they are read segment by segment."""

import io
import re
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.edifact_conventions import Conventions
from mappings.edifact_orders import map_orders
from mappings.edifact_tables import STANDARD, Tables
from mappings.mapped import MappedOrder
from orders.findings import Finding
from orders.location import Field, Location, SegmentLocation
from parsers.edifact.group_shape import ShapedGroup
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from parsers.edifact.syntax import checked_tree
from tests.parsers.interchanges import UNB, interchange, message

HEAD = (b"BGM+220+PO1+9", b"DTM+137:20261116:102", b"NAD+BY+1::9", b"CUX+2:EUR:9")
FOOT = (b"UNS+S", b"CNT+2:1")
LINE = (
    "LIN+{line}+{action}+{text}:{kind}",
    "PIA+{own}+{text}:IN+{text}:{other}",
    "IMD+F+{part}+:::{text}:{text}",
    "QTY+21:{number}:{unit}",
    "DTM+2:{day}:{format}",
    "DTM+94:{day}:{format}",
    "MOA+203:{number}{currency}",
    "FTX+LIN+++{text}:{text}",
    "PRI+{price}:{number}:::{basis}:PCE",
    "RFF+LI:{text}",
    "LOC+7+{text}",
    "TAX+7+VAT+++:::{number}",
    "ALC+A++++DI:::{text}",
)
ALWAYS = ("LIN", "QTY")
PLAIN = {
    "line": ("1", "17", "0815"), "text": ("4711", "HM-00815", "Gr. L"), "number": ("1", "12", "2.40"),
    "day": ("20261116",), "format": ("102",), "action": ("",), "kind": ("EN",), "own": ("1",), "other": ("SA",),
    "part": ("",), "unit": ("PCE",), "currency": ("",), "price": ("AAA",), "basis": ("100",),
}  # fmt: skip
ODD = {
    "line": ("", "x", "1234567"),
    "text": (" ", " 7 ", "a?+b", "d?'Azur", "??", "x?:y?+z", "weiß", "\x01", "0" * 36, "", "€", "?"),
    "number": ("2,40", "-3", "0", "007", "1.23456", "1E3", "1" * 16, "abc", "", ".5", "5."),
    "day": ("20261131", "2026111", "20261116 ", "xx", "", "202647"), "format": ("203", "616", ""),
    "action": ("1", "3", "9"), "kind": ("SA", "XX", ""), "own": ("5", "3", ""), "other": ("MF", "EN"), "part": ("8",),
    "unit": ("KGM", "ST", ""), "currency": (":EUR",), "price": ("AAB", "INF"), "basis": ("0", "x", ""),
}  # fmt: skip
KINDS = (b"ORDERS:D:96A:UN", b"ORDERS:D:01B:UN", b"ORDCHG:D:93A:UN")


def written(chance: Random, template: str, odd: float) -> bytes:
    """A segment with values, some of them odd."""

    def value(place: re.Match[str]) -> str:
        return chance.choice((ODD if chance.random() < odd else PLAIN)[place[1]])

    return re.sub(r"{(\w+)}", value, template).encode()


def alike(seed: int, odd: float, kind: bytes, line_end: bytes) -> list[bytes]:
    """Messages of which most lines have one form."""
    chance = Random(seed)  # noqa: S311 any values will do
    form = [one for one in LINE if one[:3] in ALWAYS or chance.random() < 0.5]
    made = []
    for _ in range(14):
        lines = [written(chance, one, odd) for _ in range(3) for one in form if chance.random() >= odd / 10]
        made.append(message(*(line_end + one for one in (*HEAD, *lines, *FOOT)), kind=kind))
    return made


def read(data: bytes, tables: Tables) -> list[tuple[Message, MappedOrder]]:
    stream = io.BytesIO(data)
    found = []
    for one in messages(stream, survey(stream)):
        root = checked_tree(one)
        assert root is not None
        found.append((one, map_orders(one, root, tables)))
    return found


def relative(place: Location | None, one: Message) -> Location | None:
    """The place, counted from the begin of its message."""
    if not isinstance(place, SegmentLocation) or place.offset is None:
        return place
    return place.model_copy(update={"message": None, "offset": place.offset - one.offset})


def told(findings: Sequence[Finding], one: Message) -> list[Finding]:
    return [said.model_copy(update={"location": relative(said.location, one)}) for said in findings]


def assert_alike(shaped: tuple[Message, MappedOrder], careful: tuple[Message, MappedOrder]) -> None:
    (one, mapped), (other, expected) = shaped, careful
    assert mapped.order == expected.order
    assert mapped.order.as_json == expected.order.as_json
    assert told(mapped.findings, one) == told(expected.findings, other)
    assert told(list(one.findings), one) == told(list(other.findings), other)
    assert [(cut.raw, cut.number, cut.offset - one.offset) for cut in one.segments] == [
        (cut.raw, cut.number, cut.offset - other.offset) for cut in other.segments
    ]
    for line in range(len(mapped.order.lines)):
        for field in Field:
            place, wanted = mapped.places.of(field, line), expected.places.of(field, line)
            assert relative(place, one) == relative(wanted, other)


@settings(max_examples=60)
@given(
    st.integers(0, 1 << 32),
    st.sampled_from([0.0, 0.05, 0.3]),
    st.sampled_from(KINDS),
    st.sampled_from([b"", b"\r\n", b" "]),
    st.sampled_from([b"UNOC:3", b"UNOY:4", b"UNOA:1"]),
    st.sampled_from([STANDARD, Tables(Conventions(units={"ST": "PCE"}, ordered_quantity=("21", "12")))]),
)
def test_a_line_of_a_known_shape_says_what_it_says_with_care(
    seed: int, odd: float, kind: bytes, line_end: bytes, syntax: bytes, tables: Tables
) -> None:
    unb = UNB.replace(b"UNOC:3", syntax)
    made = alike(seed, odd, kind, line_end)
    together = read(interchange(*made, unb=unb), tables)
    alone = [read(interchange(one, unb=unb), tables)[0] for one in made]
    assert len(together) == len(alone)
    for shaped, careful in zip(together, alone, strict=True):
        assert_alike(shaped, careful)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_lines_of_one_form_are_known_by_their_shape(kind: bytes, seed: int) -> None:
    made = alike(seed, 0.0, kind, b"\r\n")
    read_last = read(interchange(*made), STANDARD)[8:]
    assert all(not list(one.findings) for one, _ in read_last)
    lines = [part for one, _ in read_last for part in one.parts if isinstance(part, ShapedGroup)]
    assert len(lines) == 6 * 3
