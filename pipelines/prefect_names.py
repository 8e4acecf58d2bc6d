"""Names for Prefect: those of files and inboxes come from outside, and Prefect takes some letters for its own."""

import hashlib
import re
from collections.abc import Callable

_REFUSED_IN_DEPLOYMENTS = re.compile(r"[/%&<>]")
_REFUSED_IN_KEYS = re.compile(r"[^a-z0-9-]")
_SHORT = 8


def literal(name: str) -> Callable[[], str]:
    """This name for the run of a task, as it is: a name that is given as text would be a template with fields in
    braces."""
    return lambda: name


def deployment_name(inbox: str) -> str:
    """Under what the deployment of an inbox is listed: the inbox's name, as far as Prefect takes it."""
    return _distinct(_REFUSED_IN_DEPLOYMENTS, inbox, inbox)


def artifact_key(inbox: str) -> str:
    """The key of the tables of an inbox, which links and histories of it go by."""
    return f"received-{_distinct(_REFUSED_IN_KEYS, inbox.lower(), inbox)}"


def _distinct(refused: re.Pattern[str], name: str, whole: str) -> str:
    """The name with ``-`` for what is refused; then a part of its hash keeps two that now look alike apart."""
    kept = refused.sub("-", name)
    if kept == whole:
        return kept
    return f"{kept}-{hashlib.sha256(whole.encode()).hexdigest()[:_SHORT]}"
