"""One central per file, and nobody puts a copy back under a central that is answering.

A file has a lock beside it that the system lets go of when the process ends, kill -9 included. On
PostgreSQL the centrals share an advisory lock, and whoever replaces the records holds it alone.
"""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from central.database.hold import held
from central.operations.failures import Failed
from central.operations.store import Store

BUSY = "Er draait een centrale op deze gegevens. Stop die eerst. Er is niets gewijzigd."


@contextlib.contextmanager
def taken(store: Store, *, alone: bool = False) -> Iterator[None]:
    """Hold the records while the block runs. Raises ``Failed`` where somebody else does.

    ``alone``: on PostgreSQL too nobody else may be at work; a file always has one.
    """
    if store.file is not None:
        with _file_taken(store.file):
            yield
        return
    with held(store.address, alone=alone) as mine:
        if not mine:
            raise Failed(BUSY)
        yield


@contextlib.contextmanager
def _file_taken(path: Path) -> Iterator[None]:
    beside = path.with_name(f"{path.name}.lock")
    beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with beside.open("ab+") as file:
        if not _lock(file):
            raise Failed(BUSY)
        yield


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
