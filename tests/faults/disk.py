"""A disk that knows what reached it: a layer inside the real ``sqlcipher3``, under its cipher.

SQLite reads and writes through a table of functions (``sqlite3_vfs``, ``sqlite3_io_methods``). Here
the functions that write, cut and sync a file are replaced, by ctypes, for the files of one folder.
Everything is still done for real; beside it is kept what each file holds for sure, which is what it
held at its last sync, and what was written since. A power cut leaves the first, and of the second
any sectors it likes.

What is simulated: the loss of unsynced writes, whole or by sectors of 512 bytes, in any order
within a file. What is not: a disk that lies about a sync, and a folder that forgets that a file
was made or thrown away. The ``-shm`` file is memory and is made anew from the WAL after a cut.
"""

from __future__ import annotations

import ctypes
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import sqlcipher3._sqlite3 as module

FULL = 13
SECTOR = 512

_Write = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_Open = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods`` up to version 3."""

    _fields_: ClassVar = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("rest", ctypes.c_void_p * 13),
    ]


class _File(ctypes.Structure):
    _fields_: ClassVar = [("methods", ctypes.POINTER(_Methods))]


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` as far as it is used here."""

    _fields_: ClassVar = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_name", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


@dataclass(slots=True)
class _Kept:
    """One file: what it holds for sure, and what was done to it since its last sync."""

    sure: bytearray = field(default_factory=bytearray)
    loose: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and bytes; None instead of bytes: cut to that length."""

    def synced(self) -> None:
        """Everything so far is on the disk."""
        for at, data in self.loose:
            _put(self.sure, at, data)
        self.loose.clear()

    def after_a_cut(self, luck: random.Random | None) -> bytes:
        """Return what is left; ``luck`` lets some unsynced sectors survive, None loses all."""
        left = bytearray(self.sure)
        for at, data in self.loose if luck else ():
            assert luck is not None
            if data is None:
                if luck.random() < 0.5:
                    _put(left, at, None)
                continue
            for start in range(0, len(data), SECTOR):
                if luck.random() < 0.5:
                    _put(left, at + start, data[start : start + SECTOR])
        return bytes(left)


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Disk:
    """The disk under one folder, while it is watched.

    ``room``: how many bytes its files may hold together; None: no limit. ``syncs`` counts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.room: int | None = None
        self.syncs = 0
        self.on_write: Any = None
        """Called after each write and sync, on the thread that does it."""
        self._files: dict[str, _Kept] = {}
        self._guard = threading.RLock()

    def left(self, luck: random.Random | None = None) -> dict[str, bytes]:
        """Return what a power cut at this moment leaves, by file name."""
        with self._guard:
            return {name: one.after_a_cut(luck) for name, one in self._files.items()}

    def mine(self, path: str) -> str:
        """Return the name of a file of this disk; "" for any other."""
        file = Path(path)
        return file.name if file.parent == self.folder else ""

    # --- what happens to files ------------------------------------------------------------

    def opened(self, name: str) -> None:
        """A file is opened; what lies there already is taken for synced."""
        with self._guard:
            if name not in self._files:
                path = self.folder / name
                content = path.read_bytes() if path.exists() else b""
                self._files[name] = _Kept(bytearray(content))

    def fits(self, name: str, end: int) -> bool:
        """Say whether a file may grow to this length."""
        if self.room is None:
            return True
        sizes = {one.name: one.stat().st_size for one in self.folder.iterdir() if one.is_file()}
        grown = end - sizes.get(name, 0)
        return grown <= 0 or sum(sizes.values()) + grown <= self.room

    def done(self, name: str, at: int, data: bytes | None) -> None:
        """Bytes were written, or the file was cut."""
        with self._guard:
            if name in self._files:
                self._files[name].loose.append((at, data))
        if self.on_write is not None:
            self.on_write()

    def synced(self, name: str) -> None:
        """The system says that all of a file is on the disk."""
        with self._guard:
            self.syncs += 1
            if name in self._files:
                self._files[name].synced()
        if self.on_write is not None:
            self.on_write()

    def deleted(self, name: str) -> None:
        """A file was thrown away."""
        with self._guard:
            self._files.pop(name, None)


class _Layer:
    """The replaced functions. Made once and never freed: SQLite may hold on to a table."""

    def __init__(self) -> None:
        library = ctypes.CDLL(module.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        self._vfs = library.sqlite3_vfs_find(None).contents
        self._real_open, self._real_delete = _Open(self._vfs.open), _Delete(self._vfs.delete)
        self._open, self._delete = _Open(self._on_open), _Delete(self._on_delete)
        self._tables: dict[int, tuple[_Methods, list[Any]]] = {}
        self._names: dict[int, tuple[Disk, str]] = {}
        self.disks: list[Disk] = []
        self._vfs.open = ctypes.cast(self._open, ctypes.c_void_p)
        self._vfs.delete = ctypes.cast(self._delete, ctypes.c_void_p)

    def _find(self, address: int | None) -> tuple[Disk, str] | None:
        path = ctypes.string_at(address).decode() if address else ""
        return next(((disk, name) for disk in self.disks if (name := disk.mine(path))), None)

    def _on_open(self, vfs: Any, name: Any, file: Any, flags: int, out: Any) -> int:
        code = int(self._real_open(vfs, name, file, flags, out))
        self._names.pop(file, None)
        found = self._find(name) if code == 0 else None
        if found is not None:
            found[0].opened(found[1])
            self._names[file] = found
            opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
            address = ctypes.addressof(opened.methods.contents)
            opened.methods = ctypes.pointer(self._table(address))
        return code

    def _on_delete(self, vfs: Any, name: Any, flags: int) -> int:
        code = int(self._real_delete(vfs, name, flags))
        found = self._find(name)
        if code == 0 and found is not None:
            found[0].deleted(found[1])
        return code

    def _table(self, address: int) -> _Methods:
        if address not in self._tables:
            real = _Methods.from_address(address)
            mine = _Methods.from_buffer_copy(real)
            writes = _Write(real.write), _Truncate(real.truncate), _Sync(real.sync)
            replaced = self._replaced(*writes)
            for name, function in zip(("write", "truncate", "sync"), replaced, strict=True):
                setattr(mine, name, ctypes.cast(function, ctypes.c_void_p))
            self._tables[address] = mine, [*writes, *replaced]
        return self._tables[address][0]

    def _replaced(self, real_write: Any, real_truncate: Any, real_sync: Any) -> list[Any]:
        def write(file: Any, data: Any, amount: int, at: int) -> int:
            disk, name = self._names[file]
            if not disk.fits(name, at + amount):
                return FULL
            code = int(real_write(file, data, amount, at))
            if code == 0:
                disk.done(name, at, ctypes.string_at(data, amount))
            return code

        def truncate(file: Any, size: int) -> int:
            code = int(real_truncate(file, size))
            if code == 0:
                disk, name = self._names[file]
                disk.done(name, size, None)
            return code

        def sync(file: Any, flags: int) -> int:
            code = int(real_sync(file, flags))
            if code == 0:
                disk, name = self._names[file]
                disk.synced(name)
            return code

        return [_Write(write), _Truncate(truncate), _Sync(sync)]


_layer: list[_Layer] = []


@contextmanager
def watched(folder: Path) -> Iterator[Disk]:
    """Watch the files of a folder that are opened while the block runs."""
    if not _layer:
        _layer.append(_Layer())
    disk = Disk(folder)
    _layer[0].disks.append(disk)
    try:
        yield disk
    finally:
        _layer[0].disks.remove(disk)
