"""The file of a backup: lines of JSON, compressed, then encrypted in chunks.

It begins with ``BUURTDESK-DUMP 1`` and a salt. The key of the file comes from central's key and
that salt (HKDF-SHA-256). Each chunk is AES-256-GCM; its nonce is its number and whether it is the
last, so a chunk that was moved, left out or cut off shows. Inside, the last line holds the number
of lines before it and their SHA-256.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.operations.failures import Failed

MAGIC = b"BUURTDESK-DUMP 1\n"
SALT = 32
CHUNK = 1_048_576
TAG = 16
LINE_MOST = 64 * 1_048_576
"""Longest line taken in; a record is far below it, and a hostile file is stopped there."""

NOT_OURS = "Dit bestand is geen kopie van een centrale. Er is niets gewijzigd."
NOT_OPEN = (
    "De kopie gaat niet open: de sleutel past niet, of het bestand is beschadigd of afgebroken. "
    "Er is niets gewijzigd."
)
CUT = "De kopie is niet heel: de slotregel ontbreekt of klopt niet. Er is niets gewijzigd."
EXISTS = "Er staat al een bestand op die plaats. Kies een andere naam voor de kopie."


def write_lines(path: Path, key: bytes, lines: Iterable[Any]) -> None:
    """Write the lines and a closing line; the file appears whole or not at all.

    Raises ``Failed`` where a file stands there already, ``OSError`` where the disk refuses.
    """
    if path.exists():
        raise Failed(EXISTS)
    half = path.with_name(f".{path.name}.half")
    try:
        with open(os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            _write(file, key, lines)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)


def _write(file: IO[bytes], key: bytes, lines: Iterable[Any]) -> None:
    salt = secrets.token_bytes(SALT)
    file.write(MAGIC + salt)
    cipher = _cipher(key, salt)
    squeeze = zstandard.ZstdCompressor(level=3).compressobj()
    waiting, number, count = bytearray(), 0, 0
    seen = hashlib.sha256()
    for line in lines:
        text = orjson.dumps(line) + b"\n"
        seen.update(text)
        count += 1
        waiting += squeeze.compress(text)
        while len(waiting) > CHUNK:
            file.write(cipher.encrypt(_nonce(number, False), bytes(waiting[:CHUNK]), None))
            del waiting[:CHUNK]
            number += 1
    closing = {"end": True, "lines": count, "sha256": seen.hexdigest()}
    waiting += squeeze.compress(orjson.dumps(closing) + b"\n") + squeeze.flush()
    while len(waiting) > CHUNK:
        file.write(cipher.encrypt(_nonce(number, False), bytes(waiting[:CHUNK]), None))
        del waiting[:CHUNK]
        number += 1
    file.write(cipher.encrypt(_nonce(number, True), bytes(waiting), None))


def read_lines(path: Path, key: bytes) -> Iterator[Any]:
    """Walk the lines but the closing one. Raises ``Failed`` for anything that is not whole.

    The closing line is checked at the end: what was read is worth nothing before that.
    """
    seen = hashlib.sha256()
    count = 0
    before: bytes | None = None
    for text in _texts(path, key):
        if before is not None:
            seen.update(before)
            count += 1
            yield _read(before)
        before = text
    closing = _read(before or b"null\n")
    if closing != {"end": True, "lines": count, "sha256": seen.hexdigest()}:
        raise Failed(CUT)


def _read(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Failed(CUT) from None


def _texts(path: Path, key: bytes) -> Iterator[bytes]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise Failed(f"De kopie {path} is er niet.") from None
    with file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Failed(NOT_OURS)
        cipher = _cipher(key, file.read(SALT).ljust(SALT, b"\0"))
        expand = zstandard.ZstdDecompressor().decompressobj()
        waiting = bytearray()
        for piece in _chunks(file, cipher):
            try:
                waiting += expand.decompress(piece)
            except zstandard.ZstdError:
                raise Failed(CUT) from None
            *lines, rest = waiting.split(b"\n")
            for line in lines:
                yield bytes(line) + b"\n"
            waiting = bytearray(rest)
            if len(waiting) > LINE_MOST:
                raise Failed(NOT_OPEN)
        if waiting:
            raise Failed(CUT)


def _chunks(file: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    number = 0
    sealed = file.read(CHUNK + TAG)
    while True:
        after = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, not after), sealed, None)
        except (InvalidTag, ValueError):
            raise Failed(NOT_OPEN) from None
        if not after:
            return
        sealed = after
        number += 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"buurtdesk central dump 1").derive(key))
