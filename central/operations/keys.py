"""The key of central's file and of its dumps: 32 bytes, from the environment or the key ring.

``BUURTDESK_CENTRAL_KEY`` wins. Else the key ring of the operating system holds one key per file;
it is made at the first start. A file whose key is not there is never given a new one.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Protocol

from central.operations.failures import Failed

KEY_VARIABLE = "BUURTDESK_CENTRAL_KEY"
SERVICE = "buurtdesk-central"
KEY_BYTES = 32

BAD_KEY = f"De sleutel in {KEY_VARIABLE} klopt niet: dat zijn 64 tekens, 0-9 en a-f."
NO_KEY = (
    "Er is geen sleutel, en deze computer heeft geen sleutelbos die werkt. "
    f"Maak er een met `central key new`, bewaar hem en zet hem in {KEY_VARIABLE}: "
    "64 tekens, 0-9 en a-f."
)
KEY_GONE = (
    "Dit bestand bestaat al, maar zijn sleutel staat niet in de sleutelbos van deze computer. "
    f"Zet de sleutel die u bewaarde in {KEY_VARIABLE}. Er is niets gewijzigd."
)
KEY_OF_DUMP = (
    "Hier staat nog geen bestand, en dus ook geen sleutel. Zet de sleutel van de centrale die de "
    f"kopie maakte in {KEY_VARIABLE}. Er is niets gewijzigd."
)
LOCKED = (
    "De sleutelbos van deze computer is op slot. Open hem, "
    f"of zet de sleutel in {KEY_VARIABLE}, en start opnieuw."
)


class KeyRing(Protocol):
    """What is used of the keyring package; tests pass one of their own."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept under this name; None where nothing is."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text under this name."""


def key_from(words: str) -> bytes | None:
    """Read a key of 64 hexadecimal digits; None for anything else."""
    try:
        key = bytes.fromhex(words)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES and len(words) == 2 * KEY_BYTES else None


def new_key() -> bytes:
    """Make a key of 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def find_key_ring() -> KeyRing | None:
    """Return the key ring of the operating system; None where there is none worth the name."""
    import keyring
    from keyring.backends import chainer, fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, chainer.ChainerBackend):
        if not backend.backends:
            return None
    elif isinstance(backend, fail.Keyring | null.Keyring):
        return None
    # Add-on key rings that keep texts in a file would put the key itself on the disk.
    return backend if type(backend).__module__.split(".")[0] == "keyring" else None


def given() -> bool:
    """Tell whether the environment holds a key."""
    return bool(os.environ.get(KEY_VARIABLE, "").strip())


def key_for(file: Path, ring: KeyRing | None = None) -> bytes:
    """Return the key of this file. Raises ``Failed``; makes a key only for a file yet to be made.

    ``ring``: asked of the operating system where it is not given.
    """
    words = os.environ.get(KEY_VARIABLE, "").strip()
    if words:
        return _read(words)
    ring = ring or find_key_ring()
    if ring is None:
        raise Failed(NO_KEY)
    account = account_of(file)
    found = _ask(ring, account)
    if found:
        return _read(found)
    if file.exists():
        raise Failed(KEY_GONE)
    made = new_key()
    try:
        ring.set_password(SERVICE, account, made.hex())
    except Exception as trouble:  # every key ring raises kinds of its own
        raise Failed(LOCKED) from trouble
    if _ask(ring, account) != made.hex():
        raise Failed(NO_KEY)
    return made


def key_of_dump() -> bytes:
    """Return the key for the dump of a PostgreSQL database: only the environment has one."""
    if not given():
        raise Failed(
            f"Een kopie wordt versleuteld. Zet eerst een sleutel in {KEY_VARIABLE}: 64 tekens, "
            "0-9 en a-f. `central key new` maakt er een."
        )
    return _read(os.environ[KEY_VARIABLE].strip())


def account_of(file: Path) -> str:
    """Return the name of this file's key in the key ring; the path itself does not stand there."""
    return hashlib.sha256(str(file.absolute()).encode()).hexdigest()[:16]


def _read(words: str) -> bytes:
    key = key_from(words)
    if key is None:
        raise Failed(BAD_KEY)
    return key


def _ask(ring: KeyRing, account: str) -> str | None:
    try:
        return ring.get_password(SERVICE, account)
    except Exception as trouble:  # every key ring raises kinds of its own
        raise Failed(LOCKED) from trouble
