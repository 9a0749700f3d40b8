"""What a helper process uses, and a bound the system holds it to (threat 19)."""

from __future__ import annotations

import subprocess  # nosec B404 # asks the system's own ps, no shell
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

EMPTY_MB = 160
"""What the helper uses before it gets a picture: Python and the image library."""


class Bound(Protocol):
    """Something to let go of once the process has ended."""

    def close(self) -> None:
        """Let go."""


class _Free:
    """The helper bounds itself, and is watched."""

    def __init__(self, process: subprocess.Popen[bytes], most: int) -> None:
        """Take what every bound takes."""

    def close(self) -> None:
        """Nothing to let go of."""


def bound(process: subprocess.Popen[bytes], most: int) -> Bound:
    """Have the system hold a process to ``most`` bytes, where it can from outside (Windows).

    Elsewhere the helper bounds itself and ``memory_of`` is watched.
    """
    return _BOUND(process, most)


def memory_of(pid: int) -> int:
    """Return how many bytes of memory a process really uses; 0 where that cannot be told."""
    told = _TOLD.get(sys.platform)
    try:
        return told(pid) if told else 0
    except (OSError, IndexError, ValueError):
        return 0


def _from_proc(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096


def _from_ps(pid: int) -> int:
    asked = subprocess.run(  # nosec B603 # a fixed program and a number
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False
    )
    return int(asked.stdout) * 1024


_TOLD: Mapping[str, Callable[[int], int]] = {"linux": _from_proc, "darwin": _from_ps}


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED, _PROCESS_MEMORY, _DIES_WITH_US = 9, 0x100, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = [
            ("process_time", wintypes.LARGE_INTEGER),
            ("job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        ]

    class _Limits(ctypes.Structure):
        _fields_ = [
            ("basic", _Basic),
            ("counters", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        ]

    class _Job:
        """A job object: over its memory an allocation fails; it ends when the desk does."""

        def __init__(self, process: subprocess.Popen[bytes], most: int) -> None:
            self._kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._job = wintypes.HANDLE(self._kernel.CreateJobObjectW(None, None))
            limits = _Limits()
            limits.basic.flags = _PROCESS_MEMORY | _DIES_WITH_US
            limits.process_memory = most
            size = ctypes.sizeof(limits)
            self._kernel.SetInformationJobObject(
                self._job, _EXTENDED, ctypes.byref(limits), wintypes.DWORD(size)
            )
            handle = wintypes.HANDLE(int(cast(Any, process)._handle))
            self._kernel.AssignProcessToJobObject(self._job, handle)

        def close(self) -> None:
            """Give the handle back."""
            self._kernel.CloseHandle(self._job)

    _BOUND: Callable[[subprocess.Popen[bytes], int], Bound] = _Job
else:
    _BOUND = _Free
