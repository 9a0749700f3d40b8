"""Zip files from outside, read in memory with an own walker (security.md §7, threats 1 and 2).

The standard library's reader believes what a zip says of itself and builds a record for every
entry first; a million empty files cost it half a gigabyte. This one looks at the totals before
anything else, refuses what overlaps or lies, and hands out one member as a stream.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, NoReturn

from console.intake.files import Unreadable

MAX_MEMBERS = 5_000
"""The most entries an archive may have."""

MAX_DECLARED_BYTES = 200 * 1024 * 1024
"""The most bytes all entries together may say they unpack to."""

MAX_RATIO = 100
"""The most times an archive may grow; small ones are exempt, for short lists repeat a lot."""

RATIO_FROM_BYTES = 1024 * 1024
"""Below this declared total the ratio is not looked at: it can fill nothing."""

_CHUNK = 64 * 1024
_MAX_DIRECTORY_BYTES = 8 * 1024 * 1024
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_ZIP64_EXTRA = 0x0001


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One entry as the directory of the archive declares it; sizes in bytes."""

    name: str
    packed: int
    size: int
    offset: int
    method: int
    encrypted: bool
    checksum: int


@dataclass(frozen=True, slots=True)
class _Directory:
    """Where the list of entries lies. `shift` is the number of bytes put before the archive."""

    entries: int
    size: int
    start: int
    shift: int


def is_archive(handle: BinaryIO) -> bool:
    """Whether a file begins like a zip; the handle ends at its start."""
    handle.seek(0)
    head = handle.read(4)
    handle.seek(0)
    return head in {b"PK\x03\x04", _END_SIGNATURE, b"PK\x07\x08"}


class Archive:
    """An opened zip whose totals, sizes and places have been checked."""

    def __init__(self, handle: BinaryIO) -> None:
        """Check the archive in `handle`, which stays the caller's.

        Raises `Unreadable`: too_large (declared sizes, number of entries, ratio), damaged (cut,
        overlapping entries, impossible places), empty.
        """
        self._handle = handle
        self._length = handle.seek(0, 2)
        self._directory = self._find_directory()
        self.members: tuple[ArchiveMember, ...] = tuple(self._read_directory())
        if not self.members:
            raise Unreadable("empty", "Er zit niets in dit zip-bestand.")
        self._refuse_bomb()
        self._refuse_overlap()

    def chat_member(self) -> ArchiveMember:
        """Give the text of the chat: `_chat.txt`, else `WhatsApp*.txt`, else the largest .txt.

        Never an entry with a name that points outside the archive, or Apple's own shadow files.
        Raises `Unreadable` not_a_chat where there is none.
        """
        texts = [member for member in self.members if _is_text(member.name)]
        if not texts:
            raise Unreadable("not_a_chat", "In dit zip-bestand zit geen WhatsApp-gesprek.")
        return max(texts, key=lambda member: (_preference(member.name), member.size))

    def stream(self, member: ArchiveMember) -> Iterator[bytes]:
        """Give the unpacked bytes of one member, piece by piece and never more than declared.

        Raises `Unreadable` damaged: a password, an unknown method, a lie about the size, a
        wrong checksum.
        """
        if member.encrypted:
            raise Unreadable("damaged", "Dit zip-bestand is met een wachtwoord gesloten.")
        start, _ = self._body(member)
        if member.method == _STORED:
            pieces = self._raw(start, member.packed)
        elif member.method == _DEFLATED:
            pieces = _inflate(self._raw(start, member.packed))
        else:
            _damaged()
        total = checksum = 0
        for piece in pieces:
            total += len(piece)
            if total > member.size:
                _damaged()
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if total != member.size or checksum != member.checksum:
            _damaged()

    def _find_directory(self) -> _Directory:
        """Find the record at the end of the archive, and its larger form where that is used."""
        span = min(self._length, _END.size + _FULL_16)
        tail = self._at(self._length - span, span)
        place = tail.rfind(_END_SIGNATURE)
        if place < 0 or len(tail) - place < _END.size:
            _damaged()
        _, _, _, _, entries, size, offset, _ = _END.unpack_from(tail, place)
        end = self._length - span + place
        if entries == _FULL_16 or size == _FULL_32 or offset == _FULL_32:
            entries, size, offset, end = self._find_directory64(end, entries, size, offset)
        if entries > MAX_MEMBERS or size > _MAX_DIRECTORY_BYTES:
            raise Unreadable("too_large", "In dit zip-bestand zitten te veel bestanden.")
        shift = end - size - offset
        if shift < 0:
            _damaged()
        return _Directory(entries, size, offset + shift, shift)

    def _find_directory64(
        self, end: int, entries: int, size: int, offset: int
    ) -> tuple[int, int, int, int]:
        if end < _END64_LOCATOR.size:
            return entries, size, offset, end
        locator = self._at(end - _END64_LOCATOR.size, _END64_LOCATOR.size)
        signature, _, place, _ = _END64_LOCATOR.unpack(locator)
        if signature != b"PK\x06\x07":
            return entries, size, offset, end
        if place > self._length - _END64.size:
            _damaged()
        record = _END64.unpack(self._at(place, _END64.size))
        if record[0] != b"PK\x06\x06":
            _damaged()
        return record[7], record[8], record[9], place

    def _read_directory(self) -> Iterator[ArchiveMember]:
        """Walk the list of entries; there must be as many as announced."""
        directory = self._directory
        data = self._at(directory.start, directory.size)
        place = 0
        for _ in range(directory.entries):
            if len(data) - place < _ENTRY.size:
                _damaged()
            fields = _ENTRY.unpack_from(data, place)
            if fields[0] != b"PK\x01\x02":
                _damaged()
            flags, method, checksum = fields[5], fields[6], fields[9]
            packed, size, name_size, extra_size, note_size = fields[10:15]
            offset = fields[18]
            place += _ENTRY.size
            name = data[place : place + name_size]
            extra = data[place + name_size : place + name_size + extra_size]
            place += name_size + extra_size + note_size
            if place > len(data):
                _damaged()
            size, packed, offset = _wide(extra, size, packed, offset)
            yield ArchiveMember(
                name=name.decode("utf-8" if flags & _UTF8_NAME else "cp437", errors="replace"),
                packed=packed,
                size=size,
                offset=offset + directory.shift,
                method=method,
                encrypted=bool(flags & _ENCRYPTED),
                checksum=checksum,
            )
        if place < len(data) and data[place : place + 4] == b"PK\x01\x02":
            _damaged()

    def _refuse_bomb(self) -> None:
        declared = sum(member.size for member in self.members)
        packed = sum(member.packed for member in self.members)
        if declared > MAX_DECLARED_BYTES:
            most = MAX_DECLARED_BYTES // (1024 * 1024)
            raise Unreadable(
                "too_large",
                f"Dit zip-bestand is uitgepakt te groot. Wij lezen hoogstens {most} MB.",
            )
        if declared > RATIO_FROM_BYTES and declared > MAX_RATIO * packed:
            raise Unreadable("too_large", "Dit zip-bestand groeit bij het uitpakken te veel.")

    def _refuse_overlap(self) -> None:
        """No two entries may share bytes, and none may reach into the directory."""
        free_from = 0
        for member in sorted(self.members, key=lambda member: member.offset):
            if member.offset < free_from:
                _damaged()
            _, free_from = self._body(member)
            if free_from > self._directory.start:
                _damaged()

    def _body(self, member: ArchiveMember) -> tuple[int, int]:
        """Give where the packed bytes of a member begin and end, by its own header."""
        if member.offset > self._directory.start - _LOCAL.size:
            _damaged()
        fields = _LOCAL.unpack(self._at(member.offset, _LOCAL.size))
        if fields[0] != b"PK\x03\x04":
            _damaged()
        start = member.offset + _LOCAL.size + fields[9] + fields[10]
        return start, start + member.packed

    def _raw(self, start: int, length: int) -> Iterator[bytes]:
        self._handle.seek(start)
        while length > 0:
            piece = self._handle.read(min(_CHUNK, length))
            if not piece:
                _damaged()
            length -= len(piece)
            yield piece

    def _at(self, start: int, length: int) -> bytes:
        self._handle.seek(start)
        data = self._handle.read(length)
        if len(data) != length:
            _damaged()
        return data


def _inflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack in pieces of bounded size, whatever the packed bytes hold."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            waiting = piece
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _CHUNK)
                waiting = unpacker.unconsumed_tail
        while not unpacker.eof:
            last = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
            if not last:
                _damaged()
            yield last
    except zlib.error as error:
        raise Unreadable("damaged") from error


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Give the sizes and place of an entry that needs more than 32 bits for them."""
    if _FULL_32 not in {size, packed, offset}:
        return size, packed, offset
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == _ZIP64_EXTRA:
            body = extra[place + 4 : place + 4 + length]
            numbers = list(struct.unpack(f"<{len(body) // 8}Q", body[: len(body) // 8 * 8]))
            values = []
            for value in (size, packed, offset):
                values.append(numbers.pop(0) if value == _FULL_32 and numbers else value)
            return values[0], values[1], values[2]
        place += 4 + length
    return size, packed, offset


def _is_text(name: str) -> bool:
    """Whether an entry can be the text of a chat, and has an honest name."""
    path = PurePosixPath(name)
    if "\\" in name or ":" in name[:2] or name.startswith("/") or not name.isprintable():
        return False
    if ".." in path.parts or "__MACOSX" in path.parts or path.name.startswith("._"):
        return False
    return path.suffix.lower() == ".txt"


def _preference(name: str) -> int:
    base = PurePosixPath(name).name
    if base == "_chat.txt":
        return 2
    return 1 if base.startswith("WhatsApp") else 0


def _damaged() -> NoReturn:
    raise Unreadable("damaged", "Dit zip-bestand is beschadigd en kan niet worden gelezen.")
