"""Control references of interchanges (UNB, 0020): a sender uses each once (ISO 9735), and what is said where not."""

from orders.findings import Finding, Severity, finding
from orders.location import SegmentLocation
from parsers.edifact.interchange import Interchange, Survey


def repeated(interchange: Interchange, before: str) -> Finding:
    """That the reference of this interchange was used ``before``, with other content.

    It is a warning: an order that came before is known by its own number, and many senders count from 1 each day.
    """
    words = f"The interchange reference {interchange.reference} was used before, {before}."
    place = SegmentLocation(tag="UNB", offset=interchange.start)
    return finding("DOC004", words, location=place, before=interchange.reference, severity=Severity.WARNING)


def note_repeated(found: Survey) -> None:
    """Say of each interchange whose reference its sender has used before in the same file."""
    seen: dict[tuple[str, str], int] = {}
    for interchange in found.interchanges:
        if interchange.sender is None or interchange.reference is None:
            continue
        earlier = seen.setdefault((interchange.sender, interchange.reference), interchange.number)
        if earlier != interchange.number:
            interchange.findings.append(repeated(interchange, f"in interchange {earlier} of this file"))
