"""The partner files of a folder: those that can be used, and those that cannot, each with the reason.

A partner file that is broken stops its own partner and nobody else. Whose it is stands in it where it is still YAML;
where it is not, the line ``partner:`` tells it, and else the name of the file, which is the partner's by convention.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mappings.partner_file import Partner, PartnerFileError, load_partner

_PARTNER_LINE = re.compile(r"""^["']?partner["']?[ \t]*:[ \t]*["']?([^"'#\s]+)""", re.MULTILINE)
_WORD = re.compile(r"""[^\s,\[\]{}"'#]+""")


class PartnerFolderError(Exception):
    """The folder of the partner files cannot be looked into, so that nobody is known. The message names it."""


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A partner file that cannot be used: why, whose it is, and the identifications that can still be read in it.

    Two files for one partner, or with one identification, are broken both: nobody can say which of them holds.
    """

    path: Path
    problem: str
    partner: str
    identifications: frozenset[str]

    def names(self, identifiers: Iterable[str | None]) -> bool:
        """Whether one of these EDIFACT identifications stands in it."""
        return any(identifier in self.identifications for identifier in identifiers if identifier)


@dataclass(frozen=True, slots=True)
class PartnerFolder:
    """What a folder of partner files holds, by the names of the files."""

    usable: tuple[Partner, ...]
    broken: tuple[BrokenFile, ...] = ()

    @property
    def version(self) -> str:
        """Changes whenever a partner file changes, appears, goes away, breaks or is mended."""
        said = [*(f"{one.partner} {one.version}" for one in self.usable), *(one.problem for one in self.broken)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def load_partners(folder: Path) -> PartnerFolder:
    """Every ``*.yaml`` of a folder. Hidden files are left alone: editors keep their own copies under such names.

    Errors: PartnerFolderError where there is no such folder, or it cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".yaml" and not path.name.startswith("."))
    except OSError as error:
        raise PartnerFolderError(f"{folder}: the partner files cannot be looked for ({error.strerror}).") from error
    loaded: dict[Path, Partner] = {}
    broken: dict[Path, BrokenFile] = {}
    for path in paths:
        try:
            loaded[path] = load_partner(path)
        except PartnerFileError as error:
            broken[path] = broken_file(path, str(error))
    for path, problem in _claimed_twice(loaded, broken).items():
        partner = loaded.pop(path, None)
        if partner is not None:
            identifications = frozenset(partner.identifiers.edifact)
            broken[path] = BrokenFile(path, problem, partner.partner, identifications)
    return PartnerFolder(tuple(loaded.values()), tuple(broken[path] for path in sorted(broken)))


def _claimed_twice(loaded: dict[Path, Partner], broken: dict[Path, BrokenFile]) -> dict[Path, str]:
    """The files that share an identifier with another one, and what is to be said of each."""
    claims: dict[str, list[Path]] = defaultdict(list)
    for path, partner in loaded.items():
        for identifier in {partner.partner, *partner.identifiers.edifact, *partner.identifiers.mail}:
            claims[identifier].append(path)
    for path, one in broken.items():
        claims[one.partner].append(path)
    problems: dict[Path, str] = {}
    partners = {one.partner for one in loaded.values()} | {one.partner for one in broken.values()}
    # Two files for one partner share its identifications too; that they are for one partner is what to say.
    for identifier in sorted(claims, key=lambda identifier: (identifier not in partners, identifier)):
        paths = claims[identifier]
        if len(paths) > 1:
            by = " and by ".join(path.name for path in sorted(paths))
            for path in paths:
                words = f"{identifier} is claimed by {by}. Remove it from all but one, or remove a file."
                problems.setdefault(path, f"{path}: {words}")
    return problems


def broken_file(path: Path, problem: str) -> BrokenFile:
    """What can still be read in a file that cannot be used."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return BrokenFile(path, problem, path.stem, frozenset())
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        content = None
    if isinstance(content, dict):
        identifiers = content.get("identifiers")
        listed = _values(identifiers.get("edifact")) if isinstance(identifiers, dict) else _values(identifiers)
        return BrokenFile(path, problem, _text(content.get("partner")) or path.stem, frozenset(listed))
    line = _PARTNER_LINE.search(text)
    return BrokenFile(path, problem, line[1] if line else path.stem, frozenset(_WORD.findall(text)))


def _values(content: Any) -> set[str]:
    """Every plain value in a part of a file that may have any shape."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        return {value for one in content for value in _values(one)}
    text = _text(content)
    return {text} if text else set()


def _text(content: Any) -> str | None:
    return str(content) if isinstance(content, str | int) else None
