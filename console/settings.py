"""The settings of this station: read once at start, from ``settings.json`` in the profile.

No secret stands here. What cannot be read falls back to its default and is named, so a slip in
the file never keeps the desk closed. ``BUURTDESK_<NAME>`` in the environment wins.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FILE_LONGEST = 100_000
TEXT_LONGEST = 500
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the names are those of ``settings.json``.

    ``station``: the name of this desk in the history; empty: the computer's name.
    ``team``: the team whose records this desk keeps.
    ``central_url``: empty runs central on this computer.
    ``theme``: system, light or dark.
    ``lock_minutes``: idle minutes before the desk locks.
    ``passphrase_hours``: hours without central before the passphrase is asked again.
    ``read_only_days``: days without central before the desk only reads.
    ``sounds``: whether acute reports make a sound.
    """

    station: str = ""
    team: str = "team"
    central_url: str = ""
    theme: str = "system"
    lock_minutes: int = 5
    passphrase_hours: int = 24
    read_only_days: int = 7
    sounds: bool = True

    @property
    def station_name(self) -> str:
        """The name of this desk in the history."""
        import socket

        return self.station or socket.gethostname()[:60] or "desk"


_CHOICES: Mapping[str, tuple[str, ...]] = {"theme": THEMES}
_RANGES: Mapping[str, tuple[int, int]] = {
    "lock_minutes": (1, 60),
    "passphrase_hours": (1, 168),
    "read_only_days": (1, 90),
}


def load(
    path: Path, environment: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings; returns them with a Dutch sentence for everything that was left out."""
    environment = os.environ if environment is None else environment
    found, problems = _read(path)
    for field in fields(Settings):
        text = environment.get(f"BUURTDESK_{field.name.upper()}")
        if text is not None:
            found[field.name] = _from_text(text, type(field.default))
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in found:
            continue
        value = found[field.name]
        if _fits(field.name, value, type(field.default)):
            values[field.name] = value
        else:
            problems.append(
                f"De instelling {field.name} is niet leesbaar. "
                f"Nu geldt de gewone waarde: {field.default!r}."
            )
    known = {field.name for field in fields(Settings)}
    problems += [
        f"De instelling {name[:40]} bestaat niet en telt niet mee."
        for name in found
        if name not in known
    ]
    return Settings(**values), tuple(problems)


def save(path: Path, settings: Settings) -> None:
    """Write the settings in one step. Raises OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(FILE_LONGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, RecursionError):
        return {}, ["Het bestand met instellingen is niet leesbaar. De gewone waarden gelden."]
    if not isinstance(data, dict):
        return {}, ["Het bestand met instellingen is niet leesbaar. De gewone waarden gelden."]
    return data, []


def _from_text(text: str, kind: type) -> Any:
    if kind is bool:
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    if kind is int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    return text


def _fits(name: str, value: Any, kind: type[Any]) -> bool:
    if type(value) is not kind:
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        return low <= int(value) <= high
    return not isinstance(value, str) or (len(value) <= TEXT_LONGEST and value.isprintable())
