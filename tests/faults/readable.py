"""Looks for what people wrote in every file that a kill leaves behind (security.md §1 and §7, threat 10).

The words are those that the desks of a run write and that the ground lays down. What the run writes
down for its own judgement (``.said``) is the only file that is passed over, and the database of a
PostgreSQL server, whose disk is its keeper's to encrypt (docs/operations.md).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.faults.ground import TEXT

WORDS = (
    "Waarneming-",
    "description-",
    "title-",
    "Kerkplein",
    "Operator 0",
    "Fietsen",
    TEXT.split("\n", 1)[0],
    "SQLite format 3",
    "CREATE TABLE",
)
"""What the desks write (``desk_worker``), what was laid down (``ground``), and a file without key."""

_FORMS = ("utf-8", "utf-16-le", "utf-16-be")
_OWN = ".said"


def temporary(folder: Path) -> Path:
    """Return the folder in which everybody of a run puts what is only for a moment."""
    return folder / "tmp"


def use_temporary(folder: Path) -> None:
    """Have this process put nothing for a moment anywhere else; the file's own library too."""
    place = temporary(folder)
    place.mkdir(mode=0o700, exist_ok=True)
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        os.environ[name] = str(place)
    tempfile.tempdir = str(place)


def readable(folder: Path) -> list[str]:
    """Return which word stands readable in which file, as ``file: word``; empty where none does.

    Raises AssertionError where there is nothing to look in.
    """
    found, looked = [], 0
    for file in sorted(folder.rglob("*")):
        try:
            if file.suffix == _OWN or not file.is_file():
                continue
            content = file.read_bytes()
        except FileNotFoundError:
            continue  # a log that somebody else of the run just took away
        looked += bool(content)
        found += [
            f"{file.relative_to(folder)}: {word}"
            for word in WORDS
            if any(word.encode(form) in content for form in _FORMS)
        ]
    assert looked, f"nothing stands in {folder.name}"
    return found
