"""Has pictures decoded and written in a process that may die of them (security.md §5, threat 19).

The process of the desk never decodes a byte of somebody else's picture. It starts a helper
(``console/picture_worker.py``) that has no key, no file and no line, gives it the bytes, and takes
pixels back. The helper is bounded in memory and time; over either, it is ended and the person reads
a sentence. Memory: Linux by ``setrlimit`` and a watch on what it really uses, macOS by that watch,
Windows by a job object.
"""

from __future__ import annotations

import subprocess  # nosec B404 # one program of our own, no shell
import sys
import threading
import time
from pathlib import Path

from console.domain.failures import Problem, Refused
from console.domain.photo import Pixels
from console.intake import process_bounds
from console.intake.pictures import BROKEN, TOO_LARGE, Picture, clean
from contract import blobs
from contract.bare import is_bare

LONGEST = 4_096
"""Pixels along the longest side of a photo that is kept; a larger one is made smaller."""

MEMORY_MB = 420
"""Most memory that one picture may take on top of the empty helper: 60 million pixels and one
smaller copy."""

SECONDS = 20
"""How long one picture may take."""

WORKER = Path(__file__).resolve().parents[1] / "picture_worker.py"

TOO_HEAVY = Problem(
    "photo-heavy",
    "Deze foto is te zwaar om veilig te openen. Er is niets toegevoegd.",
    "Maak er een schermafdruk van en kies die.",
)

_EVERY_S = 0.02
_FORMATS = {blobs.JPEG: "jpeg", blobs.PNG: "png", blobs.WEBP: "webp"}
_BROKEN_CODE = 3


def opened(data: bytes) -> tuple[Pixels, str]:
    """Return the pixels of a file somebody chose, and as what kind of file they are kept.

    What is no still JPEG, PNG or WebP, is too large or has too many pixels never reaches a decoder;
    the decoder gets only the parts that draw the picture.

    Raises:
        Refused: with a sentence for the person.
    """
    picture = clean(data)
    pixels = decode(picture.data, picture.type)
    return pixels, blobs.PNG if picture.type == blobs.PNG else blobs.JPEG


def fresh(pixels: Pixels, media_type: str) -> Picture:
    """Return a file to keep, written from pixels alone; as JPEG where a PNG is too large.

    Raises:
        Refused: it is too large either way, or could not be written.
    """
    for kind in dict.fromkeys((media_type, blobs.JPEG)):
        data = encode(pixels, kind)
        if not is_bare(data):
            raise Refused(BROKEN)
        if len(data) <= blobs.MAX_BYTES:
            return Picture(data, kind)
    raise Refused(TOO_LARGE)


def decode(
    data: bytes, media_type: str, *, memory_mb: int = MEMORY_MB, seconds: int = SECONDS
) -> Pixels:
    """Return the pixels of a picture, upright and without anything beside them.

    Raises:
        Refused: the picture cannot be read, or takes too much memory or time.
    """
    bounds = [str(LONGEST), str(memory_mb), str(seconds)]
    out = _run(["decode", _FORMATS[media_type], *bounds], data, memory_mb, seconds)
    head, _, pixels = out.partition(b"\n")
    try:
        width, height = (int(part) for part in head.split(b" "))
    except ValueError:
        raise Refused(BROKEN) from None
    if not 0 < width <= LONGEST or not 0 < height <= LONGEST or len(pixels) != 3 * width * height:
        raise Refused(BROKEN)
    return Pixels(width, height, pixels)


def encode(pixels: Pixels, media_type: str) -> bytes:
    """Return a fresh file of these pixels and nothing else.

    Raises:
        Refused: it could not be written.
    """
    numbers = (pixels.width, pixels.height, MEMORY_MB, SECONDS)
    args = ["encode", _FORMATS[media_type], *(str(one) for one in numbers)]
    return _run(args, pixels.data, MEMORY_MB, SECONDS)


def _run(args: list[str], given: bytes, memory_mb: int, seconds: int) -> bytes:
    # Isolated: neither the environment nor the folder it runs in can put other code in.
    command = [sys.executable, "-I", "-B", str(WORKER), *args]
    with subprocess.Popen(  # nosec B603 # our own file and our own numbers
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        watch = _Watch(process, memory_mb, seconds)
        try:
            out, _ = process.communicate(given)
        finally:
            watch.end()
            if process.poll() is None:
                process.kill()
    if watch.over:
        raise Refused(TOO_HEAVY)
    if process.returncode != 0:
        raise Refused(BROKEN if process.returncode == _BROKEN_CODE else TOO_HEAVY)
    return out


class _Watch:
    """Ends a helper that takes too long or too much; the bounds stand before it gets a byte."""

    def __init__(self, process: subprocess.Popen[bytes], memory_mb: int, seconds: int) -> None:
        self.over = False
        self._process = process
        self._most = (memory_mb + process_bounds.EMPTY_MB) * 1024 * 1024
        self._until = time.monotonic() + seconds
        self._done = threading.Event()
        self._bound = process_bounds.bound(process, self._most)
        self._thread = threading.Thread(target=self._look, name="picture-watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop looking."""
        self._done.set()
        self._thread.join()
        self._bound.close()

    def _look(self) -> None:
        while not self._done.wait(_EVERY_S):
            if self._process.poll() is not None:
                return
            used = process_bounds.memory_of(self._process.pid)
            if used > self._most or time.monotonic() > self._until:
                self.over = True
                self._process.kill()
                return
