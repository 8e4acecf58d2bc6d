"""No finding of an EDIFACT file is told to nobody: what CONTRL, APERAK and ORDRSP cannot tell stands in a letter."""

import pytest

from orders.decision import Decision
from pipelines.receiving import receive_path
from pipelines.settings import Home
from replies.contrl_report import MOST_FINDINGS
from tests.pipelines.dock import at_work, decide, deliver, drop, poll, replies
from tests.pipelines.test_edifact_answers import ORDER, UNB
from tests.pipelines.test_every_answer import agree

GOOD = UNB % (b"N1", b"") + ORDER % (1, b"ANSWER-1", b"", 14, 1) + b"UNZ+1+N1'"
INVOICE = b"UNH+7+INVOIC:D:96A:UN'BGM+380'UNT+9+7'"
WITHOUT_ORDERS = UNB % (b"N2", b"") + INVOICE + b"UNZ+3+N2'"
TO_NOBODY = GOOD.replace(b"9524017000019:14+261116", b"+261116", 1).replace(b"N1", b"N3").replace(b"ANSWER", b"OTHER")


def letters(home: Home) -> list[str]:
    return [path.read_text("utf-8") for path in replies(home, "nordmarkt", "answer")]


def sent(home: Home, content: bytes, answers: str) -> None:
    agree(home, answers)
    drop(home, "nordmarkt", "orders.edi", content)
    poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        assert not any("parked" in status for _, status in dock.store.outgoing.counts())


def codes(letter: str) -> list[str]:
    return [line[2:8] for line in letter.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("answers", ["ordrsp", "aperak", "aperak, ordrsp"])
def test_an_interchange_without_orders_is_answered_beside_one_with_orders(home: Home, answers: str) -> None:
    sent(home, GOOD + WITHOUT_ORDERS, answers)
    (letter,) = letters(home)
    assert codes(letter) == ["SYN004", "SYN007", "SYN023"]
    assert "This is about the part of it that we could not answer in the form in which you sent it." in letter
    assert "ANSWER-1" not in letter


def test_what_contrl_tells_is_not_told_again(home: Home) -> None:
    sent(home, GOOD + WITHOUT_ORDERS, "contrl, ordrsp")
    assert letters(home) == []


def test_what_contrl_has_no_code_for_is_told_in_words(home: Home) -> None:
    """That the text is UTF-8 where UNOC was declared: no code of ISO 9735 says so."""
    content = WITHOUT_ORDERS.replace(b"BGM+380", "BGM+380:::Rechnungsübersicht".encode())
    sent(home, GOOD + content, "contrl, ordrsp")
    assert [codes(letter) for letter in letters(home)] == [["CHR002"]]


@pytest.mark.parametrize("content", [TO_NOBODY, GOOD + TO_NOBODY, TO_NOBODY + GOOD], ids=["alone", "behind", "before"])
@pytest.mark.parametrize("answers", ["ordrsp", "contrl, aperak, ordrsp"])
def test_an_interchange_that_names_no_recipient_is_answered_in_words(home: Home, content: bytes, answers: str) -> None:
    sent(home, content, answers)
    (letter,) = letters(home)
    assert codes(letter) == ["SYN002", "ITM001", "HDR011"]
    assert "OTHER-1" in letter and "ANSWER-1" not in letter
    assert len(replies(home, "nordmarkt", "ordrsp")) == (GOOD in content)


def test_a_sender_that_is_longer_than_a_reply_can_say_is_answered_in_words(home: Home) -> None:
    sent(home, GOOD.replace(b"9522104000010:14", b"9" * 36), "contrl, aperak, ordrsp")
    (letter,) = letters(home)
    assert "ITM001" in codes(letter)
    assert replies(home, "nordmarkt") == replies(home, "nordmarkt", "answer")


def test_a_letter_that_stands_alone_tells_everything(home: Home) -> None:
    many = b"".join(b"UNH+%d+INVOIC:D:96A:UN'BGM+380'UNT+3+%d'" % (one, one) for one in range(1, 41))
    sent(home, GOOD + UNB % (b"N2", b"") + many + b"UNZ+40+N2'", "ordrsp")
    (letter,) = letters(home)
    assert codes(letter) == ["SYN023"] * 40


def test_a_file_of_an_unknown_sender_is_put_aside_with_all_that_was_found(home: Home) -> None:
    """There is nobody to answer; whoever looks after the files sees it."""
    content = (GOOD + WITHOUT_ORDERS).replace(b"9522104000010", b"9529999000019")
    drop(home, "nordmarkt", "orders.edi", content)
    with at_work(home) as dock:
        path = home.folder / "in" / "nordmarkt" / "orders.edi"
        receipt = receive_path(path, None, dock.archive, dock.store.receipts, dock.clock)
        outcome = decide(dock, receipt)
        found = {one.code for one in dock.store.receipts.findings(receipt)}
        assert (outcome.decision, outcome.customer) == (Decision.QUARANTINED, None)
        assert {"DOC003", "SYN004", "SYN007", "SYN023"} <= found
        assert not dock.deliveries().drain()


def test_a_reference_that_was_used_before_is_told_in_contrl(home: Home) -> None:
    sent(home, GOOD, "contrl, ordrsp")
    sent(home, GOOD.replace(b"ANSWER", b"OTHER"), "contrl, ordrsp")
    sent(home, GOOD, "contrl, ordrsp")
    told = [path.read_bytes() for path in replies(home, "nordmarkt", "contrl")]
    assert sorted(b"+7+26" in one for one in told) == [False, True, True]


def test_messages_beyond_those_that_contrl_names_are_told_in_aperak(home: Home) -> None:
    """CONTRL keeps so many faults and says that there are more; what it leaves out, APERAK tells of an order."""
    invoices = b"".join(b"UNH+%d+INVOIC:D:96A:UN'UNT+2+%d'" % (one, one) for one in range(10, 10 + MOST_FINDINGS))
    first = (ORDER % (1, b"ANSWER-1", b"", 14, 1)).replace(b"EUR:9'", b"EUR:9::::8'")
    last = first.replace(b"UNH+1+", b"UNH+2+").replace(b"UNT+14+1'", b"UNT+14+2'")
    sent(home, UNB % (b"N1", b"") + first + invoices + last + b"UNZ+%d+N1'" % (MOST_FINDINGS + 2), "contrl, aperak")
    (contrl,), (aperak,) = (replies(home, "nordmarkt", kind) for kind in ("contrl", "aperak"))
    assert b"+8+18'" in contrl.read_bytes()
    assert (contrl.read_bytes().count(b"UCM+"), b"UCM+1+" in contrl.read_bytes()) == (MOST_FINDINGS, True)
    assert [b"SYN021" in one for one in aperak.read_bytes().split(b"UNH+2+")] == [False, True]
