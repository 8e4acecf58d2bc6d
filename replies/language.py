"""The language in which a sender is answered: one file of words per language in ``replies/words/``.

A file has ``words``, ``units`` (words for units of UN/ECE Recommendation 20), ``notation`` (how numbers and dates are
written), and ``messages``: the sentences of findings, under the finding's code and a number. The rules speak English;
a finding's message is known again by its English sentence, and said with the same values in the other language. What a
file lacks is said in English. To add a language, add a file; a test names what it lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from orders.findings import Finding
from orders.model import Model
from orders.numbers import plain

FALLBACK = "en"
_HOLE = re.compile(r"\{([a-z_]+)\}")

_MADE_BY_US = ("choice", "days", "agreed", "price")


class Notation(Model):
    """How numbers and dates are written: the decimal mark, a date for ``strftime`` and for a number format."""

    decimal_mark: str
    date: str
    date_format: str


class WordFile(Model):
    """One file of words."""

    name: str
    notation: Notation
    words: dict[str, str]
    units: dict[str, str]
    messages: dict[str, dict[int, str]]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One English sentence of a finding, to know it by, and its words in the language."""

    known_by: re.Pattern[str]
    said: str


@dataclass(frozen=True)
class Language:
    """Words of one language, with English where one is missing."""

    code: str
    file: WordFile
    _sentences: dict[str, tuple[_Sentence, ...]] = field(repr=False)

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

    def message(self, finding: Finding) -> str:
        """What a finding says; in English where the language has no words for it."""
        for sentence in self._sentences.get(finding.code, ()):
            found = sentence.known_by.fullmatch(finding.message)
            if found is not None:
                return sentence.said.format(
                    **{name: self._value(name, text) for name, text in found.groupdict().items()}
                )
        return finding.message

    def _value(self, name: str, text: str) -> str:
        """A value of a sentence; those that we made ourselves may have a word of ours in them."""
        if name not in _MADE_BY_US:
            return text
        return text.replace(" or ", f" {self.say('value.or')} ").replace(" per ", f" {self.say('value.per')} ")


def languages() -> tuple[str, ...]:
    """The codes of all languages that there are files of."""
    names = (path.name for path in files("replies").joinpath("words").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def word_file(code: str) -> WordFile:
    """The file of a language. Errors: FileNotFoundError."""
    text = files("replies").joinpath("words", f"{code}.yaml").read_text("utf-8")
    return WordFile.model_validate(yaml.safe_load(text))


@cache
def language(code: str) -> Language:
    """The language of this code (ISO 639-1), or English where there is no file of it."""
    known = code if code in languages() else FALLBACK
    said = word_file(known)
    sentences = {kind: tuple(_sentences(kind, said)) for kind in word_file(FALLBACK).messages}
    return Language(known, said, sentences)


def known_sentence(finding: Finding) -> bool:
    """Whether the English file has the sentence of this finding, so that it can be said in other languages."""
    sentences = language(FALLBACK)._sentences.get(finding.code, ())
    return any(sentence.known_by.fullmatch(finding.message) for sentence in sentences)


def _sentences(code: str, said: WordFile) -> Iterator[_Sentence]:
    for number, english in word_file(FALLBACK).messages[code].items():
        words = said.messages.get(code, {}).get(number, english)
        yield _Sentence(_known_by(english), words)


def _known_by(english: str) -> re.Pattern[str]:
    """A pattern that tries no place of a value twice, for values come from strangers: each ends where the words that
    follow it first stand.
    """
    words = [re.escape(one) for one in _HOLE.split(english)]
    words[-1] += r"\Z"
    values = (f"(?>(?P<{name}>.+?){following})" for name, following in zip(words[1::2], words[2::2], strict=True))
    return re.compile("".join((words[0], *values)), re.DOTALL)
