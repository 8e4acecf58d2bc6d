"""XML of an unknown sender, as a stream of events in bounded memory.

No DTD is taken, so that there are no entities to expand and nothing to fetch. Names come without their namespace: the
strict and the transitional form of OOXML (ISO/IEC 29500) differ in nothing else that matters here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO
from xml.parsers import expat

_PIECE = 1 << 16
_MAX_DEPTH = 64
"""Workbooks nest about a dozen deep; every open element costs memory."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class HasDoctype(Exception):
    """A document type declaration, which no spreadsheet program writes."""


def local(name: str) -> str:
    """The name without its namespace."""
    return name[name.rfind("}") + 1 :]


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces, closed at its end."""
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


def events(content: Iterable[bytes], start: Start, end: End, text: Text) -> Iterator[None]:
    """Call back for each start, end and piece of text; give the turn back after each piece of the document.

    Errors: ExpatError where it is no well-formed XML, HasDoctype, ValueError where it nests too deep.
    """
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise ValueError("elements nested too deep")
        start(name[name.rfind("}") + 1 :], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name[name.rfind("}") + 1 :])

    def declared(*_: object) -> None:
        raise HasDoctype

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    for piece in content:
        parser.Parse(piece, False)
        yield
    parser.Parse(b"", True)
    yield
