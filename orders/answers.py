"""The kinds of answer that a sender can get."""

from enum import StrEnum


class AnswerKind(StrEnum):
    """One document to a sender. The EDIFACT ones are chosen per partner; a file of tables comes back annotated."""

    CONTRL = "contrl"
    """What is wrong with the syntax of an interchange (ISO 9735), or that nothing is."""
    APERAK = "aperak"
    """What is wrong with the content of an order."""
    ORDRSP = "ordrsp"
    """What becomes of an order, line by line."""
    ANNOTATED = "annotated"
    """The sender's own table with our remarks, or a note where there is none."""
