"""SYN: the syntax of an interchange (ISO 9735), and its messages against their directory."""

from enum import StrEnum

from orders.findings.parameters import LargeNumber, QuotedText, SegmentTag
from orders.findings.statement import Case, NoParameters, Parameters
from orders.findings.values import Count, Listed, Named, Quoted


class EnvelopePart(StrEnum):
    """What a UNB says of its interchange."""

    SYNTAX = "syntax"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATE = "date"
    REFERENCE = "reference"


class Reference(Parameters):
    """A control reference."""

    reference: str | None = None


class References(Parameters):
    """A control reference, and the one that it should be."""

    reference: str | None = None
    opened: str | None = None


class CodeSent(Parameters):
    """A code as sent."""

    sent: str | None = None


class LackingParts(Parameters):
    """What an envelope does not say."""

    parts: tuple[EnvelopePart, ...]


class ControlCount(Parameters):
    """A control count as stated, and what was received."""

    stated: str | None = None
    counted: int


class BytesFrom(Parameters):
    """How many bytes, and how they begin."""

    bytes: int
    excerpt: Quoted


class ByteCount(Parameters):
    """How many bytes."""

    bytes: int


class MessageLimits(Parameters):
    """How long a message may be."""

    segments: Count
    bytes: Count


class LackingSegments(Parameters):
    """Segments or groups that lack, by their tags."""

    tags: Listed


class LackingBefore(Parameters):
    """Segments or groups that lack before a segment, by their tags."""

    tags: Listed
    tag: str


class TagRepeated(Parameters):
    """A segment or group, and how often it may be repeated."""

    tag: str
    most: int


class ElementOf(Parameters):
    """An element of a segment by its number in the directory."""

    element: str
    tag: str


class ElementLength(Parameters):
    """An element of a segment, and the length that it may have."""

    element: str
    tag: str
    length: int


class ElementRepeated(Parameters):
    """An element of a segment, and how often it stands there."""

    element: str
    tag: str
    times: int


class ElementRepeatedOften(Parameters):
    """An element of a segment, how often it stands there, and how often it may."""

    element: str
    tag: str
    times: int
    most: int


class TagDefined(Parameters):
    """A segment, and how many elements it has by its directory."""

    tag: str
    defined: int


class ElementDefined(Parameters):
    """An element of a segment, and how many components it has by its directory."""

    element: str
    tag: str
    defined: int


class CodeOfElement(Parameters):
    """A code as sent in an element of a segment."""

    sent: str
    element: str
    tag: str


class MessageType(Parameters):
    """The type of a message."""

    type: str


class DirectoryUsed(Parameters):
    """A directory version as sent, and the one that was used."""

    directory: str | None = None
    used: str


class AgencyUsed(Parameters):
    """A controlling agency as sent, and the directory version that was used."""

    agency: str | None = None
    used: str


class NumberNotation(Parameters):
    """A number as sent, what it is of, and the decimal mark that is declared."""

    name: Named
    sent: Quoted
    mark: Quoted


SYN001_UNA_UNUSABLE = Case("SYN001", "una_unusable", NoParameters)
SYN002_UNDECLARED_SEPARATORS = Case("SYN002", "undeclared_separators", NoParameters)
SYN002_UNB_MISSING = Case("SYN002", "unb_missing", NoParameters)
SYN002_UNB_INCOMPLETE = Case("SYN002", "unb_incomplete", LackingParts)
SYN003_UNZ_MISSING = Case("SYN003", "unz_missing", NoParameters)
SYN004_MESSAGES_DIFFER = Case("SYN004", "messages_differ", ControlCount)
SYN004_GROUPS_DIFFER = Case("SYN004", "groups_differ", ControlCount)
SYN005_REFERENCE_DIFFERS = Case("SYN005", "reference_differs", References)
SYN006_NOT_CLOSED_AT_END = Case("SYN006", "not_closed_at_end", Reference)
SYN006_NOT_CLOSED_AT_GROUP = Case("SYN006", "not_closed_at_group", Reference)
SYN006_NOT_CLOSED_AT_UNZ = Case("SYN006", "not_closed_at_unz", Reference)
SYN006_NOT_OPENED = Case("SYN006", "not_opened", NoParameters)
SYN006_MESSAGES_DIFFER = Case("SYN006", "messages_differ", ControlCount)
SYN006_REFERENCE_DIFFERS = Case("SYN006", "reference_differs", References)
SYN007_SEGMENTS_DIFFER = Case("SYN007", "segments_differ", ControlCount)
SYN008_REFERENCE_DIFFERS = Case("SYN008", "reference_differs", References)
SYN009_REFERENCE_TWICE = Case("SYN009", "reference_twice", Reference)
SYN010_CUT_OFF = Case("SYN010", "cut_off", NoParameters)
SYN011_OUTSIDE = Case("SYN011", "outside", BytesFrom)
SYN011_TERMINATOR_ALONE = Case("SYN011", "terminator_alone", NoParameters)
SYN012_SEGMENT_TOO_LONG = Case("SYN012", "segment_too_long", ByteCount)
SYN012_MESSAGE_TOO_LONG = Case("SYN012", "message_too_long", MessageLimits)
SYN012_TOO_MANY_MESSAGES = Case("SYN012", "too_many_messages", LargeNumber)
SYN012_TOO_MANY_GROUPS = Case("SYN012", "too_many_groups", LargeNumber)
SYN012_TOO_MANY_INTERCHANGES = Case("SYN012", "too_many_interchanges", LargeNumber)
SYN013_NOT_A_TAG = Case("SYN013", "not_a_tag", QuotedText)
SYN014_UNKNOWN_SEGMENT = Case("SYN014", "unknown_segment", SegmentTag)
SYN015_MISPLACED_SEGMENT = Case("SYN015", "misplaced_segment", SegmentTag)
SYN016_MISSING_AT_END = Case("SYN016", "missing_at_end", LackingSegments)
SYN016_MISSING_BEFORE = Case("SYN016", "missing_before", LackingBefore)
SYN016_UNT_MISSING_AT_UNH = Case("SYN016", "unt_missing_at_unh", NoParameters)
SYN016_UNT_MISSING_AT_END = Case("SYN016", "unt_missing_at_end", NoParameters)
SYN016_UNT_MISSING_BEFORE = Case("SYN016", "unt_missing_before", SegmentTag)
SYN017_SEGMENT_REPEATED = Case("SYN017", "segment_repeated", TagRepeated)
SYN017_GROUP_REPEATED = Case("SYN017", "group_repeated", TagRepeated)
SYN018_ELEMENT_MISSING = Case("SYN018", "element_missing", ElementOf)
SYN018_COMPONENT_MISSING = Case("SYN018", "component_missing", ElementOf)
SYN019_TOO_LONG = Case("SYN019", "too_long", ElementLength)
SYN019_TOO_SHORT = Case("SYN019", "too_short", ElementLength)
SYN020_NOT_A_NUMBER = Case("SYN020", "not_a_number", ElementOf)
SYN020_NOT_LETTERS = Case("SYN020", "not_letters", ElementOf)
SYN021_REPEATED_ONCE = Case("SYN021", "repeated_once", ElementRepeated)
SYN021_REPEATED_OFTEN = Case("SYN021", "repeated_often", ElementRepeatedOften)
SYN021_MORE_ELEMENTS = Case("SYN021", "more_elements", TagDefined)
SYN021_MORE_COMPONENTS = Case("SYN021", "more_components", ElementDefined)
SYN022_NOT_IN_LIST = Case("SYN022", "not_in_list", CodeOfElement)
SYN022_DOCUMENT_NAME = Case("SYN022", "document_name", CodeSent)
SYN022_MESSAGE_FUNCTION = Case("SYN022", "message_function", CodeSent)
SYN022_PLANNED_PART = Case("SYN022", "planned_part", CodeSent)
SYN023_TYPE_NOT_HANDLED = Case("SYN023", "type_not_handled", MessageType)
SYN023_TYPE_MISSING = Case("SYN023", "type_missing", NoParameters)
SYN024_UNKNOWN_DIRECTORY = Case("SYN024", "unknown_directory", DirectoryUsed)
SYN024_UNKNOWN_AGENCY = Case("SYN024", "unknown_agency", AgencyUsed)
SYN025_UNKNOWN_VERSION = Case("SYN025", "unknown_version", CodeSent)
SYN025_UNKNOWN_CHARACTER_SET = Case("SYN025", "unknown_character_set", CodeSent)
SYN026_GROUPS_AND_MESSAGES = Case("SYN026", "groups_and_messages", NoParameters)
SYN027_BETWEEN_MESSAGES = Case("SYN027", "between_messages", QuotedText)
SYN028_WRONG_NOTATION = Case("SYN028", "wrong_notation", NumberNotation)
SYN029_GROUP_REFERENCE_TWICE = Case("SYN029", "group_reference_twice", Reference)
