#!/usr/bin/env bash
# Guessed: a part with "Content-Disposition: attachment" is an attachment, and where it has no file
# name (RFC 2183 leaves it optional) the name is empty.
#
# What happens (imap-tools 1.16.0): a part without any name is not among the attachments, nor in the
# text or the HTML of the message. The same part with a name is there.
#
# Why it matters: gateways send EDIFACT as application/EDIFACT without a name, since no person will
# save it. The order is in the mailbox, the program reports a mail without attachments, and marks it
# as seen.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check imap-tools==1.16.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["imap-tools"]), sep=", ")
from imap_tools import MailMessage


def mail(name):
    lines = [
        "From: orders@example.com",
        "To: desk@example.net",
        "Subject: order",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="part"',
        "",
        "--part",
        "Content-Type: text/plain",
        "",
        "An order for you.",
        "--part",
        "Content-Type: application/EDIFACT",
        f"Content-Disposition: attachment{name}",
        "",
        "UNB+UNOC:3+A+B+261116:0830+1'",
        "--part--",
        "",
    ]
    message = MailMessage.from_bytes("\r\n".join(lines).encode())
    return [(part.filename, part.payload) for part in message.attachments], message.text


print("named:  ", mail("; filename=order.edi"))
print("unnamed:", mail(""))
assert mail("; filename=order.edi") == ([("order.edi", b"UNB+UNOC:3+A+B+261116:0830+1'")], "An order for you.")
assert mail("") == ([], "An order for you.")
PYTHON
