"""Separators: standard, declared in UNA, of level B, foreign, and another set for each interchange of a file."""

import pytest

from tests.parsers.interchanges import findings, interchange, message, read

PLAIN = interchange(message(b"BGM+220+PO:1+9", b"FTX+AAI+++five?+six??seven?'eight?:nine"))
TEXT = "five+six?seven'eight:nine"


def _in(una: bytes, data: bytes = PLAIN) -> bytes:
    """The same interchange with the service characters of this UNA."""
    component, element, _, release, _, terminator = (una[index : index + 1] for index in range(3, 9))
    marks = {b":": component, b"+": element, b"?": release, b"'": terminator}
    swapped = b"".join(marks.get(data[index : index + 1], data[index : index + 1]) for index in range(len(data)))
    return una + swapped


@pytest.mark.parametrize(
    "una",
    [b"UNA:+.? '", b"UNA:+,? '", b"UNA|*.# ~", b"UNA;^,\\ !", b"UNA\x1f\x1d.? \x1c"],
)
@pytest.mark.parametrize("behind", [b"", b"\r\n", b"  \n"])
def test_separators_declared_in_una(una: bytes, behind: bytes) -> None:
    data = _in(una)
    found, (order,) = read(una + behind + data[9:])
    assert [*found.findings, *found.interchanges[0].findings] == []
    assert order.segments[1].elements[2] == ["PO", "1"]
    swapped = {"+": chr(una[4]), "?": chr(una[6]), "'": chr(una[8]), ":": chr(una[3])}
    assert order.segments[2].value(4) == "".join(swapped.get(character, character) for character in TEXT)
    assert chr(found.interchanges[0].separators.decimal_mark) == chr(una[5])


def test_a_line_end_can_be_the_terminator() -> None:
    data = _in(b"UNA:+.? \n", interchange(message(b"BGM+220+PO1+9")))
    assert findings(data) == []
    _, (order,) = read(data)
    assert [segment.tag for segment in order.segments] == ["UNH", "BGM", "UNT"]


@pytest.mark.parametrize("terminator", [b"\n", b"\r\n", b"~", b"~\r\n"])
def test_a_terminator_that_nothing_declares_is_told_and_read(terminator: bytes) -> None:
    data = interchange(message(b"BGM+220+PO1+9")).replace(b"'", terminator)
    _, (order,) = read(data)
    assert [segment.tag for segment in order.segments] == ["UNH", "BGM", "UNT"]
    assert order.segments[1].value(3) == "9"
    assert ("SYN002", 0) in findings(data)


def test_a_blank_release_in_una_means_that_there_is_none() -> None:
    _, (order,) = read(b"UNA:+.  '" + interchange(message(b"BGM+220+WHY?+9")))
    assert order.segments[1].value(2) == "WHY?"


def test_released_characters_of_the_standard() -> None:
    _, (order,) = read(PLAIN)
    assert order.segments[2].value(4) == TEXT


def _in_level_b(data: bytes) -> bytes:
    return data.replace(b":", b"\x1f").replace(b"+", b"\x1d").replace(b"'", b"\x1c")


def test_level_b_needs_no_una_and_its_separators_are_no_control_characters_in_text() -> None:
    unb = b"UNB+UNOB:3+SENDER:14+RECEIVER:14+261116:0900+REF1'"
    data = _in_level_b(interchange(message(b"BGM+220+PO:1+9", b"FTX+AAI+++why?"), unb=unb))
    found, (order,) = read(data)
    assert order.segments[1].elements[2] == ["PO", "1"]
    assert order.segments[2].value(4) == "why?"  # level B has no release character
    assert findings(data) == []
    assert found.interchanges[0].syntax_identifier == "UNOB"
    spoiled = data.replace(b"why?", b"w\x1ey")
    assert findings(spoiled) == [("CHR003", spoiled.index(b"FTX"))]


VERSION_4 = b"UNB+UNOY:4+SENDER:14+RECEIVER:14+20261116:0900+REF1'"
REPEATED = (b"COM+1:TE*2?*:FX*3", [["1", "TE"], ["2*", "FX"], ["3"]])


@pytest.mark.parametrize(
    ("una", "segment", "repetitions"),
    [
        (b"", *REPEATED),
        (b"UNA:+.?*'", *REPEATED),
        (b"UNA:+.?|'", b"COM+1:TE|2:FX", [["1", "TE"], ["2", "FX"]]),
        (b"UNA:+.?|'", b"COM+1:TE*2:FX", [["1", "TE*2", "FX"]]),
        (b"UNA:+.? '", b"COM+1:TE*2:FX", [["1", "TE*2", "FX"]]),
        (b"", b"COM+**3:EM", [[""], [""], ["3", "EM"]]),
    ],
)
def test_repeated_elements_of_version_4_are_kept_apart(
    una: bytes, segment: bytes, repetitions: list[list[str]]
) -> None:
    _, (order,) = read(interchange(message(b"BGM+220+PO1+9", segment), una=una, unb=VERSION_4))
    com = order.segments[2]
    assert com.repetitions(1) == repetitions
    assert com.elements == [["COM"], repetitions[0]]  # the first stands where it would without the others
    assert (com.repetitions(2), com.value(2)) == ([], None)


@pytest.mark.parametrize("una", [b"", b"UNA:+.?*'"])
def test_before_version_4_there_are_no_repetitions(una: bytes) -> None:
    _, (order,) = read(interchange(message(b"BGM+220+PO*1+9"), una=una))
    assert order.segments[1].elements == [["BGM"], ["220"], ["PO*1"], ["9"]]


def test_every_repetition_has_its_place() -> None:
    data = interchange(message(b"COM+1:TE*2?*:FX*3:EM+AA"), unb=VERSION_4)
    _, (order,) = read(data)
    com, at = order.segments[1], data.index(b"COM")
    places = [(1, 1, 1), (1, 2, 1), (1, 1, 2), (1, 2, 2), (1, 2, 3), (2, 1, 1)]
    offsets = [com.place(element, component, repetition).offset for element, component, repetition in places]
    assert offsets == [at + 4, at + 6, at + 9, at + 13, at + 18, at + 21]


def test_foreign_separators_without_una_are_shown_and_said() -> None:
    data = interchange(message(b"BGM+220+PO1+9")).replace(b":", b"|").replace(b"+", b"*").replace(b"'", b"~")
    _, (order,) = read(data)
    assert order.segments[1].value(2) == "PO1"
    assert findings(data) == [("SYN002", 0)]


def test_two_interchanges_with_different_separators() -> None:
    data = _in(b"UNA|*.# ~") + b"\r\n" + PLAIN
    found, orders = read(data)
    assert [order.segments[1].elements[2] for order in orders] == [["PO", "1"], ["PO", "1"]]
    assert [(one.start, one.end) for one in found.interchanges] == [(0, len(PLAIN) + 9), (len(PLAIN) + 11, len(data))]
    assert [one.reference for one in found.interchanges] == ["REF1", "REF1"]


def test_an_interchange_that_is_not_closed_ends_where_the_next_begins() -> None:
    open_one = interchange(message(b"BGM+220+PO1+9"), unz=b"")
    found, orders = read(open_one + PLAIN)
    assert [one.end for one in found.interchanges] == [len(open_one), len(open_one) + len(PLAIN)]
    assert [one.code for one in found.interchanges[0].findings] == ["SYN003"]
    assert list(found.interchanges[1].findings) == []
    assert len(orders) == 2


def test_who_sent_it_and_what_it_says_of_itself() -> None:
    unb = b"UNB+UNOY:4+4000001000005:14:X+5000002000009:14+20261116:0900+REF1++ORDERS++1++1'"
    found, _ = read(interchange(message(b"BGM+220+PO1+9"), unb=unb))
    (one,) = found.interchanges
    assert (one.sender, one.sender_qualifier, one.recipient) == ("4000001000005", "14", "5000002000009")
    assert (one.syntax_identifier, one.syntax_version, one.codec) == ("UNOY", "4", "utf-8")
    assert (one.reference, one.application, one.test, one.messages) == ("REF1", "ORDERS", True, 1)


def test_functional_groups_with_who_sent_them_and_where_they_end() -> None:
    groups = [b"UNG+ORDERS+S%d:14+R+261116:0900+G%d+UN+D:96A'" % (number, number) for number in (1, 2)]
    first, second = message(b"BGM+220+PO1+9"), message(b"BGM+220+PO2+9", reference=b"M2")
    data = interchange(groups[0], first, b"UNE+1+G1'", groups[1], second, unz=b"UNZ+2+REF1'")  # the second has no UNE
    found, _ = read(data)
    one, two = found.interchanges[0].functional_groups
    assert (one.reference, one.sender, one.sender_qualifier, one.recipient) == ("G1", "S1", "14", "R")
    assert (one.start, one.end, one.messages) == (data.index(groups[0]), data.index(b"UNE"), 1)
    assert (two.start, two.end, two.messages) == (data.index(groups[1]), data.index(b"UNZ"), 1)
