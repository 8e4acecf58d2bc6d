"""The home folder and its ``ordermill.yaml``: the seller, where files come from and go to, the store and the ERP."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import Field, TypeAdapter, ValidationError, field_validator

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


_INBOX: TypeAdapter[InboxSettings] = TypeAdapter(InboxSettings)
_OUTBOX: TypeAdapter[OutboxSettings] = TypeAdapter(OutboxSettings)


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
    """A home folder: its settings, with every path made absolute.

    An inbox whose entry cannot be used is not among the settings, and ``broken_inboxes`` says why, one text each; nor
    is the way by which a customer is answered, for which ``broken_replies`` has it by customer. All else goes on.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        broken_inboxes: Sequence[str] = (),
        broken_replies: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.settings = settings
        self.broken_inboxes = tuple(broken_inboxes)
        self.broken_replies = dict(broken_replies or {})

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
    """Read the settings of a home; what is wrong with one inbox or the replies to one customer is kept apart.

    Errors: SettingsError for anything else that is not right.
    """
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
    content = content if isinstance(content, dict) else {}
    inboxes, broken_inboxes = _usable_inboxes(content.get("inboxes"), path)
    replies, broken_replies = _usable_replies(content.get("replies"), path)
    try:
        settings = Settings.model_validate({**content, **inboxes, **replies})
    except ValidationError as error:
        raise SettingsError("\n".join(_lines(error, path))) from error
    return Home(folder, settings, broken_inboxes, broken_replies)


def _usable_inboxes(entries: Any, path: Path) -> tuple[dict[str, Any], list[str]]:
    """The inboxes that can be used, and what is wrong with the others. A name that is taken leads to the first one."""
    if not isinstance(entries, list):
        return {}, []
    usable: list[InboxSettings] = []
    broken: list[str] = []
    for number, entry in enumerate(entries):
        place = f"inboxes.{number}"
        try:
            inbox = _INBOX.validate_python(entry)
        except ValidationError as error:
            broken.append("\n".join(_lines(error, path, place)))
            continue
        if any(inbox.name == other.name for other in usable):
            broken.append(f"{path}: {place}.name: there is another inbox {inbox.name} above; give each its own name.")
        else:
            usable.append(inbox)
    return {"inboxes": usable}, broken


def _usable_replies(entries: Any, path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The ways of answering that can be used, and for the other customers what is wrong."""
    if not isinstance(entries, dict):
        return {}, {}
    usable: dict[str, OutboxSettings] = {}
    broken: dict[str, str] = {}
    for customer, entry in entries.items():
        try:
            usable[customer] = _OUTBOX.validate_python(entry)
        except ValidationError as error:
            broken[str(customer)] = "\n".join(_lines(error, path, f"replies.{customer}"))
    return {"replies": usable}, broken


def _lines(error: ValidationError, path: Path, place: str = "") -> list[str]:
    names = {name for model in _MODELS for name in model.model_fields}
    return [f"{path}: {line}" for line in explained(error, names, place)]


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
