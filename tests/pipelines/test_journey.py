"""A file dropped in becomes an order in the store and the ERP, and an answer, in every format."""

import io

import pytest
from openpyxl import load_workbook

from connectors.errors import Refused
from connectors.store.records import WorkStatus
from orders.decision import Decision
from pipelines.settings import Home
from tests.pipelines.dock import at_work, deliver, drop, erp_orders, poll, replies, sample


@pytest.mark.parametrize(
    ("customer", "name", "number", "answer"),
    [
        ("nordmarkt", "clean.edi", "4500018231", ".ordrsp.edi"),
        ("ferrum", "clean.edi", "FE-2026-11873", ".ordrsp.edi"),
        ("lindenladen", "clean.csv", "LL26-0412", ".answer.csv"),
        ("bohne", "clean.xlsx", "BW-K-2611-07", ".answer.xlsx"),
        ("klinikum", "clean.xlsx", "K2026/004518", ".answer.xlsx"),
    ],
)
def test_a_clean_order_is_entered_and_answered(home: Home, customer: str, name: str, number: str, answer: str) -> None:
    drop(home, customer, name, sample(customer, name))
    (outcome,) = poll(home, customer)
    assert outcome.decision is Decision.ACCEPTED
    deliver(home)

    (entered,) = erp_orders(home)
    assert entered["customer"] == customer
    assert entered["po_number"] == number
    assert len(entered["lines"]) == outcome.counts.accepted
    assert [reply.name for reply in replies(home, customer) if reply.name.endswith(answer)]


@pytest.mark.parametrize("role", ["PR", "CA", "OB", "UD"])
def test_parties_that_nothing_acts_on_do_not_stop_an_order(home_on_each: Home, role: str) -> None:
    home = home_on_each
    further, line = b"NAD+%s+9524017000019::9'\n" % role.encode(), b"UNS+S'\n"
    order = sample("nordmarkt", "clean.edi").replace(b"CUX+", further + b"CUX+").replace(line, further + line)
    drop(home, "nordmarkt", "order.edi", order.replace(b"UNT+43+", b"UNT+45+"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert outcome.decision is Decision.ACCEPTED
    (entered,) = erp_orders(home)
    assert role in {party["qualifier"] for party in entered["parties"]}
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1
    with at_work(home) as dock:
        assert {status for _, status in dock.store.outgoing.counts()} == {WorkStatus.DONE}


def test_edifact_partners_get_what_they_ask_for(home: Home) -> None:
    drop(home, "nordmarkt", "held.edi", sample("nordmarkt", "held-quantities.edi"))
    drop(home, "nordmarkt", "clean.edi", sample("nordmarkt", "clean.edi"))
    drop(home, "ferrum", "held.edi", sample("ferrum", "held-quantities.edi"))
    for customer in ("nordmarkt", "ferrum"):
        poll(home, customer)
    deliver(home)
    kinds = sorted(path.name.split(".")[0] + path.name.split(".")[-2] for path in replies(home, "nordmarkt"))
    assert kinds == ["cleancontrl", "cleanordrsp", "heldaperak", "heldcontrl", "heldordrsp"]
    assert [path.name.split(".")[-2] for path in replies(home, "ferrum")] == ["ordrsp"]
    references = [path.read_bytes().split(b"'")[1].split(b"+")[5] for path in replies(home, "nordmarkt")]
    assert len(set(references)) == 5
    (aperak,) = replies(home, "nordmarkt", "aperak")
    assert aperak.read_bytes().count(b"ERC+") == 5


def test_a_faulty_interchange_gets_its_faults_in_contrl(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi").replace(b"UNT+43+", b"UNT+99+"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert outcome.decision is Decision.HELD
    (contrl,) = replies(home, "nordmarkt", "contrl")
    assert b"UCI+N004107+9522104000010:14+9524017000019:14+7'" in contrl.read_bytes()
    assert b"UCM+1+ORDERS:D:96A:UN:EAN008+7+29+UNT" in contrl.read_bytes()


def test_every_byte_is_kept_and_the_original_moves_away(home: Home) -> None:
    content = sample("nordmarkt", "clean.edi")
    drop(home, "nordmarkt", "clean.edi", content)
    (outcome,) = poll(home, "nordmarkt")
    with at_work(home) as dock:
        assert dock.archive.path(outcome.receipt.sha256).read_bytes() == content
    inbox = home.folder / "in" / "nordmarkt"
    assert not (inbox / "clean.edi").exists()
    assert [path.read_bytes() for path in (inbox / "processed").iterdir()] == [content]


def test_a_held_order_waits_and_is_answered(home: Home) -> None:
    drop(home, "nordmarkt", "held.edi", sample("nordmarkt", "held-quantities.edi"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert outcome.decision is Decision.HELD
    assert erp_orders(home) == []
    (reply,) = replies(home, "nordmarkt", "ordrsp")
    assert all(code in reply.read_bytes() for code in (b"QTY005", b"QTY006", b"QTY007", b"UOM002", b"ITM006"))


def test_a_rejected_line_is_left_out_and_answered(home: Home) -> None:
    drop(home, "nordmarkt", "rejected.edi", sample("nordmarkt", "rejected-items.edi"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert (outcome.counts.accepted, outcome.counts.rejected) == (1, 3)
    (entered,) = erp_orders(home)
    assert [line["line"] for line in entered["lines"]] == ["4"]


def test_the_annotated_workbook_names_every_finding(home: Home) -> None:
    drop(home, "bohne", "order.xlsx", sample("bohne", "held.xlsx"))
    (outcome,) = poll(home, "bohne")
    deliver(home)
    (reply,) = (one for one in replies(home, "bohne") if one.suffix == ".xlsx")
    workbook = load_workbook(io.BytesIO(reply.read_bytes()))
    texts = " ".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value)
    with at_work(home) as dock:
        codes = {one.code for one in dock.store.receipts.findings(outcome.receipt.id)}
    assert {code for code in codes if code not in texts} == set()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "DOC001"),
        (bytes(range(256)) * 8, "DOC001"),
        (b"PK\x03\x04 this is not a workbook", "DOC001"),
        (b"a note without any table\n", "LAY001"),
    ],
)
def test_an_unreadable_file_of_a_known_customer_is_answered_in_words(home: Home, content: bytes, code: str) -> None:
    drop(home, "lindenladen", "order.csv", content)
    (outcome,) = poll(home, "lindenladen")
    deliver(home)
    assert outcome.decision in (Decision.QUARANTINED, Decision.REJECTED)
    (reply,) = replies(home, "lindenladen")
    assert reply.name.endswith(".answer.txt")
    assert code in reply.read_text("utf-8")


def test_another_senders_edifact_in_a_customers_inbox_is_quarantined(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", sample("ferrum", "clean.edi"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert outcome.decision is Decision.QUARANTINED
    assert erp_orders(home) == []
    assert replies(home, "nordmarkt") == replies(home, "ferrum") == []


def test_an_unreachable_erp_leaves_the_work_due(home: Home) -> None:
    drop(home, "nordmarkt", "clean.edi", sample("nordmarkt", "clean.edi"))
    poll(home, "nordmarkt")
    (home.folder / "erp").write_text("a file stands where the folder of the ERP belongs")
    with at_work(home) as dock:
        with pytest.raises(Refused, match="erp cannot be used"):
            dock.deliveries()
        (home.folder / "erp").unlink()
        assert set(dock.deliveries().drain()) == {WorkStatus.DONE}
