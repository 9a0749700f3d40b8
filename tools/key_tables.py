"""Write the last part of the manual from the key table: ``python -m tools.key_tables``."""

from __future__ import annotations

from pathlib import Path

from console.views.keys.table import COMMANDS, Command, shown

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual.nl.md"
HEADING = "## Alle toetsen\n"
ARROWS = {"Down": "↓", "Up": "↑", "Right": "→", "Left": "←"}


def keys_of(command: Command) -> str:
    """Return the keys of a command as the manual writes them, the one that is shown first."""
    names = dict.fromkeys(shown(key) for key in command.keys)
    return " of ".join(f"`{_arrows(name)}`" for name in names)


def _arrows(key: str) -> str:
    *held, last = key.rsplit("+", 1)
    return "+".join([*held, ARROWS.get(last, last)])


def tables() -> str:
    """Return one table of keys per scope, in the order of the key table."""
    parts = []
    for scope in dict.fromkeys(command.scope for command in COMMANDS):
        rows = [command for command in COMMANDS if command.scope == scope]
        lines = [f"| {keys_of(row)} | {row.words} |" for row in rows]
        parts.append(
            "\n".join([f"\n### {rows[0].group}\n", "| toets | wat |", "|---|---|", *lines])
        )
    return "\n".join(parts) + "\n"


def main() -> int:
    """Replace the last part of the manual; returns 0."""
    before, _, _ = MANUAL.read_text(encoding="utf-8").partition(HEADING)
    MANUAL.write_text(before + HEADING + tables(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
