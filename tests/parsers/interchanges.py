"""Small interchanges, and what the reader makes of them."""

import io

from parsers.edifact.interchange import Survey
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey

UNB = b"UNB+UNOC:3+SENDER:14+RECEIVER:14+261116:0900+REF1'"


def message(*segments: bytes, reference: bytes = b"M1", kind: bytes = b"ORDERS:D:96A:UN") -> bytes:
    """A message around these segments, with its right count."""
    body = b"".join(segment + b"'" for segment in segments)
    return b"UNH+%s+%s'%sUNT+%d+%s'" % (reference, kind, body, len(segments) + 2, reference)


def interchange(*parts: bytes, unb: bytes = UNB, unz: bytes | None = None, una: bytes = b"") -> bytes:
    """An interchange around messages, or around anything else, with its right count."""
    count = sum(part.count(b"UNH+") for part in parts)
    return una + unb + b"".join(parts) + (unz if unz is not None else b"UNZ+%d+REF1'" % count)


def read(data: bytes) -> tuple[Survey, list[Message]]:
    """Survey the bytes and read every message."""
    stream = io.BytesIO(data)
    found = survey(stream)
    return found, list(messages(stream, found))


def findings(data: bytes) -> list[tuple[str, int | None]]:
    """Code and offset of everything that is said about the bytes, in the order of the file."""
    found, read_messages = read(data)
    said = [*found.findings]
    said += [one for interchange in found.interchanges for one in interchange.findings]
    said += [one for message in read_messages for one in message.findings]
    return sorted((one.code, getattr(one.location, "offset", None)) for one in said)
