"""Answers in EDIFACT by interchange: each in its own, with its own findings, and no file read in vain."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from connectors.archive import Archive
from orders.findings.documents import ReferenceInFile
from parsers.edifact.survey import survey
from pipelines.settings import Home
from tests.pipelines.dock import at_work, deliver, drop, erp_orders, poll, replies, sample
from tests.replies.reading import free_text, read, values

UNB = b"UNB+UNOC:3+9522104000010:14+9524017000019:14+261116:0610+%s%s'"
ORDER = (
    b"UNH+%d+ORDERS:D:96A:UN:EAN008'BGM+220+%s+9'DTM+137:20261116:102'DTM+2:20261124:102'NAD+BY+9522104000010::9'"
    b"NAD+SU+9524017000019::9'NAD+DP+9522104001017::9'CUX+2:EUR:9'%sLIN+1++4711:SA'QTY+21:100:PCE'"
    b"PRI+AAA:2.19:::1:PCE'UNS+S'CNT+2:1'UNT+%d+%d'"
)


TEXTS = 14
LONG = b"FTX+AAI+++%s'" % b":".join([b"x" * 69] * 5)


def order(number: int) -> bytes:
    """An order for an unknown item, so that nothing goes to the ERP; texts make it long."""
    return ORDER % (number, b"ANSWER-%d" % number, LONG * TEXTS, 13 + TEXTS, number)


def in_one_interchange(orders: int) -> bytes:
    messages = b"".join(order(number) for number in range(1, orders + 1))
    return UNB % (b"N1", b"") + messages + b"UNZ+%d+N1'" % orders


def in_interchanges_of_their_own(orders: int) -> bytes:
    return b"".join(UNB % (b"N%d" % one, b"") + order(one) + b"UNZ+1+N%d'" % one for one in range(1, orders + 1))


class CountingArchive(Archive):
    """An archive that counts the bytes that are read from it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder=folder)
        self.read = 0

    def open(self, sha256: str) -> BinaryIO:
        archive = self

        class Counting(io.FileIO):
            def read(self, size: int | None = -1, /) -> bytes:
                content = super().read(-1 if size is None else size)
                archive.read += len(content)
                return content

        return cast("BinaryIO", Counting(self.path(sha256)))


def bytes_read(home: Home, content: bytes) -> int:
    """How much of a file is read for all answers to it."""
    drop(home, "nordmarkt", "orders.edi", content)
    poll(home, "nordmarkt")
    with at_work(home) as dock:
        counting = dock.archive = CountingArchive(dock.archive.folder)
        dock.deliveries().drain()
    return counting.read


@pytest.mark.parametrize(
    ("content", "small"),
    [(in_one_interchange, 205), (in_interchanges_of_their_own, 8)],
    ids=["batches", "interchanges"],
)
def test_an_answer_reads_no_more_than_its_orders(home: Home, content: Callable[[int], bytes], small: int) -> None:
    once, twice = content(small), content(2 * small).replace(b"ANSWER-", b"AGAIN-")
    assert bytes_read(home, twice) < 2.4 * bytes_read(home, once)


def test_each_interchange_is_answered_in_its_own(home: Home) -> None:
    first, second = sample("nordmarkt", "clean-two-interchanges.edi").split(b"UNA|")
    first = first.replace(b"9522104000010:14+", b"9522104000010:ZZ+", 1).replace(b"+N004205'", b"+N004205++++++1'", 1)
    first = first.replace(b"UNZ+1+N004205++++++1'", b"UNZ+3+N004205'").replace(b"UNZ+1+N004205'", b"UNZ+3+N004205'")
    second = b"UNA|" + second.replace(b"QTY^21|60|PCE", b"QTY^21|61|PCE").replace(b"UNZ^1^N004206~", b"")
    drop(home, "nordmarkt", "two.edi", first + second)
    poll(home, "nordmarkt")
    deliver(home)
    for kind in ("contrl", "ordrsp", "aperak"):
        written = [path.read_bytes() for path in replies(home, "nordmarkt", kind)]
        envelopes = [survey(io.BytesIO(one)).interchanges for one in written]
        assert sorted((one.recipient_qualifier, one.test, chr(one.separators.element)) for (one,) in envelopes) == [
            ("14", False, "^"),
            ("ZZ", True, "+"),
        ]
        assert len({one.reference for (one,) in envelopes}) == 2
    for kind in ("ordrsp", "aperak"):
        (to_first,), (to_second,) = sorted(
            (read(path.read_bytes())[0] for path in replies(home, "nordmarkt", kind)),
            key=lambda messages: messages[0].interchange.separators.element,
        )
        assert ("SYN004" in free_text(to_first), "SYN003" in free_text(to_first)) == (True, False)
        assert ("SYN004" in free_text(to_second), "SYN003" in free_text(to_second)) == (False, True)
        if kind == "aperak":
            assert [one for one in values(to_first, "RFF", 1, 2) if (one or "").startswith("N0")] == ["N004205"]
            assert [one for one in values(to_second, "RFF", 1, 2) if (one or "").startswith("N0")] == ["N004206"]


def test_a_reference_that_comes_twice_in_a_file_is_told(home: Home) -> None:
    drop(
        home,
        "nordmarkt",
        "twice.edi",
        sample("nordmarkt", "clean-two-interchanges.edi").replace(b"N004206", b"N004205"),
    )
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        (told,) = dock.store.receipts.findings(outcome.receipt.id)
    assert (told.code, told.severity, told.before) == ("DOC004", "warning", "N004205")
    assert told.params == ReferenceInFile(reference="N004205", interchange=1)
    assert ["DOC004" in path.read_text("latin-1") for path in replies(home, "nordmarkt", "ordrsp")] == [True, False]
    assert [b"UCI" in path.read_bytes() for path in replies(home, "nordmarkt", "contrl")] == [True, True]


def test_a_test_is_answered_and_leaves_no_trace_in_the_erp(home: Home) -> None:
    """DOC006 diverts it: the real order with the same number, sent later, is the first one."""
    real = sample("nordmarkt", "clean.edi")
    drop(
        home,
        "nordmarkt",
        "test.edi",
        real.replace(b"+N004107'", b"+N004108++++++1'", 1).replace(b"+N004107", b"+N004108"),
    )
    (test,) = poll(home, "nordmarkt")
    deliver(home)
    assert (test.decision, erp_orders(home)) == ("accepted", [])
    (answered,) = replies(home, "nordmarkt", "ordrsp")
    assert b"+29'" in answered.read_bytes()
    drop(home, "nordmarkt", "real.edi", real)
    (again,) = poll(home, "nordmarkt")
    deliver(home)
    assert (again.decision, len(erp_orders(home))) == ("accepted", 1)


def test_an_order_that_comes_again_gets_its_answer_again(home: Home) -> None:
    """1225 says that it is a duplicate, HDR002 why; the lines are answered as the first time."""
    for reference in (b"N004107", b"N004109"):
        drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi").replace(b"N004107", reference))
        poll(home, "nordmarkt")
        deliver(home)
    answers = [read(path.read_bytes())[0][0] for path in replies(home, "nordmarkt", "ordrsp")]
    first, second = sorted(answers, key=lambda one: one.interchange.reference or "")
    assert [values(one, "BGM", 3) for one in (first, second)] == [["29"], ["7"]]
    assert "HDR002" in free_text(second)
    for tag, element in (("LIN", 2), ("QTY", 1), ("DTM", 1)):
        assert values(first, tag, element) == values(second, tag, element)


def test_a_fault_inside_of_a_line_is_told_at_the_line(home: Home) -> None:
    """In the head it is one of the order; in a line it holds that line, and APERAK refers to it."""
    faulty = (ORDER % (1, b"FAULTY-1", b"", 14, 1)).replace(b"QTY+21:100:PCE'", b"QTY+21:100:PCE:9:8'")
    faulty = faulty.replace(b"PRI+AAA:2.19", b"PRI+AAA:2.19x").replace(b"CUX+2:EUR:9'", b"CUX+2:EUR:9::::8'")
    drop(home, "nordmarkt", "faulty.edi", UNB % (b"N1", b"") + faulty + b"UNZ+1+N1'")
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        told = [(one.code, one.line) for one in dock.store.receipts.findings(outcome.receipt.id) if one.code < "T"]
    assert {("SYN021", None), ("SYN021", 1), ("SYN020", 1)} <= set(told)
    ((aperak,),) = (read(path.read_bytes())[0] for path in replies(home, "nordmarkt", "aperak"))
    at = [one.value(1) for one in aperak.segments].index("SYN020")
    assert next(one.value(1, 2) for one in aperak.segments[at:] if one.tag == "RFF") == "1"
