"""Sentences of findings, known again by their English and said in another language with the same values.

The rules speak English. A value of a sentence is what somebody sent, and stays to the letter; one that we made
ourselves has a kind, written behind its name in the English file (``{day:date}``), and is said as the language does.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

HOLE = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
_DECIMAL = re.compile(r"(?<![\w.,-])-?\d+\.\d+(?![\w.,-])")
_AMOUNT = re.compile(r"(-?\d+\.\d+) ([A-Z]{3})")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3}){1,6}")
_NAMED = re.compile(r" = ([a-z ]{1,20})(?=, | and \d+ more$|$)")
_MORE = re.compile(r" and (\d+) more$")
_ITEM = re.compile(r"(?:(?<=; )|^)(item|gtin|buyer_item) (.+?) is (?=\S+(?:; |$))")
_CHANGE = re.compile(r"(no price|\d+(?:\.\d+)?) → (no price|\d+(?:\.\d+)?)")


class Kind(StrEnum):
    """What a value is: as sent, or made by us in one of these forms."""

    AS_SENT = ""
    DATE = "date"
    """Days in ISO 8601, one or several with ``or`` between them."""
    NUMBER = "number"
    """Decimals with a point, with units, ``or`` and ``per``."""
    MONEY = "money"
    """An amount with two decimals and its currency."""
    COUNT = "count"
    """A whole number with commas between thousands."""
    CHOICE = "choice"
    """Codes with ``or`` between them."""
    NAME = "name"
    """The name of a field of an order, or what an order does, with blanks for underscores."""
    COLUMNS = "columns"
    """Headers of the sender, each with the name of the field that it was read as."""
    ITEMS = "items"
    """Numbers as sent, each with the field that it stood in before it and our item number behind it."""
    CHANGES = "changes"
    """Items with their price before and now."""


class Speaker(Protocol):
    """How a language writes what we made."""

    def number(self, number: Decimal) -> str: ...
    def count(self, number: int) -> str: ...
    def money(self, amount: Decimal, currency: str) -> str: ...
    def day(self, day: date) -> str: ...

    def word(self, key: str) -> str | None:
        """The words of this key; None where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One English sentence, to know it by where it stands alone or before others, and its words in the language."""

    alone: re.Pattern[str]
    with_others: re.Pattern[str]
    kinds: Mapping[str, Kind]
    said: str

    def say(self, found: re.Match[str], speaker: Speaker) -> str:
        """The sentence with the values that were found in the English one."""
        values = {name: _in_language(self.kinds[name], text, speaker) for name, text in found.groupdict().items()}
        return self.said.format(**values)


def sentences(english: Mapping[int, str], said: Mapping[int, str]) -> tuple[Sentence, ...]:
    """The sentences of one code, those with the most words of their own first; what is not said yet stays English."""
    numbers = sorted(english, key=lambda number: -len(HOLE.sub("", english[number])))
    return tuple(_sentence(english[number], said.get(number, english[number])) for number in numbers)


def values_in(message: str, known: Iterable[Sentence]) -> list[tuple[Kind, str]]:
    """The values of a message that is one known sentence, with their kinds."""
    for sentence in known:
        found = sentence.alone.fullmatch(message)
        if found is not None:
            return [(sentence.kinds[name], text) for name, text in found.groupdict().items()]
    return []


def in_words(message: str, known: Iterable[Sentence], speaker: Speaker) -> str | None:
    """The message in the language: one known sentence, or several in a row; None where a part is not known."""
    known, at, told = tuple(known), 0, []
    for sentence in known:
        whole = sentence.alone.fullmatch(message)
        if whole is not None:
            return sentence.say(whole, speaker)
    while at < len(message):
        for sentence in known:
            part = sentence.with_others.match(message, at)
            if part is not None and message[part.end() : part.end() + 1] in ("", " "):
                told.append(sentence.say(part, speaker))
                at = part.end() + 1
                break
        else:
            return None
    return " ".join(told)


def _sentence(english: str, said: str) -> Sentence:
    kinds = {name: Kind(kind) for name, kind in HOLE.findall(english)}
    return Sentence(_known_by(english, r"\Z"), _known_by(english, ""), kinds, HOLE.sub(r"{\1}", said))


def _known_by(english: str, end: str) -> re.Pattern[str]:
    """A pattern that tries no place of a value twice, for values come from strangers: each ends where the words that
    follow it first stand.
    """
    parts = HOLE.split(english)
    names, words = parts[1::3], [re.escape(one) for one in parts[::3]]
    words[-1] += end
    values = (f"(?>(?P<{name}>.+?){following})" for name, following in zip(names, words[1:], strict=True))
    return re.compile("".join((words[0], *values)), re.DOTALL)


def _in_language(kind: Kind, text: str, speaker: Speaker) -> str:
    match kind:
        case Kind.DATE:
            text = _joined(_DAY.sub(lambda found: _day(found[0], speaker), text), speaker)
        case Kind.NUMBER:
            text = _joined(_DECIMAL.sub(lambda found: speaker.number(Decimal(found[0])), text), speaker)
        case Kind.MONEY:
            amount = _AMOUNT.fullmatch(text)
            text = text if amount is None else speaker.money(Decimal(amount[1]), amount[2])
        case Kind.COUNT:
            text = _COUNT.sub(lambda found: speaker.count(int(found[0].replace(",", ""))), text)
        case Kind.CHOICE:
            text = _joined(text, speaker)
        case Kind.NAME:
            text = _name(text, speaker)
        case Kind.COLUMNS:
            named = _NAMED.sub(lambda found: f" = {_name(found[1], speaker)}", text)
            text = _MORE.sub(lambda found: f" {speaker.word('value.more')} {found[1]}", named)
        case Kind.ITEMS:
            meant = speaker.word("value.is")
            text = _ITEM.sub(lambda found: f"{_name(found[1], speaker)} {found[2]} {meant} ", text)
        case Kind.CHANGES:
            text = _CHANGE.sub(lambda found: " → ".join(_priced(one, speaker) for one in found.groups()), text)
    return text


def _joined(text: str, speaker: Speaker) -> str:
    for word in ("or", "per"):
        text = text.replace(f" {word} ", f" {speaker.word(f'value.{word}')} ")
    return text


def _day(text: str, speaker: Speaker) -> str:
    try:
        return speaker.day(date.fromisoformat(text))
    except ValueError:
        return text  # a part of what somebody sent


def _name(text: str, speaker: Speaker) -> str:
    return speaker.word(f"name.{text.replace(' ', '_')}") or text


def _priced(text: str, speaker: Speaker) -> str:
    return (speaker.word("value.no_price") or text) if text == "no price" else speaker.number(Decimal(text))
