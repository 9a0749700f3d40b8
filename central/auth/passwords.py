"""Passwords: what may be one, and the costly work on them, away from the event loop.

Source: security.md §3: argon2id with 64 MiB, 3 passes and 4 lanes; twelve characters; a block list.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from central.problems import Refusal
from central.settings import Settings
from contract.problems import ProblemCode

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SHORTEST = 12
"""Fewest characters of a password."""

_NAME_PART = 4
_VARIETY = 5
_LANES = 2
_WAITING = 32

TOO_SHORT = "Dit wachtwoord is te kort. Kies er een van 12 tekens of meer."
TOO_PLAIN = "Dit wachtwoord heeft te weinig verschillende tekens. Kies een ander."
TOO_COMMON = "Dit wachtwoord staat op de lijst van veelgebruikte wachtwoorden. Kies een ander."
TOO_NEAR = "Dit wachtwoord bestaat bijna alleen uit een naam die iedereen kent. Kies een ander."


def fault_of(password: str, names: Iterable[str]) -> str:
    """Return in Dutch why this may not be a password; empty when it may.

    ``names``: the account, the team and the person; a password may not be one of them with
    something small around it.
    """
    plain = _clean(password)
    if len(plain) < SHORTEST:
        return TOO_SHORT
    low = plain.casefold()
    if len(set(low)) < _VARIETY:
        return TOO_PLAIN
    bare = "".join(sign for sign in low if sign.isalpha())
    if low in _common() or low.rstrip("0123456789!?.@#$ ") in _common() or bare in _common():
        return TOO_COMMON
    rest = low
    for part in sorted(_parts(names), key=len, reverse=True):
        rest = rest.replace(part, "")
    if rest != low and len(rest) < SHORTEST // 2:
        return TOO_NEAR
    return ""


class Hasher:
    """Makes and checks hashes on two threads of its own, a bounded line in front of them.

    ``verified`` counts the checks: an unknown account costs one too (security.md §7, threat 15).
    """

    def __init__(self, settings: Settings) -> None:
        self._cost = (settings.hash_passes, settings.hash_memory_kib, settings.hash_lanes)
        self._line: ThreadPoolExecutor | None = None
        self._busy = 0
        self._closed = False
        self._nobody = ""
        self.verified = 0

    async def hash(self, password: str) -> str:
        """Return what is stored of a password. Raises ``overloaded`` when too many wait."""
        return await self._run(lambda: self._hasher().hash(_clean(password)))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Say whether this is the password; without one stored the same work is done."""
        return await self._run(lambda: self._verify(stored, password))

    def outdated(self, stored: str) -> bool:
        """Say whether a hash was made with another cost than is asked now."""
        return bool(self._hasher().check_needs_rehash(stored))

    def close(self) -> None:
        """Finish what runs; later work is refused."""
        self._closed = True
        if self._line is not None:
            self._line.shutdown(wait=True)

    def _verify(self, stored: str | None, password: str) -> bool:
        from argon2.exceptions import Argon2Error, InvalidHash

        hasher = self._hasher()
        if not self._nobody:
            self._nobody = hasher.hash("nobody has this one")
        self.verified += 1
        try:
            hasher.verify(stored or self._nobody, _clean(password))
        except (Argon2Error, InvalidHash):
            return False
        return stored is not None

    def _hasher(self) -> "PasswordHasher":
        # Imported at the first use: a desk with central inside never needs it.
        from argon2 import PasswordHasher

        passes, memory, lanes = self._cost
        return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._closed or self._busy >= _WAITING:
            raise Refusal(ProblemCode.OVERLOADED, retry_after_s=2)
        if self._line is None:
            self._line = ThreadPoolExecutor(_LANES, thread_name_prefix="central-hash")
        self._busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._line, work)
        finally:
            self._busy -= 1


def _clean(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _parts(names: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for name in names:
        low = name.casefold()
        words |= {low, low.replace(" ", "")}
        words |= set("".join(c if c.isalnum() else " " for c in low).split())
    return {word for word in words if len(word) >= _NAME_PART}


@cache
def _common() -> frozenset[str]:
    text = (Path(__file__).parent.parent / "shipped" / "common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line and line[0] != "#")
