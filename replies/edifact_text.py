"""Text for EDIFACT: only characters that the declared set has (0001 of ISO 9735), cut into lines that fit."""

import textwrap
import unicodedata

from parsers.edifact.characters import FALLBACK, declared_codec

_LEVEL_A = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/='+:?!\"%&*;<>")
_LEVEL_B = _LEVEL_A | frozenset("abcdefghijklmnopqrstuvwxyz")
_SPELLED = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae",
        "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "Oe",
        "€": "EUR", "£": "GBP", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...", "•": "-", "·": ".",
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "×": "x", "°": "deg",
        "_": "-", "@": "(at)", "[": "(", "]": ")", "{": "(", "}": ")", "\\": "/", "|": "/", "`": "'", "´": "'",
    }
)  # fmt: skip
"""How a character is spelled where the set does not have it; what stands in neither is replaced by a question mark."""
_UNKNOWN = "?"
_LINES_OF_FTX = 5


class CharacterSet:
    """What may be written in an interchange with this syntax identifier (UNOA to UNOY)."""

    def __init__(self, syntax_identifier: str) -> None:
        # UNOX begins in ASCII and leaves it by escape sequences, whose second bytes look like separators.
        self.codec = "ascii" if syntax_identifier == "UNOX" else declared_codec(syntax_identifier) or FALLBACK
        self._upper = syntax_identifier == "UNOA"
        self._level = {"UNOA": _LEVEL_A, "UNOB": _LEVEL_B}.get(syntax_identifier)

    def identifier(self, value: str) -> str:
        """A number or a code: what a partner sent goes back as it came wherever the bytes can carry it."""
        line = value if value.isprintable() else _one_line(value)
        if self._encodes(line):
            return line
        return "".join(one if self._encodes(one) else self._spelled(one) for one in line)

    def text(self, value: str) -> str:
        """Free text: in the characters of the level, and in capitals for UNOA, which has no others."""
        written = self.identifier(value)
        if self._level is None:
            return written
        if self._upper:
            written = written.upper()
        return "".join(one if one in self._level else self._spelled(one) for one in written)

    def _encodes(self, text: str) -> bool:
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True

    def _spelled(self, character: str) -> str:
        spelled = character.translate(_SPELLED)
        if spelled == character:
            decomposed = unicodedata.normalize("NFKD", character)
            spelled = "".join(one for one in decomposed if not unicodedata.combining(one))
        if self._upper:
            spelled = spelled.upper()
        allowed = self._level or frozenset()
        fits = all(one in allowed if self._level else self._encodes(one) for one in spelled)
        return spelled if spelled and fits and spelled != character else _UNKNOWN


def _one_line(value: str) -> str:
    """The text with every line end and control character a blank: a segment has neither."""
    return "".join(" " if unicodedata.category(one) == "Cc" else one for one in value)


def lines_of(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` characters, broken between words where a word is not longer."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def blocks_of(text: str, width: int) -> list[list[str]]:
    """The text in as many blocks as it needs, each of the lines that one FTX holds (C108: five)."""
    lines = lines_of(text, width)
    return [lines[start : start + _LINES_OF_FTX] for start in range(0, len(lines), _LINES_OF_FTX)]
