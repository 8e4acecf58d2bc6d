"""Reads what we write as a partner would: with our own reader, with pydifact, and with a walk over its elements."""

import io
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from pydifact.segmentcollection import Interchange as Oracle

from orders.findings import Finding
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.structure import tree
from parsers.edifact.survey import survey

_SERVICE = {"D.3": "service_v3", "4.1": "service_v4"}


def read(written: bytes) -> tuple[list[Message], list[Finding]]:
    """The messages and everything that our reader has to say about them. CONTRL has a check of its own, below."""
    found = survey(io.BytesIO(written))
    noticed = list(found.findings)
    for interchange in found.interchanges:
        noticed += interchange.findings
    read = []
    for message in messages(io.BytesIO(written), found):
        if message.type == "CONTRL":
            assert follows_its_definition(message)
        else:
            assert tree(message) is not None
        noticed += message.findings
        read.append(message)
    return read, noticed


def read_by_pydifact(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Tag and elements of every segment inside the envelope."""
    return [
        (one.tag, [part if isinstance(part, list) else [part] for part in one.elements])
        for one in Oracle.from_str(content.decode("iso8859-1")).segments
    ]


def values(message: Message, tag: str, element: int, component: int = 1) -> list[str | None]:
    return [segment.value(element, component) for segment in message.segments if segment.tag == tag]


def free_text(message: Message) -> str:
    parts = (one for segment in message.segments if segment.tag == "FTX" for one in segment.elements[4])
    return " ".join(parts)


def follows_its_definition(message: Message) -> bool:
    """Whether the tags are those of the message definition, which is a regular expression over tags."""
    pattern = _pattern(_content(message)["messages"][message.type or ""])
    return re.fullmatch(pattern, "".join(segment.tag for segment in message.segments)) is not None


def _pattern(rows: list[list[Any]]) -> str:
    return "".join(
        f"(?:{row[0] if len(row) == 3 else _pattern(row[3])}){{{1 if row[1] == 'M' else 0},{row[2]}}}" for row in rows
    )


def _content(message: Message) -> dict[str, Any]:
    name = _SERVICE.get(message.directory) or message.directory.replace(".", "")
    content: dict[str, Any] = json.loads(files("parsers.edifact").joinpath("directories", f"{name}.json").read_text())
    return content


def faults(message: Message) -> Iterator[str]:
    """An independent walk over elements and components: what lacks, what is too much, and what is no code."""
    content = _content(message)
    for segment in message.segments:
        slots = [row for row in content["segments"].get(segment.tag, ()) for _ in range(row[2])]
        if slots and len(segment.elements) - 1 > len(slots):
            yield f"{segment}: too many elements"
        for index, (element, mandatory, _repeat) in enumerate(slots, start=1):
            sent = segment.elements[index] if index < len(segment.elements) else []
            if mandatory == "M" and not any(sent):
                yield f"{segment}: {element} is missing"
            parts = content["composites"].get(element, [[element, mandatory]])
            if len(sent) > len(parts):
                yield f"{segment}: {element} has too many components"
            for (part, needed, *_), value in zip(parts, [*sent, *[""] * len(parts)], strict=False):
                if value:
                    yield from (f"{segment}: {fault}" for fault in _value_faults(content, part, value))
                elif needed == "M" and any(sent):
                    yield f"{segment}: {part} is missing"


def _value_faults(content: dict[str, Any], part: str, value: str) -> Iterator[str]:
    form = re.fullmatch(r"(an|a|n)(?:\.\.)?(\d+)", content["elements"][part])
    assert form is not None
    size = sum(one.isdigit() for one in value) if form[1] == "n" else len(value)
    if size > int(form[2]) or (form[1] == "n" and not re.fullmatch(r"-?\d+(\.\d+)?", value)):
        yield f"{part} is {value!r}"
    if part in content["codes"] and value not in content["codes"][part].split():
        yield f"{value} is no code of {part}"
