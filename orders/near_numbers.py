"""Numbers that are one slip of the fingers away from a given one: what a buyer probably meant, to be offered."""

from collections.abc import Iterable, Iterator

_LONGEST = 40
"""Characters of a number that is worth a search; item numbers are shorter (35 in EDIFACT)."""


class NearNumbers:
    """The numbers of one assortment. Blanks, marks between the characters and the case do not count."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_bare: dict[str, list[str]] = {}
        for number in dict.fromkeys(numbers):
            self._by_bare.setdefault(_bare(number), []).append(number)
        self._alphabet = sorted({character for bare in self._by_bare for character in bare})

    def of(self, sent: str) -> tuple[str, ...]:
        """Numbers that differ in one character, or in two neighbours that changed places, the same ones first."""
        bare = _bare(sent)
        if not 0 < len(bare) <= _LONGEST:
            return ()
        found = (number for slip in (bare, *self._slips(bare)) for number in self._by_bare.get(slip, ()))
        return tuple(dict.fromkeys(found))

    def _slips(self, bare: str) -> Iterator[str]:
        for at in range(len(bare)):
            before, here, after = bare[:at], bare[at], bare[at + 1 :]
            yield before + after
            if after:
                yield before + after[0] + here + after[1:]
            for other in self._alphabet:
                yield before + other + after
                yield before + other + here + after
        for other in self._alphabet:
            yield bare + other


def _bare(number: str) -> str:
    return "".join(character for character in number.casefold() if character.isalnum())
