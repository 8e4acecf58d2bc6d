"""Whatever a partner sends, what we write back is sound: our own reader finds nothing in it, and pydifact reads it."""

import io
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from pydifact.segmentcollection import Interchange as Oracle

import sample_files
from orders.findings import Finding
from parsers.edifact.headers import InterchangeHeader
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from parsers.edifact.syntax import checked_tree
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.exit_status import exit_status
from pipelines.incoming import incoming
from pipelines.reading import is_order, not_handled
from pipelines.report import report
from replies.aperak import OrderErrors, application_errors
from replies.contrl import syntax_report
from replies.contrl_report import report_on
from replies.edifact_envelope import Envelope, can_be_addressed
from replies.ordrsp import OrderResponse, order_responses
from tests.replies import checked
from tests.replies.reading import read

_AS_SENT = ("DOC006", "SYN022", "CHR002")
"""A test is answered as one, a code of nobody's comes back as it came, and characters that are quoted in Latin-1 may be
UTF-8 as well."""


def assert_answered(data: bytes, books: Books) -> None:
    """Check the file as the command does, and write CONTRL, APERAK and ORDRSP to all of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.edi"
        path.write_bytes(data)
        result = check_file(incoming(path), books, sample_files.AS_OF)
    report(result)
    assert exit_status(result.decision, len(result.orders)) in (0, 1, 2)
    stream = io.BytesIO(data)
    found = survey(stream)
    read_messages = list(messages(stream, found)) if result.orders or found.interchanges else []
    for message in read_messages:
        if not is_order(message) or checked_tree(message) is None:
            message.findings.append(not_handled(message))
    for interchange in found.interchanges:
        told = report_on(interchange, read_messages)
        if told.answerable:
            _assert_sound(
                syntax_report(told, _envelope(next(_of(interchange.number, read_messages), None), told.received))
            )
    carried = [one for one in read_messages if is_order(one)]
    for order, message in zip(result.orders, carried, strict=False):
        received = InterchangeHeader.of(found.interchanges[message.interchange.number - 1])
        if not can_be_addressed(received):
            continue
        envelope = _envelope(message, received)
        of_file = (one for one in result.findings if one.order is None)
        weighing = tuple(one for one in of_file if one.interchange in (None, received.number))
        _assert_sound(order_responses([OrderResponse(number="1", order=order, around=weighing)], envelope))
        errors = OrderErrors(
            number="1", order=order, message=message.reference, interchange=received.reference, around=weighing
        )
        written = application_errors([errors], envelope)
        if written is not None:
            _assert_sound(written)


def _of(number: int, read_messages: list[Message]) -> Iterator[Message]:
    return (one for one in read_messages if one.interchange.number == number)


def _envelope(message: Message | None, received: InterchangeHeader) -> Envelope:
    return Envelope.answering(
        received,
        directory=message.directory if message else "D.96A",
        association=message.association if message else None,
        control_reference="R1",
        prepared=checked.PREPARED,
    )


def _assert_sound(written: bytes) -> None:
    sent, noticed = read(written)
    for message in sent:
        if message.type != "CONTRL":
            assert checked_tree(message) is not None
            noticed += message.findings
    assert [one for one in noticed if not _is_as_sent(one)] == [], written
    separators = sent[0].interchange.separators
    if separators.release is not None and separators.repetition is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            oracle = Oracle.from_str(written.decode(sent[0].interchange.codec))
            theirs = [(one.tag, [e if isinstance(e, list) else [e] for e in one.elements]) for one in oracle.segments]
        assert theirs == [(one.tag, one.elements[1:]) for message in sent for one in message.segments], written


def _is_as_sent(one: Finding) -> bool:
    return one.code in _AS_SENT
