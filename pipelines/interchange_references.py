"""What was received before: the same file again, and a control reference (UNB, 0020) that its sender has used.

A sender uses each reference once (ISO 9735). That one comes again is a warning: an order that came before is known by
its own number, and many senders count from 1 each day.
"""

from connectors.store.receipts import InterchangeKey, Receipts
from connectors.store.records import Receipt
from orders.findings import Finding, Severity, Statement, finding
from orders.findings.documents import (
    DOC004_FILE_AGAIN,
    DOC004_REFERENCE_AGAIN,
    DOC004_REFERENCE_AGAIN_IN_FILE,
    ReceiptId,
    ReferenceInFile,
    ReferenceInReceipt,
)
from orders.location import SegmentLocation
from parsers.edifact.interchange import Interchange, Survey


def note_repeated(found: Survey) -> None:
    """Say of each interchange whose reference its sender has used before in the same file."""
    seen: dict[tuple[str, str], int] = {}
    for interchange in found.interchanges:
        if interchange.sender is None or interchange.reference is None:
            continue
        earlier = seen.setdefault((interchange.sender, interchange.reference), interchange.number)
        if earlier != interchange.number:
            where = ReferenceInFile(reference=interchange.reference, interchange=earlier)
            interchange.findings.append(_repeated(interchange, DOC004_REFERENCE_AGAIN_IN_FILE(where)))


def received_again(receipt: Receipt, customer: str, receipts: Receipts) -> Finding | None:
    """That the same bytes came before, and something of them was entered."""
    earlier = receipts.decided_before(receipt.sha256, customer, receipt.id)
    if earlier is None:
        return None
    return finding(DOC004_FILE_AGAIN(ReceiptId(receipt=earlier)))


def used_before(interchange: Interchange, receipt: Receipt, customer: str, receipts: Receipts) -> Finding | None:
    """That the sender has used the reference of this interchange before, in a file of other bytes."""
    key = key_of(interchange)
    earlier = None if key is None else receipts.interchange_before(key, customer, receipt.sha256)
    if earlier is None:
        return None
    return _repeated(
        interchange, DOC004_REFERENCE_AGAIN(ReferenceInReceipt(reference=interchange.reference, receipt=earlier))
    )


def key_of(interchange: Interchange) -> InterchangeKey | None:
    """By what it is known again; None where its UNB does not say it. A database takes no control characters."""
    if interchange.sender is None or interchange.reference is None:
        return None
    return InterchangeKey(ascii(interchange.sender)[1:-1][:70], ascii(interchange.reference)[1:-1][:70])


def _repeated(interchange: Interchange, said: Statement) -> Finding:
    place = SegmentLocation(interchange=interchange.number, tag="UNB", offset=interchange.start)
    return finding(said, location=place, before=interchange.reference, severity=Severity.WARNING)
