"""Receive: claim a file, archive it under its hash, write the receipt, and only then move the original away.

A crash between any two of these leaves something that the next poll finishes: the claim carries the receipt's id.
"""

import logging
import shutil
import tempfile
import uuid
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from connectors.archive import Archive
from connectors.errors import Gone, Unmovable, Unreadable
from connectors.ports import Channel, Claim, Inbox, InboxSession
from connectors.store.receipts import Receipts
from connectors.store.records import Receipt
from orders.model import Model
from pipelines.clock import Clock
from pipelines.incoming import opened_file

COMMAND_LINE = "command line"
"""The inbox of files that were named on the command line."""


class Trouble(StrEnum):
    """What could not be done with a file in an inbox."""

    UNREADABLE = "unreadable"
    NOT_CLAIMED = "not claimed"
    NOT_MOVED = "received, not moved"


class LeftFile(Model):
    """A file that somebody has to look at: the sender's name, and why, where it lies and what to do, in words."""

    name: str
    trouble: Trouble
    problem: str


def _log(one: LeftFile) -> None:
    logging.getLogger("ordermill").warning("%s: %s", one.name, one.problem)


def receive(
    inbox: Inbox, archive: Archive, receipts: Receipts, clock: Clock, tell: Callable[[LeftFile], None] = _log
) -> list[str]:
    """Receive everything that lies ready; gives the ids of the receipts. Errors: Unreachable, Refused.

    A file that cannot be claimed, read or moved is told; those after it are received.
    """
    received = []
    with inbox.open() as session, tempfile.TemporaryDirectory(prefix="ordermill-") as folder:
        try:
            for claim in session.claims():
                copy = Path(folder) / claim.claim
                if not _fetched(session, claim, copy, inbox.name, tell):
                    continue
                stored = archive.put(copy)
                copy.unlink()
                now = clock.now()
                receipts.add(
                    Receipt(
                        id=claim.claim,
                        name=claim.name,
                        sha256=stored.sha256,
                        size=stored.bytes,
                        channel=inbox.channel,
                        inbox=inbox.name,
                        named_customer=inbox.customer,
                        received_at=now,
                        as_of=clock.day_of(now),
                    )
                )
                _finish(session, claim, inbox.name, tell)
                received.append(claim.claim)
        finally:  # also where the line is lost: it is told once
            for one in session.passed_over():
                advice = f"It still lies in {inbox.name}; let this account move it, or put it there under another name."
                tell(LeftFile(name=one.name, trouble=Trouble.NOT_CLAIMED, problem=f"{one.reason}. {advice}"))
    return received


def _fetched(session: InboxSession, claim: Claim, copy: Path, inbox: str, tell: Callable[[LeftFile], None]) -> bool:
    """Copy the file; one that cannot be read is set aside and told. Errors: Unreachable, Refused."""
    try:
        session.fetch(claim, copy)
    except Gone:
        return False  # another poller has finished this claim meanwhile; its receipt is written
    except Unreadable as error:
        try:
            place = session.set_aside(claim)
        except Gone:
            return False  # another poller has set it aside, and tells it
        advice = "give this account the right to read it, and put it into the inbox again"
        problem = f"{error}. It lies in {place} of {inbox}; {advice}."
        tell(LeftFile(name=claim.name, trouble=Trouble.UNREADABLE, problem=problem))
        return False
    return True


def _finish(session: InboxSession, claim: Claim, inbox: str, tell: Callable[[LeftFile], None]) -> None:
    """Move the original away; one that cannot be moved is received all the same. Errors: Unreachable, Refused."""
    try:
        session.finish(claim)
    except Unmovable as error:
        advice = "It is received and archived; move the original away by hand, or let this account do it"
        problem = f"{error}. It still lies in {inbox}. {advice}."
        tell(LeftFile(name=claim.name, trouble=Trouble.NOT_MOVED, problem=problem))


def receive_path(path: Path, customer: str | None, archive: Archive, receipts: Receipts, clock: Clock) -> str:
    """Receive a local file that was named on the command line; the original stays. Errors: UnreadableFile, OSError."""
    with opened_file(path) as original, tempfile.TemporaryDirectory(prefix="ordermill-") as folder:
        copy = Path(folder) / "copy"
        with copy.open("wb") as written:
            shutil.copyfileobj(original, written)
        stored = archive.put(copy)
    now = clock.now()
    receipt = Receipt(
        id=uuid.uuid4().hex,
        name=path.name,
        sha256=stored.sha256,
        size=stored.bytes,
        channel=Channel.COMMAND,
        inbox=COMMAND_LINE,
        named_customer=customer,
        received_at=now,
        as_of=clock.day_of(now),
    )
    receipts.add(receipt)
    return receipt.id
