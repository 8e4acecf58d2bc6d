"""One side of the benchmark of EDIFACT, in a process of its own.

Started as ``python -m benchmarks.edifact_sides SIDE FIRST FILE``.

``cutting`` is our bare tokenising, streamed: bytes to elements and components, nothing checked and no places kept.
``pydifact`` is its bare tokenising. ``reading`` is all of it: envelope, structure and element checks, and the mapping
to purchase orders; it does not build on the tokens, but cuts most lines by their shape.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Measured, peak_memory, report

_Side = Callable[[Path], tuple[int, int]]
"""Reads the file; gives the number of orders, where it knows of orders, and of lines."""


def cutting() -> _Side:
    """Segments, elements and components by ours."""
    from parsers.edifact.separators import STANDARD
    from parsers.edifact.tokens import tokens

    def run(file: Path) -> tuple[int, int]:
        lines = 0
        with file.open("rb") as stream:
            for elements in tokens(stream, len("UNA:+.? '"), STANDARD):
                if elements[0][0] == "LIN":
                    lines += 1
        return 0, lines

    return run


def reading() -> _Side:
    """Purchase orders by ours."""
    from mappings.edifact_orders import map_orders
    from parsers.edifact.reader import messages
    from parsers.edifact.survey import survey
    from parsers.edifact.syntax import checked_tree

    def run(file: Path) -> tuple[int, int]:
        orders = lines = 0
        with file.open("rb") as stream:
            for message in messages(stream, survey(stream)):
                root = checked_tree(message)
                assert root is not None
                assert not message.findings, f"the generated orders are clean, yet {list(message.findings)[:3]}"
                orders += 1
                lines += len(map_orders(message, root).order.lines)
        return orders, lines

    return run


def pydifact() -> _Side:
    """Tokens by pydifact, which wants the whole text."""
    from pydifact.control.characters import Characters
    from pydifact.token import Token
    from pydifact.tokenizer import Tokenizer

    def run(file: Path) -> tuple[int, int]:
        text = file.read_text("latin-1")
        lines = 0  # each has one QTY, and no other text is that
        for token in Tokenizer().get_tokens(text[9:], Characters.from_str(text[:9])):
            lines += token.type is Token.Type.CONTENT and token.value == "QTY"
        return 0, lines

    return run


SIDES = {"cutting": cutting, "reading": reading, "pydifact": pydifact}


def run(side: str, first: Path, file: Path) -> Measured:
    """Measure one side; what it imports is there before the clock starts, and what it keeps of a first file."""
    read = SIDES[side]()
    read(first)
    begun, worked = time.perf_counter(), time.process_time()
    orders, lines = read(file)
    return Measured(time.perf_counter() - begun, time.process_time() - worked, orders, lines, peak_memory())


if __name__ == "__main__":
    report(run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
