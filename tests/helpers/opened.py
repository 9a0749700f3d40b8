"""Which files of a folder are opened by this process, whoever opens them: Qt as well as Python."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

_OPEN, _ACCESS = 0x20, 0x01
_NONBLOCK = 0x800
_HEAD = struct.Struct("iIII")


class Opened:
    """Watches one folder while it is entered; ``names`` says what was opened in it so far.

    Only on Linux (inotify); elsewhere ``watches`` is False and nothing is seen.
    """

    watches = sys.platform.startswith("linux")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    def __enter__(self) -> Self:
        if self.watches:
            system = ctypes.CDLL(None, use_errno=True)
            self._handle = system.inotify_init1(_NONBLOCK)
            place = os.fsencode(self._folder)
            if (
                self._handle < 0
                or system.inotify_add_watch(self._handle, place, _OPEN | _ACCESS) < 0
            ):
                raise OSError(ctypes.get_errno(), "no watch on a folder")
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._handle >= 0:
            os.close(self._handle)

    def names(self) -> list[str]:
        """Return what was opened or read since the last call."""
        found: list[str] = []
        while self._handle >= 0:
            try:
                data = os.read(self._handle, 65_536)
            except BlockingIOError:
                break
            at = 0
            while at < len(data):
                *_, size = _HEAD.unpack_from(data, at)
                at += _HEAD.size
                found.append(os.fsdecode(data[at : at + size].rstrip(b"\0")))
                at += size
        return [one for one in found if one]
