"""Pure: one slot, the key of the local files wrapped with a person's passphrase (security.md §2).

Under the same passphrase lies the seed of the key that this person signs with when they look along
(security.md §3, decision 21). Its public half stands beside it, vouched for by the key of the files.
"""

import base64
import binascii
import hmac
import secrets
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

from console.storage.key_troubles import KEYS_DAMAGED, WRONG_PASSPHRASE, KeyTrouble
from contract.looking import SEED_BYTES, public_of

KEY_BYTES = 32
MOST_MEMORY_KIB = 1_048_576
_LOOKING = b"looking\n"


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


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a passphrase opens: the key of the files and the seed a person signs with.

    ``slot`` is the slot as it should stand: with a new seed where there was none, or a broken one.
    """

    key: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    slot: dict[str, Any] = field(repr=False)


def wrap(
    key: bytes, person_id: str, passphrase: str, cost: Cost, seed: bytes = b""
) -> dict[str, Any]:
    """Return a slot for a person: the key, sealed with their passphrase.

    ``seed``: what they signed with so far; a new one where it is empty.
    """
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
        "looking": _looking(seed or secrets.token_bytes(SEED_BYTES), key, wrapping, person_id),
    }


def unwrap(slot: dict[str, Any], passphrase: str) -> bytes:
    """Return the key out of a slot. Raises ``KeyTrouble`` for a wrong passphrase or a damaged slot."""
    return opened(slot, passphrase).key


def opened(slot: dict[str, Any], passphrase: str) -> Unwrapped:
    """Return all that a passphrase opens. Raises ``KeyTrouble`` as ``unwrap`` does."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        cost = Cost(**slot["cost"])
        if not cost.sane:
            raise KeyTrouble(KEYS_DAMAGED)
        wrapping = _stretch(passphrase, raw(slot["salt"]), cost)
        first = _first(slot)
        key = AESGCM(wrapping).decrypt(raw(slot["nonce"]), raw(slot["sealed"]), first.encode())
    except InvalidTag:
        raise KeyTrouble(WRONG_PASSPHRASE) from None
    except (TypeError, ValueError, KeyError):
        raise KeyTrouble(KEYS_DAMAGED) from None
    if first != slot["person"] and not hmac.compare_digest(
        _new_name(key, first, slot["person"]), str(slot.get("renamed"))
    ):
        raise KeyTrouble(WRONG_PASSPHRASE)
    seed = _seed(slot, key, wrapping)
    if seed:
        return Unwrapped(key, seed, slot)
    seed = secrets.token_bytes(SEED_BYTES)
    return Unwrapped(key, seed, {**slot, "looking": _looking(seed, key, wrapping, first)})


def looks_with(slot: dict[str, Any], key: bytes) -> bytes:
    """Return the public half of what this person signs with; empty where there is none yet."""
    looking = slot.get("looking")
    if not isinstance(looking, dict):
        return b""
    public = raw(looking.get("public"))
    vouched = hmac.compare_digest(_vouched(key, _first(slot), public), str(looking.get("vouched")))
    return public if vouched else b""


def _looking(seed: bytes, key: bytes, wrapping: bytes, first: str) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, public = secrets.token_bytes(12), public_of(seed)
    sealed = AESGCM(wrapping).encrypt(nonce, seed, _LOOKING + first.encode())
    return {
        "nonce": text(nonce),
        "sealed": text(sealed),
        "public": text(public),
        "vouched": _vouched(key, first, public),
    }


def _seed(slot: dict[str, Any], key: bytes, wrapping: bytes) -> bytes:
    """Return the seed in a slot; empty for none, and for one that is not what it says."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    public, looking = looks_with(slot, key), slot.get("looking")
    if not public or not isinstance(looking, dict):
        return b""
    try:
        seed = AESGCM(wrapping).decrypt(
            raw(looking.get("nonce")), raw(looking.get("sealed")), _LOOKING + _first(slot).encode()
        )
    except (InvalidTag, ValueError):
        return b""
    return seed if len(seed) == SEED_BYTES and public_of(seed) == public else b""


def _vouched(key: bytes, first: str, public: bytes) -> str:
    return hmac.new(key, _LOOKING + first.encode() + b"\n" + public, "sha256").hexdigest()


def _first(slot: dict[str, Any]) -> str:
    """Return the id a slot was sealed for; somebody may have got another one since."""
    return str(slot.get("sealed_for", slot["person"]))


def renamed(slot: dict[str, Any], key: bytes, person_id: str) -> dict[str, Any]:
    """Return the slot for somebody who got another id; only who has the key can do that."""
    first = _first(slot)
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
