"""Segments that the head and the lines of an ORDRSP share: days, and reasons as free text."""

from collections.abc import Iterable
from datetime import date

from orders.findings import Finding
from replies.edifact_directory import Component
from replies.edifact_envelope import MessageWriter
from replies.edifact_text import lines_of
from replies.ordrsp_codes import reasons

_MAX_FTX = 99
"""How often FTX may stand in the head and in a line, in D.96A and in D.01B."""
_LINES_OF_FTX = 5


def day_element(qualifier: str, day: date) -> list[Component]:
    """C507: a day with its qualifier (2005), as CCYYMMDD (2379 is 102)."""
    return [qualifier, f"{day:%Y%m%d}", "102"]


def add_reasons(writer: MessageWriter, findings: Iterable[Finding]) -> None:
    """Write the reasons as FTX, at most as many as the directory lets repeat; the last one counts what is left."""
    width = writer.directory.length("4440")
    blocks: list[list[str]] = []
    for one in reasons(findings):
        lines = lines_of(writer.characters.text(f"{one.code} {one.message}"), width)
        blocks.extend(lines[start : start + _LINES_OF_FTX] for start in range(0, len(lines), _LINES_OF_FTX))
    if len(blocks) > _MAX_FTX:
        left = len(blocks) - _MAX_FTX + 1
        blocks = [*blocks[: _MAX_FTX - 1], [f"{left} further remarks; ask us for them."]]
    for block in blocks:
        writer.add("FTX", "AAO", None, [], [*block])
