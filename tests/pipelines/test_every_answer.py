"""Every finding of every sample in EDIFACT has an answer that its sender gets, whichever answers are agreed."""

import io

import pytest

import sample_files
from orders.findings import Severity
from parsers.edifact.survey import survey
from parsers.edifact.syntax import checked_tree
from pipelines.settings import Home
from replies.reply_codes import reply_codes
from tests.pipelines.dock import at_work, deliver, drop, poll, replies
from tests.replies.reading import read, read_by_pydifact

FILES = [path for path in sample_files.order_files() if path.suffix == ".edi"]


def agree(home: Home, answers: str) -> None:
    """Have every partner answered so."""
    for path in (home.folder / "partners").glob("*.yaml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if "answers:" not in line and line != "edifact:"]
        path.write_text("\n".join([*lines, "edifact:", f"  answers: [{answers}]", ""]), "utf-8")


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")
@pytest.mark.parametrize("answers", ["ordrsp", "contrl, aperak", "contrl, aperak, ordrsp"])
def test_every_finding_is_told(home: Home, answers: str) -> None:
    agree(home, answers)
    for path in FILES:
        drop(home, path.parent.name, path.name, path.read_bytes())
    outcomes = {
        (customer, outcome.receipt.name): outcome
        for customer in ("nordmarkt", "ferrum")
        for outcome in poll(home, customer)
    }
    deliver(home)
    written = {customer: replies(home, customer) for customer in ("nordmarkt", "ferrum")}
    references = [
        (name, one) for name, paths in written.items() for path in paths for one in _checked(path.read_bytes())
    ]
    assert len(references) == len(set(references))
    untold = []
    with at_work(home) as dock:
        for (customer, name), outcome in outcomes.items():
            of_file = f"{name.removesuffix('.edi')}.{outcome.receipt.id[:8]}"
            text = " ".join(one.read_text("latin-1") for one in written[customer] if one.name.startswith(of_file))
            untold += [
                (name, one.code)
                for one in dock.store.receipts.findings(outcome.receipt.id)
                if one.severity is not Severity.INFO
                and one.code not in text
                and not ("CONTRL" in text and f"+{reply_codes(one).contrl_code}" in text)
            ]
    assert len(outcomes) == len(FILES)
    assert untold == []


def _checked(written: bytes) -> list[str]:
    """The control references of a reply, in which our own checker finds nothing and which pydifact reads alike."""
    sent, noticed = read(written)
    assert [one.code for one in noticed if one.code != "DOC006"] == []  # a test is answered as one
    for message in (one for one in sent if one.type != "CONTRL"):
        assert checked_tree(message) is not None
        assert list(message.findings) == []
    assert read_by_pydifact(written) == [(one.tag, one.elements[1:]) for message in sent for one in message.segments]
    return [one.reference or "" for one in survey(io.BytesIO(written)).interchanges]


def test_a_message_that_is_not_handled_is_refused_by_its_name(home: Home) -> None:
    order = (sample_files.FOLDER / "nordmarkt" / "clean.edi").read_bytes()
    drop(home, "nordmarkt", "invoice.edi", order.replace(b"ORDERS:D:96A", b"INVOIC:D:96A"))
    poll(home, "nordmarkt")
    deliver(home)
    (contrl,) = replies(home, "nordmarkt", "contrl")
    assert b"UCM+1+INVOIC:D:96A:UN:EAN008+4+14" in contrl.read_bytes()
