"""ORDRSP as a partner receives it: our own reader and pydifact read what we write."""

import io
from collections.abc import Callable

import pytest

from orders.findings import Severity, finding
from orders.findings.cases import as_stored
from parsers.edifact.headers import InterchangeHeader
from parsers.edifact.separators import Separators
from parsers.edifact.survey import survey
from replies.edifact_envelope import Envelope
from replies.ordrsp import OrderResponse, order_responses
from replies.wording.language import english
from tests.replies import checked
from tests.replies.reading import faults, free_text, read, read_by_pydifact, values

DIRECTORIES = ("D.96A", "D.01B")
RESPONSES = [OrderResponse(number=f"AB-{index}", order=one) for index, one in enumerate(checked.EVERY_ORDER, 1)]


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_what_is_written_stays_as_it_is(golden: Callable[[str, bytes], None], directory: str) -> None:
    written = order_responses(RESPONSES, checked.envelope(directory))
    golden(f"ordrsp-{directory.replace('.', '')}.edi", written.replace(b"'", b"'\n"))


@pytest.mark.parametrize("directory", DIRECTORIES)
@pytest.mark.parametrize("separators", checked.SEPARATORS.values(), ids=checked.SEPARATORS)
@pytest.mark.parametrize("identifier", ["UNOA", "UNOB", "UNOC", "UNOD", "UNOE", "UNOX", "UNOY"])
def test_our_own_reader_finds_no_fault(directory: str, separators: Separators, identifier: str) -> None:
    version = "4" if separators.repetition is not None or identifier in ("UNOX", "UNOY") else "3"
    envelope = checked.envelope(directory, separators=separators, syntax_identifier=identifier, syntax_version=version)
    written, noticed = read(order_responses(RESPONSES, envelope))
    # The information separators are control characters themselves, and the reader reports them as such.
    assert [one for one in noticed if one.code != "CHR003" or separators.element >= 0x20] == []
    assert len(written) == len(RESPONSES)


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_lengths_types_and_codes_are_those_of_the_directory(directory: str) -> None:
    written, _ = read(order_responses(RESPONSES, checked.envelope(directory)))
    assert [fault for message in written for fault in faults(message)] == []


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")
@pytest.mark.parametrize("directory", DIRECTORIES)
def test_pydifact_reads_the_same_segments(directory: str) -> None:
    content = order_responses(RESPONSES, checked.envelope(directory))
    written, _ = read(content)
    assert read_by_pydifact(content) == [(one.tag, one.elements[1:]) for message in written for one in message.segments]


def test_the_envelope_turns_round() -> None:
    found = survey(io.BytesIO(b"UNB+UNOC:3+BUYER:14+SELLER:ZZ+261116:0650+N1++ORDERS++++1'UNZ+0+N1'"))
    received = InterchangeHeader.of(found.interchanges[0])
    envelope = Envelope.answering(
        received, directory="D.96A", association="EAN008", control_reference="R1", prepared=checked.PREPARED
    )
    reply = survey(io.BytesIO(order_responses(RESPONSES, envelope))).interchanges[0]
    assert (reply.sender, reply.sender_qualifier) == ("SELLER", "ZZ")
    assert (reply.recipient, reply.recipient_qualifier) == ("BUYER", "14")
    assert (reply.reference, reply.test, reply.declared_separators) == ("R1", True, True)


def test_the_test_indicator_is_passed_on() -> None:
    assert survey(io.BytesIO(order_responses(RESPONSES, checked.envelope(test=True)))).interchanges[0].test


def test_the_answer_and_the_actions_follow_the_decision() -> None:
    written, _ = read(order_responses(RESPONSES, checked.envelope()))
    assert [values(message, "BGM", 3) for message in written] == [["29"], ["4"], ["12"], ["4"], ["27"], ["7"]]
    assert [values(message, "LIN", 2) for message in written] == [
        ["5", "5"],
        ["3", "3", "6"],
        ["4", "4"],
        ["7", "7", "5"],
        ["7"],
        ["4"],
    ]
    assert values(written[0], "RFF", 1, 2) == ["4500018261"]


def test_nothing_is_confirmed_while_the_order_waits() -> None:
    held, _ = read(order_responses([OrderResponse(number="1", order=checked.held())], checked.envelope()))
    assert "113" not in values(held[0], "QTY", 1)
    assert "69" not in values(held[0], "DTM", 1)


def test_a_line_number_that_does_not_fit_is_told_beside_the_position() -> None:
    held, _ = read(order_responses([OrderResponse(number="1", order=checked.held())], checked.envelope()))
    assert values(held[0], "LIN", 1) == ["1", "2"]
    assert "POS-0001" in values(held[0], "RFF", 1, 2)


@pytest.mark.parametrize("directory", DIRECTORIES)
@pytest.mark.parametrize("identifier", ["UNOC", "UNOY"])
def test_every_reason_reaches_the_partner(directory: str, identifier: str) -> None:
    envelope = checked.envelope(directory, syntax_identifier=identifier, syntax_version="4")
    written, _ = read(order_responses(RESPONSES, envelope))
    for message, response in zip(written, RESPONSES, strict=True):
        text = "".join(free_text(message).split())
        for one in response.order.findings:
            if one.severity is not Severity.INFO:
                words = english().message(one)
                told = words if identifier == "UNOY" else words.replace("€", "EUR").replace("–", "-")
                assert "".join(f"{one.code}{told}".split()).replace("猫", "?" if identifier == "UNOC" else "猫") in text


def test_findings_around_the_order_stand_in_its_head() -> None:
    around = (finding(as_stored("SYN004", "UNZ counts 2 messages, 1 was received.")),)
    written, _ = read(
        order_responses([OrderResponse(number="1", order=checked.held(), around=around)], checked.envelope())
    )
    assert "SYN004" in free_text(written[0])


def test_a_flood_of_reasons_stays_within_the_directory() -> None:
    many = tuple(finding(as_stored("QTY009", f"Remark {number}. {checked.ODD * 6}"), line=1) for number in range(300))
    flooded = checked.order(checked.line("1", checked.ACCEPTED), findings=many)
    written, noticed = read(order_responses([OrderResponse(number="1", order=flooded)], checked.envelope()))
    assert noticed == []
    assert "further remarks" in free_text(written[0])


def test_an_order_without_number_lines_or_parties_is_answered() -> None:
    bare = checked.rejected().sent.model_copy(update={"po_number": None, "lines": (), "parties": (), "currency": None})
    empty = checked.rejected().model_copy(update={"sent": bare, "lines": ()})
    written, noticed = read(order_responses([OrderResponse(number="1", order=empty)], checked.envelope()))
    assert noticed == []
    assert values(written[0], "CNT", 1, 2) == ["0"]
    assert values(written[0], "NAD", 2) == ["9522104000010", "9524017000019"]
