"""A local file that is damaged: how it is noticed, what it still tells, and where it goes (§2).

A damaged file is never written to: it gets another name, still encrypted, and stays as long as the
team's term for it says (``console.storage.put_aside``).
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from console.domain.failures import StorageTrouble
from console.storage.connection import KEY_OR_DAMAGE, open_keyed

PAGE_BYTES = 4096
_PARTS = ("-wal", "-shm", "")


@dataclass(frozen=True, slots=True)
class Left:
    """What a damaged file still tells; None: that part of it cannot be read any more."""

    unsent: int | None = None
    """How much was made here and not sent yet, of everybody."""
    undecided: int | None = None
    """How much waited in the tray for a decision."""


def note(path: Path) -> None:
    """Write down beside the file that a part of it could not be read."""
    path.with_suffix(".damaged").touch(mode=0o600)


def forget_note(path: Path) -> None:
    """Take that back: the file was looked through and is whole, or another one stands here."""
    path.with_suffix(".damaged").unlink(missing_ok=True)


def check(path: Path, key: bytes) -> None:
    """Refuse an emptied file, and look through one that failed before.

    Raises StorageTrouble with ``KEY_OR_DAMAGE``. Only a file with a note is read as a whole: that
    takes as long as reading all of it, which nobody waits for at every start (D01).
    """
    # SQLite takes what is shorter than one page for a new file, and would begin it over in silence.
    if path.exists() and path.stat().st_size < PAGE_BYTES:
        raise StorageTrouble(KEY_OR_DAMAGE)
    if not path.with_suffix(".damaged").exists() or not path.exists():
        return
    connection = open_keyed(path, key)
    try:
        bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        whole = not bad and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except driver.Error:
        whole = False
    finally:
        connection.close()
    if not whole:
        raise StorageTrouble(KEY_OR_DAMAGE)
    forget_note(path)


def left_in(path: Path, key: bytes) -> Left:
    """Count what a damaged file still tells, in a copy: reading may write to a log beside it."""
    copy = path.with_name(f"{path.stem}-look{path.suffix}")
    try:
        for end in ("-wal", ""):
            part = path.with_name(path.name + end)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
        connection = open_keyed(copy, key)
        try:
            return Left(
                _count(connection, "SELECT count(*) FROM outbox"),
                _count(connection, "SELECT count(*) FROM tray WHERE settled_at IS NULL"),
            )
        finally:
            connection.close()
    except (StorageTrouble, OSError):
        return Left()
    finally:
        for end in _PARTS:
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def put_aside(path: Path, stamp: str) -> Path:
    """Give the damaged file another name, with its log; returns that name. Raises OSError.

    The file itself goes last: under its old name it says that this is not done yet.
    """
    name = f"{path.stem}-damaged-{stamp}"
    number = 1
    while (target := path.with_name(f"{name}-{number}{path.suffix}")).exists():
        number += 1
    for end in _PARTS:
        part = path.with_name(path.name + end)
        if part.exists():
            # Its term counts from here, whenever it was written last (contract.put_aside).
            os.utime(part.rename(target.with_name(target.name + end)))
    forget_note(path)
    return target


def _count(connection: Any, statement: str) -> int | None:
    try:
        return int(connection.execute(statement).fetchone()[0])
    except driver.Error:
        return None
