"""Service characters of an interchange: from UNA, from the defaults of ISO 9735, or as UNB shows them."""

import re
from typing import NamedTuple


class Separators(NamedTuple):
    """The service characters as byte values; ``release`` and ``repetition`` are None where there is none."""

    component: int = ord(":")
    element: int = ord("+")
    decimal_mark: int = ord(".")
    release: int | None = ord("?")
    repetition: int | None = None
    terminator: int = ord("'")

    @property
    def usable(self) -> bool:
        """No two alike, none that could be part of a tag or a number (ISO 9735: no letters, no digits), and no blank or
        line end but as terminator, for these are taken out where lines are wrapped.
        """
        inside = [self.component, self.element]
        inside += [one for one in (self.release, self.repetition) if one is not None]
        used = [*inside, self.terminator]
        told_apart = len(set(used)) == len(used) and not any(chr(one).isalnum() or one > 0x7F for one in used)
        return told_apart and not any(one in b" \t\r\n" for one in inside)


STANDARD = Separators()
LEVEL_B = Separators(component=0x1F, element=0x1D, release=None, terminator=0x1C)
"""Of character set level B, for lines that carry the information separators."""


def from_una(una: bytes) -> Separators:
    """Read the six characters after ``UNA``. A blank means that the character is not used (release, repetition)."""
    component, element, decimal_mark, release, repetition, terminator = una[3:9]
    blank = ord(" ")
    return Separators(
        component=component,
        element=element,
        decimal_mark=decimal_mark,
        release=None if release == blank else release,
        repetition=None if repetition == blank else repetition,
        terminator=terminator,
    )


_BEFORE_MESSAGE = re.compile(rb"([^\w\s]|\n)\s*UN[HG]\+")


def written_in(unb: bytes) -> Separators | None:
    """The separators that an UNB without UNA plainly uses: standard, level B, or None where they must be others."""
    if unb[3:4] == b"+":
        end = _BEFORE_MESSAGE.search(unb)
        # The first message follows behind another terminator, and none of the standard's came before.
        foreign = end is not None and end[1] != b"'" and b"'" not in unb[: end.start()]
        return None if foreign else STANDARD
    return LEVEL_B if unb[3:4] == b"\x1d" else None


_FOREIGN_UNB = re.compile(rb"UNB(?P<element>[^\w\s])[A-Z]{3}[A-Z](?P<component>[^\w\s])\d")


def shown_by(start: bytes) -> Separators | None:
    """Separators that are neither declared nor standard, as the first segments show them; None where they do not."""
    unb = _FOREIGN_UNB.match(start)
    if unb is None:
        return None
    element, component = unb["element"], unb["component"]
    end = re.search(rb"([^\w\s]|\n)\s*UN[HG]" + re.escape(element), start)
    if end is None:
        return None
    shown = Separators(component=component[0], element=element[0], terminator=end[1][0])
    return shown if shown.usable else None
