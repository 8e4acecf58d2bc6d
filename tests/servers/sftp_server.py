"""What the SFTP servers of the tests have in common: their keys, and what a client needs to know of them."""

import os
import socket
from pathlib import Path
from typing import Protocol

import asyncssh

LOOPBACK = "127.0.0.1"


class SftpTestServer(Protocol):
    """A running server; ``data`` is the local folder that a client sees as its first folder."""

    host: str
    port: int
    username: str
    key_file: Path
    known_hosts: Path
    data: Path


def write_key(path: Path) -> asyncssh.SSHKey:
    """Make a key pair: the private half here, for this user's eyes only, the public one beside it."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    path.touch(mode=0o600)
    key.write_private_key(path)
    key.write_public_key(path.with_name(path.name + ".pub"))
    return key


def write_known_hosts(path: Path, port: int, host_key: asyncssh.SSHKey) -> None:
    """Pin the host key for this port of the loopback address."""
    kind, key = host_key.export_public_key().decode("ascii").split()[:2]
    path.write_text(f"[{LOOPBACK}]:{port} {kind} {key}\n")


def free_port() -> int:
    """Give a port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Say whether somebody accepts connections on this port."""
    with socket.socket() as client:
        return client.connect_ex((LOOPBACK, port)) == os.EX_OK
