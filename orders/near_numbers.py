"""Numbers that are one slip of the fingers away from a given one: what a buyer probably meant, to be offered."""

from collections.abc import Iterable, Iterator

_LONGEST = 40
"""Characters of a number that is worth a search; item numbers are shorter (35 in EDIFACT)."""


class NearNumbers:
    """The numbers of one assortment. Blanks, marks between the characters and the case do not count."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_bare: dict[str, list[str]] = {}
        for number in dict.fromkeys(numbers):
            self._by_bare.setdefault(bare_characters(number), []).append(number)
        self._alphabet = sorted({character for bare in self._by_bare for character in bare})

    def of(self, sent: str) -> tuple[str, ...]:
        """Numbers that differ in one character, or in two neighbours that changed places, the same ones first."""
        found = (number for slip in slips(sent, self._alphabet) for number in self._by_bare.get(slip, ()))
        return tuple(dict.fromkeys(found))


def bare_characters(number: str) -> str:
    """The form in which numbers are compared here: letters and digits alone, in one case."""
    return "".join(character for character in number.casefold() if character.isalnum())


def slips(sent: str, alphabet: Iterable[str]) -> Iterator[str]:
    """The number and all that are one slip away from it, in their bare form; none for one that is too long."""
    bare, alphabet = bare_characters(sent), tuple(alphabet)
    if not 0 < len(bare) <= _LONGEST:
        return
    yield bare
    for at in range(len(bare)):
        before, here, after = bare[:at], bare[at], bare[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + here + after[1:]
        for other in alphabet:
            yield before + other + after
            yield before + other + here + after
    for other in alphabet:
        yield bare + other
