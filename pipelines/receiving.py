"""Receive: claim a file, archive it under its hash, write the receipt, and only then move the original away.

A crash between any two of these leaves something that the next poll finishes: the claim carries the receipt's id.
"""

import logging
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from connectors.archive import Archive
from connectors.errors import Gone, Unreadable
from connectors.ports import Channel, Inbox
from connectors.store.receipts import Receipts
from connectors.store.records import Receipt
from orders.model import Model
from pipelines.clock import Clock
from pipelines.incoming import opened_file

COMMAND_LINE = "command line"
"""The inbox of files that were named on the command line."""


class SetAside(Model):
    """A file that could not be read: the sender's name for it, and why, where it lies and what to do, in words."""

    name: str
    problem: str


def _log(one: SetAside) -> None:
    logging.getLogger("ordermill").warning("%s: %s", one.name, one.problem)


def receive(
    inbox: Inbox, archive: Archive, receipts: Receipts, clock: Clock, tell: Callable[[SetAside], None] = _log
) -> list[str]:
    """Receive everything that lies ready; gives the ids of the receipts. Errors: Unreachable, Refused.

    A file that cannot be read is set aside and told; those after it are received.
    """
    received = []
    with inbox.open() as session, tempfile.TemporaryDirectory(prefix="ordermill-") as folder:
        for claim in session.claims():
            copy = Path(folder) / claim.claim
            try:
                session.fetch(claim, copy)
            except Gone:
                continue  # another poller has finished this claim meanwhile; its receipt is written
            except Unreadable as error:
                try:
                    place = session.set_aside(claim)
                except Gone:
                    continue  # another poller has set it aside, and tells it
                advice = "give this account the right to read it, and put it into the inbox again"
                tell(SetAside(name=claim.name, problem=f"{error}. It lies in {place} of {inbox.name}; {advice}."))
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
            session.finish(claim)
            received.append(claim.claim)
    return received


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
