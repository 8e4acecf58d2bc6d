"""A checked order as the JSON document that the store keeps, each line as sent written once."""

import json
from typing import Any

from orders.checked import CheckedOrder

_WITHOUT_SENT: Any = {"sent": True, "lines": {"__all__": {"sent"}}}


def document_of(order: CheckedOrder) -> str:
    """The order as JSON; the lines as sent stand in the order as sent, and nowhere else."""
    return f'{{"sent":{order.sent.as_json},{order.model_dump_json(exclude=_WITHOUT_SENT, exclude_none=True)[1:]}'


def order_of(document: str) -> CheckedOrder:
    """The order of a document, equal to the one that was written."""
    content = json.loads(document)
    for line, sent in zip(content["lines"], content["sent"].get("lines", ()), strict=True):
        line["sent"] = sent
    return CheckedOrder.model_validate(content)
