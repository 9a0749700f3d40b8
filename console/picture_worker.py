"""Decodes and writes one picture, in a process of its own that may die of it (threat 19).

Run as a script by ``console.intake.decoding``, never imported by the program: it knows nothing of
the desk, opens no file and no line, and has only its standard streams. What comes in is bytes, what
goes out is pixels (or, the other way round, a fresh file written from pixels alone).

``decode FORMAT LONGEST MEMORY SECONDS``: a picture in, ``WIDTH HEIGHT`` and red, green, blue out.
``encode FORMAT WIDTH HEIGHT MEMORY SECONDS``: such pixels in, a picture out.
Exit codes: 0 done, 3 not readable as this format, 4 not enough memory.
"""

import sys

BROKEN, TOO_HEAVY = 3, 4
QUALITY = 88
_MB = 1024 * 1024


def limit(memory_mb: int, seconds: int) -> None:
    """Bound what this process may take from here on, where the system can hold it to that."""
    try:
        import resource
    except ImportError:
        return
    used = 0
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as told:
            used = int(told.read().split()[0]) * resource.getpagesize()
    wanted = {
        resource.RLIMIT_CPU: seconds,
        # No dump of somebody's photo, and no file of any size.
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_AS: used + memory_mb * _MB,
    }
    for what, most in wanted.items():
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):
            continue


def decode(kind: str, longest: int, memory_mb: int) -> int:
    """Read a picture and write its pixels, upright, at most ``longest`` along a side."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

    data = sys.stdin.buffer.read()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(memory_mb)
    reader = QImageReader(buffer, QByteArray(kind.encode("ascii")))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return BROKEN
    if size.width() * size.height() * 4 > memory_mb * _MB:
        return TOO_HEAVY
    if max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    found = reader.read()
    if found.isNull():
        return BROKEN
    found.setColorSpace(QColorSpace())
    fresh = QImage(found.size(), QImage.Format.Format_RGB888)
    if fresh.isNull():
        return TOO_HEAVY
    # What is see-through becomes white: nothing hides in pixels that nobody sees.
    fresh.fill(Qt.GlobalColor.white)
    painter = QPainter(fresh)
    painter.drawImage(0, 0, found)
    painter.end()
    width, height, step = fresh.width(), fresh.height(), fresh.bytesPerLine()
    pixels = memoryview(fresh.constBits())
    out = sys.stdout.buffer
    out.write(f"{width} {height}\n".encode("ascii"))
    for row in range(height):
        out.write(pixels[row * step : row * step + 3 * width])
    out.flush()
    return 0


def encode(kind: str, width: int, height: int) -> int:
    """Write a file from pixels alone: nothing of the one they came from is here."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter

    pixels = sys.stdin.buffer.read()
    if len(pixels) != 3 * width * height:
        return BROKEN
    image = QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode("ascii")))
    if kind == "jpeg":
        writer.setQuality(QUALITY)
    if not writer.write(image):
        return BROKEN
    sys.stdout.buffer.write(bytes(buffer.data().data()))
    sys.stdout.buffer.flush()
    return 0


def main(args: list[str]) -> int:
    """Do one piece of work; the answer is the exit code."""
    from PySide6 import QtGui

    del QtGui
    what, kind, *numbers = args
    first, second, *bounds = (int(one) for one in numbers)
    try:
        if what == "decode":
            limit(second, bounds[0])
            return decode(kind, first, second)
        limit(bounds[0], bounds[1])
        return encode(kind, first, second)
    except MemoryError:
        return TOO_HEAVY


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
