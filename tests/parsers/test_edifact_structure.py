"""The tree of a message: groups by the directory, what is missing, out of place or repeated, and nothing lost."""

from collections.abc import Iterator

import pytest

from parsers.edifact.directory import GroupSlot, Slot, directory, nearest
from parsers.edifact.groups import Group
from parsers.edifact.structure import tree
from parsers.edifact.syntax import checked_tree
from tests.parsers.interchanges import interchange, message, read

HEAD = (b"BGM+220+PO1+9", b"DTM+137:20261116:102")
FOOT = (b"UNS+S",)


def _groups(slots: tuple[Slot, ...]) -> Iterator[GroupSlot]:
    for slot in slots:
        if isinstance(slot, GroupSlot):
            yield slot
            yield from _groups(slot.items)


@pytest.mark.parametrize(
    ("version", "kind", "groups"),
    [
        ("D.93A", "ORDERS", 51),
        ("D.96A", "ORDERS", 54),
        ("D.01B", "ORDERS", 60),
        ("D.93A", "ORDCHG", 51),
        ("D.96A", "ORDCHG", 56),
        ("D.01B", "ORDCHG", 58),
        ("D.93A", "ORDRSP", 51),
        ("D.96A", "ORDRSP", 56),
        ("D.01B", "ORDRSP", 56),
    ],
)
def test_groups_are_numbered_without_a_gap(version: str, kind: str, groups: int) -> None:
    names = [group.name for group in _groups(directory(version).messages[kind])]
    assert names == [f"SG{number}" for number in range(1, groups + 1)]


@pytest.mark.parametrize(
    ("sent", "used"),
    [
        ("D.96A", "D.96A"),
        ("D.95B", "D.96A"),
        ("D.99B", "D.01B"),
        ("D.16A", "D.01B"),
        ("D.92A", "D.93A"),
        ("S.93", "D.96A"),
    ],
)
def test_the_nearest_directory(sent: str, used: str) -> None:
    assert nearest(sent) == used


def _read(*segments: bytes, kind: bytes = b"ORDERS:D:96A:UN") -> tuple[Group | None, list[tuple[str, int | None]]]:
    """The tree, and code and segment number of each finding."""
    _, (one,) = read(interchange(message(*segments, kind=kind)))
    root = tree(one)
    return root, [(said.code, getattr(said.location, "segment", None)) for said in one.findings]


def _shape(group: Group) -> list[object]:
    return [segment.tag for segment in group.segments] + [_shape(inner) for inner in group.groups]


def test_segments_belong_to_the_innermost_open_group() -> None:
    root, said = _read(
        *HEAD, b"RFF+CT:1", b"DTM+171:20260101:102", b"NAD+BY+1::9", b"RFF+VA:2", b"CTA+OC", b"COM+1:TE",
        b"NAD+SU+2::9", b"LIN+1", b"PIA+5+A:SA", b"QTY+21:5", b"PRI+AAA:2", b"RFF+ON:1", b"LOC+7+X", b"QTY+11:2",
        b"DTM+2:20261120:102", b"LIN+2", b"QTY+21:1", b"SCC+1", b"QTY+21:1", b"DTM+2:20261121:102",
        *FOOT, b"CNT+2:2", b"MOA+79:10",
    )  # fmt: skip
    assert root is not None
    # MOA stands before CNT in the directory; what is out of place is said and stays with the group that is open.
    assert said == [("SYN015", 26)]
    assert _shape(root) == [
        "UNH", "BGM", "DTM", "UNS", "CNT", "MOA", "UNT",
        ["RFF", "DTM"],
        ["NAD", ["RFF"], ["CTA", "COM"]],
        ["NAD"],
        ["LIN", "PIA", "QTY", ["PRI"], ["RFF"], ["LOC", "QTY", "DTM"]],
        ["LIN", "QTY", ["SCC", ["QTY", "DTM"]]],
    ]  # fmt: skip


def test_groups_directly_inside_are_found_by_their_trigger() -> None:
    root, _ = _read(*HEAD, b"NAD+BY+1::9", b"LIN+1", b"PRI+AAA:2", b"LIN+2", *FOOT)
    assert root is not None
    assert [group.segments[0].value(1) for group in root.of("LIN")] == ["1", "2"]
    assert list(root.of("PRI")) == []


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((*HEAD, b"LIN+1", *FOOT), []),
        ((HEAD[1], b"LIN+1", *FOOT), [("SYN016", 2)]),
        ((HEAD[0], b"LIN+1", *FOOT), [("SYN016", 3)]),
        ((*HEAD, b"LIN+1"), [("SYN016", 5)]),
        ((), [("SYN016", 2)]),
        ((*HEAD, b"LIN+1", *FOOT, b"ALC+A", b"LIN+2"), [("SYN015", 7), ("SYN016", 8)]),
        ((*HEAD, b"BGM+220+PO2+9", b"LIN+1", *FOOT), [("SYN015", 4)]),
        ((*HEAD, b"PAI+::42", b"PAI+::42", *FOOT), [("SYN017", 5)]),
        ((*HEAD, *[b"ALI+DE"] * 7, *FOOT), [("SYN017", 9)]),
        ((*HEAD, *[b"TAX+7"] * 6, *FOOT), [("SYN017", 9)]),
        ((*HEAD, b"XXX+1", b"LIN+1", *FOOT), [("SYN014", 4)]),
        ((*HEAD, b"LIN+1", b"QTY+21:5", b"ABC+1", b"PRI+AAA:2", *FOOT), [("SYN014", 6)]),
    ],
)
def test_missing_misplaced_and_repeated(segments: tuple[bytes, ...], expected: list[tuple[str, int]]) -> None:
    root, said = _read(*segments)
    assert said == expected
    assert root is not None

    def count(group: Group) -> int:
        return len(group.segments) + sum(count(inner) for inner in group.groups)

    assert count(root) == len(segments) + 2


def test_another_version_is_read_by_the_nearest_and_says_so() -> None:
    root, said = _read(*HEAD, b"LIN+1", *FOOT, kind=b"ORDERS:D:99B:UN")
    assert root is not None
    assert said == [("SYN024", 1)]


@pytest.mark.parametrize("kind", [b"INVOIC:D:96A:UN", b"NOTHING:D:96A:UN", b"", b":D:96A:UN"])
def test_a_message_that_is_not_known_has_no_tree(kind: bytes) -> None:
    assert _read(*HEAD, kind=kind) == (None, [])


def test_invented_tags_are_said_one_by_one() -> None:
    segments = [b"Z%02d+1" % number for number in range(100)]
    root, said = _read(*HEAD, *segments, *FOOT)
    assert root is not None
    assert said == [("SYN014", number) for number in range(4, 104)]
    assert len(root.segments) == 105


CONTACT = (*HEAD, b"NAD+BY+9524017000019::9", b"CTA+OC")


@pytest.mark.parametrize(
    ("version", "contact", "expected"),
    [
        (b"4", b"COM+1:TE*2:FX*3:EM", []),
        (b"4", b"COM+1:TE*2:FX*3:EM*4:TE", [("SYN021", b"4:TE")]),
        (b"4", b"COM+1:TE*2:NOSUCH", [("SYN019", b"NOSUCH")]),
        (b"4", b"COM+1:TE*2", [("SYN018", b"'LIN")]),
        (b"4", b"COM+1:TE+2:FX", [("SYN021", b"2:FX")]),
        (b"3", b"COM+1:TE+2:FX+3:EM", []),
        (b"3", b"COM+1:TE+2:FX+3:EM+4:AO", [("SYN021", b"4:AO")]),
    ],
)
def test_repetitions_are_checked_against_the_directory(
    version: bytes, contact: bytes, expected: list[tuple[str, bytes]]
) -> None:
    unb = b"UNB+UNOC:%s+S+R+261116:0900+REF1'" % version
    order = message(*CONTACT, contact, b"LIN+1", *FOOT, kind=b"ORDERS:D:01B:UN")
    data = interchange(order, unb=unb)
    _, (one,) = read(data)
    assert checked_tree(one) is not None
    said = [(finding.code, getattr(finding.location, "offset", None)) for finding in one.findings]
    assert said == [(code, data.index(mark)) for code, mark in expected]


@pytest.mark.parametrize(
    ("kind", "sent", "used"),
    [
        (b"ORDERS:D:97A:UN", "D.97A", "D.96A"),
        (b"ORDERS:D:10B:UN", "D.10B", "D.01B"),
        (b"ORDERS:D:94B:UN", "D.94B", "D.93A"),
        (b"ORDERS:::UN", ".", "D.96A"),
        (b"ORDERS", ".", "D.96A"),
        (b"ORDERS:2:912:UN", "2.912", "D.96A"),
        (b"ORDERS:D:96A:XX", "D.96A", "D.96A"),
    ],
)
def test_a_version_that_is_not_here_falls_back_to_the_nearest_with_a_warning(kind: bytes, sent: str, used: str) -> None:
    _, (one,) = read(interchange(message(*HEAD, b"LIN+1", *FOOT, kind=kind)))
    assert one.directory == sent
    assert tree(one) is not None
    said = [(finding.code, finding.severity.value, finding.before, finding.after) for finding in one.findings]
    agency = [("SYN024", "warning", "XX", "UN")] if kind.endswith(b"XX") else []
    assert said == ([("SYN024", "warning", sent, used)] if sent != used else agency)
