"""The text that goes with an annotated file, or stands alone: short, in one line a finding, nothing hidden in it."""

from dataclasses import replace

from orders.decision import Decision
from orders.findings import finding
from orders.findings.cases import as_stored
from orders.location import SegmentLocation
from replies.letter import letter
from tests.replies import checked


def test_the_letter_says_what_the_workbook_says() -> None:
    lines = letter(checked.answer(), "order.R-2026.answer.xlsx").decode().splitlines()
    assert lines[0] == "Your order could not be accepted as it is: 4500018261 (R-2026-000123)"
    assert "Lines: Read: 4; Correct, waiting: 2; On hold: 1; Not accepted: 1" in lines
    assert "Order value: 1,234.50 EUR, lines not accepted left out" in lines
    assert "- HDR011, whole order: The order is below the minimum. Order more, or ask us." in lines
    assert "- QTY003, row 5: The quantity -12 is negative. Ask us." in lines
    assert "The attached file order.R-2026.answer.xlsx shows it line by line." in lines
    assert not any("NRM003" in line for line in lines)


def test_a_file_without_an_order_is_answered_in_words() -> None:
    told = finding(
        as_stored("SYN013", "UNT is missing. Send the message whole."), location=SegmentLocation(tag="UNT", segment=7)
    )
    alone = replace(checked.answer(), orders=(), tables=(), findings=(told,), decision=Decision.REJECTED)
    text = letter(alone).decode()
    assert text.startswith("Your order could not be accepted: =bestellung.xlsx (R-2026-000123)\n")
    assert "No order could be read from it." in text
    assert "- SYN013, UNT, segment 7: UNT is missing. Send the message whole." in text


def test_a_letter_is_short_and_a_value_stays_in_its_line() -> None:
    odd = "x\r\nBcc: all@example.org\u202e\x00" + "y" * 100_000
    many = tuple(
        finding(as_stored("ITM001", f"We do not know the item {odd}."), line=1).in_order(1) for _ in range(500)
    )
    answer = replace(checked.answer(), findings=many, file_name=odd)
    text = letter(answer, "order.answer.xlsx").decode()
    assert len(text) < 15_000
    assert not any(line.startswith("Bcc") for line in text.splitlines())
    assert not {"\r", "\x00", "\u202e"} & set(text)
    assert "480 more stand in the attached file." in text


def test_a_letter_that_stands_alone_has_nowhere_else_to_point_to() -> None:
    many = tuple(finding(as_stored("SYN011", f"Bytes {number} stand outside.")) for number in range(1100))
    text = letter(replace(checked.answer(), orders=(), tables=(), findings=many)).decode()
    assert text.count("\n- SYN011") == 1000
    assert "100 more are not named here; please ask us for them." in text
