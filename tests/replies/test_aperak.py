"""APERAK as a partner receives it: our own reader and pydifact read what we write."""

from collections.abc import Callable

import pytest

from orders.checked import CheckedOrder
from orders.findings import Severity, finding
from orders.findings.cases import as_stored
from parsers.edifact.separators import Separators
from replies.aperak import OrderErrors, application_errors
from replies.reply_codes import reply_codes
from replies.wording.language import english
from tests.replies import checked
from tests.replies.reading import faults, free_text, read, read_by_pydifact, values

DIRECTORIES = ("D.96A", "D.01B")


def errors_of(number: str, order: CheckedOrder, **other: object) -> OrderErrors:
    given = {"message": "ME000123", "interchange": "IC0000042", "received": checked.PREPARED, **other}
    return OrderErrors.model_validate({"number": number, "order": order, **given})


EVERY = [errors_of(f"FE-{index}", one) for index, one in enumerate(checked.EVERY_ORDER, 1)]


def written(errors: list[OrderErrors], directory: str = "D.96A", **other: object) -> bytes:
    content = application_errors(errors, checked.envelope(directory, **other))
    assert content is not None
    return content


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_what_is_written_stays_as_it_is(golden: Callable[[str, bytes], None], directory: str) -> None:
    golden(f"aperak-{directory.replace('.', '')}.edi", written(EVERY, directory).replace(b"'", b"'\n"))


@pytest.mark.parametrize("directory", DIRECTORIES)
@pytest.mark.parametrize("separators", checked.SEPARATORS.values(), ids=checked.SEPARATORS)
@pytest.mark.parametrize("identifier", ["UNOA", "UNOC", "UNOY"])
def test_our_own_reader_finds_no_fault(directory: str, separators: Separators, identifier: str) -> None:
    version = "4" if separators.repetition is not None or identifier == "UNOY" else "3"
    other = {"separators": separators, "syntax_identifier": identifier, "syntax_version": version}
    messages, noticed = read(written(EVERY, directory, **other))
    # The information separators are control characters themselves, and the reader reports them as such.
    assert [one for one in noticed if one.code != "CHR003" or separators.element >= 0x20] == []
    assert len(messages) == sum(bool(one.errors) for one in EVERY)


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")
@pytest.mark.parametrize("directory", DIRECTORIES)
def test_elements_are_those_of_the_directory_and_pydifact_reads_them(directory: str) -> None:
    content = written(EVERY, directory)
    messages, _ = read(content)
    assert [fault for message in messages for fault in faults(message)] == []
    assert read_by_pydifact(content) == [
        (one.tag, one.elements[1:]) for message in messages for one in message.segments
    ]


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_every_error_has_its_code_its_text_and_its_reference(directory: str) -> None:
    messages, _ = read(written(EVERY, directory))
    for message, told in zip(messages, [one for one in EVERY if one.errors], strict=True):
        assert values(message, "ERC", 1) == [reply_codes(one).aperak_code for one in told.errors]
        text = "".join(free_text(message).split())
        lines = [told.order.lines[one.line - 1].sent.number for one in told.errors if one.line]
        assert [one.value(1, 2) for one in message.segments if one.value(1) == "LI"] == lines
        for one in told.errors:
            words = english().message(one).replace("€", "EUR").replace("–", "-").replace("猫", "?")
            assert "".join(f"{one.code}{words}".split()) in text


def test_the_function_follows_the_decision() -> None:
    messages, _ = read(written(EVERY))
    assert [values(message, "BGM", 3) for message in messages] == [["34"], ["12"], ["34"], ["27"]]


def test_an_order_without_errors_has_no_message() -> None:
    assert application_errors([errors_of("1", checked.accepted())], checked.envelope()) is None
    messages, _ = read(written([errors_of("1", checked.accepted()), errors_of("2", checked.rejected())]))
    assert [values(message, "BGM", 2) for message in messages] == [["2"]]


def test_information_and_kinds_without_a_code_are_not_told() -> None:
    told = (
        finding(as_stored("CHG003", "The change is older than one already taken.")),
        finding(as_stored("QTY009", "It stands there twice.")),
    )
    assert errors_of("1", checked.order(checked.line("1", checked.ACCEPTED), findings=told)).errors == ()


def test_d93a_is_answered_in_the_next_version_that_has_the_message() -> None:
    messages, noticed = read(written(EVERY, "D.93A"))
    assert noticed == []
    assert {message.directory for message in messages} == {"D.96A"}


def test_findings_around_the_order_are_told() -> None:
    around = (finding(as_stored("SYN004", "UNZ counts 2 messages, 1 was received.")),)
    messages, _ = read(written([errors_of("1", checked.accepted(), around=around)]))
    assert values(messages[0], "ERC", 1) == ["SYN004"]


def test_an_order_without_number_is_told_with_its_message() -> None:
    order = checked.rejected()
    bare = order.model_copy(update={"sent": order.sent.model_copy(update={"po_number": None})})
    messages, noticed = read(written([errors_of("1", bare)]))
    assert noticed == []
    assert values(messages[0], "RFF", 1, 2) == ["ME000123", "IC0000042", "ME000123"]


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_a_flood_of_errors_and_a_long_text_stay_within_the_directory(directory: str) -> None:
    many = tuple(finding(as_stored("QTY007", f"Remark {number}. " + "word " * 300), line=1) for number in range(1200))
    many += (finding(as_stored("HDR004", "The order is in CHF.")).model_copy(update={"severity": Severity.REJECT}),)
    flooded = checked.order(checked.line("1", checked.HELD), findings=many)
    messages, noticed = read(written([errors_of("1", flooded)], directory))
    assert noticed == []
    assert [fault for message in messages for fault in faults(message)] == []
    assert len(values(messages[0], "ERC", 1)) == 999
    assert values(messages[0], "ERC", 1)[0] == "HDR004"
    assert "202 further errors" in free_text(messages[0])
