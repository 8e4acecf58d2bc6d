"""A checked order as the JSON document that the store keeps, each line as sent written once."""

import json

from orders.checked import CheckedOrder

_ONCE = {"sent": {"lines"}}
"""The lines of the order as sent stand beside what was made of each; in the order itself they would stand again."""


def document_of(order: CheckedOrder) -> str:
    """The order as JSON."""
    return order.model_dump_json(exclude=_ONCE)


def order_of(document: str) -> CheckedOrder:
    """The order of a document, equal to the one that was written."""
    content = json.loads(document)
    content["sent"]["lines"] = [line["sent"] for line in content["lines"]]
    return CheckedOrder.model_validate(content)
