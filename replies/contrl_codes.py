"""What CONTRL says of a finding: its code (0085), and the place of it as ISO 9735 counts places (0096, S011)."""

from typing import Any

from orders.findings import Case, Finding, Outcome, Severity, Statement
from orders.findings.cases import Further
from orders.findings.syntax import (
    SYN003_UNZ_MISSING,
    SYN006_NOT_CLOSED_AT_END,
    SYN006_NOT_CLOSED_AT_GROUP,
    SYN006_NOT_CLOSED_AT_UNZ,
    SYN016_MISSING_AT_END,
    SYN016_MISSING_BEFORE,
    SYN016_UNT_MISSING_AT_END,
    SYN016_UNT_MISSING_AT_UNH,
    SYN016_UNT_MISSING_BEFORE,
)
from orders.location import SegmentLocation
from replies.contrl_report import MessageReport
from replies.edifact_directory import Component, ElementDirectory, element_directory, service_directory
from replies.reply_codes import reply_codes

UNSPECIFIED = "18"
_MOST_COUNTED = 999
"""Largest position that 0098 and 0104 can hold (n..3)."""
_SERVICE = ("UNH", "UNS", "UNT")
_TRAILERS: dict[str, tuple[Case[Any], ...]] = {
    "UNZ": (SYN003_UNZ_MISSING,),
    "UNE": (SYN006_NOT_CLOSED_AT_END, SYN006_NOT_CLOSED_AT_GROUP, SYN006_NOT_CLOSED_AT_UNZ),
    "UNT": (SYN016_UNT_MISSING_AT_UNH, SYN016_UNT_MISSING_AT_END, SYN016_UNT_MISSING_BEFORE),
}
"""Service segments that lack, each with the cases that say so."""
_MISSING = (*_TRAILERS["UNT"], SYN016_MISSING_BEFORE, SYN016_MISSING_AT_END)


def is_told(finding: Finding) -> bool:
    """Whether CONTRL has a code for it, and it is more than information or explains why we answer again."""
    told = finding.severity is not Severity.INFO or finding.kind.outcome is Outcome.ANSWER_AGAIN
    return told and reply_codes(finding).contrl_code is not None


def error_code(finding: Finding, directory: ElementDirectory) -> str:
    """0085. Syntax version 4 has dropped some codes; "unspecified error" stands for them."""
    code = reply_codes(finding).contrl_code or UNSPECIFIED
    return code if directory.has_code("0085", code) else UNSPECIFIED


def place_of(finding: Finding) -> SegmentLocation:
    """The place, empty for a finding that has none in a message."""
    return finding.location if isinstance(finding.location, SegmentLocation) else SegmentLocation()


def is_missing_segment(finding: Finding) -> bool:
    """Whether a segment or group lacks: UCS then points to the segment before the gap, and says nothing else of it."""
    return _says(finding, *_MISSING)


def segment_position(finding: Finding) -> int | None:
    """0096: the segment with the error, or the last one before the gap in which a segment is missing."""
    segment = place_of(finding).segment
    # The finding stands at the segment that came instead, or at the last one where the message ended too early.
    if segment is not None and _says(finding, SYN016_MISSING_BEFORE):
        return segment - 1
    return segment


def element_position(finding: Finding, message: MessageReport | None) -> list[Component]:
    """S011: element and component; empty where the finding is about the whole segment.

    0098 counts the tag as 1, and 0104 is for composites only: a simple element has no components to count.
    """
    place = place_of(finding)
    if place.element is None or place.element >= _MOST_COUNTED or is_missing_segment(finding):
        return []
    component = place.component
    if component is not None and (component > _MOST_COUNTED or _is_simple(place, message)):
        component = None
    return [str(place.element + 1), str(component) if component is not None else None]


def service_tag(finding: Finding) -> str | None:
    """The service segment that the finding is about, where it is about one (0013, 0135)."""
    for missing, cases in _TRAILERS.items():
        if _says(finding, *cases):
            return missing
    if is_missing_segment(finding):
        return None
    tag = place_of(finding).tag
    return tag if tag is not None and tag.startswith("UN") and tag != "UNS" else None


def _says(finding: Finding, *cases: Case[Any]) -> bool:
    """Whether one of the cases is said; of what is told together, the first speaks for the others."""
    said: Statement = finding.params.first if isinstance(finding.params, Further) else finding
    return any(map(said.says, cases))


def _is_simple(place: SegmentLocation, message: MessageReport | None) -> bool:
    tag, element = place.tag or "", place.element or 0
    if tag in _SERVICE or message is None:
        return service_directory("3").is_simple(tag, element)
    return element_directory(f"{message.version}.{message.release}").is_simple(tag, element)
