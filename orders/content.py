"""What an order says, as a fingerprint: equal for the same order sent again, different for a different one."""

import hashlib

from orders.purchase_order import OrderFunction, PurchaseOrder


def content_fingerprint(order: PurchaseOrder) -> str:
    """SHA-256 over everything the sender asked for.

    How the file was written does not count, nor whether it calls itself a duplicate, nor rows that ask for nothing.
    """
    asked = order
    if order.function is not OrderFunction.ORIGINAL or order.skipped:
        asked = order.model_copy(update={"function": OrderFunction.ORIGINAL, "skipped": 0})
    return hashlib.sha256(asked.as_json.encode()).hexdigest()
