"""The central that this desk carries has a damaged file: made anew from the desk's own (§2).

Nothing is touched before the new file is whole. That it is whole is written down in the desk's file;
from there ``finish`` goes on, now or at the next start, and every step of it may be done twice.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.bridge import settled
from console.domain.clock import stamp
from console.domain.failures import Problem, StorageTrouble
from console.storage import damage
from console.storage.connection import DISK_FULL, NOT_WRITABLE
from contract.remaking import DAMAGED, Left, Remade

if TYPE_CHECKING:
    from console.app.opening import Opened, Opener
    from console.app.options import Central
    from console.paths import Profile

CENTRAL_DAMAGED = Problem(
    DAMAGED,
    "Het bestand van de centrale op deze computer is beschadigd of weg.",
    "Het bestand van de desk is niet aangeraakt: uw werk staat er nog.",
)
NOT_MADE = Problem(
    "central-not-made",
    "De centrale kon niet opnieuw worden gemaakt. Er is niets gewijzigd.",
    "Probeer het nog eens. Lukt het weer niet? Vraag hulp aan de beheerder van deze computer.",
)
_ENDS = ("-wal", "-shm", "")


@dataclass(frozen=True, slots=True)
class DamagedCentral:
    """A damaged file of central beside a desk's file that opened. ``photos``: not at the desk."""

    left: Left
    photos: frozenset[str] = field(default_factory=frozenset)
    team: str = ""


def central_at(opener: Opener, path: Path, key: bytes) -> Central:
    """Return the central that this desk carries, on this file; not opened."""
    return opener.make_central(path, key, secrets.token_urlsafe(32), opener.clock.now)


def must_be_whole(profile: Profile, central: Central, store: Any) -> None:
    """Refuse to open a central whose file is damaged, or gone where the desk had one before.

    Raises StorageTrouble with ``CENTRAL_DAMAGED``. A desk that is new has no file of central yet.
    """
    from console.storage.remaking import team_of

    if not profile.central_database.exists() and not store.read(team_of).result():
        return
    if central.damage():
        raise StorageTrouble(CENTRAL_DAMAGED)


async def look(opener: Opener, opened: Opened) -> DamagedCentral:
    """Say what the damaged file still tells, and which photos only it could have."""
    from console.storage.remaking import photos_elsewhere, team_of

    team = await settled(opened.store.read(team_of))
    central = central_at(opener, opener.profile.central_database, opened.key)
    left = await asyncio.to_thread(central.left, team)
    now = stamp(opener.clock.now())
    photos = await settled(opened.store.read(lambda conn: photos_elsewhere(conn, now)))
    return DamagedCentral(left, photos, team)


async def remake(
    opener: Opener, opened: Opened, name: str, told: Callable[[int, int], None]
) -> Remade:
    """Make a new file from the desk's, and give it central's name. ``name``: of the team.

    Raises Refused where the desk has no whole copy, and StorageTrouble where a file cannot be read
    or written. Then nothing was changed.
    """
    from console.storage import remaking as stored

    profile = opener.profile
    records = await settled(opened.store.read(stored.everything))
    team = await settled(opened.store.read(stored.team_of))
    central = central_at(opener, profile.new_central, opened.key)

    def fill() -> Remade:
        drop(profile.new_central)
        return central.remake(profile.central_database, (team, name), records, told)

    try:
        made = await asyncio.to_thread(fill)
    except Exception as trouble:
        await asyncio.to_thread(drop, profile.new_central)
        raise StorageTrouble(_said(trouble)) from trouble
    await settled(
        opened.store.write(lambda conn: stored.is_ready(conn, team, log_kept=made.log_kept))
    )
    await asyncio.to_thread(finish, opened, stamp(opener.clock.now()))
    return made


def finish(opened: Opened, now: str) -> None:
    """Do what is left once a new file is whole; else drop one that never became so. On a worker."""
    from console.storage import remaking as stored

    profile = opened.profile
    own, new = profile.central_database, profile.new_central
    kept = opened.store.read(stored.under_way).result()
    if not kept:
        drop(new)
        return
    try:
        if new.exists():
            if own.exists():
                damage.put_aside(own, now[:10])
            for end in _ENDS:
                own.with_name(own.name + end).unlink(missing_ok=True)
            damage.forget_note(own)
            new.rename(own)
    except OSError:
        raise StorageTrouble(NOT_WRITABLE) from None
    team, log_kept = str(kept["team"]), bool(kept["log_kept"])
    opened.store.write(lambda conn: stored.go_on(conn, team, now, log_kept=log_kept)).result()


def drop(path: Path) -> None:
    """Remove a new file that is not whole, with its log."""
    for end in _ENDS:
        path.with_name(path.name + end).unlink(missing_ok=True)


def _said(trouble: Exception) -> Problem:
    code = getattr(getattr(trouble, "code", None), "value", "")
    full = code == "storage-full" or "full" in str(getattr(trouble, "orig", trouble)).lower()
    return DISK_FULL if full else NOT_MADE


def lost_words(found: DamagedCentral) -> tuple[str, ...]:
    """Say what is surely lost, and what comes along as far as it can be read, one line each."""
    left = found.left
    if left.log_rows is None:
        said = ["Het logboek is niet meer te tellen. Is het niet heel, dan begint het opnieuw."]
    else:
        rows = _count(left.log_rows, "regel", "regels")
        said = [f"Het logboek heeft {rows}. Is het niet meer heel, dan begint het opnieuw."]
    if left.old is None:
        said.append(
            "Hoeveel oude meldingen alleen bij de centrale staan, is niet meer te tellen. Wat "
            "leesbaar is, gaat mee."
        )
    elif left.old:
        what = _count(left.old, "oud gegeven staat", "oude gegevens staan")
        said.append(f"{what} alleen bij de centrale. Wat leesbaar is, gaat mee.")
    only = found.photos if left.photos is None else found.photos & left.photos
    if found.photos - only:
        what = _count(len(found.photos - only), "foto is", "foto’s zijn")
        said.append(f"{what} nergens meer.")
    if only:
        what = _count(len(only), "foto staat", "foto’s staan")
        said.append(f"{what} niet op deze desk. Wat leesbaar is, gaat mee.")
    return tuple(said)


def made_words(found: DamagedCentral, made: Remade) -> str:
    """Say what stands in the new file and what is gone, with counts."""
    said = [f"De centrale is opnieuw gemaakt met {_count(made.records, 'gegeven', 'gegevens')}."]
    gone = []
    if found.left.old is not None and found.left.old > made.old:
        gone.append(_count(found.left.old - made.old, "oud gegeven", "oude gegevens"))
    lost = found.photos - made.photos
    if lost:
        gone.append(_count(len(lost), "foto", "foto’s"))
    if gone:
        said.append(f"Weg: {' en '.join(gone)}.")
    if found.left.old is None:
        said.append(f"Oude gegevens die mee konden: {made.old}.")
    if not made.log_kept:
        said.append("Het logboek begint opnieuw.")
    return " ".join(said)


def _count(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}".replace(",", ".")
