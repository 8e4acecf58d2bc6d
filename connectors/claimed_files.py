"""How files are claimed, fetched and finished, the same for a folder of this machine and one behind SFTP.

A crash leaves a file either where it arrived, or in ``.claimed`` under its claim id, or in ``processed``: every step is
one rename. A file has one claim id for ever. Pollers of one process never hold the same claim; a poller of another
process may be given a claim that is still being worked on, with the same id, so that the receipt recognises it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from connectors.errors import Gone, Refused, Unmovable, Unreachable
from connectors.file_names import (
    CLAIMED,
    PROCESSED,
    UNREADABLE,
    claimed_name,
    may_be_claimed,
    readable_name,
    split_claimed,
)
from connectors.ports import Claim, PassedOver

# The claims that open sessions of this process work on: a fact about the process, hence beside the classes. Without it
# a second poller would take what the first has just claimed for the left-over of a crash.
_held: set[str] = set()
_held_lock = threading.Lock()
# Claims that cannot be moved: told once, and not given out again before the process starts anew.
_left: set[str] = set()


class Mark(NamedTuple):
    """What shows that a file grows: its size in bytes and its time of change, in whatever unit the place counts."""

    size: int
    changed: float


# Files that could not be claimed, by their place and name, and when that was tried last: told once, and again when they
# have changed.
_passed_over: dict[tuple[str, str], tuple[Mark, float]] = {}
_TRY_AGAIN_SECONDS = 900.0


class Area(Protocol):
    """The inbox folder; paths are relative to it. Errors: ``Unreachable``, ``Refused``, and ``Gone`` as noted."""

    place: str
    """What tells it from every other area."""

    def files(self, subfolder: str) -> dict[str, Mark]:
        """List the regular files in the folder itself (``""``) or in a folder below it."""
        ...

    def mark(self, path: str) -> Mark | None:
        """Look at one file; nothing where there is no regular file of this name."""
        ...

    def make(self, subfolder: str) -> None:
        """Make a folder below; one that is there is no error."""
        ...

    def move(self, source: str, target: str) -> None:
        """Rename in one step. Errors: ``Gone`` where the source is not there."""
        ...

    def remove(self, subfolder: str) -> None:
        """Remove an empty folder below."""
        ...

    def read(self, path: str, size: int) -> Iterator[bytes]:
        """Read so many bytes piece by piece, fewer where the file ends before. Errors: ``Gone``."""
        ...

    def wait(self, seconds: float) -> None:
        """Let time pass and keep the line alive."""
        ...


class ClaimedFiles:
    """An open inbox (``connectors.ports.InboxSession``) over an area. ``close`` gives up what was not finished."""

    def __init__(self, area: Area, settle_seconds: float) -> None:
        self._area = area
        self._settle_seconds = settle_seconds
        self._stored: dict[str, str] = {}
        self._passed_over: list[PassedOver] = []

    def claims(self) -> Iterator[Claim]:
        """Give out what a crash left, then claim what has stopped growing, both in the order of arrival."""
        yield from self._left_over()
        seen = self._candidates()
        if not seen:
            return
        self._area.wait(self._settle_seconds)
        now = self._candidates()
        settled = [name for name, mark in seen.items() if now.get(name) == mark]
        for name in sorted(settled, key=lambda name: (seen[name].changed, name)):
            claim = uuid4().hex
            stored = claimed_name(claim, name)
            # Held before the file appears in .claimed, else another thread could take it for a left-over.
            self._hold(claim, stored)
            try:
                self._move(name, f"{CLAIMED}/{stored}")
            except Gone:
                self._release(claim)  # another poller was faster, or the sender took it back
                continue
            except Unmovable as error:
                self._release(claim)
                self._pass_over(name, seen[name], error)
                continue
            except Refused:
                self._release(claim)
                raise
            yield _claim(stored, seen[name])

    def passed_over(self) -> list[PassedOver]:
        """What could not be claimed, and was not told before."""
        found, self._passed_over = self._passed_over, []
        return found

    def waiting(self) -> bool:
        """Say whether there is a file to claim, be it one that still grows, or one that a crash left."""
        with _held_lock:
            recent = time.monotonic() - _TRY_AGAIN_SECONDS
            known = {
                name: mark
                for (place, name), (mark, tried) in _passed_over.items()
                if place == self._area.place and tried > recent
            }
        if any(known.get(name) != mark for name, mark in self._candidates().items()):
            return True
        left_over = (split_claimed(stored) for stored in self._area.files(CLAIMED))
        with _held_lock:
            return any(parts is not None and parts[0] not in _held | _left for parts in left_over)

    def fetch(self, claim: Claim, into: Path) -> None:
        """Copy the file under a temporary name and rename it once it is whole. Errors: ``Unreachable``, ``Gone``."""
        path = self._path(claim)
        before = self._area.mark(path)
        if before is None:
            raise Gone(f"{claim.name!r} is not there any more")
        part = into.with_name(f".{uuid4().hex}.part")
        try:
            with part.open("xb") as copy:
                received = sum(copy.write(piece) for piece in self._area.read(path, before.size))
            if received != before.size or self._area.mark(path) != before:
                raise Unreachable(f"{claim.name!r} changed while it was copied; the sender may still be writing it")
            part.replace(into)
        finally:
            part.unlink(missing_ok=True)

    def finish(self, claim: Claim) -> None:
        """Move the original to ``processed``; again is no error.

        Errors: ``Gone``, ``Unmovable``, ``Refused``, ``Unreachable``.
        """
        source = self._path(claim)
        target = f"{PROCESSED}/{source.partition('/')[2]}"
        try:
            if self._area.mark(target) is None:
                self._move(source, target)
            elif source.startswith(CLAIMED) and self._area.mark(source) is not None:
                raise Unmovable(f"{target!r} is there already, and it is not this file; look at both and remove one")
        except Unmovable:
            with _held_lock:
                _left.add(claim.claim)
            raise

    def set_aside(self, claim: Claim) -> str:
        """Move the original to ``unreadable``, or leave it and remember it. Errors: ``Unreachable``, ``Gone``."""
        source = self._path(claim)
        target = f"{UNREADABLE}/{source.partition('/')[2]}"
        try:
            self._area.make(UNREADABLE)  # here and not before: an account that may not make it can still receive
            self._area.move(source, target)
        except (Refused, Gone):
            if self._area.mark(source) is None:
                raise Gone(f"{claim.name!r} is not there any more") from None
            with _held_lock:
                _left.add(claim.claim)
            return source
        return target

    def close(self) -> None:
        """Let other pollers of this process have the claims that were not finished."""
        for claim in list(self._stored):
            self._release(claim)

    def _left_over(self) -> Iterator[Claim]:
        found = self._area.files(CLAIMED)
        for stored in sorted(found, key=lambda name: (found[name].changed, name)):
            parts = split_claimed(stored)
            if parts is None or not self._hold(parts[0], stored):
                continue
            # Its holder may have finished it between our listing and our hold.
            mark = self._area.mark(f"{CLAIMED}/{stored}")
            if mark is None:
                self._release(parts[0])
                continue
            yield _claim(stored, mark)

    def _candidates(self) -> dict[str, Mark]:
        return {name: mark for name, mark in self._area.files("").items() if may_be_claimed(name)}

    def _move(self, source: str, target: str) -> None:
        """Rename. Errors: ``Unmovable`` of this file alone, ``Refused`` where nothing of ours can be moved either."""
        try:
            self._area.move(source, target)
        except Refused as error:
            probe = f".{uuid4().hex}"
            above, _, _ = source.rpartition("/")
            made = f"{above}/{probe}" if above else probe
            moved = f"{target.partition('/')[0]}/{probe}"
            try:
                self._area.make(made)
            except Refused:
                raise error from None
            try:
                self._area.move(made, moved)
            except (Refused, Gone):
                moved = made
                raise error from None
            finally:
                with suppress(Refused, Gone):  # an empty hidden folder that stays is no reason to stop
                    self._area.remove(moved)
            raise Unmovable(str(error)) from error

    def _pass_over(self, name: str, mark: Mark, error: Unmovable) -> None:
        with _held_lock:
            before = _passed_over.get((self._area.place, name))
            _passed_over[self._area.place, name] = mark, time.monotonic()
        if before is None or before[0] != mark:
            self._passed_over.append(PassedOver(name=readable_name(name), reason=str(error)))

    def _path(self, claim: Claim) -> str:
        if claim.claim in self._stored:
            return f"{CLAIMED}/{self._stored[claim.claim]}"
        # Claimed in an earlier session. The stored name cannot be worked out from one shown with odd bytes.
        for folder in (CLAIMED, PROCESSED):
            for stored in self._area.files(folder):
                if stored.startswith(f"{claim.claim}__"):
                    return f"{folder}/{stored}"
        raise Gone(f"{claim.name!r} is not there any more")

    def _hold(self, claim: str, stored: str) -> bool:
        with _held_lock:
            if claim in _held or claim in _left:
                return False
            _held.add(claim)
        self._stored[claim] = stored
        return True

    def _release(self, claim: str) -> None:
        del self._stored[claim]
        with _held_lock:
            _held.discard(claim)


def _claim(stored: str, mark: Mark) -> Claim:
    parts = split_claimed(stored)
    assert parts is not None
    return Claim(claim=parts[0], name=parts[1], size=mark.size)
