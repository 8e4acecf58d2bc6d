"""What an order says, as a fingerprint: equal for the same order sent again, different for a different one."""

import hashlib

from orders.purchase_order import PurchaseOrder


def content_fingerprint(order: PurchaseOrder) -> str:
    """SHA-256 over everything the sender asked for; how the file was written does not count."""
    return hashlib.sha256(order.model_dump_json(exclude={"function", "skipped"}).encode()).hexdigest()
