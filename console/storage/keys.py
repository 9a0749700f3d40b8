"""The key of the local files, and the slots that lead to it (security.md §2).

The key is 32 random bytes. It lies in the keyring of the operating system, and once per person
wrapped with that person's passphrase: argon2id, then AES-256-GCM with the person's id as
associated data. ``keys.json`` in the profile holds the wrapped forms and never the key itself.
Beside it, under the same passphrase, lies the key a person signs with when they look along.
The passphrase always works, also when the keyring is gone, locked, empty or changed.
"""

import hmac
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import orjson

from console.storage.key_slot import (
    KEY_BYTES,
    Cost,
    Unwrapped,
    check,
    looks_with,
    opened,
    raw,
    renamed,
    text,
    wrap,
)
from console.storage.key_troubles import (
    KEYRING_CHANGED,
    KEYRING_EMPTY,
    KEYRING_LOCKED,
    KEYRING_MISSING,
    KEYS_DAMAGED,
    KEYS_EXIST,
    KEYS_NOT_WRITTEN,
    LAST_SLOT,
    NO_SLOT,
    PASSPHRASE_NEEDED,
    WRONG_PASSPHRASE,
    KeyTrouble,
)

SERVICE = "buurtdesk"
FILE_LONGEST = 1_000_000


class KeyringBackend(Protocol):
    """What is used of the keyring package; tests pass a keyring of their own."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        ...


def find_keyring() -> KeyringBackend | None:
    """Return the keyring of the operating system; None where there is none worth the name."""
    import keyring
    from keyring.backends import chainer, fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring):
        return None
    if isinstance(backend, chainer.ChainerBackend) and not backend.backends:
        return None
    # Add-on keyrings that keep texts in a file would put the key itself on the disk.
    if type(backend).__module__.split(".")[0] != "keyring":
        return None
    return backend


class KeyRing:
    """The slots of one profile. ``keyring`` is None where the machine has none."""

    def __init__(
        self, path: Path, keyring: KeyringBackend | None = None, *, cost: Cost | None = None
    ) -> None:
        self.path = path
        self._keyring = keyring
        self._cost = cost or Cost()
        # Slots are read, changed and written by more than one thread.
        self._changing = threading.RLock()

    @property
    def exists(self) -> bool:
        """Say whether this profile has slots at all."""
        return self.path.exists() or self._backup.exists()

    def create(self, person_id: str = "", passphrase: str = "") -> bytes:
        """Make a new key with its first slots and return it; refuses to replace slots.

        Without a keyring a passphrase is required: a key without a slot is lost at once.
        """
        if self.exists:
            raise KeyTrouble(KEYS_EXIST)
        key = secrets.token_bytes(KEY_BYTES)
        slots: dict[str, Any] = {"version": 1, "check": check(key), "keyring": None, "slots": []}
        if self._keyring is not None:
            account = secrets.token_hex(8)
            try:
                self._keyring.set_password(SERVICE, account, text(key))
                slots["keyring"] = account
            except Exception:
                # A locked or broken keyring is no reason to have no desk; the passphrase stays.
                slots["keyring"] = None
        if passphrase:
            slots["slots"].append(wrap(key, person_id, passphrase, self._cost))
        if not slots["slots"] and slots["keyring"] is None:
            raise KeyTrouble(PASSPHRASE_NEEDED)
        self._write(slots)
        return key

    def unlock(self, person_id: str, passphrase: str) -> bytes:
        """Return the key by a person's passphrase and put it back in the keyring if need be."""
        return self._open(person_id, passphrase).key

    def sign_with(self, person_id: str, passphrase: str) -> bytes | None:
        """Return the seed a person signs with; None where this is not their passphrase."""
        try:
            return self._open(person_id, passphrase).seed
        except KeyTrouble as trouble:
            if trouble.problem in (WRONG_PASSPHRASE, NO_SLOT):
                return None
            raise

    def looks_with(self, key: bytes, person_id: str) -> bytes:
        """Return the public half of what somebody signs with; empty: none yet, or not ours."""
        slot = _slot_of(self._read(), person_id)
        return looks_with(slot, key) if slot is not None else b""

    def unlock_with_keyring(self) -> bytes:
        """Return the key from the keyring; KeyTrouble says why it cannot and asks a passphrase."""
        slots = self._read()
        if self._keyring is None or slots["keyring"] is None:
            raise KeyTrouble(KEYRING_MISSING)
        with _keyring_failures():
            found = self._keyring.get_password(SERVICE, slots["keyring"])
        if not found:
            raise KeyTrouble(KEYRING_EMPTY)
        key = raw(found)
        if len(key) != KEY_BYTES or not hmac.compare_digest(check(key), slots["check"]):
            raise KeyTrouble(KEYRING_CHANGED)
        return key

    def persons(self) -> frozenset[str]:
        """Return the ids of everybody with a passphrase on this desk."""
        return frozenset(slot["person"] for slot in self._read()["slots"])

    def add_slot(self, key: bytes, person_id: str, passphrase: str) -> None:
        """Give a person a passphrase of their own, in place of an older one.

        What they sign with is new: only the older passphrase opens the one before.
        """
        self._put_slot(key, wrap(key, person_id, passphrase, self._cost))

    def change(self, person_id: str, old: str, new: str) -> None:
        """Change a person's passphrase; the old one must fit. What they sign with stays."""
        found = self._open(person_id, old)
        self._put_slot(found.key, wrap(found.key, person_id, new, self._cost, found.seed))

    def remove_slot(self, person_id: str) -> None:
        """Take a person's passphrase away; the last one of the desk stays."""
        with self._changing:
            slots = self._read()
            left = [slot for slot in slots["slots"] if slot["person"] != person_id]
            if len(left) == len(slots["slots"]):
                return
            if not left:
                raise KeyTrouble(LAST_SLOT)
            slots["slots"] = left
            self._write(slots)

    def rename(self, key: bytes, ids: Mapping[str, str]) -> None:
        """Let people keep their passphrase under another id: the desk joined a team (sync.md §8a).

        ``ids`` says who became whom. Who has a slot under the new id already keeps that one.
        """
        with self._changing:
            slots = self._read()
            if not hmac.compare_digest(check(key), slots["check"]):
                raise KeyTrouble(KEYRING_CHANGED)
            here = {slot["person"] for slot in slots["slots"]}
            for at, slot in enumerate(slots["slots"]):
                new = ids.get(slot["person"], slot["person"])
                if new not in here:
                    slots["slots"][at] = renamed(slot, key, new)
            self._write(slots)

    def verify(self, person_id: str, passphrase: str) -> bool:
        """Say whether this is the person's passphrase (unlocking a locked desk)."""
        return self.sign_with(person_id, passphrase) is not None

    def __repr__(self) -> str:
        return f"KeyRing({self.path.name!r})"

    @property
    def _backup(self) -> Path:
        return self.path.with_suffix(".bak")

    def _open(self, person_id: str, passphrase: str) -> Unwrapped:
        slots = self._read()
        slot = _slot_of(slots, person_id)
        if slot is None:
            raise KeyTrouble(NO_SLOT)
        found = opened(slot, passphrase)
        if not hmac.compare_digest(check(found.key), slots["check"]):
            raise KeyTrouble(KEYS_DAMAGED)
        if found.slot != slot:
            # A slot of before there were such keys. Where the disk is full, the next time does it.
            with suppress(KeyTrouble):
                self._put_slot(found.key, found.slot, in_place_of=slot)
        self._mend_keyring(found.key)
        return found

    def _put_slot(
        self, key: bytes, new: dict[str, Any], in_place_of: dict[str, Any] | None = None
    ) -> None:
        """Write a person's slot; ``in_place_of``: only where that one still stands there."""
        with self._changing:
            slots = self._read()
            if not hmac.compare_digest(check(key), slots["check"]):
                raise KeyTrouble(KEYRING_CHANGED)
            person = new["person"]
            if in_place_of is not None and _slot_of(slots, person) != in_place_of:
                return
            slots["slots"] = [slot for slot in slots["slots"] if slot["person"] != person]
            slots["slots"].append(new)
            self._write(slots)

    def _mend_keyring(self, key: bytes) -> None:
        if self._keyring is None:
            return
        with self._changing:
            self._put_in_keyring(self._keyring, self._read(), key)

    def _put_in_keyring(self, keyring: KeyringBackend, slots: dict[str, Any], key: bytes) -> None:
        try:
            account = slots["keyring"] or secrets.token_hex(8)
            if keyring.get_password(SERVICE, account) == text(key):
                return
            keyring.set_password(SERVICE, account, text(key))
            if account != slots["keyring"]:
                self._write({**slots, "keyring": account})
        except Exception:
            # The passphrase opened the desk; a keyring that will not listen changes nothing.
            return

    def _read(self) -> dict[str, Any]:
        """Read the slots; the previous file stands in for a damaged one."""
        for path in (self.path, self._backup):
            try:
                with path.open("rb") as file:
                    slots = orjson.loads(file.read(FILE_LONGEST))
            except (OSError, orjson.JSONDecodeError):
                continue
            if _is_whole(slots):
                return dict(slots)
        raise KeyTrouble(KEYS_DAMAGED)

    def _write(self, slots: dict[str, Any]) -> None:
        """Replace the file in one step; the previous one stays beside it."""
        data = orjson.dumps(slots, option=orjson.OPT_INDENT_2)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and _is_whole_file(self.path):
                _put(self._backup, self.path.read_bytes())
            _put(self.path, data)
            if not self._backup.exists():
                _put(self._backup, data)
        except OSError as error:
            raise KeyTrouble(KEYS_NOT_WRITTEN) from error


@contextmanager
def _keyring_failures() -> Iterator[None]:
    """Tell a locked keyring from a missing one, whatever its backend raises."""
    try:
        yield
    except KeyTrouble:
        raise
    except Exception as error:
        name = type(error).__name__
        locked = name in ("KeyringLocked", "InitError") or "lock" in str(error).lower()
        raise KeyTrouble(KEYRING_LOCKED if locked else KEYRING_MISSING) from None


def _slot_of(slots: dict[str, Any], person_id: str) -> dict[str, Any] | None:
    for slot in slots["slots"]:
        if slot["person"] == person_id:
            return dict(slot)
    return None


def _is_whole(slots: Any) -> bool:
    return (
        isinstance(slots, dict)
        and slots.get("version") == 1
        and isinstance(slots.get("check"), str)
        and isinstance(slots.get("slots"), list)
        and isinstance(slots.get("keyring", 0), str | None)
        and all(
            isinstance(slot, dict) and isinstance(slot.get("person"), str)
            for slot in slots["slots"]
        )
    )


def _is_whole_file(path: Path) -> bool:
    try:
        return _is_whole(orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError):
        return False


def _put(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
