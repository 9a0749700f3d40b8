"""The command `read-chat FILE`: a chat as one JSON document, for support and scripts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from console.intake.answers import answer, only_file
from console.intake.chat import Chat, Message, read_chat_file


def main(argv: Sequence[str]) -> int:
    """Print the chat in the one file of `argv`; give 0, or 2 when it cannot be read."""
    return answer(lambda: _read(argv))


def document(chat: Chat) -> dict[str, Any]:
    """Give a chat in the words of the JSON document; `at` is local time as written."""
    return {
        "format": chat.format,
        "date_order": chat.date_order,
        "date_order_certain": chat.date_order_certain,
        "messages": [_message(message) for message in chat.messages],
        "unrecognised": list(chat.unrecognised),
    }


def _read(argv: Sequence[str]) -> dict[str, Any]:
    chat = read_chat_file(only_file(argv, "read-chat"))
    if chat.notice_nl is not None:
        sys.stderr.write(chat.notice_nl + "\n")
    return document(chat)


def _message(message: Message) -> dict[str, Any]:
    return {
        "at": message.at.isoformat(timespec="seconds"),
        "sender": message.sender,
        "text": message.text,
        "kind": message.kind,
        "attachment": message.attachment,
        "edited": message.edited,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
