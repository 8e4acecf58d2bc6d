"""CHR: characters and their encoding."""

from orders.findings.parameters import SegmentTag
from orders.findings.statement import Case, NoParameters, Parameters


class Codec(Parameters):
    """A character encoding by its name."""

    codec: str


class SegmentCharacterSet(Parameters):
    """A segment, and the character set that its text does not fit."""

    tag: str
    character_set: str


class DeclaredAndRead(Parameters):
    """A character set as declared, and the encoding in which the text was read."""

    declared: str
    codec: str


CHR001_NOT_OF_ENCODING = Case("CHR001", "not_of_encoding", Codec)
CHR001_NOT_OF_CHARACTER_SET = Case("CHR001", "not_of_character_set", SegmentCharacterSet)
CHR002_READ_AS = Case("CHR002", "read_as", Codec)
CHR002_OTHER_THAN_DECLARED = Case("CHR002", "other_than_declared", DeclaredAndRead)
CHR002_NOT_DECLARED = Case("CHR002", "not_declared", Codec)
CHR003_IN_CELL = Case("CHR003", "in_cell", NoParameters)
CHR003_IN_SEGMENT = Case("CHR003", "in_segment", SegmentTag)
CHR004_ENCODING_UNKNOWN = Case("CHR004", "encoding_unknown", NoParameters)
CHR005_MARK_SKIPPED = Case("CHR005", "mark_skipped", NoParameters)
