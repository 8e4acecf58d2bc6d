#!/usr/bin/env bash
# Guessed: a mail forwarded as an attachment is either one attachment (the whole inner mail) or is
# opened and gives the inner files; one of the two.
#
# What happens (imap-tools 1.16.0): both. The inner mail is an attachment, and the file in it is
# another, so the order comes twice. The text of the inner mail is put behind that of the outer one,
# with nothing between.
#
# Why it matters: who treats each attachment as a document, and can open .eml files as well, takes the
# order twice, in two files of different bytes that no comparison shows to be one. Searching the text
# for an order number finds that of the inner mail joined to the last word of the outer one.
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

lines = '''From: branch@example.com
Subject: Fwd: order
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: text/plain

Please see order
--outer
Content-Type: message/rfc822
Content-Disposition: attachment; filename=order.eml

From: buyer@example.org
Subject: order
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="inner"

--inner
Content-Type: text/plain

4711 is attached
--inner
Content-Type: text/csv
Content-Disposition: attachment; filename=order.csv

A-1;5
--inner--

--outer--
'''
message = MailMessage.from_bytes(lines.replace("\n", "\r\n").encode())
for part in message.attachments:
    print(part.filename, part.content_type, part.payload)
print("text:", message.text)
assert [(part.filename, b"A-1;5" in part.payload) for part in message.attachments] == [
    ("order.eml", True),
    ("order.csv", True),
]
assert message.text == "Please see order4711 is attached", message.text
PYTHON
