"""The desk whose local file is damaged: what to tell, and beginning anew from central (§2)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.failures import StorageTrouble
from console.paths import Profile
from console.storage import damage
from console.storage.connection import KEY_OR_DAMAGE, NOT_WRITABLE
from console.storage.damage import Left

if TYPE_CHECKING:
    from console.app.options import Central
    from console.views.gates.damaged import DamageWords


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


def both_damaged(profile: Profile, central: Central) -> bool:
    """Say whether the file of the central here is gone or cannot be read either. Slow: reads it all."""
    damage.note(profile.central_database)
    return central.damage()


def page_words(left: Left, *, elsewhere: bool, both: bool = False) -> DamageWords:
    """Return what the page says of a desk's file that is damaged; ``both``: central's too."""
    from console.views.gates.damaged import DamageWords

    if both:
        return both_words()
    where = "bij de centrale van uw team" if elsewhere else "uit de centrale op deze computer"
    step = f"De desk kan alles opnieuw ophalen {where}."
    if elsewhere:
        step += " Daarna meldt u zich aan met uw account."
    return DamageWords(
        "Het bestand van deze desk is beschadigd",
        step,
        words(left),
        "Wat verstuurd is, staat bij de centrale. Het beschadigde bestand wordt opzij gezet: het "
        "blijft versleuteld op deze computer staan, zo lang als uw team bij Bewaren koos.",
        "Haal alles opnieuw op",
    )


def both_words() -> DamageWords:
    """Return what the page says where nothing on this computer can be made anew."""
    from console.views.gates.damaged import DamageWords

    return DamageWords(
        "Beide bestanden op deze computer zijn beschadigd",
        "Het bestand van de desk en dat van de centrale zijn allebei niet heel. De desk kan het ene "
        "niet opnieuw maken uit het andere.",
        "Is er een kopie van de map van de desk? Dan zet de beheerder van deze computer die terug. "
        "Wat na die kopie is gedaan, doet u opnieuw. Is er geen kopie, dan begint u met een lege desk "
        "of bij de centrale van een team.",
        "Er is niets gewijzigd en niets gewist. Bewaar deze map, ook als er een kopie wordt "
        "teruggezet.",
    )


def _things(count: int, one: str, more: str, rest: str) -> str:
    return f"{count} {one if count == 1 else more} {rest}"
