"""Pure: signed checkpoints of the audit rows, a text that anybody can check (security.md §6).

The form is C2SP tlog-checkpoint, a signed note: origin, number of rows, base64 of the link of the last
of them, an empty line, then a line per signature. The log is a chain and no Merkle tree: what stands as
root is the head of the chain at that size.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

ORIGIN = "buurtdesk.central/"
"""What the origin of every team begins with; its id follows. The name of the key is the same."""

SEED_BYTES = 32
NOTE_LONGEST = 4096
_ED25519 = b"\x01"
_DASH = "\u2014 "
_LINK_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So many rows, and the link of the last of them in hexadecimal digits."""

    origin: str
    size: int
    link: str

    def text(self) -> str:
        """Return what is signed: three lines, each with its end."""
        root = base64.b64encode(bytes.fromhex(self.link)).decode()
        return f"{self.origin}\n{self.size}\n{root}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signatures are checked with; ``public`` is 32 bytes of Ed25519."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand before every signature of this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def text(self) -> str:
        """Return the key as it is passed on: name, id, type and bytes."""
        public = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"

    def mark(self) -> str:
        """Return what two people compare on the telephone: sixteen digits in fours."""
        digits = hashlib.sha256(self.public).hexdigest()[:16]
        return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures: name of the key, its id, the signature."""

    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes, bytes], ...]


def origin_of(team: str) -> str:
    """Return the origin of a team's audit rows."""
    return ORIGIN + team


def key_of(team: str, seed: bytes) -> Key:
    """Return the key that checks what this seed signs for a team."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Key(
        origin_of(team), Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    )


def read_key(text: str) -> Key:
    """Read a key from its text. Raises ``ValueError``."""
    name, number, public = text.strip().split("+", 2)
    raw = _decoded(public)
    if len(raw) != 1 + SEED_BYTES or raw[:1] != _ED25519 or not name or " " in name:
        raise ValueError("no key of this form")
    key = Key(name, raw[1:])
    if key.id.hex() != number:
        raise ValueError("the number does not fit the key")
    return key


def sign(checkpoint: Checkpoint, team: str, seeds: Iterable[bytes]) -> str:
    """Return the checkpoint as a signed note; more seeds: an older and a newer key both sign."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    text = checkpoint.text()
    lines = []
    for seed in seeds:
        key = key_of(team, seed)
        made = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
        lines.append(f"{_DASH}{key.name} {base64.b64encode(key.id + made).decode()}\n")
    return f"{text}\n{''.join(lines)}"


def read_note(note: str) -> Note:
    """Read a signed note; nothing is checked yet but its form. Raises ``ValueError``."""
    if len(note) > NOTE_LONGEST or not note.endswith("\n"):
        raise ValueError("no note")
    text, _, signed = note.partition("\n\n")
    origin, size, root, *more = text.split("\n")
    link = _decoded(root)
    whole = size.isascii() and size.isdigit() and str(int(size)) == size
    if more or not origin or not whole or len(link) != _LINK_BYTES:
        raise ValueError("no checkpoint")
    signatures = []
    for line in signed.splitlines():
        if not line.startswith(_DASH):
            raise ValueError("no line of a signature")
        name, _, made = line.removeprefix(_DASH).partition(" ")
        raw = _decoded(made)
        if not name or len(raw) <= 4:
            raise ValueError("no signature")
        signatures.append((name, raw[:4], raw[4:]))
    return Note(Checkpoint(origin, int(size), link.hex()), tuple(signatures))


def signed_by(note: Note, key: Key) -> bool:
    """Say whether this key signed the note, and every line of this key holds."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    mine = [made for name, number, made in note.signatures if (name, number) == (key.name, key.id)]
    public = Ed25519PublicKey.from_public_bytes(key.public)
    try:
        for made in mine:
            public.verify(made, note.checkpoint.text().encode())
    except InvalidSignature:
        return False
    return bool(mine)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("no base64") from None
