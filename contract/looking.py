"""Pure: what a second person signs when they look at a text, and whether that holds (F26).

Who looks along types a passphrase; that opens a key of their own, which signs one statement about
one finding in one text of one post. The statement itself is never stored: everything in it stands in
the decision on the post, so it is made again where it is checked (security.md §3, decision 21).
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contract.region import RegionProfile

SEED_BYTES = 32
SIGNATURE_BYTES = 64
UNPROVEN = "second-unproven"
"""Code of a release that says a second person looked, without anything that shows it."""

PROOF = "proof"
"""Under which name the proof stands in a decision; in it ``text``, ``key`` and ``signature``."""

_FIRST_LINE = "buurtdesk looked along 1\n"


@dataclass(frozen=True, slots=True)
class Look:
    """One look of a second person. ``text`` and ``found``: SHA-256 in hexadecimal digits.

    ``found`` marks the words that were found under ``rule``; ``asked`` and ``looked`` are ids.
    """

    team: str
    post: str
    text: str
    rule: str
    found: str
    reason: str
    asked: str
    looked: str
    at: str

    def statement(self) -> bytes:
        """Return what is signed: a first line of its own, then the fields with their names."""
        fields = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return (_FIRST_LINE + fields).encode()


def looked_at(text: str, region: RegionProfile) -> str:
    """Return the hash of what a second person answers for: a text as every group gets it.

    The line with team and area and the closing line are left out: the desk makes those per group
    and per moment, and the guard holds them by itself.
    """
    first, _, rest = text.partition("\n")
    told = first.removeprefix(f"*{region.training_word}. ").removeprefix("*")
    if first.startswith("*") and first.endswith("*") and told.startswith(f"{region.header_word} "):
        text = rest
    words = text.strip()
    for line in region.closing_lines:
        if words.endswith(line):
            words = words[: -len(line)].rstrip()
            break
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def look_of(decision: Mapping[str, Any], *, team: str, post: str) -> Look:
    """Return the look that a decision on a post says there was."""
    proof = proof_of(decision)

    def word(of: Mapping[str, Any], name: str) -> str:
        return str(of.get(name) or "")

    return Look(
        team,
        post,
        word(proof, "text"),
        word(decision, "rule"),
        word(decision, "text_sha"),
        word(decision, "reason"),
        word(decision, "person"),
        word(decision, "second"),
        word(decision, "at"),
    )


def proof_of(decision: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the proof in a decision; empty where there is none."""
    found = decision.get(PROOF)
    return found if isinstance(found, Mapping) else {}


def public_of(seed: bytes) -> bytes:
    """Return the public half of a key, 32 bytes of Ed25519."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def mark_of(public: bytes) -> str:
    """Return the sixteen digits by which a key is named."""
    return hashlib.sha256(public).hexdigest()[:16]


def prove(look: Look, seed: bytes) -> dict[str, str]:
    """Return the proof of a look, as it stands in the decision."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.from_private_bytes(seed).sign(look.statement())
    return {
        "text": look.text,
        "key": mark_of(public_of(seed)),
        "signature": base64.b64encode(made).decode(),
    }


def holds(decision: Mapping[str, Any], public: bytes, *, team: str, post: str) -> bool:
    """Say whether this key signed the look that a decision says there was, at this very post."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        made = base64.b64decode(str(proof_of(decision).get("signature")), validate=True)
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(made, look_of(decision, team=team, post=post).statement())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
