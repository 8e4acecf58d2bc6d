"""The failures that a command ends with in a sentence, because somebody can mend them."""

import sys
import tempfile
import traceback


def ours() -> tuple[type[Exception], ...]:
    """Their classes; only those of modules that are loaded can have been raised."""
    named = (
        ("pipelines.settings", "SettingsError"),
        ("mappings.partner_folder", "PartnerFolderError"),
        ("pipelines.books", "PartnerStopped"),
        ("connectors.errors", "ConnectorError"),
    )
    return tuple(getattr(sys.modules[module], name) for module, name in named if module in sys.modules)


def reported(error: Exception) -> str:
    """Write a fault of ours to a file that can be sent to us, and say so in a sentence."""
    with tempfile.NamedTemporaryFile("w", prefix="ordermill-fault-", suffix=".txt", delete=False) as report:
        report.write("".join(traceback.format_exception(error)))
    return f"A fault in ordermill: {type(error).__name__}: {error}. Please send us {report.name}."
