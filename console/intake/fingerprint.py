"""Knowing a chat message again without keeping it (F59: "staat er al")."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.intake.chat_message import Message


def fingerprint(message: Message, key: bytes) -> str:
    """Give 64 hex digits over minute, sender and text of a message, keyed with `key`.

    HMAC-SHA256, so that without the key nobody can test a guessed message against it. Seconds
    and the width of white space do not count: text from WhatsApp Web has none of the first
    and differs in the second. Raises ValueError for a key of fewer than 16 bytes.
    """
    if len(key) < 16:
        raise ValueError("the key must have 16 bytes or more")
    minute = message.at.strftime("%Y-%m-%dT%H:%M")
    parts = [minute, _plain(message.sender or ""), _plain(message.text)]
    content = json.dumps(parts, ensure_ascii=True).encode("ascii")
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
