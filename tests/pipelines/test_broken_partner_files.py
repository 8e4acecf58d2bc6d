"""A partner file that is broken stops its own partner and nobody else, and nothing of this partner is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.sample_home import make_home
from connectors.store.records import ReceiptOutcome, WorkKind, WorkStatus
from orders.decision import Decision
from pipelines.books import PartnerStopped
from pipelines.checkup import check_file
from pipelines.incoming import incoming
from pipelines.poll_table import poll_rows
from pipelines.settings import Home, open_home
from pipelines.watching import inbox_has_work, outbox_has_work
from tests.pipelines.dock import at_work, decide, deliver, drop, erp_orders, not_made_yet, poll, replies, sample

BREAKS = {
    "a typo in a name": lambda text: text + "polcy: {}\n",
    "not YAML": lambda text: text + "policy: [\n",
    "not YAML from the first line": lambda text: "{\n" + text,
    "empty": lambda _: "",
    "not text": lambda text: text.encode("utf-16").decode("latin-1"),
}


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Iterator[Home]:
    return make_home(tmp_path / "home", database_url)


def partner_file(home: Home, partner: str) -> Path:
    return home.folder / "partners" / f"{partner}.yaml"


def break_it(home: Home, partner: str, how: str = "a typo in a name") -> str:
    """Break the partner's file; gives what stood in it."""
    path = partner_file(home, partner)
    good = path.read_text("utf-8")
    path.write_text(BREAKS[how](good), "utf-8")
    return good


def poll_again(home: Home, inbox: str) -> list[ReceiptOutcome]:
    """What a later poll makes of the files that were left undecided."""
    with at_work(home) as dock:
        return [decide(dock, one) for one in dock.store.receipts.undecided(inbox, dock.partner_files().version)]


@pytest.mark.parametrize("how", BREAKS)
def test_the_partners_files_wait_and_all_others_go_on(home: Home, how: str) -> None:
    good = break_it(home, "nordmarkt", how)
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    drop(home, "ferrum", "order.edi", sample("ferrum", "clean.edi"))
    drop(home, "bohne", "order.xlsx", sample("bohne", "clean.xlsx"))
    (waiting,) = poll(home, "nordmarkt")
    assert waiting.decision is None
    assert [one.decision for inbox in ("ferrum", "bohne") for one in poll(home, inbox)] == [Decision.ACCEPTED] * 2
    deliver(home)
    assert sorted(one["customer"] for one in erp_orders(home)) == ["bohne", "ferrum"]
    assert replies(home, "ferrum") and replies(home, "bohne") and not replies(home, "nordmarkt")

    with at_work(home) as dock:
        (row,) = poll_rows([waiting], dock.store)
        assert row["outcome"] == "waiting"
        assert str(partner_file(home, "nordmarkt")) in row["first reason"]
        # Said once: nothing starts a poll before a partner file has changed.
        assert not inbox_has_work(dock, "nordmarkt")
        partner_file(home, "nordmarkt").write_text(good, "utf-8")
        assert inbox_has_work(dock, "nordmarkt")
    (mended,) = poll_again(home, "nordmarkt")
    assert (mended.decision, mended.receipt.waits_for, mended.receipt.id) == (
        Decision.ACCEPTED, None, waiting.receipt.id,
    )  # fmt: skip
    deliver(home)
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1
    assert "nordmarkt" in {one["customer"] for one in erp_orders(home)}


def test_the_reason_says_what_to_mend(home: Home) -> None:
    break_it(home, "nordmarkt")
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    (waiting,) = poll(home, "nordmarkt")
    assert waiting.receipt.waits_for is not None
    assert "polcy: there is no such field. Did you mean 'policy'?" in waiting.receipt.waits_for


@pytest.mark.parametrize("how", BREAKS)
def test_a_file_that_comes_by_nobodys_way_waits_where_it_may_be_the_partners(home: Home, how: str) -> None:
    good = break_it(home, "nordmarkt", how)
    with_any_inbox(home)
    drop(home, "anybody", "its.edi", sample("nordmarkt", "clean.edi"))
    drop(home, "anybody", "unknown.edi", sample("nordmarkt", "clean.edi").replace(b"9522104000010", b"9522104999996"))
    drop(home, "anybody", "others.edi", sample("ferrum", "clean.edi"))
    outcomes = {one.receipt.name: one.decision for one in poll(home, "anybody")}
    assert outcomes == {"its.edi": None, "unknown.edi": None, "others.edi": Decision.ACCEPTED}
    partner_file(home, "nordmarkt").write_text(good, "utf-8")
    outcomes = {one.receipt.name: one.decision for one in poll_again(home, "anybody")}
    assert outcomes == {"its.edi": Decision.ACCEPTED, "unknown.edi": Decision.QUARANTINED}


def test_a_table_that_names_nobody_is_quarantined_as_ever(home: Home) -> None:
    break_it(home, "nordmarkt")
    with_any_inbox(home)
    drop(home, "anybody", "order.csv", sample("lindenladen", "clean.csv"))
    assert [one.decision for one in poll(home, "anybody")] == [Decision.QUARANTINED]


def test_a_file_of_a_broken_partner_in_anothers_inbox_is_not_taken_as_the_others(home: Home) -> None:
    good = break_it(home, "nordmarkt")
    drop(home, "ferrum", "order.edi", sample("nordmarkt", "clean.edi"))
    assert [one.decision for one in poll(home, "ferrum")] == [None]
    partner_file(home, "nordmarkt").write_text(good, "utf-8")
    assert [one.decision for one in poll_again(home, "ferrum")] == [Decision.QUARANTINED]


def test_an_unreadable_file_of_a_broken_partner_is_answered_when_it_is_mended(home: Home) -> None:
    good = break_it(home, "lindenladen")
    drop(home, "lindenladen", "order.csv", b"")
    assert [one.decision for one in poll(home, "lindenladen")] == [None]
    partner_file(home, "lindenladen").write_text(good, "utf-8")
    assert [one.decision for one in poll_again(home, "lindenladen")] != [None]
    deliver(home)
    assert "DOC001" in replies(home, "lindenladen")[0].read_text("utf-8")


def test_two_files_for_one_partner_stop_this_partner_alone(home: Home) -> None:
    path = partner_file(home, "nordmarkt")
    second = path.with_name("nordmarkt (copy).yaml")
    second.write_text(path.read_text("utf-8"), "utf-8")
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    drop(home, "ferrum", "order.edi", sample("ferrum", "clean.edi"))
    (waiting,) = poll(home, "nordmarkt")
    assert waiting.decision is None
    assert "nordmarkt is claimed by nordmarkt (copy).yaml and by nordmarkt.yaml" in (waiting.receipt.waits_for or "")
    assert [one.decision for one in poll(home, "ferrum")] == [Decision.ACCEPTED]
    second.unlink()
    assert [one.decision for one in poll_again(home, "nordmarkt")] == [Decision.ACCEPTED]


@pytest.mark.parametrize("name", [".nordmarkt.yaml.swp", ".#nordmarkt.yaml", "._nordmarkt.yaml", "nordmarkt.yaml~"])
def test_what_editors_leave_there_stops_nobody(home: Home, name: str) -> None:
    path = partner_file(home, "nordmarkt").with_name(name)
    if name.startswith(".#"):
        path.symlink_to("somebody@machine.1234")
    else:
        path.write_bytes(b"b0VIM 9.0\x00\xff")
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    assert [one.decision for one in poll(home, "nordmarkt")] == [Decision.ACCEPTED]


def test_a_reply_that_was_made_needs_no_partner_file(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    poll(home, "nordmarkt")
    break_it(home, "nordmarkt")
    deliver(home)
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1


def test_a_reply_waits_without_a_try_and_is_never_parked(home: Home) -> None:
    for customer in ("nordmarkt", "ferrum"):
        drop(home, customer, "order.edi", sample(customer, "clean.edi"))
        poll(home, customer)
    not_made_yet(home)
    good = break_it(home, "nordmarkt")
    with at_work(home) as dock:
        for _ in range(25):
            dock.deliveries().drain()
        counts = dock.store.outgoing.counts()
        assert {status for _, status in counts} == {WorkStatus.DONE, WorkStatus.PENDING}
        # The ERP needs no partner file; nothing is started for replies that cannot be made.
        assert counts[WorkKind.ERP, WorkStatus.DONE] == 2
        assert not outbox_has_work(dock)
    assert replies(home, "ferrum") and not replies(home, "nordmarkt")
    partner_file(home, "nordmarkt").write_text(good, "utf-8")
    with at_work(home) as dock:
        assert outbox_has_work(dock)
        taken = dock.deliveries().take(100)
        assert {one.attempts for one in taken} == {1}
        for work in taken:
            dock.deliveries().deliver(work)
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1


def test_a_reply_that_was_taken_when_its_partner_broke_is_given_back(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    poll(home, "nordmarkt")
    not_made_yet(home)
    with at_work(home) as dock:
        deliveries = dock.deliveries()
        taken = [one for one in deliveries.take(100) if one.kind is WorkKind.REPLY]
        break_it(home, "nordmarkt")
        delivered = [deliveries.deliver(work) for work in taken]
        assert {one.status for one in delivered} == {WorkStatus.PENDING}
        assert all("polcy" in (one.problem or "") for one in delivered)
        again = dock.store.outgoing.take(dock.clock.now().replace(year=2999), 100)
        assert {one.attempts for one in again if one.kind is WorkKind.REPLY} == {1}


def test_without_the_folder_nobody_is_quarantined_and_no_reply_is_parked(home: Home) -> None:
    drop(home, "ferrum", "order.edi", sample("ferrum", "clean.edi"))
    poll(home, "ferrum")
    not_made_yet(home)
    folder = home.folder / "partners"
    folder.rename(home.folder / "elsewhere")
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    with pytest.raises(Exception, match="partner files cannot be looked for"):
        poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        assert {status for _, status in dock.store.outgoing.counts()} == {WorkStatus.DONE, WorkStatus.PENDING}
    (home.folder / "elsewhere").rename(folder)
    assert [one.decision for one in poll_again(home, "nordmarkt")] == [Decision.ACCEPTED]
    deliver(home)
    assert replies(home, "ferrum") and replies(home, "nordmarkt")


def test_a_check_says_which_file_is_to_be_mended(home: Home, tmp_path: Path) -> None:
    break_it(home, "nordmarkt")
    path = tmp_path / "order.edi"
    with at_work(home) as dock:
        books, day = dock.books(), dock.clock.day_of(dock.clock.now())
        path.write_bytes(sample("nordmarkt", "clean.edi"))
        with pytest.raises(PartnerStopped, match=r"order\.edi: .*nordmarkt\.yaml.*Did you mean 'policy'"):
            check_file(incoming(path), books, day)
        path.write_bytes(sample("ferrum", "clean.edi"))
        assert check_file(incoming(path), books, day).decision is Decision.ACCEPTED


def with_any_inbox(home: Home) -> None:
    """Add an inbox that is nobody's."""
    (home.folder / "in" / "anybody").mkdir()
    add_to_inboxes(home, "{kind: folder, name: anybody, path: in/anybody, settle_seconds: 0.2}")
    home.settings = open_home(home.folder).settings


def add_to_inboxes(home: Home, entry: str) -> None:
    path = home.folder / "ordermill.yaml"
    path.write_text(path.read_text("utf-8").replace("inboxes:\n", f"inboxes:\n  - {entry}\n"), "utf-8")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{kind: stfp, name: shop, folder: in}", "inboxes.0"),
        ("{kind: folder, name: shop}", "inboxes.0.folder.path: Field required"),
        ("{kind: folder, name: shop, path: in/shop, custmer: shop}", "Did you mean 'customer'?"),
        ("nonsense", "inboxes.0"),
        ("{kind: folder, name: ferrum, path: in/shop}", "there is another inbox ferrum above"),
    ],
)
def test_an_inbox_with_faulty_settings_stops_alone(home: Home, entry: str, words: str) -> None:
    add_to_inboxes(home, entry)
    opened = open_home(home.folder)
    (problem,) = opened.broken_inboxes
    assert words in problem
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    assert [one.decision for one in poll(opened, "nordmarkt")] == [Decision.ACCEPTED]


def test_faulty_settings_of_one_customers_replies_leave_these_due(home: Home) -> None:
    path = home.folder / "ordermill.yaml"
    good = path.read_text("utf-8")
    path.write_text(good + "replies: {nordmarkt: {kind: stfp}, ferrum: {kind: folder, path: out/ferrum}}\n", "utf-8")
    opened = open_home(home.folder)
    for customer in ("nordmarkt", "ferrum"):
        drop(opened, customer, "order.edi", sample(customer, "clean.edi"))
        assert [one.decision for one in poll(opened, customer)] == [Decision.ACCEPTED]
    deliver(opened)
    assert replies(home, "ferrum") and not replies(home, "nordmarkt")
    with at_work(opened) as dock:
        assert WorkStatus.PARKED not in {status for _, status in dock.store.outgoing.counts()}
        assert not outbox_has_work(dock)
    path.write_text(good, "utf-8")
    deliver(open_home(home.folder))
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1
