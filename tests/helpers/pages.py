"""Reads an encrypted file as it lies on the disk: every page, the free ones too, and its journal.

A query sees only what a table still holds. What was erased and not overwritten, and what waits in
the journal, is seen by looking at the pages themselves.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
SALT = 16
IV = 16
RESERVE = 80
"""Behind the content of a page: its initial vector of 16 bytes and a seal of 64."""

WAL_HEADER = 32
FRAME_HEADER = 24


def readable(path: Path, key: bytes) -> bytes:
    """Return the content of every page of a file and of the journal beside it, in the clear."""
    found = pages(path, key)
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists():
        frames = journal.read_bytes()[WAL_HEADER:]
        size = FRAME_HEADER + PAGE
        for start in range(0, len(frames) - size + 1, size):
            number = int.from_bytes(frames[start : start + 4], "big")
            data = frames[start + FRAME_HEADER : start + size]
            found.append(_page(data, key, first=number == 1))
    return b"".join(found)


def pages(path: Path, key: bytes) -> list[bytes]:
    """Return the content of every page of a file in its order, in the clear."""
    return [_page(data, key, first=number == 0) for number, data in enumerate(_pages(path))]


def holding(folder: Path, key: bytes, *words: str) -> dict[str, list[str]]:
    """Return which of these words stand in which file under a folder, whatever their case.

    Files of a database are read page by page in the clear; words are looked for as UTF-8 and as
    UTF-16. What is in no file is not in the answer.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(("-wal", "-shm")):
            continue
        content = readable(path, key) if path.suffix == ".db" else path.read_bytes()
        small = content.lower()
        for one in words:
            plain = one.casefold()
            if any(plain.encode(form) in small for form in ("utf-8", "utf-16-le", "utf-16-be")):
                found.setdefault(one, []).append(path.relative_to(folder).as_posix())
    return found


def _pages(path: Path) -> list[bytes]:
    data = path.read_bytes()
    assert len(data) % PAGE == 0, f"{path.name} has pages of another size"
    return [data[start : start + PAGE] for start in range(0, len(data), PAGE)]


def _page(data: bytes, key: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    vector = data[PAGE - RESERVE : PAGE - RESERVE + IV]
    if not any(vector):
        return data
    opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opened.update(data[start : PAGE - RESERVE]) + opened.finalize()
