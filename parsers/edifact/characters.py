"""Character sets: what UNB declares (0001 of ISO 9735), and what the bytes really are."""

from typing import NamedTuple

_DECLARED = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOL": "iso8859-15",
    "UNOW": "utf-8",
    "UNOX": "iso2022_jp_2",
    "UNOY": "utf-8",
}
FALLBACK = "iso8859-1"
"""Gives every byte a character, so that a damaged text can still be shown; used only together with a finding."""


def declared_codec(syntax_identifier: str) -> str | None:
    """Python's name for the character set of a syntax identifier; None for one that ISO 9735 does not have."""
    return _DECLARED.get(syntax_identifier)


_BETWEEN = bytes(range(0x80, 0xA0))
"""Control characters in ISO 8859, quotation marks and the euro sign in Windows-1252."""


class Sample:
    """Looks at the bytes of an interchange that are not ASCII, to tell what they are without keeping them."""

    def __init__(self) -> None:
        self.seen = False
        self._utf8 = True
        self._windows = False

    def add(self, segments: bytes) -> None:
        """Look at whole segments: a character of several bytes must not be cut."""
        if segments.isascii():
            return
        self.seen = True
        self._windows = self._windows or len(segments.translate(None, _BETWEEN)) < len(segments)
        if self._utf8:
            try:
                segments.decode("utf-8")
            except UnicodeDecodeError:
                self._utf8 = False

    @property
    def looks_like(self) -> str | None:
        """``utf-8`` where every such byte is part of it, ``cp1252`` where bytes stand that ISO 8859-1 leaves empty."""
        if not self.seen:
            return None
        if self._utf8:
            return "utf-8"
        return "cp1252" if self._windows else None


class Reading(NamedTuple):
    """How the text of an interchange is decoded: ``noticed`` where that is not what was declared."""

    codec: str
    noticed: bool


def reading(declared: str | None, sample: Sample) -> Reading:
    """Choose the codec: the declared one, unless the bytes are plainly UTF-8, or Windows-1252 in an ISO 8859-1 file."""
    codec = declared or FALLBACK
    found = sample.looks_like
    if found is None or found == codec:
        return Reading(codec, False)
    if found == "utf-8":
        return Reading("utf-8", codec != "utf-8")
    return Reading("cp1252", True) if codec == "iso8859-1" else Reading(codec, False)
