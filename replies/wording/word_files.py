"""The files of words, one a language, beside this module.

A file has ``words``, ``units`` (words for units of UN/ECE Recommendation 20), ``notation`` (how numbers and dates are
written), and ``findings``: for each case of each code what the problem is, and the advice to mend it where there is
one. ``every_code`` has the cases that all codes share, ``to_sender`` what a sender reads instead where the fault is for
us to mend. The values of a case stand in braces, by the names of its parameters.
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


class Wording(Model):
    """What is wrong, and how to mend it; the advice is empty where nothing is to be done."""

    problem: str
    advice: str = ""


class WordFile(Model):
    """One file of words."""

    name: str
    notation: Notation
    words: dict[str, str]
    units: dict[str, str]
    to_sender: dict[str, Wording]
    every_code: dict[str, Wording]
    findings: dict[str, dict[str, Wording]]

    def of_case(self, code: str, case: str) -> Wording | None:
        """The words of a case; None where this file has none."""
        return self.findings.get(code, {}).get(case) or self.every_code.get(case)


def languages() -> tuple[str, ...]:
    """The codes of all languages that there are files of."""
    names = (path.name for path in files("replies.wording").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def word_file(code: str) -> WordFile:
    """The file of a language. Errors: FileNotFoundError."""
    text = files("replies.wording").joinpath(f"{code}.yaml").read_text("utf-8")
    return WordFile.model_validate(yaml.load(text, yaml.CSafeLoader))
