"""A message with everything that its directory says of it: the tree of its groups, and its elements checked."""

from parsers.edifact.definition import definition_of
from parsers.edifact.directory import nearest
from parsers.edifact.elements import ElementCheck, element_check
from parsers.edifact.groups import Group
from parsers.edifact.message import Message
from parsers.edifact.segment import Segment
from parsers.edifact.shapes import TRIGGER
from parsers.edifact.structure import tree


def checked_tree(message: Message) -> Group | None:
    """The message as a tree; findings go to the message. None where its type is not in the directories."""
    root = tree(message)
    if root is not None:
        written = message.interchange
        repeating = written.syntax_version == "4"
        check = element_check(nearest(message.directory), written.separators, written.codec, repeating)
        for part in message.parts:
            if isinstance(part, Segment) and part.written.checked_by is not check:
                message.findings.extend(check.findings(part))
        _learn(message, root, check)
    return root


def _learn(message: Message, root: Group, check: ElementCheck) -> None:
    """Have the shapes of its lines known when the next message comes."""
    definition = definition_of(nearest(message.directory), message.type or "")
    if message.shapes is not None and definition is not None:
        for group in root.of(TRIGGER):
            if isinstance(group, Group):
                message.shapes.learn(group, check, definition)
