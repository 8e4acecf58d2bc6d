"""Reasons as free text, in the head and in the lines of an ORDRSP."""

from collections.abc import Iterable

from orders.findings import Finding
from replies.edifact_envelope import MessageWriter
from replies.edifact_segments import add_error_text
from replies.edifact_text import blocks_of
from replies.ordrsp_codes import reasons
from replies.wording.language import english

_MAX_FTX = 99
"""How often FTX may stand in the head and in a line, in D.96A and in D.01B."""


def add_reasons(writer: MessageWriter, findings: Iterable[Finding]) -> None:
    """Write the reasons as FTX, at most as many as the directory lets repeat; the last one counts what is left."""
    width = writer.directory.length("4440")
    blocks: list[list[str]] = []
    for one in reasons(findings):
        blocks.extend(blocks_of(writer.characters.text(f"{one.code} {english().message(one)}"), width))
    if len(blocks) > _MAX_FTX:
        left = len(blocks) - _MAX_FTX + 1
        blocks = [*blocks[: _MAX_FTX - 1], [f"{left} further remarks; ask us for them."]]
    for block in blocks:
        add_error_text(writer, block)
