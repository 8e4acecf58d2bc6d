"""A partner's YAML: who it is, how its files read, what was agreed. Every name in it is checked, near misses named."""

import difflib
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self, get_args

import yaml
from pydantic import Field as Option
from pydantic import ValidationError, model_validator

from mappings.edifact_conventions import EANCOM, Conventions
from mappings.layout import Codec, ColumnField, Defaults, Layout, Matrix, Notation
from orders.answers import AnswerKind
from orders.model import Model
from orders.policy import Policy


class PartnerFileError(Exception):
    """A partner file cannot be used. The message names the file, the place and the way to mend it."""


class Identifiers(Model):
    """By what a file is known to be from this partner: identifications in UNB and NAD+BY, mail senders."""

    edifact: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()


class EdifactOptions(Model):
    """Where this partner's EDIFACT differs.

    ``character_set`` names a Python codec that overrides what UNB declares; ``answers`` are the messages it wants back;
    ``reading`` chooses where the partner means something else than EANCOM does.
    """

    character_set: Codec | None = None
    answers: tuple[Literal[AnswerKind.CONTRL, AnswerKind.APERAK, AnswerKind.ORDRSP], ...] = (AnswerKind.ORDRSP,)
    reading: Conventions = EANCOM

    @model_validator(mode="after")
    def _answers_tell_everything(self) -> Self:
        """CONTRL speaks of syntax alone: what is wrong with an order needs one of the others."""
        if not {AnswerKind.APERAK, AnswerKind.ORDRSP} & set(self.answers):
            agreed = " and ".join(self.answers).upper() or "no answer"
            raise ValueError(f"answers: {agreed} tells nothing of prices, items or dates. Add ordrsp, or aperak.")
        return self


class Partner(Model):
    """One partner as its file describes it. ``partner`` is the account's identifier in the reference data."""

    partner: str
    name: str
    language: str = Option(default="en", pattern="[a-z]{2}")
    """In which this partner reads what we write, as a code of ISO 639-1."""
    identifiers: Identifiers = Identifiers()
    edifact: EdifactOptions = EdifactOptions()
    layout: Layout | None = None
    policy: Policy = Policy()
    version: str = ""
    """Fingerprint of the file's text, stored with every result that was made with it."""


_MODELS = (Partner, Identifiers, EdifactOptions, Conventions, Layout, Notation, Defaults, Matrix, Policy)
_SUGGESTABLE = {name for model in _MODELS for name in model.model_fields} | set(get_args(ColumnField)) - {"version"}

_REMEMBERED = 1024
"""Partner files whose meaning is kept: they are read again for each file and each answer, and hardly ever change."""


def load_partner(path: Path) -> Partner:
    """Read one partner file. Errors: PartnerFileError for anything that is not right in it."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PartnerFileError(f"{path}: cannot be read ({error}).") from error
    return _partner_of(path, text)


@lru_cache(maxsize=_REMEMBERED)
def _partner_of(path: Path, text: str) -> Partner:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        raise PartnerFileError(f"{path}{place}: this is not YAML: {problem}.") from error
    except ValueError as error:
        raise PartnerFileError(f"{path}: a value is not what it looks like: {error}. Put it in quotes.") from error
    if not isinstance(content, dict):
        raise PartnerFileError(f"{path}: a partner file begins with 'partner:' and 'name:'.")
    if "version" in content:
        raise PartnerFileError(f"{path}: 'version' is worked out from the file; remove it.")
    try:
        return Partner.model_validate({**content, "version": _fingerprint(text)})
    except ValidationError as error:
        raise PartnerFileError("\n".join(f"{path}: {line}" for line in explained(error, _SUGGESTABLE))) from error


def explained(error: ValidationError, names: set[str], within: str = "") -> list[str]:
    """Each fault in one line: where, what, and the name probably meant; ``within`` is a place around it all."""
    lines = []
    for fault in error.errors():
        steps = [str(step) for step in fault["loc"] if step != "[key]"]
        place = ".".join([within, *steps] if within else steps)
        if fault["type"] == "extra_forbidden" or fault["loc"][-1:] == ("[key]",):
            near = difflib.get_close_matches(steps[-1], names, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            lines.append(f"{place}: there is no such field.{hint}")
        else:
            lines.append(f"{place}: {_sentence(fault)}")
    return lines


def _sentence(fault: Any) -> str:
    text = str(fault["msg"]).removeprefix("Value error, ")
    return text if text.endswith(".") else f"{text}."


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
