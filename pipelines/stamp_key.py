"""The key that signs the workbooks which we send: in a file of the home, made on first use, never in a workbook."""

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipelines.settings import SettingsError

KEY_FILE = "workbook.key"
_BYTES = 32


class StampKey(Protocol):
    """Where the key comes from."""

    def known(self) -> bytes | None:
        """The key, if there is one yet. Errors: SettingsError."""
        ...

    def made(self) -> bytes:
        """The key, made now where there is none. Errors: SettingsError."""
        ...


@dataclass(frozen=True, slots=True)
class FixedKey:
    """A key that is given; for the sample seller, whose workbooks nobody needs to trust."""

    key: bytes = field(repr=False)

    def known(self) -> bytes | None:
        return self.key

    def made(self) -> bytes:
        return self.key


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in a file that its owner alone may read."""

    path: Path

    def known(self) -> bytes | None:
        """The key. Errors: SettingsError where others may read it, or where it is no key of ours."""
        try:
            with self.path.open("rb") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                text = stream.read(4 * _BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SettingsError(f"{self.path}: the key for workbooks cannot be read ({error}).") from error
        if stat.S_IMODE(mode) & 0o077:
            raise SettingsError(f"{self.path}: others may read this key. Run: chmod 600 {self.path}")
        try:
            key = bytes.fromhex(text.decode("ascii"))
        except ValueError:
            key = b""
        if len(key) != _BYTES:
            raise SettingsError(f"{self.path}: this is no key of {_BYTES} bytes. Put the right one back from a backup.")
        return key

    def made(self) -> bytes:
        """The key, made where there is none; of two processes that make one, the first one's holds."""
        known = self.known()
        if known is not None:
            return known
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(secrets.token_hex(_BYTES).encode())
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(part, self.path)
            except FileExistsError:
                pass  # another process was faster, and its key is the one
            finally:
                part.unlink()
        except OSError as error:
            raise SettingsError(f"{self.path}: the key for workbooks cannot be written ({error}).") from error
        key = self.known()
        assert key is not None
        return key
