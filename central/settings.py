"""What central needs to know to start."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider that an organisation signs its people in with (OpenID Connect, security.md §3).

    ``issuer`` empty: there is none. ``name``: what its button at the desk calls it. ``claim``: which
    claim of the identity token names the account; where it holds an ``@``, what follows must be
    ``domain``. ``second_factor``: whether ``amr`` with ``mfa`` in it, not older than twelve hours,
    counts as a second factor; ``acr``: then this level is asked for and needed too. ``path``: the
    path that people come back to at their desk, for a provider that takes one fixed path only;
    empty: made anew each time. ``inside``: the provider may have an address of the own network.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    name: str = ""
    claim: str = "preferred_username"
    domain: str = ""
    second_factor: bool = False
    acr: str = ""
    path: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the records stand and who may set up or sign in without a passphrase.

    ``database``: ``postgresql://...`` keeps the records on that server, ``path`` and ``key`` are
    not used then; empty keeps them in the encrypted file. ``key``: the 32 bytes that open the
    file. ``secret``: made anew at every start of the desk that carries this central; empty means
    that nobody signs in that way. ``writers``: how many write at once on PostgreSQL; the file has
    one writer. ``hash_memory_kib``, ``hash_passes``, ``hash_lanes``: the cost of a password
    (argon2id). ``device_rate``: requests a second per desk, ``device_burst`` at once; 0: no limit.
    ``intake_rate`` and ``intake_burst``: the same per key of an outside report form. ``lookup_rate``
    and ``lookup_burst``: the same for look-ups outside. ``outside``: whether central may ask sources
    outside at all; which of them is for each team to choose. ``provider``: where people of the
    organisation may sign in; it does not depend on ``outside``. ``audit_seed``: the 32 bytes that
    checkpoints are signed with; empty: central makes its own and keeps it in the records.
    """

    path: Path = Path("central.db")
    key: bytes = field(default=b"", repr=False)
    secret: str = field(default="", repr=False)
    access_minutes: int = 15
    refresh_hours: int = 24
    readers: int = 2
    database: str = field(default="", repr=False)
    writers: int = 8
    hash_memory_kib: int = 65_536
    hash_passes: int = 3
    hash_lanes: int = 4
    device_rate: float = 10.0
    device_burst: int = 20
    intake_rate: float = 1.0
    intake_burst: int = 30
    lookup_rate: float = 0.5
    lookup_burst: int = 10
    outside: bool = True
    audit_seed: bytes = field(default=b"", repr=False)
    provider: Provider = Provider()

    def place(self) -> Path | str:
        """Return where the records stand, as ``Database.open`` takes it."""
        return self.database or self.path
