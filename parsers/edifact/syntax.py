"""A message with everything that its directory says of it: the tree of its groups, and its elements checked."""

from parsers.edifact.directory import nearest
from parsers.edifact.elements import element_check
from parsers.edifact.reader import Message
from parsers.edifact.structure import Group, tree


def checked_tree(message: Message) -> Group | None:
    """The message as a tree; findings go to the message. None where its type is not in the directories."""
    root = tree(message)
    if root is not None:
        written = message.interchange
        repeating = written.syntax_version == "4"
        check = element_check(nearest(message.directory), written.separators, written.codec, repeating)
        for segment in message.segments:
            if segment.written.checked_by is not check:
                message.findings.extend(check.findings(segment))
    return root
