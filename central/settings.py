"""What central needs to know to start."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the records stand and who may set up or sign in without a passphrase.

    ``key``: the 32 bytes that open the file. ``secret``: made anew at every start of the desk that
    carries this central; empty means that nobody signs in that way.
    """

    path: Path
    key: bytes = field(repr=False)
    secret: str = field(default="", repr=False)
    access_minutes: int = 15
    refresh_hours: int = 24
    readers: int = 2
