"""Every finding that envelope and reader can give, from a few bytes, with its exact place.

A place is named by the bytes that begin there; no bytes mean the end of the file.
"""

import pytest

from parsers.edifact.stream import MAX_SEGMENT
from tests.parsers.interchanges import UNB, findings, interchange, message, read

ORDER = message(b"BGM+220+PO1+9")
SECOND = message(b"BGM+220+PO2+9", reference=b"M2")
AGAIN = message(b"BGM+220+PO3+9")
OPEN = ORDER.partition(b"UNT")[0]
NO_REFERENCE = UNB.replace(b"+REF1", b"")
NO_SENDER = UNB.replace(b"SENDER:14", b"")
UNOA, UNOY = UNB.replace(b"UNOC", b"UNOA"), UNB.replace(b"UNOC", b"UNOY")
GROUP = b"UNG+ORDERS+SENDER+RECEIVER+261116:0900+G1+UN+D:96A'"
GROUPED = GROUP + ORDER + b"UNE+1+G1'"
OTHER = GROUP.replace(b"+G1+", b"+G2+") + SECOND + b"UNE+1+G2'"
SECOND_GROUP = GROUP + SECOND + b"UNE+1+G1'"
BIG = b"FTX+AAI+++" + b"x" * MAX_SEGMENT

CASES: list[tuple[str, bytes, list[tuple[str, bytes]]]] = [
    ("nothing wrong", interchange(ORDER), []),
    ("line ends between segments", interchange(ORDER).replace(b"'", b"'\r\n"), []),
    ("byte order mark", b"\xef\xbb\xbf" + interchange(ORDER), [("CHR005", b"\xef\xbb\xbf")]),
    ("UNA with equal separators", interchange(ORDER, una=b"UNA::.? '"), [("SYN001", b"UNA")]),
    ("UNA with a line end", interchange(ORDER, una=b"UNA:\n.? '"), [("SYN001", b"UNA")]),
    ("UNA with a letter", interchange(ORDER, una=b"UNA:B.? '"), [("SYN001", b"UNA")]),
    ("no UNB", ORDER, [("SYN002", b"UNH"), ("SYN003", b"")]),
    ("UNB without a reference", interchange(ORDER, unb=NO_REFERENCE, unz=b"UNZ+1'"), [("SYN002", b"UNB")]),
    ("UNB without a sender", interchange(ORDER, unb=NO_SENDER), [("SYN002", b"UNB")]),
    ("UNZ missing", interchange(ORDER, unz=b""), [("SYN003", b"")]),
    ("UNZ counts two", interchange(ORDER, unz=b"UNZ+2+REF1'"), [("SYN004", b"UNZ")]),
    ("UNZ counts with leading zeros", interchange(ORDER, unz=b"UNZ+000001+REF1'"), []),
    ("UNZ has another reference", interchange(ORDER, unz=b"UNZ+1+REF2'"), [("SYN005", b"UNZ")]),
    ("UNG and UNE agree", interchange(GROUPED, unz=b"UNZ+1+REF1'"), []),
    ("UNE counts two", interchange(GROUP, ORDER, b"UNE+2+G1'", unz=b"UNZ+1+REF1'"), [("SYN006", b"UNE")]),
    ("UNE has another reference", interchange(GROUP, ORDER, b"UNE+1+G2'", unz=b"UNZ+1+REF1'"), [("SYN006", b"UNE")]),
    ("UNE without UNG", interchange(ORDER, b"UNE+1+G1'"), [("SYN006", b"UNE")]),
    ("UNG without UNE", interchange(GROUP, ORDER, unz=b"UNZ+1+REF1'"), [("SYN006", b"UNG")]),
    ("UNE missing before UNG", interchange(GROUP, ORDER, OTHER, unz=b"UNZ+2+REF1'"), [("SYN006", b"UNG")]),
    ("a group reference twice", interchange(GROUPED, SECOND_GROUP, unz=b"UNZ+2+REF1'"), [("SYN029", SECOND_GROUP)]),
    ("padded with NUL and Ctrl-Z", interchange(ORDER) + b"\r\n\x1a" + b"\0" * 100, []),
    ("UNT counts four", interchange(ORDER.replace(b"UNT+3", b"UNT+4")), [("SYN007", b"4+M1'UNZ")]),
    ("UNT has another reference", interchange(ORDER.replace(b"+M1'", b"+M2'")), [("SYN008", b"M2'UNZ")]),
    ("a reference twice", interchange(ORDER, AGAIN), [("SYN009", AGAIN)]),
    ("ends inside UNZ", interchange(ORDER)[:-1], [("SYN010", b"UNZ")]),
    ("ends inside UNT", UNB + ORDER[:-1], [("SYN003", b""), ("SYN010", b"UNT")]),
    ("junk before", b"hello\r\n" + interchange(ORDER), [("SYN011", b"hello")]),
    ("junk behind", interchange(ORDER) + b"bye", [("SYN011", b"bye")]),
    ("junk between two", interchange(ORDER) + b"and" + interchange(ORDER), [("SYN011", b"and")]),
    ("a terminator alone", interchange(ORDER.replace(b"'BGM", b"''BGM")), [("SYN011", b"'BGM")]),
    ("an oversize segment", interchange(message(b"BGM+220+PO1+9", BIG)), [("SYN007", b"4+M1'UNZ"), ("SYN012", b"FTX")]),
    ("not a tag", interchange(message(b"BGM+220+PO1+9", b"bgm+1")), [("SYN013", b"bgm")]),
    ("UNT missing before UNZ", interchange(OPEN), [("SYN016", b"BGM")]),
    ("UNT missing before UNH", interchange(OPEN, SECOND), [("SYN016", b"BGM")]),
    ("syntax version 9", interchange(ORDER, unb=UNB.replace(b":3+", b":9+")), [("SYN025", b"UNB")]),
    ("a character set of nobody", interchange(ORDER, unb=UNB.replace(b"UNOC", b"UNZZ")), [("SYN025", b"UNB")]),
    ("a group and a message outside", interchange(GROUPED, SECOND, unz=b"UNZ+1+REF1'"), [("SYN026", b"UNB")]),
    ("a segment between messages", interchange(ORDER, b"FTX+AAI'"), [("SYN027", b"FTX")]),
    ("marked as a test", interchange(ORDER, unb=UNB[:-1] + b"++++++1'"), [("DOC006", b"UNB")]),
    ("Latin-1 in UNOA", interchange(message(b"BGM+220+P\xe4+9"), unb=UNOA), [("CHR001", b"BGM")]),
    ("half of a UTF-8 character in UNOY", interchange(message(b"BGM+220+P\xc3+9"), unb=UNOY), [("CHR001", b"BGM")]),
    ("UTF-8 in UNOC", interchange(message(b"BGM+220+P\xc3\xa4+9")), [("CHR002", b"UNB")]),
    ("Windows-1252 in UNOC", interchange(message(b"BGM+220+P\x80+9")), [("CHR002", b"UNB")]),
    ("Latin-1 in UNOC", interchange(message(b"BGM+220+P\xe4+9")), []),
    ("a control character", interchange(message(b"BGM+220+P\x07+9")), [("CHR003", b"BGM")]),
    ("wrapped inside a segment", interchange(message(b"BGM+2\r\n20+PO1+9")), [("NRM009", b"UNB")]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_finding(data: bytes, expected: list[tuple[str, bytes]]) -> None:
    places = [(code, data.index(mark) if mark else len(data)) for code, mark in expected]
    assert findings(data) == sorted(places)


def test_what_is_said_of_an_unreadable_part_leaves_the_rest_readable() -> None:
    data = interchange(ORDER) + b"junk" + interchange(message(b"BGM+220+PO2+9", BIG, b"DTM+137:20261116:102"))
    _, (first, second) = read(data)
    assert [segment.tag for segment in first.segments] == ["UNH", "BGM", "UNT"]
    assert [segment.tag for segment in second.segments] == ["UNH", "BGM", "DTM", "UNT"]
    assert (first.number, second.number) == (1, 2)


def test_a_byte_that_no_character_set_has_is_shown_and_not_dropped() -> None:
    _, (one,) = read(interchange(message(b"BGM+220+P\xe4+9"), unb=UNOA))
    assert one.segments[1].value(2) == "Pä"
    assert [finding.before for finding in one.findings] == ["BGM+220+Pä+9"]
