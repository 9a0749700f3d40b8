"""Bounded opening of files from outside, and what to say when one cannot be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from contract.reading.decoding import Decoded, Encoding, Unreadable, UnreadableCode, decode

__all__ = [
    "MAX_FILE_BYTES",
    "Decoded",
    "Encoding",
    "Unreadable",
    "UnreadableCode",
    "decode",
    "open_bounded",
    "read_bounded",
    "read_text",
]

MAX_FILE_BYTES = 200 * 1024 * 1024
"""The most bytes any reader takes from one file (security.md §7, threat 1)."""


def open_bounded(path: str | os.PathLike[str], *, max_bytes: int = MAX_FILE_BYTES) -> BinaryIO:
    """Open an ordinary file of at most `max_bytes` for reading; the caller closes it.

    Raises `Unreadable`: not_found (absent, a folder, a device, no permission), empty (no bytes),
    too_large. A pipe or device is never opened, so that nothing can hang.
    """
    try:
        place = Path(path)
        # Looked at before opening: opening a pipe waits for a writer, and may wait for ever.
        kind = place.stat().st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable("not_found", "Op deze plek staat een map en geen bestand.")
        if not stat.S_ISREG(kind):
            raise Unreadable("not_found", "Op deze plek staat geen gewoon bestand.")
        handle = place.open("rb")
    except ValueError as error:  # a path with a NUL character
        raise Unreadable("not_found") from error
    except OSError as error:
        raise _from_os_error(error) from error
    size = os.fstat(handle.fileno()).st_size
    if 0 < size <= max_bytes:
        return handle
    handle.close()
    if size:
        raise Unreadable("too_large", _too_large(max_bytes))
    raise Unreadable("empty")


def read_bounded(path: str | os.PathLike[str], *, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Give all bytes of an ordinary file; raises what `open_bounded` raises, and damaged."""
    with open_bounded(path, max_bytes=max_bytes) as handle:
        try:
            # One more than allowed: the size a file had may grow while it is read.
            data = handle.read(max_bytes + 1)
        except OSError as error:
            raise Unreadable("damaged") from error
    if len(data) > max_bytes:
        raise Unreadable("too_large", _too_large(max_bytes))
    return data


def read_text(path: str | os.PathLike[str], *, max_bytes: int = MAX_FILE_BYTES) -> Decoded:
    """Give the text of a file: `read_bounded`, then `decode`; raises what they raise."""
    return decode(read_bounded(path, max_bytes=max_bytes))


def _too_large(max_bytes: int) -> str:
    return f"Dit bestand is te groot. Wij lezen hoogstens {max_bytes // (1024 * 1024)} MB."


def _from_os_error(error: OSError) -> Unreadable:
    if isinstance(error, PermissionError):
        return Unreadable("not_found", "Dit bestand mag u niet openen.")
    if error.errno in {errno.EIO, errno.ENOSPC, errno.ENOMEM}:
        return Unreadable("damaged")
    return Unreadable("not_found")
