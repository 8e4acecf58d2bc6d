#!/usr/bin/env bash
# Guessed: glob("*.edi") on an SFTP client leaves out names that begin with a point, as shells and
# Python's glob do, and gives an empty list where nothing matches.
#
# What happens (asyncssh 2.24.1): hidden names are matched, and where nothing matches SFTPNoSuchFile
# is raised.
#
# Why it matters: many uploaders write to ".order.edi" and rename when done, trusting that a pattern
# does not see it. A collector that uses this glob takes half an order, and its quiet hour with an
# empty folder is an error.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check asyncssh==2.24.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["asyncssh"]), sep=", ")
import asyncio
import glob
from pathlib import Path

import asyncssh


class Open(asyncssh.SSHServer):
    def begin_auth(self, username):
        return False


async def main():
    root = Path.cwd() / "root"
    (root / "in").mkdir(parents=True)
    for name in ("done.edi", ".uploading.edi"):
        (root / "in" / name).touch()
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Open,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root)),
    )
    async with (
        server,
        asyncssh.connect("127.0.0.1", server.get_port(), known_hosts=None, username="u", client_keys=None) as connection,
        connection.start_sftp_client() as sftp,
    ):
        found = sorted(await sftp.glob("in/*.edi"))
        try:
            none = await sftp.glob("in/*.xml")
        except asyncssh.SFTPNoSuchFile as refused:
            none = type(refused).__name__
    here = sorted(glob.glob("in/*.edi", root_dir=root))
    print("glob of Python:  ", here, glob.glob("in/*.xml", root_dir=root))
    print("glob of asyncssh:", found, none)
    assert here == ["in/done.edi"]
    assert found == ["in/.uploading.edi", "in/done.edi"], found
    assert none == "SFTPNoSuchFile", none


asyncio.run(main())
PYTHON
