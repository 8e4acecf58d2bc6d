"""The contract of an inbox, for a folder and for SFTP on OpenSSH and on asyncssh's server."""

import os
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from connectors.errors import Gone, Refused, Unmovable, Unreachable, Unreadable
from connectors.ports import Claim, Inbox
from tests.connectors.conftest import Place

ODD_NAMES = (
    "two  blanks .edi",
    "Bestellung für Müller & Söhne.csv",
    "Bestellung fu\u0308r.csv",
    "\u6ce8\u6587\u66f8 \U0001f4e6.xlsx",
    'it\'s "quoted" `so`.csv',
    "line\nbreak\t.csv",
    "-rf",
    "--help.csv",
    "$HOME;rm *?[a].csv",
    "up\\..\\..\\windows.csv",
    "%2e%2e%2fpercent.csv",
    "a__b__c.csv",
    "0" * 32 + "__looks like a claim.csv",
    " leading.csv",
    "no extension",
    "x" * 196 + ".csv",
    "y" * 251 + ".csv",
    "ü" * 127,
)
LEFT_ALONE = (".hidden", "a.part", "b.tmp", "c.filepart", "d.CRDOWNLOAD")


def claims(inbox: Inbox) -> list[Claim]:
    with inbox.open() as session:
        return list(session.claims())


def receive(inbox: Inbox, into: Path) -> dict[str, bytes]:
    """Do what the pipeline does; the archive's part is played by a folder."""
    received = {}
    with inbox.open() as session:
        for claim in session.claims():
            copy = into / claim.claim
            session.fetch(claim, copy)
            received[claim.name] = copy.read_bytes()
            session.finish(claim)
    return received


@contextmanager
def _growing(path: Path) -> Iterator[None]:
    """Write to the file without a break."""
    stop = threading.Event()
    begun = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"+more")
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def test_a_file_is_claimed_fetched_and_finished(place_of_any_rename: Place, tmp_path: Path) -> None:
    place = place_of_any_rename
    place.drop("order.edi", b"UNB+UNOC:3")
    copy = tmp_path / "copy"
    with place.inbox().open() as session:
        (claim,) = session.claims()
        assert (claim.name, claim.size) == ("order.edi", 10)
        assert place.names() == ["processed"]
        assert place.names(".claimed") == [f"{claim.claim}__order.edi"]

        session.fetch(claim, copy)
        assert copy.read_bytes() == b"UNB+UNOC:3"
        assert place.names("processed") == []

        session.finish(claim)
        session.finish(claim)  # again is no error
    assert place.names(".claimed") == []
    assert place.names("processed") == [f"{claim.claim}__order.edi"]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    assert claims(place.inbox()) == []


def test_files_come_in_the_order_of_arrival(place: Place) -> None:
    for minute, name in enumerate(("z-original.edi", "a-change.edi", "m-cancellation.edi")):
        place.drop(name)
        os.utime(place.folder / name, (60 * minute, 60 * minute))
    assert [claim.name for claim in claims(place.inbox())] == ["z-original.edi", "a-change.edi", "m-cancellation.edi"]


def test_a_claim_that_a_crash_left_comes_first_and_keeps_its_id(place: Place, tmp_path: Path) -> None:
    place.drop("before.edi", b"before")
    (before,) = claims(place.inbox())
    place.drop("after.edi")
    with place.inbox().open() as session:
        again, after = session.claims()
        assert again == before
        assert after.name == "after.edi"
        session.fetch(again, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"before"


def test_a_claim_can_be_worked_on_in_a_later_session(place: Place, tmp_path: Path) -> None:
    place.drop("M\u00fcller \u00fc.edi", b"content")
    (claim,) = claims(place.inbox())
    with place.inbox().open() as session:
        session.fetch(claim, tmp_path / "copy")
        session.finish(claim)
    with place.inbox().open() as session:
        session.finish(claim)
    assert (tmp_path / "copy").read_bytes() == b"content"


def test_a_claim_is_not_given_out_twice_while_it_is_worked_on(place: Place) -> None:
    place.drop("order.edi")
    with place.inbox().open() as first, place.inbox().open() as second:
        (claim,) = first.claims()
        assert list(second.claims()) == []
        assert list(first.claims()) == []
    assert claims(place.inbox()) == [claim]


def test_waiting_tells_of_what_is_to_be_claimed(place: Place) -> None:
    with place.inbox().open() as session, place.inbox().open() as second:
        place.drop(".hidden")
        assert not session.waiting()
        place.drop("order.edi")
        assert session.waiting()
        assert place.names() == ["order.edi", "processed"]
        list(session.claims())
        assert not session.waiting()
        assert not second.waiting()  # the first session works on it
    with place.inbox().open() as session:
        assert session.waiting()  # what a crash left


def test_a_file_that_grows_is_left_alone(place: Place) -> None:
    place.drop("whole.edi")
    place.drop("growing.edi", b"UNB")
    with _growing(place.folder / "growing.edi"):
        assert [claim.name for claim in claims(place.inbox())] == ["whole.edi"]
    size = (place.folder / "growing.edi").stat().st_size
    grown = claims(place.inbox())[-1]
    assert (grown.name, grown.size) == ("growing.edi", size)


def test_a_file_that_changes_while_it_is_copied_is_not_taken_for_whole(place: Place, tmp_path: Path) -> None:
    # A local copy is quick: it must take long enough for the sender to get its turn on a busy machine.
    place.drop("order.edi", b"x" * ((128 if place.server is None else 6) << 20))
    with place.inbox().open() as session:
        (claim,) = session.claims()
        # The sender still has the file open, and goes on after a pause longer than ours.
        still_open = _growing(place.folder / ".claimed" / f"{claim.claim}__order.edi")
        with still_open, pytest.raises(Unreachable, match="still be writing"):
            session.fetch(claim, tmp_path / "copy")
        assert list(tmp_path.glob("copy")) + list(tmp_path.glob(".*.part")) == []
        session.fetch(claim, tmp_path / "copy")  # now it stands still
    assert (tmp_path / "copy").stat().st_size > claim.size


def test_two_pollers_claim_each_file_once(place_of_any_rename: Place) -> None:
    place = place_of_any_rename
    names = {f"order-{number}.edi" for number in range(40)}
    for name in names:
        place.drop(name, name.encode())
    start = threading.Barrier(3)

    def poll() -> list[Claim]:
        with place.inbox().open() as session:
            start.wait()
            taken = []
            for claim in session.claims():
                taken.append(claim)
                session.finish(claim)
            return taken

    with ThreadPoolExecutor(3) as pollers:
        taken = [claim for poller in [pollers.submit(poll) for _ in range(3)] for claim in poller.result()]
    assert sorted(claim.name for claim in taken) == sorted(names)
    assert len({claim.claim for claim in taken}) == len(names)
    assert len(place.names("processed")) == len(names)


def test_odd_names_arrive_as_they_are(place: Place, tmp_path: Path) -> None:
    for name in ODD_NAMES:
        place.drop(name, name.encode())
    received = receive(place.inbox(), tmp_path)
    assert sorted(received.values()) == sorted(name.encode() for name in ODD_NAMES)
    whole = {name: content for name, content in received.items() if "~" not in name}
    assert whole == {name: name.encode() for name in ODD_NAMES if len(name.encode()) <= 221}
    # A name with no room left for the claim id is cut at its stem and says so.
    cut = {content: name for name, content in received.items() if "~" in name}
    assert cut[("y" * 251 + ".csv").encode()] == "y" * 216 + "~.csv"
    assert cut[("ü" * 127).encode()] == "ü" * 110 + "~"
    assert place.names(".claimed") == []
    assert len(place.names("processed")) == len(ODD_NAMES)


def test_a_name_that_is_no_text_is_shown_and_works(place: Place, tmp_path: Path) -> None:
    place.drop(b"M\xfcller.csv", b"latin")
    (claim,) = claims(place.inbox())
    assert claim.name == "M\\xfcller.csv"
    with place.inbox().open() as session:
        session.fetch(claim, tmp_path / "copy")
        session.finish(claim)
    assert (tmp_path / "copy").read_bytes() == b"latin"


def test_an_empty_file_arrives(place: Place, tmp_path: Path) -> None:
    place.drop("empty.csv", b"")
    assert receive(place.inbox(), tmp_path) == {"empty.csv": b""}


def test_a_large_file_arrives_in_flat_memory(place: Place, tmp_path: Path) -> None:
    content = bytes(range(256)) * 80_000 + b"tail"  # 20 MB
    place.drop("large.csv", content)
    with place.inbox().open() as session:
        (claim,) = session.claims()
        tracemalloc.start()
        try:
            session.fetch(claim, tmp_path / "copy")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (tmp_path / "copy").read_bytes() == content
    assert peak < len(content) * 0.6  # a share of it is the embedded server, in the same process


def test_what_is_no_file_for_us_is_left_alone(place: Place, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"not theirs")
    (place.folder / "link.edi").symlink_to(secret)
    (place.folder / "nowhere.edi").symlink_to("nothing")
    (place.folder / "folder.edi").mkdir()
    os.mkfifo(place.folder / "pipe.edi")
    for name in LEFT_ALONE:
        place.drop(name)
    before = sorted(path.name for path in place.folder.iterdir())
    assert claims(place.inbox()) == []
    assert sorted(path.name for path in place.folder.iterdir()) == sorted([*before, ".claimed", "processed"])


def test_the_same_name_twice_keeps_both(place: Place, tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        place.drop("order.edi", content)
        assert receive(place.inbox(), tmp_path) == {"order.edi": content}
    kept = sorted((place.folder / "processed" / name).read_bytes() for name in place.names("processed"))
    assert kept == [b"first", b"second"]


def test_what_is_in_processed_is_never_overwritten(place_of_any_rename: Place) -> None:
    place = place_of_any_rename
    place.drop("order.edi", b"new")
    with place.inbox().open() as session:
        (claim,) = session.claims()
        forged = place.folder / "processed" / f"{claim.claim}__order.edi"
        forged.write_bytes(b"old")
        with pytest.raises(Unmovable, match="there already"):
            session.finish(claim)
    assert forged.read_bytes() == b"old"
    assert place.names(".claimed") == [forged.name]


def test_a_file_that_vanishes_is_gone(place: Place, tmp_path: Path) -> None:
    place.drop("order.edi")
    with place.inbox().open() as session:
        (claim,) = session.claims()
        (place.folder / ".claimed" / f"{claim.claim}__order.edi").unlink()
        with pytest.raises(Gone, match=r"order\.edi"):
            session.fetch(claim, tmp_path / "copy")
        with pytest.raises(Gone, match=r"order\.edi"):
            session.finish(claim)
    assert list(tmp_path.glob("copy*")) == []


def test_a_file_taken_back_before_it_settled_is_no_error(place: Place) -> None:
    place.drop("order.edi")
    with place.inbox(settle_seconds=0.2).open() as session:
        taking_back = threading.Timer(0.1, (place.folder / "order.edi").unlink)
        taking_back.start()
        assert list(session.claims()) == []
        taking_back.join()


def test_an_empty_inbox_does_not_wait(place: Place) -> None:
    with place.inbox(settle_seconds=3600).open() as session:
        assert list(session.claims()) == []


def test_a_missing_folder_is_refused_with_its_name(place: Place) -> None:
    missing = place.folder / "missing" if place.server is None else "missing"
    with pytest.raises(Refused, match=r"missing.*create it"), place.inbox(folder=missing).open():
        pass


def test_a_folder_below_that_is_a_file_is_refused(place: Place) -> None:
    (place.folder / ".claimed").write_bytes(b"")
    with pytest.raises(Refused), place.inbox().open():
        pass


def test_a_file_that_may_not_be_read_is_set_aside_and_the_next_one_comes(
    place: Place, tmp_path: Path, as_another_account: Callable[[Place], AbstractContextManager[None]]
) -> None:
    place.drop("a-locked.edi", b"locked")
    place.drop("b-open.edi", b"open")
    for name in ("a-locked.edi", "b-open.edi"):
        os.utime(place.folder / name, (60, 60))
    (place.folder / "a-locked.edi").chmod(0)
    into = tmp_path / "copies"
    into.mkdir()
    with as_another_account(place), place.inbox().open() as session:
        locked, opened = session.claims()
        with pytest.raises(Unreadable, match=r"a-locked\.edi"):
            session.fetch(locked, into / "locked")
        where = session.set_aside(locked)
        session.fetch(opened, into / "open")
        session.finish(opened)
        assert not session.waiting()
    assert where == f"unreadable/{locked.claim}__a-locked.edi"
    assert place.names("unreadable") == [f"{locked.claim}__a-locked.edi"]
    assert place.names("processed") == [f"{opened.claim}__b-open.edi"]
    assert [path.name for path in into.iterdir()] == ["open"]
    assert claims(place.inbox()) == []


def test_what_can_be_neither_read_nor_moved_is_not_given_out_again(place: Place) -> None:
    place.drop("locked.edi")
    with place.inbox().open() as session:
        (claim,) = session.claims()
        (place.folder / "unreadable").write_bytes(b"no folder")
        assert session.set_aside(claim) == f".claimed/{claim.claim}__locked.edi"
        (place.folder / "unreadable").unlink()
        assert not session.waiting()
    with place.inbox().open() as session:
        assert not session.waiting()
        assert list(session.claims()) == []
    assert place.names(".claimed") == [f"{claim.claim}__locked.edi"]


def test_a_file_that_may_not_be_moved_is_passed_over_and_the_next_one_comes(
    place: Place, as_another_account: Callable[..., AbstractContextManager[None]]
) -> None:
    for name in ("a-fixed.edi", "b-free.edi"):
        place.drop(name)
        os.utime(place.folder / name, (60, 60))
    with as_another_account(place, not_theirs=(".", "a-fixed.edi")):
        with place.inbox().open() as session:
            assert [claim.name for claim in session.claims()] == ["b-free.edi"]
            (told,) = session.passed_over()
            assert (told.name, session.passed_over()) == ("a-fixed.edi", [])
            assert "a-fixed.edi" in told.reason
            assert not session.waiting()
        with place.inbox().open() as session:
            assert [claim.name for claim in session.claims()] == ["b-free.edi"]
            assert session.passed_over() == []  # told once
        assert place.names() == ["a-fixed.edi", "processed"]
    place.drop("a-fixed.edi", b"another one of this name")
    with place.inbox().open() as session:
        assert session.waiting()
        assert {claim.name for claim in session.claims()} == {"a-fixed.edi", "b-free.edi"}


def test_where_no_file_can_be_moved_the_inbox_is_refused(
    place: Place, as_another_account: Callable[..., AbstractContextManager[None]]
) -> None:
    for below in (".claimed", "processed"):
        (place.folder / below).mkdir()
    place.drop("order.edi")
    with as_another_account(place, not_theirs=(".claimed",)), place.inbox().open() as session:
        acting = os.geteuid()
        os.seteuid(0)
        (place.folder / ".claimed").chmod(0o755)
        os.seteuid(acting)
        with pytest.raises(Refused):
            list(session.claims())
        assert session.passed_over() == []
        assert session.waiting()
    assert place.names() == ["order.edi", "processed"]


def test_a_claimed_file_that_cannot_be_moved_on_is_not_given_out_again(place: Place) -> None:
    for name in ("a-fixed.edi", "b-free.edi"):
        place.drop(name)
    with place.inbox().open() as session:
        claimed = {claim.name: claim for claim in session.claims()}
        fixed = claimed["a-fixed.edi"]
        (place.folder / "processed" / f"{fixed.claim}__a-fixed.edi").write_bytes(b"another one")
        with pytest.raises(Unmovable):
            session.finish(fixed)
        session.finish(claimed["b-free.edi"])
    with place.inbox().open() as session:
        assert not session.waiting()
        assert list(session.claims()) == []
    assert place.names(".claimed") == [f"{fixed.claim}__a-fixed.edi"]
