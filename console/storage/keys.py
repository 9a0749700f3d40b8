"""The key of the local files, and the slots that lead to it (security.md §2).

The key is 32 random bytes. It lies in the keyring of the operating system, and once per person
wrapped with that person's passphrase: argon2id, then AES-256-GCM with the person's id as
associated data. ``keys.json`` in the profile holds the wrapped forms and never the key itself.
The passphrase always works, also when the keyring is gone, locked, empty or changed.
"""

import hmac
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson

from console.storage.key_slot import KEY_BYTES, Cost, check, raw, renamed, text, unwrap, wrap
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
        slots = self._read()
        slot = _slot_of(slots, person_id)
        if slot is None:
            raise KeyTrouble(NO_SLOT)
        key = unwrap(slot, passphrase)
        if not hmac.compare_digest(check(key), slots["check"]):
            raise KeyTrouble(KEYS_DAMAGED)
        self._mend_keyring(slots, key)
        return key

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
        """Give a person a passphrase of their own, in place of an older one."""
        slots = self._read()
        if not hmac.compare_digest(check(key), slots["check"]):
            raise KeyTrouble(KEYRING_CHANGED)
        slots["slots"] = [slot for slot in slots["slots"] if slot["person"] != person_id]
        slots["slots"].append(wrap(key, person_id, passphrase, self._cost))
        self._write(slots)

    def change(self, person_id: str, old: str, new: str) -> None:
        """Change a person's passphrase; the old one must fit."""
        self.add_slot(self.unlock(person_id, old), person_id, new)

    def remove_slot(self, person_id: str) -> None:
        """Take a person's passphrase away; the last one of the desk stays."""
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
        try:
            self.unlock(person_id, passphrase)
        except KeyTrouble as trouble:
            if trouble.problem in (WRONG_PASSPHRASE, NO_SLOT):
                return False
            raise
        return True

    def __repr__(self) -> str:
        return f"KeyRing({self.path.name!r})"

    @property
    def _backup(self) -> Path:
        return self.path.with_suffix(".bak")

    def _mend_keyring(self, slots: dict[str, Any], key: bytes) -> None:
        if self._keyring is None:
            return
        try:
            account = slots["keyring"] or secrets.token_hex(8)
            if self._keyring.get_password(SERVICE, account) == text(key):
                return
            self._keyring.set_password(SERVICE, account, text(key))
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
