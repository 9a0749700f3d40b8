"""The desk whose local file is damaged: what to tell, and beginning anew from central (§2)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.domain.failures import StorageTrouble
from console.paths import Profile
from console.storage import damage
from console.storage.connection import KEY_OR_DAMAGE, NOT_WRITABLE
from console.storage.damage import Left


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that does not open with a key that is surely the right one."""

    key: bytes
    left: Left

    def __repr__(self) -> str:
        return f"Damaged({self.left!r})"


def is_damage(trouble: StorageTrouble) -> bool:
    """Say whether the local file is damaged; the slots say whether the key is the right one."""
    return trouble.problem.code == KEY_OR_DAMAGE.code


def seen(profile: Profile, key: bytes) -> Damaged:
    """Look at what the damaged file still tells; changes nothing in it."""
    return Damaged(key, damage.left_in(profile.database, key))


def put_aside(profile: Profile, stamp: str) -> Path:
    """Give the damaged file another name. Raises StorageTrouble where that cannot be done."""
    try:
        return damage.put_aside(profile.database, stamp)
    except OSError:
        raise StorageTrouble(NOT_WRITABLE) from None


def words(left: Left) -> str:
    """Say in one sentence what of the work of this computer is not at central."""
    if left.unsent is None:
        return (
            "Wat hier nog niet verstuurd was, is niet meer te tellen. Vraag uw collega's wat zij "
            "het laatst deden en kijk dat na."
        )
    parts = [_things(left.unsent, "wijziging was", "wijzigingen waren", "nog niet verstuurd")]
    if left.undecided:
        parts.append(
            _things(left.undecided, "ding wachtte", "dingen wachtten", "op een beslissing")
        )
    elif not left.unsent:
        return "Alles wat hier was vastgelegd, was al verstuurd. Er gaat niets verloren."
    return f"{' en '.join(parts)}. Dat moet u opnieuw doen."


def _things(count: int, one: str, more: str, rest: str) -> str:
    return f"{count} {one if count == 1 else more} {rest}"
