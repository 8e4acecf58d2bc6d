"""The failures that a command ends with in a sentence, because somebody can mend them."""

import sys


def ours() -> tuple[type[Exception], ...]:
    """Their classes; only those of modules that are loaded can have been raised."""
    named = (
        ("pipelines.settings", "SettingsError"),
        ("mappings.partner_folder", "PartnerFolderError"),
        ("pipelines.books", "PartnerStopped"),
        ("connectors.errors", "ConnectorError"),
    )
    return tuple(getattr(sys.modules[module], name) for module, name in named if module in sys.modules)
