"""The language in which a sender is answered; what a language has no words for is said in English.

To add a language, add a file of words; a test names what it lacks.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from orders.findings import Finding, Statement
from orders.findings.values import PricePer
from orders.numbers import plain
from replies.wording.render import render
from replies.wording.values import written_price
from replies.wording.word_files import FALLBACK, Notation, WordFile, Wording, languages, word_file


@dataclass(frozen=True)
class Language:
    """Words of one language, with English where one is missing."""

    code: str
    file: WordFile

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

    def price(self, price: PricePer) -> str:
        """A price with the number of units that it is for."""
        return written_price(price, self)

    def count(self, number: int) -> str:
        """A whole number with thousands separators."""
        return f"{number:,}".replace(",", "." if self.notation.decimal_mark == "," else ",")

    def word(self, key: str) -> str | None:
        """The words of this key, or None where neither this language nor English has them."""
        return self.file.words.get(key) or word_file(FALLBACK).words.get(key)

    def wording(self, said: Statement) -> Wording:
        """What is said, in two parts: what is wrong, and how to mend it.

        Errors: KeyError for a case that not even English has words for; a test names such a one.
        """
        words = self.file.of_case(said.code, said.case) or word_file(FALLBACK).of_case(said.code, said.case)
        if words is None:
            raise KeyError(f"{said.code}.{said.case}")
        return render(said, words, self)

    def message(self, said: Statement) -> str:
        """What is said, in one text."""
        return _in_one(self.wording(said))

    def to_sender(self, finding: Finding) -> Wording:
        """What the sender is told of a finding: what it says, or other words where the fault is for us to mend."""
        instead = self.file.to_sender.get(finding.code) or word_file(FALLBACK).to_sender.get(finding.code)
        return instead or self.wording(finding)

    def told(self, finding: Finding) -> str:
        """The same in one text."""
        return _in_one(self.to_sender(finding))


def _in_one(words: Wording) -> str:
    return f"{words.problem} {words.advice}" if words.advice else words.problem


def english() -> Language:
    """The language of every answer in EDIFACT, of the JSON and of the command line."""
    return language(FALLBACK)


@cache
def language(code: str) -> Language:
    """The language of this code (ISO 639-1), or English where there is no file of it."""
    known = code if code in languages() else FALLBACK
    return Language(known, word_file(known))
