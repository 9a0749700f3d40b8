"""The WhatsApp chat reader: an exported file or pasted text becomes messages (F59)."""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import BinaryIO

from console.intake.archive import Archive, is_archive
from console.intake.chat_dates import DateOrder
from console.intake.chat_message import Chat, Limits, Message
from console.intake.chat_scan import BLOCK_CHARS, ChatScanner
from console.intake.chat_system import is_phone_number
from console.intake.files import Unreadable, decode, open_bounded
from console.intake.fingerprint import fingerprint

__all__ = [
    "Chat",
    "Limits",
    "Message",
    "fingerprint",
    "is_phone_number",
    "read_chat_bytes",
    "read_chat_file",
    "read_chat_text",
]

_FILE_NAME = re.compile(
    r"WhatsApp[ -][Cc]hat (?:-|with|met|mit|avec|con) (?P<name>[^/\\]{1,150})\.(?:txt|zip)"
)
_MOST_NULS = 20


def read_chat_text(
    text: str,
    *,
    today: date | None = None,
    date_order: DateOrder | None = None,
    chat_name: str | None = None,
    limits: Limits | None = None,
) -> Chat:
    """Read an export, or text pasted from WhatsApp Web.

    `date_order` is a person's answer and is believed; `today` helps only where nothing else
    decides; `chat_name` is the name of the group or contact, which iOS writes as the sender of
    its own notices. Raises `Unreadable`: empty, not_a_chat.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair can come off the clipboard and fits in no file.
        text = text.encode("utf-8", errors="replace").decode("utf-8")
    scanner = ChatScanner(limits or Limits(), chat_name)
    scanner.read(_slices(text))
    return scanner.finish(today=today, date_order=date_order)


def read_chat_bytes(
    data: bytes,
    name: str,
    *,
    today: date | None = None,
    date_order: DateOrder | None = None,
    limits: Limits | None = None,
) -> Chat:
    """Read an exported chat, .txt or .zip, from memory; `name` is its file name.

    Nothing is written to disk. Raises `Unreadable`: empty, too_large, damaged, wrong_encoding,
    not_a_chat.
    """
    if not data:
        raise Unreadable("empty")
    with io.BytesIO(data) as handle:
        return _read_handle(handle, name, today, date_order, limits or Limits())


def read_chat_file(
    path: str | os.PathLike[str],
    *,
    today: date | None = None,
    date_order: DateOrder | None = None,
    limits: Limits | None = None,
) -> Chat:
    """Read an exported chat from a file: as `read_chat_bytes`; raises also not_found."""
    with open_bounded(path) as handle:
        return _read_handle(handle, PurePath(path).name, today, date_order, limits or Limits())


def _read_handle(
    handle: BinaryIO,
    name: str,
    today: date | None,
    date_order: DateOrder | None,
    limits: Limits,
) -> Chat:
    chat_name = _chat_name(name)
    if is_archive(handle):
        archive = Archive(handle)
        member = archive.chat_member()
        chat_name = chat_name or _chat_name(PurePath(member.name).name)
        data, cut = _collect(archive.stream(member), limits.text_bytes)
    else:
        chunks = iter(lambda: handle.read(BLOCK_CHARS), b"")
        data, cut = _collect(chunks, limits.text_bytes)
    scanner = _scan_bytes(data, chat_name, limits)
    del data  # the messages are made next, and need the room
    if cut:
        scanner.mark_cut()
    return scanner.finish(today=today, date_order=date_order)


def _collect(chunks: Iterator[bytes], most: int) -> tuple[bytearray, bool]:
    """Give the bytes up to the limit, then only whole lines, and whether anything is left out."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > most:
            last_line = data.rfind(b"\n", 0, most)
            del data[last_line if last_line > 0 else most :]
            return data, True
    return data, False


def _scan_bytes(data: bytearray, chat_name: str | None, limits: Limits) -> ChatScanner:
    """Read UTF-8 piece by piece; whatever is not plain UTF-8 is left to `decode`."""
    if not data:
        raise Unreadable("empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _scan_decoded(data, chat_name, limits)
    if data.count(0) * _MOST_NULS > len(data):
        raise Unreadable("wrong_encoding")
    scanner = ChatScanner(limits, chat_name)
    try:
        scanner.read(_utf8_pieces(data))
    except UnicodeDecodeError:
        return _scan_decoded(data, chat_name, limits)
    return scanner


def _scan_decoded(data: bytearray, chat_name: str | None, limits: Limits) -> ChatScanner:
    scanner = ChatScanner(limits, chat_name)
    scanner.read(_slices(decode(bytes(data)).text))
    return scanner


def _utf8_pieces(data: bytearray) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    for start in range(0, len(data), BLOCK_CHARS):
        yield decoder.decode(data[start : start + BLOCK_CHARS])
    yield decoder.decode(b"", final=True)


def _slices(text: str) -> Iterator[str]:
    return (text[start : start + BLOCK_CHARS] for start in range(0, len(text), BLOCK_CHARS))


def _chat_name(file_name: str) -> str | None:
    """Give the chat's name where the file still has the name that WhatsApp gave it."""
    found = _FILE_NAME.fullmatch(file_name)
    return found["name"].strip() if found is not None else None
