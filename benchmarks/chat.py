"""The chat reader in MB/s, against reading the lines of the same file alone."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import Figure, against, in_turns
from console.intake.chat import read_chat_file

MESSAGES = 40_000
RUNS = 7
WORDS = (
    "Er loopt iemand langs de deuren aan het Vlierpad.",
    "112 is gebeld, ze komen eraan.",
    "Iemand een idee van wie deze fiets is? Hij staat al drie dagen bij de brug.",
    "Dank je wel, goed dat je het zegt.",
)


def measure() -> list[Figure]:
    """Measure a chat of 40,000 messages, the most an export holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "WhatsApp-chat met Lagebrug.txt"
        path.write_text(_chat(), encoding="utf-8")
        mine, theirs = in_turns(lambda: read_chat_file(path), lambda: _lines(path), RUNS)
        size = path.stat().st_size / 1_000_000
    speed = size / (sorted(mine)[len(mine) // 2] / 1000)
    print(f"read_chat leest {speed:.1f} MB/s", file=sys.stderr)
    return [
        against(
            "read_chat", mine, theirs, floor="de regels van het bestand lezen en bewaren", target=12
        )
    ]


def _lines(path: Path) -> list[str]:
    """Read the lines alone: each one decoded, without its end, and kept."""
    with path.open(encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def _chat() -> str:
    at = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    lines = []
    for number in range(MESSAGES):
        at += timedelta(minutes=7)
        text = WORDS[number % len(WORDS)]
        lines.append(f"{at:%d-%m-%Y %H:%M} - Beheerder {number % 40}: {text}")
        if number % 9 == 0:
            lines.append("En nog een regel erbij.")
    return "\n".join(lines) + "\n"
