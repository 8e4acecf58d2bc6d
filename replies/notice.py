"""A plain text answer, for a file in which no order could be read, so that there is no table or message to annotate."""

from collections.abc import Sequence
from datetime import datetime

from orders.decision import Decision
from orders.findings import Finding


def notice(file_name: str, receipt: str, received: datetime, decision: Decision, findings: Sequence[Finding]) -> bytes:
    """The findings of the file, one a paragraph, in UTF-8."""
    lines = [
        f"Your file {file_name}, received on {received:%Y-%m-%d at %H:%M}, was {decision.value}.",
        "No order could be read from it.",
        "",
    ]
    for one in findings:
        place = f" ({one.location})" if one.location else ""
        lines += [f"{one.code}{place}: {one.message}", ""]
    lines.append(f"Please quote receipt {receipt} when you ask about it.")
    return ("\n".join(lines) + "\n").encode()
