"""CONTRL as a partner receives it: each finding once, with its code and its place as ISO 9735 counts it."""

import io
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orders.findings import Finding, Severity, Statement, finding
from orders.findings.cases import as_stored, further
from orders.findings.log import FindingLog
from orders.findings.parameters import SegmentTag
from orders.findings.syntax import (
    SYN016_MISSING_AT_END,
    SYN016_MISSING_BEFORE,
    SYN016_UNT_MISSING_AT_END,
    SYN016_UNT_MISSING_AT_UNH,
    SYN016_UNT_MISSING_BEFORE,
    SYN017_GROUP_REPEATED,
    SYN017_SEGMENT_REPEATED,
    SYN019_TOO_SHORT,
    SYN020_NOT_A_NUMBER,
    SYN021_MORE_COMPONENTS,
    SYN022_NOT_IN_LIST,
    CodeOfElement,
    ElementDefined,
    ElementLength,
    ElementOf,
    LackingBefore,
    LackingSegments,
    TagRepeated,
)
from orders.location import SegmentLocation
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.separators import Separators
from parsers.edifact.structure import tree
from parsers.edifact.survey import survey
from replies.contrl import syntax_report, untold
from replies.contrl_report import MOST_FINDINGS, MessageReport, SyntaxReport, report_on
from replies.edifact_envelope import Envelope
from tests.replies import checked
from tests.replies.reading import faults, read, read_by_pydifact

UNB = b"UNB+UNOC:3+9522104000010:14+9524017000019:14+261116:0650+IC42'"
UNB4 = b"UNB+UNOC:4+9522104000010:14+9524017000019:14+20261116:0650+IC42'"
GOOD = (
    b"UNH+M1+ORDERS:D:96A:UN:EAN008'BGM+220+4711+9'DTM+137:20261116:102'NAD+BY+9522104000010::9'"
    b"LIN+1++9524017002365:EN'QTY+21:12'UNS+S'UNT+8+M1'"
)
BAD = (
    b"UNH+M2+ORDERS:D:96A:UN:EAN008'BGM+220+4711+9'NAD+BY+9522104000010::9'XYZ+1'LIN+1++9524017002365:EN'BGM+220'"
    b"QTY+21:a'PRI+AAA:1:2:3:4:5:6:7'UNS+S'UNT+77+M9'"
)
GROUPED = (
    UNB
    + b"UNG+ORDERS+SENDER:14+RECEIVER:14+261116:0650+G1+UN+D:96A'"
    + GOOD
    + b"UNE+1+G1'UNG+ORDERS+SENDER:14+RECEIVER:14+261116:0650+G2+UN+D:96A'"
    + BAD
    + b"UNE+3+G2'UNZ+2+IC42'"
)


OF_ELEMENTS = ("SYN018", "SYN019", "SYN020", "SYN021", "SYN022", "SYN028")


def received(content: bytes, also: Callable[[Message], list[Finding]] = lambda message: []) -> SyntaxReport:
    """The report on the first interchange. Findings of elements are made by hand (``also``), whatever a check says."""
    stream = io.BytesIO(content)
    found = survey(stream)
    return report_on(found.interchanges[0], _checked(messages(stream, found), also))


def _checked(read_messages: Iterator[Message], also: Callable[[Message], list[Finding]]) -> Iterator[Message]:
    for message in read_messages:
        tree(message)
        said = [one for one in message.findings if one.code not in OF_ELEMENTS] + also(message)
        message.findings = FindingLog()
        message.findings.extend(said)
        yield message


def element_faults(message: Message) -> list[Finding]:
    if message.reference != "M2":
        return []
    line, quantity, price = (message.segments[at] for at in (4, 6, 7))
    more = ElementDefined(element="C509", tag="PRI", defined=6)
    return [
        finding(
            SYN019_TOO_SHORT(ElementLength(element="1082", tag="LIN", length=2)), location=line.place(1, 1), before="1"
        ),
        finding(SYN020_NOT_A_NUMBER(ElementOf(element="6060", tag="QTY")), location=quantity.place(1, 2), before="a"),
        finding(
            SYN022_NOT_IN_LIST(CodeOfElement(sent="21", element="6063", tag="QTY")),
            location=quantity.place(1, 1),
            before="21",
        ),
        finding(SYN021_MORE_COMPONENTS(more), location=price.place(1, 7)),
    ]


def answer(report: SyntaxReport, **other: object) -> bytes:
    envelope = Envelope.answering(
        report.received, directory="D.96A", association="EAN008", control_reference="R17", prepared=checked.PREPARED
    )
    return syntax_report(report, envelope.model_copy(update=other))


def segments(report: SyntaxReport, **other: object) -> list[str]:
    message = read(answer(report, **other))[0][0]
    return ["+".join(":".join(element) for element in segment.elements) for segment in message.segments[1:-1]]


CASES = {
    "v3-acknowledged": received(UNB + GOOD + b"UNZ+1+IC42'"),
    "v3-interchange": received(UNB + GOOD + b"UNZ+7+IC42'"),
    "v3-message": received(UNB + GOOD + BAD + b"UNZ+2+IC42'", element_faults),
    "v3-group": received(GROUPED, element_faults),
    "v4-acknowledged": received(UNB4 + GOOD + b"UNZ+1+IC42'"),
    "v4-interchange": received(UNB4 + GOOD + b"UNZ+7+IC42'"),
    "v4-group": received(GROUPED.replace(UNB, UNB4), element_faults),
    "v4-message": received(UNB4 + GOOD + BAD + b"UNZ+2+IC42'", element_faults),
}


def report_with(*said: Finding) -> SyntaxReport:
    """A report on one message of an otherwise faultless interchange."""
    message = MessageReport(
        reference="M1", type="ORDERS", version="D", release="96A", agency="UN", number=1, findings=said
    )
    return SyntaxReport(received=CASES["v3-acknowledged"].received, messages=(message,))


@pytest.mark.parametrize("case", CASES)
def test_what_is_written_stays_as_it_is(golden: Callable[[str, bytes], None], case: str) -> None:
    golden(f"contrl-{case}.edi", answer(CASES[case]).replace(b"'", b"'\n"))


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")
@pytest.mark.parametrize("case", CASES)
def test_our_reader_and_pydifact_find_no_fault(case: str) -> None:
    content = answer(CASES[case])
    written, noticed = read(content)
    assert noticed == []
    assert [fault for message in written for fault in faults(message)] == []
    assert read_by_pydifact(content) == [(one.tag, one.elements[1:]) for message in written for one in message.segments]


@pytest.mark.parametrize("separators", checked.SEPARATORS.values(), ids=checked.SEPARATORS)
def test_it_is_written_with_the_separators_of_the_partner(separators: Separators) -> None:
    version = "4" if separators.repetition is not None else "3"
    standard = segments(CASES["v3-message"], syntax_version=version)
    assert segments(CASES["v3-message"], syntax_version=version, separators=separators) == standard


def test_faults_stand_at_their_level_with_code_and_position() -> None:
    assert segments(CASES["v3-message"]) == [
        "UCI+IC42+9522104000010:14+9524017000019:14+7",
        # Of the two faults of UNT the first stands here, the other one below at its segment.
        "UCM+M2+ORDERS:D:96A:UN:EAN008+4+29+UNT+2",
        "UCS+2+13",
        "UCS+4+15",
        "UCS+5",
        "UCD+40+2",
        "UCS+6+15",
        "UCS+7",
        "UCD+12+2:1",
        "UCD+37+2:2",
        "UCS+8",
        "UCD+16+2:7",
        "UCS+10",
        "UCD+28+3",
    ]


def test_a_group_stands_above_its_messages() -> None:
    assert segments(CASES["v3-group"])[:3] == [
        "UCI+IC42+9522104000010:14+9524017000019:14+7",
        "UCF+G2+SENDER:14+RECEIVER:14+7+29+UNE",
        "UCM+M2+ORDERS:D:96A:UN:EAN008+4+29+UNT+2",
    ]


def test_a_message_outside_of_groups_has_no_place_beside_them() -> None:
    report = received(GROUPED.replace(b"UNZ+2", GOOD.replace(b"M1", b"M3").replace(b"UNT+8", b"UNT+9") + b"UNZ+2"))
    assert "UCM+M3" not in "".join(segments(report))
    assert [one.code for one in untold(report)] == ["SYN007"]


def test_a_reference_of_a_group_that_differs_has_its_own_code() -> None:
    report = received(GROUPED.replace(b"UNE+1+G1", b"UNE+1+G9"))
    assert segments(report)[1] == "UCF+G1+SENDER:14+RECEIVER:14+7+28+UNE"


@pytest.mark.parametrize("count", [b"9", b"reference"])
def test_a_count_of_a_group_that_differs_has_its_own_code_whatever_was_sent_for_it(count: bytes) -> None:
    report = received(GROUPED.replace(b"UNE+1+G1", b"UNE+" + count + b"+G1"))
    assert segments(report)[1] == "UCF+G1+SENDER:14+RECEIVER:14+7+29+UNE"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GROUPED.replace(b"UNE+3+G2'", b""), "UCF+G2+SENDER:14+RECEIVER:14+7+13+UNE"),
        (GROUPED.replace(b"UNE+1+G1'", b""), "UCF+G1+SENDER:14+RECEIVER:14+7+13+UNE"),
    ],
)
def test_a_group_that_is_not_closed_lacks_its_trailer(content: bytes, expected: str) -> None:
    assert expected in segments(received(content))


@pytest.mark.parametrize(
    "said",
    [
        SYN016_UNT_MISSING_AT_UNH(),
        SYN016_UNT_MISSING_AT_END(),
        SYN016_UNT_MISSING_BEFORE(SegmentTag(tag="UNE")),
        further("SYN016", 3, 400, SYN016_UNT_MISSING_AT_END()),
    ],
)
def test_a_trailer_that_lacks_is_named_whatever_came_instead(said: Statement) -> None:
    told = finding(said, location=SegmentLocation(message=1, segment=3, tag="LIN"))
    assert segments(report_with(told))[1] == "UCM+M1+ORDERS:D:96A:UN+4+13+UNT"


@pytest.mark.parametrize(
    ("said", "position"),
    [
        (SYN016_MISSING_BEFORE(LackingBefore(tags=("UNT ",), tag="LIN")), "2"),
        (SYN016_MISSING_AT_END(LackingSegments(tags=("before this",))), "3"),
        (SYN016_MISSING_AT_END(LackingSegments(tags=("UNT ",))), "3"),
    ],
)
def test_words_of_a_stranger_move_no_place(said: Statement, position: str) -> None:
    told = finding(said, location=SegmentLocation(message=1, segment=3, tag="LIN"))
    assert segments(report_with(told))[2:] == [f"UCS+{position}+13"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (UNB + GOOD + b"UNZ+1+IC99'", "7+28+UNZ"),
        (UNB + GOOD, "7+13+UNZ"),
        (UNB + GOOD + b"UNZ+1", "4+18+UNZ"),
        (UNB + b"LIN+1'" + GOOD + b"UNZ+1+IC42'", "7+33"),
        (UNB.replace(b"UNOC:3", b"UNOC:7") + GOOD + b"UNZ+1+IC42'", "4+14+UNB"),
        (b"UNA::.? '" + UNB + GOOD + b"UNZ+1+IC42'", "4+22+UNA"),
    ],
)
def test_faults_of_the_interchange(content: bytes, expected: str) -> None:
    assert segments(received(content))[0] == f"UCI+IC42+9522104000010:14+9524017000019:14+{expected}"


def test_a_character_set_that_nobody_knows_is_not_answered_in() -> None:
    report = received(UNB.replace(b"UNOC", b"UNOU") + GOOD + b"UNZ+1+IC42'")
    assert segments(report) == ["UCI+IC42+9522104000010:14+9524017000019:14+4+14+UNB"]
    assert read(answer(report))[1] == []


@given(st.data())
def test_whatever_was_damaged_the_answer_can_be_read(data: st.DataObject) -> None:
    """Only what is copied as it was sent may be no code of its list, as the standard has it."""
    content = bytearray(GROUPED)
    for _ in range(data.draw(st.integers(1, 5))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 20))
        content[at : at + length] = data.draw(st.text("+:'?AUNHT9ü\n", max_size=12)).encode("iso8859-1")
    stream = io.BytesIO(bytes(content))
    found = survey(stream)
    reports = [
        report_on(interchange, _checked(messages(stream, found), lambda message: []))
        for interchange in found.interchanges
    ]
    answerable = [report for report in reports if report.answerable]
    assume(answerable)
    for report in answerable:
        written, noticed = read(answer(report))
        assert [one for one in noticed if one.code != "DOC006"] == []
        assert [fault for one in written for fault in faults(one) if "is no code of" not in fault] == []


def test_a_message_in_a_rejected_interchange_is_rejected() -> None:
    report = received(UNB.replace(b"UNOC:3", b"UNOC:7") + GOOD.replace(b"UNT+8", b"UNT+9") + b"UNZ+1+IC42'")
    assert segments(report)[1] == "UCM+M1+ORDERS:D:96A:UN:EAN008+4+29+UNT+2"


def test_a_reference_that_is_used_twice_is_a_fault_of_the_second_message() -> None:
    report = received(UNB + GOOD + GOOD.replace(b"UNT+8", b"UNT+9") + b"UNZ+2+IC42'")
    assert segments(report)[1:] == ["UCM+M1+ORDERS:D:96A:UN:EAN008+7+26+UNH", "UCS+8", "UCD+29+2"]


def test_a_missing_trailer_is_named() -> None:
    report = received(UNB + GOOD.replace(b"UNT+8+M1'", b"") + b"UNZ+1+IC42'")
    assert segments(report)[1:] == ["UCM+M1+ORDERS:D:96A:UN:EAN008+4+13+UNT"]


def test_a_segment_that_lacks_is_told_at_the_last_one_before_the_gap() -> None:
    """0096: whatever comes instead, and where the message ends too early."""
    before = received(UNB + GOOD.replace(b"DTM+137:20261116:102'", b"").replace(b"UNT+8", b"UNT+7") + b"UNZ+1+IC42'")
    assert segments(before)[2:] == ["UCS+2+13"]
    ended = received(UNB + b"UNH+M1+ORDERS:D:96A:UN'BGM+220+4711+9'UNT+3+M1'UNZ+1+IC42'")
    assert segments(ended)[2:] == ["UCS+2+13"]


def test_a_group_that_is_repeated_too_often_has_another_code_than_a_segment() -> None:
    at = SegmentLocation(message=1, segment=3, tag="DTM")
    said = (
        finding(SYN017_SEGMENT_REPEATED(TagRepeated(tag="DTM", most=35)), location=at),
        finding(SYN017_GROUP_REPEATED(TagRepeated(tag="SG1 (RFF)", most=99)), location=at),
    )
    assert segments(report_with(*said))[2:] == ["UCS+3+35", "UCS+3+36"]


def test_a_code_that_syntax_4_does_not_have_gives_way() -> None:
    said = finding(
        as_stored("SYN028", "1.234,5 is no number."), location=SegmentLocation(segment=3, tag="QTY", element=1)
    )
    assert segments(report_with(said))[2:] == ["UCS+3", "UCD+19+2"]
    assert segments(report_with(said), syntax_version="4")[2:] == ["UCS+3", "UCD+18+2"]


def test_information_is_not_told_unless_it_explains_a_second_answer() -> None:
    of_test = received(UNB.replace(b"+IC42", b"+IC42++++++1") + GOOD + b"UNZ+1+IC42'")
    assert segments(of_test) == ["UCI+IC42+9522104000010:14+9524017000019:14+7"]
    again = SyntaxReport(received=of_test.received, findings=(finding(as_stored("DOC004", "Received before.")),))
    assert segments(again) == ["UCI+IC42+9522104000010:14+9524017000019:14+7+26"]


def test_a_refused_message_that_cannot_be_named_is_not_acknowledged() -> None:
    nameless = received(UNB + BAD.replace(b"UNH+M2+", b"UNH++") + b"UNZ+1+IC42'")
    assert segments(nameless) == ["UCI+IC42+9522104000010:14+9524017000019:14+8"]
    assert {one.code for one in untold(nameless)} == {"SYN007", "SYN008", "SYN014", "SYN015", "SYN016"}


@pytest.mark.parametrize("unb", [UNB.replace(b"+IC42", b""), UNB.replace(b"9522104000010", b"9" * 36)])
def test_an_interchange_that_cannot_be_named_is_not_answered(unb: bytes) -> None:
    report = received(unb + GOOD + b"UNZ+1+IC42'")
    assert not report.answerable
    with pytest.raises(ValueError, match="reference of UNB"):
        syntax_report(report, checked.envelope())


def test_severity_is_that_of_the_policy() -> None:
    stream = io.BytesIO(UNB + GOOD.replace(b"UNT+8", b"UNT+9") + b"UNZ+1+IC42'")
    found = survey(stream)

    def judged(one: Finding) -> Finding:
        return one.model_copy(update={"severity": Severity.REJECT})

    report = report_on(found.interchanges[0], messages(stream, found), judged)
    assert segments(report)[1] == "UCM+M1+ORDERS:D:96A:UN:EAN008+4+29+UNT+2"


def test_beyond_what_contrl_keeps_each_message_has_its_faults_told_elsewhere() -> None:
    """Those before have theirs here, one by one."""
    faulty = b"UNH+%d+ORDERS:D:96A:UN'UNT+9+%d'"
    content = UNB + b"".join(faulty % (one, one) for one in range(1, MOST_FINDINGS + 3))
    stream = io.BytesIO(content)
    found = survey(stream)
    last: list[Finding] = []

    def noted() -> Iterator[Message]:
        for message in messages(stream, found):
            last[:] = (*last[-1:], *message.findings)
            yield message

    report = report_on(found.interchanges[0], noted())
    assert (report.beyond.messages, report.beyond.refused) == (2, False)
    assert report.beyond.offset == content.index(b"UNH+%d+" % (MOST_FINDINGS + 1))
    kept = [one for message in report.messages for one in message.findings]
    assert len(kept) == MOST_FINDINGS
    assert [one for one in kept if report.beyond.has(one)] == []
    assert [report.beyond.has(one) for one in last] == [True, True]
