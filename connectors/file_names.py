"""Names of files that come from strangers, and the names that we give them while we have them.

A claimed file is called ``<claim id>__<the sender's name>``. The claim id is the hexadecimal form of a random UUID, so
that no two files ever meet under one name, neither in ``.claimed`` nor in ``processed``.
"""

import re

from connectors.errors import Refused

CLAIMED = ".claimed"
PROCESSED = "processed"
UNREADABLE = "unreadable"

# Most file systems end here, and they count bytes. A server does not say what it can take.
LONGEST_NAME_BYTES = 255

# What programs add to the name of a file while they still write it.
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
_CLAIMED_NAME = re.compile(r"([0-9a-f]{32})__(.*)", re.DOTALL)
_LONGEST_ENDING = 16


def may_be_claimed(name: str) -> bool:
    """Say whether a file of this name is for us: not hidden, not unfinished, and a name rather than a path."""
    return not (name.startswith(".") or name.lower().endswith(_UNFINISHED) or "/" in name or not name)


def claimed_name(claim: str, name: str) -> str:
    """Give the name of a claimed file. A name too long to carry the claim id loses the end of its stem."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME_BYTES - len(_bytes(f"{claim}__{dot}{ending}"))
    if len(_bytes(stem)) > room:
        while len(_bytes(stem)) > room - 1:
            stem = stem[:-1]
        stem += "~"
    return f"{claim}__{stem}{dot}{ending}"


def split_claimed(stored: str) -> tuple[str, str] | None:
    """Give claim id and sender's name of a claimed file, or nothing where the file is none of ours."""
    match = _CLAIMED_NAME.fullmatch(stored)
    return (match[1], readable_name(match[2])) if match else None


def plain_name(name: str) -> str:
    """Give the name back if it is one that we may write. Errors: ``Refused`` where it would lead elsewhere."""
    if not name or name.startswith(".") or any(character in "/\\\0" for character in name):
        raise Refused(f"{name!r} is not a plain file name: it must not be empty, start with a dot or hold a separator")
    return name


def _bytes(name: str) -> bytes:
    # A name that is not UTF-8 reaches Python with each odd byte as a lone surrogate; this gives the bytes back.
    return name.encode("utf-8", "surrogateescape")


def readable_name(name: str) -> str:
    """Give a name that can be stored and printed: bytes that are no UTF-8 are shown as ``\\xfc``."""
    # They reach Python as lone surrogates, which can be neither stored nor printed.
    return _bytes(name).decode("utf-8", "backslashreplace")
