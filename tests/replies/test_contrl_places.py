"""Every finding of a message stands in CONTRL once, at its place; what has no room is left untold."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from orders.findings import Finding, finding, finding_kinds
from orders.findings.cases import as_stored
from orders.location import SegmentLocation
from parsers.edifact.message import Message
from replies.contrl import untold
from replies.reply_codes import reply_codes
from tests.orders.examples import every_statement
from tests.replies.reading import faults, read, values
from tests.replies.test_contrl import answer, report_with


def told(written: Message) -> Counter[tuple[str, str | None, str | None, str | None]]:
    """Code, segment, element and component of every error at UCM and below."""
    found: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    position = None
    for segment in written.segments:
        code = {"UCM": segment.value(4), "UCS": segment.value(2), "UCD": segment.value(1)}.get(segment.tag)
        if segment.tag == "UCS":
            position = segment.value(1)
        if code is not None:
            in_element = segment.tag == "UCD"
            element, component = (segment.value(2, 1), segment.value(2, 2)) if in_element else (None, None)
            found[code, position, element, component] += 1
    return found


IN_A_MESSAGE = [
    said
    for said in every_statement("Words.")
    if reply_codes(said).contrl_code and finding_kinds()[said.code].scope in ("segment", "element")
]
PLACES = st.builds(
    SegmentLocation,
    message=st.just(1),
    segment=st.integers(2, 60),
    tag=st.sampled_from(["BGM", "LIN", "QTY", "XYZ"]),
    element=st.none() | st.integers(1, 8) | st.integers(1, 998),
    component=st.none() | st.integers(1, 999),
)
SAID = st.lists(st.builds(finding, st.sampled_from(IN_A_MESSAGE), location=PLACES), max_size=60)


@given(SAID)
def test_every_finding_stands_there_once_and_at_its_place(said: list[Finding]) -> None:
    """The tag is element 1 for CONTRL; the simple elements of BGM and LIN in D.96A have no component."""
    expected: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    for one in said:
        at = one.location
        assert isinstance(at, SegmentLocation)
        simple = at.element in {"BGM": (2, 3, 4), "LIN": (1, 2, 5, 6)}.get(at.tag or "", ())
        element = str(at.element + 1) if at.element else None
        component = str(at.component) if at.component and at.element and not simple else None
        expected[reply_codes(one).contrl_code or "", str(at.segment), element, component] += 1
    report = report_with(*said)
    written, noticed = read(answer(report))
    assert noticed == []
    assert list(faults(written[0])) == []
    assert untold(report) == ()
    assert told(written[0]) == expected
    positions = [int(one or 0) for one in values(written[0], "UCS", 1)]
    assert positions == sorted(positions)


def test_more_errors_than_a_segment_or_a_message_can_hold() -> None:
    def at(segment: int, element: int | None = None) -> Finding:
        return finding(
            as_stored("SYN020", "Words."), location=SegmentLocation(segment=segment, tag="XYZ", element=element)
        )

    crowded = [at(2, number) for number in range(1, 251)]
    written, _ = read(answer(report_with(*crowded)))
    assert values(written[0], "UCS", 1) == ["2", "2", "2"]
    assert sum(told(written[0]).values()) == 250
    many = report_with(*(at(number) for number in range(2, 1202)))
    written, _ = read(answer(many))
    assert (len(values(written[0], "UCS", 1)), len(untold(many))) == (999, 201)
