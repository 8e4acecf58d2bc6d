"""A real OpenSSH server with SFTP and key login, as root or as the user who runs the tests."""

import os
import pwd
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.sftp_server import LOOPBACK, free_port, listens, write_key, write_known_hosts

SSHD = Path("/usr/sbin/sshd")

_ATTEMPTS = 3
_START_SECONDS = 5.0


def missing() -> str | None:
    """Say why this server cannot be started here, if so."""
    return None if SSHD.exists() else f"{SSHD} is not installed: sh tests/servers/install.sh"


class OpenSsh:
    """``with OpenSsh() as server``: started in a temporary folder on a free port, ended by its process id.

    Only root can log in another ``account``; ``data`` is a folder of another server that this one shows as well.
    """

    def __init__(self, account: str | None = None, data: Path | None = None) -> None:
        self._account = account
        self._data = data

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="ordermill-sshd-")
        folder = Path(self._folder.name)
        self.host = LOOPBACK
        self.username = self._account or pwd.getpwuid(os.getuid()).pw_name
        self.key_file = folder / "client_key"
        self.known_hosts = folder / "known_hosts"
        self.data = self._data or folder / "data"
        self.data.mkdir(exist_ok=True)
        folder.chmod(0o711)  # sshd reads the public key, and opens the folder, as the account that logs in
        write_key(self.key_file)
        self.key_file.with_name("client_key.pub").chmod(0o644)
        host_key = write_key(folder / "host_key")
        for _ in range(_ATTEMPTS):
            # Another process may take the port before sshd does; then sshd ends, and another port is tried.
            self.port = free_port()
            write_known_hosts(self.known_hosts, self.port, host_key)
            if self._start(folder):
                return self
        log = (folder / "sshd.log").read_text()
        self._folder.cleanup()
        raise RuntimeError(f"sshd does not start:\n{log}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._folder.cleanup()

    def stop(self) -> None:
        """End the server: nobody can connect any more. To do it again is no error."""
        self._process.terminate()
        self._process.wait()

    def _start(self, folder: Path) -> bool:
        config = folder / "sshd_config"
        config.write_text(_config(folder, self.data, self.port))
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where sshd separates its privileges; Debian makes it at boot
        effective = subprocess.run([SSHD, "-T", "-f", config], check=True, capture_output=True, text=True).stdout
        if "persourcepenalties" in effective:  # since 9.8: wrong keys on purpose must not lock the tests out
            config.write_text(_config(folder, self.data, self.port) + "PerSourcePenalties no\n")
        # -D keeps it in the foreground, so that it is our own child, ended by its id.
        self._process = subprocess.Popen([SSHD, "-D", "-f", config, "-E", folder / "sshd.log"])
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if listens(self.port):
                return True
            time.sleep(0.01)
        self.stop()
        return False


def _config(folder: Path, data: Path, port: int) -> str:
    return f"""
ListenAddress {LOOPBACK}
Port {port}
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/client_key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp -d {data}
ForceCommand internal-sftp -d {data}
AllowTcpForwarding no
MaxStartups 100
"""
