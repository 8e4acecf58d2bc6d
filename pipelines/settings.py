"""The home folder and its ``ordermill.yaml``: the seller, where files come from and go to, the store and the ERP."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import Field, ValidationError, field_validator

from mappings.partner_file import explained
from orders.model import Model

SETTINGS_FILE = "ordermill.yaml"
HOME_VARIABLE = "ORDERMILL_HOME"


class SettingsError(Exception):
    """The home cannot be used. The message names the file, the place and the way to mend it."""


class Seller(Model):
    """The seller: the GLN under which partners know it, where its days begin, whose public holidays it keeps."""

    name: str
    gln: str | None = None
    country: str = "DE"
    timezone: str = "Europe/Berlin"

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name} is not a time zone; write one like Europe/Berlin") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class SftpAccount(Model):
    """How to reach an SFTP server: key login, and the server's key pinned in ``known_hosts``."""

    host: str
    port: int = 22
    username: str
    key_file: Path
    known_hosts: Path


class FolderInboxSettings(Model):
    kind: Literal["folder"]
    name: str
    path: Path
    customer: str | None = None
    every_seconds: float = Field(default=10, gt=0)
    settle_seconds: float = Field(default=1, ge=0)


class SftpInboxSettings(SftpAccount):
    kind: Literal["sftp"]
    name: str
    folder: str = "in"
    customer: str | None = None
    every_seconds: float = Field(default=30, gt=0)
    settle_seconds: float = Field(default=1, ge=0)


InboxSettings = Annotated[FolderInboxSettings | SftpInboxSettings, Field(discriminator="kind")]


class FolderOutboxSettings(Model):
    kind: Literal["folder"]
    path: Path


class SftpOutboxSettings(SftpAccount):
    kind: Literal["sftp"]
    folder: str = "out"


OutboxSettings = Annotated[FolderOutboxSettings | SftpOutboxSettings, Field(discriminator="kind")]


class FileErpSettings(Model):
    """The ERP takes one JSON document per order from a folder."""

    kind: Literal["file"] = "file"
    path: Path = Path("erp")


class PrefectSettings(Model):
    """Where ``ordermill up`` runs the Prefect server: on this machine only."""

    port: int = Field(default=4200, gt=0, lt=65536)


class Settings(Model):
    """Everything that a home says. Relative paths are relative to the home."""

    seller: Seller
    database: str = "sqlite:///store.sqlite"
    archive: Path = Path("archive")
    partners: Path = Path("partners")
    inboxes: tuple[InboxSettings, ...] = ()
    replies: Mapping[str, OutboxSettings] = {}
    erp: FileErpSettings = FileErpSettings()
    deliver_every_seconds: float = Field(default=10, gt=0)
    fixed_day: date | None = None
    """A day that never passes, for demonstrations and rehearsals: files are judged as if they came on it."""
    prefect: PrefectSettings = PrefectSettings()


_MODELS = (
    Settings, Seller, FolderInboxSettings, SftpInboxSettings, FolderOutboxSettings, SftpOutboxSettings,
    FileErpSettings, PrefectSettings,
)  # fmt: skip


class Home:
    """A home folder: its settings, with every path made absolute."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder.absolute()
        self.settings = settings

    def path(self, path: Path) -> Path:
        """A path of the settings, relative to the home unless it is absolute."""
        return self.folder / path

    @property
    def database_url(self) -> str:
        """The store's URL; a relative SQLite file lies in the home."""
        url = self.settings.database
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith("sqlite:////"):
            return f"{prefix}{self.folder / url.removeprefix(prefix)}"
        return url


def open_home(folder: Path) -> Home:
    """Read the settings of a home. Errors: SettingsError for anything that is not right."""
    path = folder / SETTINGS_FILE
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such file. A home needs one; see docs/operator.md.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise SettingsError(f"{path}{place}: this is not YAML. Check the indentation and the quotes.") from error
    try:
        return Home(folder, Settings.model_validate(content if isinstance(content, dict) else {}))
    except ValidationError as error:
        names = {name for model in _MODELS for name in model.model_fields}
        raise SettingsError("\n".join(f"{path}: {line}" for line in explained(error, names))) from error


def home_folder(given: Path | None) -> Path | None:
    """The home named on the command line or by ``ORDERMILL_HOME``; None where there is neither."""
    if given is not None:
        return given
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else None


def own_home() -> Path:
    """The home that this process was started for. Errors: SettingsError where it was started for none."""
    folder = home_folder(None)
    if folder is None:
        raise SettingsError(f"This process has no home: {HOME_VARIABLE} is not set. Start it with: ordermill up")
    return folder
