"""Sheets in what came by mail: attachments, and text that somebody pasted into a message.

A file can be one message, as mail programs save it, or all messages of a folder (mbox), or plain text.
"""

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from selfassess.content import UnreadError, content_of
from selfassess.project import armour
from selfassess.project.exchange_files import LARGEST_SHEET, SHEET

ENDINGS = (".eml", ".mbox", ".txt")
"""How files end that may be messages."""
LARGEST = 100_000_000
"""Bytes of a file of messages."""
_SEPARATOR = re.compile(rb"^From .*\r?\n", re.MULTILINE)
_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_TAG = re.compile(r"<[^>]*>")


def sheets_at(path: Path) -> list[bytes] | None:
    """The content of every sheet file in the messages or the text in a file, each once: attached, or as text. None
    where the file holds no messages, or cannot be read."""
    try:
        content = content_of(path, LARGEST)
    except UnreadError:
        return None
    if not _is_mail(path, content):
        return None
    return list(dict.fromkeys(sheet for message in _messages(content) for sheet in _in_message(message)))


def _is_mail(path: Path, content: bytes) -> bool:
    if path.suffix.lower() in (".eml", ".mbox") or content.startswith(b"From "):
        return True
    return bool(_HEADER.match(content)) or armour.is_in(_text(content))


def _messages(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"From "):
        yield content
        return
    yield from filter(None, _SEPARATOR.split(content))


def _in_message(content: bytes) -> Iterator[bytes]:
    if not _HEADER.match(content):
        yield from armour.sheets_in(_text(content))
        return
    for part in message_from_bytes(content, policy=policy.default).walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        own = payload if isinstance(payload, bytes) else b""
        if _is_sheet_file(part.get_filename() or ""):
            yield own[: LARGEST_SHEET + 1]
        elif part.get_content_type() == "text/html":
            yield from armour.sheets_in(_without_tags(_text(own)))
        elif part.get_content_maintype() == "text":
            yield from armour.sheets_in(_text(own))


def _is_sheet_file(name: str) -> bool:
    return name.lower().endswith((SHEET, f"{SHEET}.txt"))


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text))


def _text(content: bytes) -> str:
    # Nothing but ASCII is looked for.
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", errors="replace")
