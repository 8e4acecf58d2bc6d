"""For any byte string whatever: each byte belongs to a segment, to known padding, or to a finding."""

import io
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.findings import log
from orders.findings.cases import Further
from parsers.edifact.accounting import Kind, account
from parsers.edifact.message import MAX_MESSAGE_SEGMENTS
from parsers.edifact.stream import MAX_SEGMENT
from parsers.edifact.survey import MAX_INTERCHANGES
from tests.parsers.damage import assert_all_bytes_are_accounted_for, assert_read_to_orders, damaged, sources
from tests.parsers.interchanges import findings, interchange, message, read

INTACT = sources()
ORDER = message(b"BGM+220+PO1+9")


@pytest.mark.parametrize("data", INTACT)
def test_of_an_intact_file_every_byte_is_segment_or_padding(data: bytes) -> None:
    kinds = {one.kind for one in assert_all_bytes_are_accounted_for(data)}
    assert kinds <= {Kind.SEGMENT, Kind.PADDING}


@given(st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_every_byte_of_a_damaged_interchange_is_accounted_for(chance: Random) -> None:
    data = damaged(INTACT, chance)
    assert_all_bytes_are_accounted_for(data)
    assert_read_to_orders(data)


@given(st.binary(max_size=200))
def test_every_byte_of_anything_is_accounted_for(data: bytes) -> None:
    assert_all_bytes_are_accounted_for(data)
    assert_read_to_orders(data)


CASES = {
    "nothing": (b"", []),
    "a binary file": (b"\x89PNG\r\n\x1a\n\x00\x00" * 50, [Kind.FINDING]),
    "blanks alone": (b" \r\n\t", [Kind.PADDING]),
    "a byte order mark": (b"\xef\xbb\xbf" + interchange(ORDER), [Kind.FINDING, Kind.SEGMENT]),
    "junk around": (b"a " + interchange(ORDER) + b"\r\nb", [Kind.FINDING, Kind.SEGMENT, Kind.PADDING, Kind.FINDING]),
    "between messages": (interchange(ORDER, b"FTX+AAI'"), [Kind.SEGMENT, Kind.FINDING, Kind.SEGMENT]),
    "a UNT of no message": (interchange(ORDER, b"UNT+2+1'"), [Kind.SEGMENT, Kind.FINDING, Kind.SEGMENT]),
    "a service segment of nobody": (interchange(ORDER, b"UNX'"), [Kind.SEGMENT, Kind.FINDING, Kind.SEGMENT]),
    "a terminator alone": (interchange(ORDER, b" '"), [Kind.SEGMENT, Kind.PADDING, Kind.FINDING, Kind.SEGMENT]),
    "an oversize UNH": (
        interchange(ORDER.replace(b"UNH+M1", b"UNH+" + b"x" * MAX_SEGMENT)), [Kind.SEGMENT, Kind.FINDING, Kind.SEGMENT]
    ),
    "many alike": (interchange(ORDER, b"FTX'" * 500), [Kind.SEGMENT, Kind.FINDING, Kind.SEGMENT]),
    "a UNB after the first message": (ORDER + interchange(ORDER), [Kind.SEGMENT]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "kinds"), CASES.values(), ids=CASES)
def test_what_becomes_of_the_bytes(data: bytes, kinds: list[Kind]) -> None:
    stretches = assert_all_bytes_are_accounted_for(data)
    merged = [one.kind for one in stretches]
    assert [kind for place, kind in enumerate(merged) if place == 0 or merged[place - 1] is not kind] == kinds


def test_a_message_before_the_first_unb_is_not_taken_for_one_of_that_sender() -> None:
    found, (first, second) = read(ORDER + interchange(ORDER))
    assert [one.sender for one in found.interchanges] == [None, "SENDER"]
    assert first.interchange is not second.interchange


def test_findings_beyond_a_bound_are_told_together_with_their_number_and_range() -> None:
    stray = b"FTX+AAI'"
    data = interchange(ORDER, stray * 1000)
    found, _ = read(data)
    said = [one for one in found.interchanges[0].findings if one.code == "SYN027"]
    assert len(said) == log.MOST_ALIKE + 1
    first = data.index(stray)
    assert [getattr(one.location, "offset", None) for one in said[:-1]] == [
        first + place * len(stray) for place in range(log.MOST_ALIKE)
    ]
    last = said[-1]
    assert getattr(last.location, "offset", None) == first + log.MOST_ALIKE * len(stray)
    assert isinstance(last.params, Further)
    assert (last.params.number, last.params.last) == (1000 - log.MOST_ALIKE, first + 999 * len(stray))
    assert last.params.first.case == said[0].case


def test_a_finding_beyond_the_bound_weighs_as_much_as_those_before() -> None:
    data = interchange(ORDER, b"FTX+AAI'" * 1000)
    found, _ = read(data)
    assert len({one.severity for one in found.interchanges[0].findings}) == 1


class _Zeros(io.RawIOBase):
    """A file of fifty megabytes that is one segment, made as it is read."""

    HEAD = interchange(ORDER).partition(b"UNT")[0] + b"FTX+AAI+++"
    SIZE = 50 << 20

    def __init__(self) -> None:
        self.position = 0
        self.longest = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.position = offset if whence == 0 else self.SIZE + offset
        return self.position

    def read(self, size: int = -1) -> bytes:
        end = min(self.SIZE, self.position + size)
        begin, self.position = self.position, max(end, self.position)
        self.longest = max(self.longest, end - begin)
        return self.HEAD[begin:end] + b"0" * (end - max(begin, len(self.HEAD)))


def test_a_segment_of_fifty_megabytes_is_a_finding_and_never_in_memory_as_a_whole() -> None:
    stream = _Zeros()
    stretches = list(account(stream))  # type: ignore[arg-type]
    assert stretches[-1] == (stream.HEAD.index(b"FTX"), stream.SIZE, Kind.FINDING)
    assert stream.longest <= 1 << 20


def test_a_message_beyond_the_limit_is_said_once_and_its_rest_is_accounted_for() -> None:
    stray = b"FTX'"
    data = interchange(message(*[stray[:-1]] * (MAX_MESSAGE_SEGMENTS + 10)), ORDER.replace(b"M1", b"M2"))
    assert_all_bytes_are_accounted_for(data)
    said = findings(data)
    assert [code for code, _ in said] == ["SYN007", "SYN012"]
    assert said[1][1] == data.index(stray) + (MAX_MESSAGE_SEGMENTS - 1) * len(stray)


def test_interchanges_beyond_the_limit_are_said() -> None:
    one = interchange(ORDER)
    data = one * (MAX_INTERCHANGES + 2)
    found, read_messages = read(data)
    assert len(found.interchanges) == len(read_messages) == MAX_INTERCHANGES
    assert findings(data) == [("SYN012", MAX_INTERCHANGES * len(one))]
    assert assert_all_bytes_are_accounted_for(data)[-1].kind is Kind.FINDING
