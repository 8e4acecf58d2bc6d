"""The answer as a short text, to stand in a mail beside the annotated file, or alone where no order could be read.

Plain text in UTF-8; the first line is the subject. What comes from the sender stands in one line each, without
characters that no one can see, and cut where it is long.
"""

import unicodedata
from collections.abc import Iterator

from replies.answer import Answer
from replies.outcome_words import decision_in_words, line_counts, next_step, order_numbers, order_value, title
from replies.remarks import Remark, remarks

_MOST_REMARKS, _MOST_ALONE = 20, 1000
"""Beside an annotated file, which has all of them, and where the letter stands alone."""
_LONGEST = 500
_LONGEST_SUBJECT = 150


def letter(answer: Answer, attached: str | None = None) -> bytes:
    """The text; ``attached`` is the name of the annotated file that goes with it."""
    paragraphs = ("\n".join(part) for part in _parts(answer, attached))
    return ("\n\n".join(paragraphs) + "\n").encode()


def _parts(answer: Answer, attached: str | None) -> Iterator[list[str]]:
    language, say = answer.language, answer.language.say
    about = order_numbers(answer) if answer.orders else answer.file_name
    yield [_line(say("mail.subject", title=title(answer), about=about, reference=answer.receipt), _LONGEST_SUBJECT)]
    yield [say("mail.greeting")]
    day, time = language.day(answer.received), f"{answer.received:%H:%M}"
    received = _line(say("mail.received", file=answer.file_name, day=day, time=time))
    outcome = f"{title(answer)}." if answer.orders else say("mail.no_order")
    yield [received, say("mail.in_part") if answer.in_part else outcome]
    if answer.orders:
        yield list(_facts(answer))
    if not answer.in_part:
        yield [next_step(answer, attached=True)]
    told = remarks(answer)
    most = _MOST_ALONE if attached is None else _MOST_REMARKS
    if told:
        yield [f"{say('part.noticed')}:", *(_told(one, answer) for one in told[:most])]
    if len(told) > most:
        yield [say("mail.more_alone" if attached is None else "mail.more", number=len(told) - most)]
    if attached is not None:
        yield [_line(say("mail.attached", name=attached))]
    yield [say("mail.reference", reference=answer.receipt)]
    yield [say("mail.closing")]


def _facts(answer: Answer) -> Iterator[str]:
    language, say = answer.language, answer.language.say
    counts = (
        f"{status.word(language) or say('lines.read')}: {number}" for status, number in line_counts(answer).items()
    )
    facts = {
        say("fact.order" if len(answer.orders) == 1 else "fact.orders"): order_numbers(answer),
        say("fact.decision"): decision_in_words(answer),
        say("part.lines"): "; ".join(counts),
        say("fact.value"): order_value(answer),
    }
    if answer.deadline is not None:
        facts[say("fact.deadline")] = language.day(answer.deadline)
    return (_line(f"{name}: {value}") for name, value in facts.items())


def _told(remark: Remark, answer: Answer) -> str:
    one = remark.finding
    place = remark.where(answer.language) if answer.tables or one.location is None else str(one.location)
    return _line(f"- {one.code}, {place}: {answer.language.told(one)}")


def _line(text: str, longest: int = _LONGEST) -> str:
    shown = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in text[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
