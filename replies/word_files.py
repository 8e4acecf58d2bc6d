"""The files of words, one a language, in ``replies/words/``.

A file has ``words``, ``units`` (words for units of UN/ECE Recommendation 20), ``notation`` (how numbers and dates are
written), and ``messages``: the sentences of findings, under the finding's code and a number. The English file says
which values a sentence has and of which kind they are (``{day:date}``, see ``replies.sentences``); the others place
them.
"""

from functools import cache
from importlib.resources import files

import yaml

from orders.model import Model

FALLBACK = "en"


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


def languages() -> tuple[str, ...]:
    """The codes of all languages that there are files of."""
    names = (path.name for path in files("replies").joinpath("words").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def word_file(code: str) -> WordFile:
    """The file of a language. Errors: FileNotFoundError."""
    text = files("replies").joinpath("words", f"{code}.yaml").read_text("utf-8")
    return WordFile.model_validate(yaml.safe_load(text))
