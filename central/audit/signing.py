"""What checkpoints are signed with: a seed in the records, or one that the environment gives.

A key that was followed by another goes on signing beside it for ``BOTH_DAYS``, so that a desk that
knows the old one learns the new one from a checkpoint that both signed.
"""

import os
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from central.audit import repository
from central.clock import stamp
from central.problems import Unusable
from contract.checkpoint import SEED_BYTES, Key, key_of, origin_of

SEED_VARIABLE = "BUURTDESK_CENTRAL_AUDIT_KEY"
BOTH_DAYS = 100

BAD_SEED = (
    "bad-audit-key",
    f"De sleutel in {SEED_VARIABLE} klopt niet: dat zijn 64 tekens, 0-9 en a-f.",
)


def given() -> bytes:
    """Return the seed that the environment gives; empty where it gives none. Raises ``Unusable``."""
    words = os.environ.get(SEED_VARIABLE, "").strip()
    if not words:
        return b""
    try:
        seed = bytes.fromhex(words)
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES or len(words) != 2 * SEED_BYTES:
        raise Unusable(*BAD_SEED)
    return seed


def seeds(conn: Connection, seed: bytes, moment: datetime) -> list[bytes]:
    """Return what signs now, the present key first; the first time a key is made.

    ``seed``: given by the environment, or empty. One that was never seen ends the key before.
    """
    now = stamp(moment)
    known = repository.keys(conn)
    present = [one for one in known if one.ended_at is None]
    if seed:
        public = key_of("", seed).public.hex()
        if all(one.public != public for one in present):
            if any(one.public == public for one in known):
                repository.go_on_with(conn, public, now)
            else:
                repository.add_key(conn, public, None, now)
            known = repository.keys(conn)
        first = seed
    elif present and present[0].seed:
        first = bytes.fromhex(present[0].seed)
    else:
        first = new(conn, moment)
    since = stamp(moment - timedelta(days=BOTH_DAYS))
    mine = key_of("", first).public.hex()
    older = [
        bytes.fromhex(one.seed)
        for one in reversed(repository.keys(conn))
        if one.seed and one.ended_at and one.ended_at >= since and one.public != mine
    ]
    return [first, *older]


def new(conn: Connection, moment: datetime) -> bytes:
    """Make a key in the records; the one before ends."""
    seed = secrets.token_bytes(SEED_BYTES)
    repository.add_key(conn, key_of("", seed).public.hex(), seed.hex(), stamp(moment))
    return seed


def keys(conn: Connection, team: str) -> list[Key]:
    """Return the keys that check the checkpoints of a team, the present one first."""
    known = sorted(repository.keys(conn), key=lambda one: (one.ended_at is not None, one.made_at))
    return [Key(origin_of(team), bytes.fromhex(one.public)) for one in known]
