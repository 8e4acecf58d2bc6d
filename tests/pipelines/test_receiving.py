"""Receiving: one file that cannot be read stops no other, and is told."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.claimed_files import ClaimedFiles
from connectors.errors import Unreachable, Unreadable
from connectors.folder import FolderInbox
from connectors.ports import Claim
from pipelines.poll_table import left_row
from pipelines.receiving import LeftFile, Trouble, receive
from pipelines.settings import Home
from tests.pipelines.dock import at_work, drop, sample

CLEAN = sample("nordmarkt", "clean.edi")


class Swapping(FolderInbox):
    """A folder in which something happens to the claimed file ``bad.edi`` before it is fetched."""

    @contextmanager
    def open(self) -> Iterator[ClaimedFiles]:
        with super().open() as session:
            fetch = session.fetch

            def swapped(claim: Claim, into: Path) -> None:
                if claim.name == "bad.edi":
                    self.swap(self.folder / ".claimed" / f"{claim.claim}__{claim.name}")
                fetch(claim, into)

            session.fetch = swapped  # type: ignore[method-assign]
            yield session

    @abstractmethod
    def swap(self, path: Path) -> None:
        """Put something in the place of the claimed file."""


def test_every_other_file_is_received_and_the_bad_one_is_told(home: Home, tmp_path: Path) -> None:
    class Refusing(Swapping):
        def swap(self, path: Path) -> None:
            raise Unreadable(f"{path.name!r} cannot be read: Permission denied")

    for name in ("a.edi", "bad.edi", "c.edi"):
        drop(home, "nordmarkt", name, CLEAN)
    folder, told = home.folder / "in" / "nordmarkt", list[LeftFile]()
    inbox = Refusing(name="nordmarkt", folder=folder, settle_seconds=0.02)
    with at_work(home) as dock:
        received = receive(inbox, dock.archive, dock.store.receipts, dock.clock, told.append)
        again = receive(inbox, dock.archive, dock.store.receipts, dock.clock, told.append)
    (one,) = told
    assert (len(received), again, one.name) == (2, [], "bad.edi")
    (aside,) = (folder / "unreadable").iterdir()
    assert f"unreadable/{aside.name} of nordmarkt" in one.problem and "give this account the right" in one.problem
    assert left_row(one)["outcome"] == "unreadable"
    assert left_row(one)["file"] == "bad.edi"


def test_a_lost_line_sets_nothing_aside(home: Home) -> None:
    class Losing(Swapping):
        def swap(self, path: Path) -> None:
            raise Unreachable("the line was lost")

    drop(home, "nordmarkt", "bad.edi", CLEAN)
    folder = home.folder / "in" / "nordmarkt"
    with at_work(home) as dock:
        try:
            receive(Losing(name="n", folder=folder, settle_seconds=0.02), dock.archive, dock.store.receipts, dock.clock)
        except Unreachable:
            pass
        else:
            raise AssertionError("a lost line is told")
        assert not (folder / "unreadable").exists()
        assert len(receive(dock.inbox("nordmarkt"), dock.archive, dock.store.receipts, dock.clock)) == 1


def test_a_file_that_cannot_be_moved_away_is_received_and_told_once(home: Home) -> None:
    class Forging(Swapping):
        def swap(self, path: Path) -> None:
            (self.folder / "processed" / path.name).write_bytes(b"another one")

    for name in ("a.edi", "bad.edi", "c.edi"):
        drop(home, "nordmarkt", name, CLEAN)
    told = list[LeftFile]()
    inbox = Forging(name="nordmarkt", folder=home.folder / "in" / "nordmarkt", settle_seconds=0.02)
    with at_work(home) as dock:
        received = receive(inbox, dock.archive, dock.store.receipts, dock.clock, told.append)
        again = receive(inbox, dock.archive, dock.store.receipts, dock.clock, told.append)
        names = {one.receipt.name for one in dock.store.receipts.newest(10)}
    (one,) = told
    assert (len(received), again, names) == (3, [], {"a.edi", "bad.edi", "c.edi"})
    assert (one.name, one.trouble) == ("bad.edi", Trouble.NOT_MOVED)
    assert "by hand" in one.problem and left_row(one)["outcome"] == "received, not moved"
