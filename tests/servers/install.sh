#!/bin/sh
# Has the real servers that the tests talk to installed where that is possible without asking: as root on Debian.
# Elsewhere one line says what is skipped and how to have it. It never fails the build, and where everything is
# installed already it does not touch the network.
set -u

sshd=/usr/sbin/sshd
log=${TMPDIR:-/tmp}/ordermill-install.$$.log

[ -x "$sshd" ] && exit 0

without() {
    echo "tests: $1, so the OpenSSH suites are skipped (SFTP is still tested on asyncssh's own server);" \
        "to have them: install the package openssh-server, which brings $sshd"
}

if [ "$(id -u)" -ne 0 ] || [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null 2>&1; then
    without "$sshd is not installed"
    exit 0
fi

export DEBIAN_FRONTEND=noninteractive
if apt-get -q update >"$log" 2>&1 &&
    apt-get -q install -y --no-install-recommends openssh-server >>"$log" 2>&1 && [ -x "$sshd" ]; then
    rm -f "$log"
    echo "tests: installed openssh-server for the SFTP suites"
else
    without "openssh-server could not be installed (see $log)"
fi
exit 0
