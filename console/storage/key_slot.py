"""Pure: one slot, the key of the local files wrapped with a person's passphrase (security.md §2)."""

import base64
import binascii
import hmac
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from console.storage.key_troubles import KEYS_DAMAGED, WRONG_PASSPHRASE, KeyTrouble

KEY_BYTES = 32
MOST_MEMORY_KIB = 1_048_576


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: memory in KiB, passes and lanes of argon2id."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4

    @property
    def sane(self) -> bool:
        """Say whether a slots file may ask this of the machine."""
        return 8 <= self.memory_kib <= MOST_MEMORY_KIB and 1 <= self.passes <= 100


def wrap(key: bytes, person_id: str, passphrase: str, cost: Cost) -> dict[str, Any]:
    """Return a slot for a person: the key, sealed with their passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = _stretch(passphrase, salt, cost)
    sealed = AESGCM(wrapping).encrypt(nonce, key, person_id.encode())
    return {
        "person": person_id,
        "cost": asdict(cost),
        "salt": text(salt),
        "nonce": text(nonce),
        "sealed": text(sealed),
    }


def unwrap(slot: dict[str, Any], passphrase: str) -> bytes:
    """Return the key out of a slot. Raises ``KeyTrouble`` for a wrong passphrase or a damaged slot."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        cost = Cost(**slot["cost"])
        if not cost.sane:
            raise KeyTrouble(KEYS_DAMAGED)
        wrapping = _stretch(passphrase, raw(slot["salt"]), cost)
        first = str(slot.get("sealed_for", slot["person"]))
        key = AESGCM(wrapping).decrypt(raw(slot["nonce"]), raw(slot["sealed"]), first.encode())
    except InvalidTag:
        raise KeyTrouble(WRONG_PASSPHRASE) from None
    except (TypeError, ValueError, KeyError):
        raise KeyTrouble(KEYS_DAMAGED) from None
    if first != slot["person"] and not hmac.compare_digest(
        _new_name(key, first, slot["person"]), str(slot.get("renamed"))
    ):
        raise KeyTrouble(WRONG_PASSPHRASE)
    return key


def renamed(slot: dict[str, Any], key: bytes, person_id: str) -> dict[str, Any]:
    """Return the slot for somebody who got another id; only who has the key can do that."""
    first = str(slot.get("sealed_for", slot["person"]))
    return {
        **slot,
        "person": person_id,
        "sealed_for": first,
        "renamed": _new_name(key, first, person_id),
    }


def _new_name(key: bytes, first: str, person_id: str) -> str:
    return hmac.new(key, f"renamed\n{first}\n{person_id}".encode(), "sha256").hexdigest()


def check(key: bytes) -> str:
    """Return what tells that a key is the right one, without saying anything about it."""
    return hmac.new(key, b"buurtdesk key check 1", "sha256").hexdigest()[:32]


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    # One written form per passphrase: é typed on another keyboard may be two code points.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(
            secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
        )
    except HashingError as error:
        raise ValueError("unusable slot") from error


def text(data: bytes) -> str:
    """Return bytes as they stand in the file."""
    return base64.b64encode(data).decode()


def raw(written: Any) -> bytes:
    """Read bytes back; nothing for what is not a text of bytes."""
    try:
        return base64.b64decode(str(written), validate=True)
    except (binascii.Error, ValueError):
        return b""
