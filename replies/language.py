"""The language in which a sender is answered. The rules speak English; what a language has no words for stays so.

To add a language, add a file of words; a test names what it lacks.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from orders.findings import Finding
from orders.numbers import plain
from replies.sentences import Kind, Sentence, in_words, sentences, values_in
from replies.word_files import FALLBACK, Notation, WordFile, languages, word_file


@dataclass(frozen=True)
class Language:
    """Words of one language, with English where one is missing."""

    code: str
    file: WordFile
    _sentences: dict[str, tuple[Sentence, ...]] = field(repr=False)

    @property
    def notation(self) -> Notation:
        return self.file.notation

    def say(self, key: str, **values: object) -> str:
        """The words of this key with the values in their places. Errors: KeyError for a key that no file has."""
        words = self.file.words.get(key) or word_file(FALLBACK).words[key]
        return words.format(**values) if values else words

    def unit(self, code: str) -> str:
        """The word for a unit, or its code."""
        return self.file.units.get(code, code)

    def day(self, day: date) -> str:
        """A day as it is written here."""
        return day.strftime(self.notation.date)

    def number(self, number: Decimal) -> str:
        """A number as it is written here, without thousands separators."""
        return plain(number).replace(".", self.notation.decimal_mark)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency and thousands separators."""
        grouped = f"{amount:,.2f}"
        if self.notation.decimal_mark == ",":
            grouped = grouped.translate(str.maketrans(",.", ".,"))
        return f"{grouped} {currency}".strip()

    def count(self, number: int) -> str:
        """A whole number with thousands separators."""
        return f"{number:,}".replace(",", "." if self.notation.decimal_mark == "," else ",")

    def word(self, key: str) -> str | None:
        """The words of this key, or None where neither this language nor English has them."""
        return self.file.words.get(key) or word_file(FALLBACK).words.get(key)

    def told(self, finding: Finding) -> str:
        """What the sender is told of a finding: what it says, or other words where the fault is for us to mend."""
        return self.word(f"sender.{finding.code}") or self.message(finding)

    def message(self, finding: Finding) -> str:
        """What a finding says; in English where the language has no words for it."""
        if self.code == FALLBACK:
            return finding.message
        return in_words(finding.message, self._sentences.get(finding.code, ()), self) or finding.message


@cache
def language(code: str) -> Language:
    """The language of this code (ISO 639-1), or English where there is no file of it."""
    known = code if code in languages() else FALLBACK
    said, english_messages = word_file(known), word_file(FALLBACK).messages
    of_codes = {kind: sentences(english, said.messages.get(kind, {})) for kind, english in english_messages.items()}
    return Language(known, said, of_codes)


def known_sentence(finding: Finding) -> bool:
    """Whether the English file has the sentence of this finding, so that it can be said in other languages."""
    spoken = language(FALLBACK)
    return in_words(finding.message, spoken._sentences.get(finding.code, ()), spoken) is not None


def values_of(finding: Finding) -> list[tuple[Kind, str]]:
    """The values in the sentence of this finding, as the English file tells them apart."""
    return values_in(finding.message, language(FALLBACK)._sentences.get(finding.code, ()))
