"""Whatever the bytes are: the segments are those that pydifact reads, every place is exact, nothing raises."""

import io
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st
from pydifact.control import Characters
from pydifact.token import Token
from pydifact.tokenizer import Tokenizer

from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.structure import tree
from parsers.edifact.survey import survey
from parsers.edifact.tokens import tokens
from tests.parsers.interchanges import interchange, message, read

TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), max_size=8)
SEGMENT = st.tuples(
    st.from_regex(r"[A-TV-Z][A-Z0-9]{2}", fullmatch=True),
    st.lists(st.lists(TEXT, min_size=1, max_size=4), max_size=5),
)
SEPARATORS = st.permutations("!\"#$%&'()*+,-./:;<=>?@[]^`{|}~").map(lambda marks: "".join(marks[:4]))
VALID = interchange(
    message(b"BGM+220+PO1+9", b"DTM+137:20261116:102", b"LIN+1++9524017001177:SRV", b"QTY+21:5?:6", b"UNS+S"),
    message(b"BGM+220+PO2+9", b"FTX+AAI+++\xe4\xc3\xa4\x80", b"UNS+S", b"CNT+2:1", reference=b"M2"),
    una=b"UNA:+.? '",
)


def _written(segments: list[tuple[str, list[list[str]]]], marks: str) -> bytes:
    """The segments as an interchange in Latin-1, with these four separators."""
    component, element, release, terminator = marks

    def released(text: str) -> str:
        return "".join(release + character if character in marks else character for character in text)

    def segment(tag: str, *elements: list[str]) -> str:
        return element.join([tag, *(component.join(map(released, one)) for one in elements)]) + terminator

    lines = [
        segment("UNB", ["UNOC", "3"], ["S"], ["R"], ["261116", "0900"], ["1"]),
        segment("UNH", ["1"], ["ORDERS", "D", "96A", "UN"]),
        *(segment(tag, *elements) for tag, elements in segments),
        segment("UNT", [str(len(segments) + 2)], ["1"]),
        segment("UNZ", ["1"], ["1"]),
    ]
    return f"UNA{component}{element}.{release} {terminator}{''.join(lines)}".encode("iso8859-1")


def _as_pydifact_reads(text: str) -> list[list[list[str]]]:
    """Elements and components by pydifact's tokens. Its segments lose empty components; its tokens do not."""
    read_segments: list[list[list[str]]] = [[[""]]]
    for token in Tokenizer().get_tokens(text[9:], Characters.from_str(text[:9])):
        match token.type:
            case Token.Type.CONTENT:
                read_segments[-1][-1][-1] += token.value
            case Token.Type.COMPONENT_SEPARATOR:
                read_segments[-1][-1].append("")
            case Token.Type.DATA_SEPARATOR:
                read_segments[-1].append([""])
            case Token.Type.TERMINATOR:
                read_segments.append([[""]])
    return read_segments[1:-2]  # without UNB, UNZ and what is behind it


@given(st.lists(SEGMENT, max_size=6), SEPARATORS)
def test_segments_are_those_of_pydifact(segments: list[tuple[str, list[list[str]]]], marks: str) -> None:
    data = _written(segments, marks)
    found, (order,) = read(data)
    # By chance Latin-1 can be valid UTF-8; then it is read so, and a finding says so.
    text = data.decode(found.interchanges[0].codec)
    assert [segment.elements for segment in order.segments] == _as_pydifact_reads(text)
    if found.interchanges[0].codec == "iso8859-1":
        assert [segment.elements for segment in order.segments[1:-1]] == [[[tag], *rest] for tag, rest in segments]
        interchange = found.interchanges[0]
        bare = list(tokens(io.BytesIO(data), interchange.body, interchange.separators))
        assert bare[1:-1] == _as_pydifact_reads(text)


@given(st.lists(SEGMENT, max_size=4), SEPARATORS)
def test_every_place_is_the_byte_where_the_component_begins(
    segments: list[tuple[str, list[list[str]]]], marks: str
) -> None:
    data = _written(segments, marks)
    found, (order,) = read(data)
    codec = found.interchanges[0].codec
    ends = {ord(marks[0]), ord(marks[1]), ord(marks[3])}
    for number, segment in enumerate(order.segments, start=1):
        for element, components in enumerate(segment.elements):
            for component, value in enumerate(components, start=1):
                place = segment.place(element, component) if element else segment.place()
                assert (place.segment, place.tag) == (number, segment.tag)
                assert place.offset is not None
                assert data[place.offset - 1] in ends
                written = "".join(marks[2] + one if one in marks else one for one in value).encode(codec)
                behind = place.offset + len(written)
                assert data[place.offset : behind] == written
                assert data[behind] in ends


def _everything(data: bytes) -> list[Message]:
    stream = io.BytesIO(data)
    found = survey(stream)
    read_messages = list(messages(stream, found))
    for one in read_messages:
        tree(one)
    ends = [0, *(end for one in found.interchanges for end in (one.start, one.end)), len(data)]
    assert ends == sorted(ends)
    assert sum(len(one.segments) for one in read_messages) <= len(data)
    for one in read_messages:
        for segment in one.segments:
            assert data[segment.offset : segment.offset + len(segment.raw)] == segment.raw
        for said in one.findings:
            offset = getattr(said.location, "offset", None)
            assert offset is None or 0 <= offset <= len(data)
    return read_messages


SERVICE = (
    b"UNA:+.? '|UNA|UNB+UNOC:3+S+R+261116:0900+1'|UNH+1+ORDERS:D:96A:UN'|UNT+2+1'|UNZ+1+1'|UNG+|UNE+1'|LIN+1'|UNB\x1d"
)
PIECES = st.sampled_from([*SERVICE.split(b"|"), b"'", b"?", b"+", b":", b" ", b"\r\n", b"\xef\xbb\xbf"])


@given(st.lists(PIECES | st.binary(max_size=6), max_size=25).map(b"".join))
def test_no_bytes_raise(data: bytes) -> None:
    _everything(data)


@given(st.data())
@settings(max_examples=200)
def test_no_damage_to_a_valid_interchange_raises(data: st.DataObject) -> None:
    damaged = bytearray(VALID[: data.draw(st.integers(10, len(VALID)))])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _everything(bytes(damaged))


def test_every_truncation_of_a_valid_interchange_is_noticed() -> None:
    for length in range(10, len(VALID)):
        found, read_messages = read(VALID[:length])
        said = [*found.findings, *(one for item in found.interchanges for one in item.findings)]
        said += [one for item in read_messages for one in item.findings]
        assert said, VALID[:length]


def test_memory_does_not_grow_with_the_number_of_messages() -> None:
    def peak(count: int) -> int:
        one = message(b"BGM+220+PO1+9", *(b"LIN+%d++9524017001177:SRV" % line for line in range(300)), b"UNS+S")
        stream = io.BytesIO(interchange(*(one.replace(b"M1", b"M%d" % number) for number in range(count))))
        tracemalloc.start()
        try:
            for found in messages(stream, survey(stream)):
                tree(found)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # As trees in memory, 90 messages of 300 lines more would be above ten megabytes.
    assert peak(100) < peak(10) + (4 << 20)


def test_a_una_with_nothing_behind_it_comes_to_an_end() -> None:
    for data in (b"UNA:+.? '", VALID + b"\nUNA:+.? '", b"UNAAB.? 'UNB+UNOC:3'"):
        assert survey(io.BytesIO(data)).interchanges
