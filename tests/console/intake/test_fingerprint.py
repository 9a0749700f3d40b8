"""Knowing a message again without keeping it (F59)."""

from __future__ import annotations

import pytest

from console.intake.chat import fingerprint, read_chat_text

KEY = bytes(range(32))
LINE = "[23-03-2022, 13:31:05] Bo: blauwe auto bij de brug"


def of(line: str, key: bytes = KEY) -> str:
    return fingerprint(read_chat_text(line).messages[0], key)


def test_the_same_message_is_known_again_in_another_form() -> None:
    assert of(LINE) == of("[13:31, 23-03-2022] Bo: blauwe auto  bij de brug")
    assert of(LINE) == of("23-03-2022 13:31 - ~ Bo: blauwe auto bij de brug")


@pytest.mark.parametrize(
    "other",
    [
        "[23-03-2022, 13:32:05] Bo: blauwe auto bij de brug",
        "[23-03-2022, 13:31:05] Cor: blauwe auto bij de brug",
        "[23-03-2022, 13:31:05] Bo: rode auto bij de brug",
    ],
)
def test_another_minute_sender_or_text_is_another_message(other: str) -> None:
    assert of(LINE) != of(other)


def test_without_the_key_nothing_can_be_told() -> None:
    assert of(LINE) != of(LINE, b"x" * 32)
    assert len(of(LINE)) == 64
    with pytest.raises(ValueError, match="16 bytes"):
        of(LINE, b"kort")
