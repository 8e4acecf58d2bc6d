"""What the fuzzing run has found, each made as small as it goes; see ``tests/fuzz_edifact.py``."""

import pytest

from tests.parsers.damage import assert_all_bytes_are_accounted_for, assert_read_to_orders
from tests.parsers.interchanges import UNB, interchange, message, read

HEAD = (b"BGM+220+PO1+9", b"DTM+137:20261116:102")
FOUND = {
    "a LIN without elements": interchange(message(*HEAD, b"LIN", b"QTY+21:5", b"UNS+S")),
    "a LIN with one empty element": interchange(message(*HEAD, b"LIN+", b"QTY+21:5", b"UNS+S")),
    "an open message before the next interchange": (
        UNB + message(*HEAD).partition(b"UNT")[0] + interchange(message(*HEAD, *HEAD))
    ),
    "a UNA inside of an interchange that began with one": b"UNA:+.? 'UNA:+.? '" + interchange(message(*HEAD)),
}


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_what_once_went_wrong(data: bytes) -> None:
    assert_all_bytes_are_accounted_for(data)
    assert_read_to_orders(data)


def test_an_open_message_takes_nothing_from_the_next_interchange() -> None:
    _, (first, second) = read(FOUND["an open message before the next interchange"])
    assert [segment.tag for segment in first.segments] == ["UNH", "BGM", "DTM"]
    assert [segment.tag for segment in second.segments] == ["UNH", "BGM", "DTM", "BGM", "DTM", "UNT"]
