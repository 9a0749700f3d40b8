"""What this desk saw of central's audit rows, and whether it goes on from there (security.md §6). Pure.

A desk keeps the signed checkpoints it saw. The first key it sees is the one it goes by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contract.checkpoint import Checkpoint, Key, origin_of, read_key, read_note, signed_by

MOST = 200
"""How many checkpoints a desk keeps; about a week and a half of hours with work in them."""

OLD_MOST = 50

SHORTENED, REWRITTEN, SIGNATURE, KEY = "shortened", "rewritten", "signature", "key"
RESTORED, REWOUND, REMADE = "restored", "rewound", "remade"


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that this desk saw: rows, link of the last, the signed note, when it came."""

    size: int
    link: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Told:
    """What central says with its tokens; as ``contract.messages.AuditState``."""

    checkpoint: str = ""
    key: str = ""
    size: int = 0
    link: str = ""
    restored_at: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """What a desk knows. ``seen``: the oldest first; ``old``: from before something did not connect.

    ``trouble`` stands until somebody says that it was looked into. ``offered``: another key that
    central gave then. ``restored_at``: the last putting back that this desk was told of;
    ``rewound_at``: when it noticed by itself that records went back.
    """

    team: str = ""
    key: str = ""
    seen: tuple[Seen, ...] = ()
    old: tuple[Seen, ...] = ()
    trouble: str = ""
    trouble_at: str = ""
    trouble_size: int = 0
    offered: str = ""
    restored_at: str = ""
    rewound_at: str = ""

    @property
    def size(self) -> int:
        """How many rows the newest checkpoint has that was seen; 0: none was."""
        return self.seen[-1].size if self.seen else 0

    @property
    def mark(self) -> str:
        """The key in digits that two people can compare; empty without one."""
        return read_key(self.key).mark() if self.key else ""

    @property
    def offered_mark(self) -> str:
        """The same of another key that central gave."""
        return read_key(self.offered).mark() if self.offered else ""


def heard(known: Witness, team: str, told: Told, now: str) -> Witness:
    """Return what the desk knows after central told how far its rows are signed."""
    if known.team != team:
        known = Witness(team)
    if not told.checkpoint:
        return _troubled(known, SHORTENED, told, now) if known.seen else known
    try:
        note = read_note(told.checkpoint)
        given = read_key(told.key)
    except ValueError:
        return _troubled(known, SIGNATURE, told, now)
    fits = note.checkpoint.origin == given.name == origin_of(team) and signed_by(note, given)
    if not fits:
        return _troubled(known, SIGNATURE, told, now)
    if known.key and known.key != told.key:
        if not signed_by(note, read_key(known.key)):
            return _troubled(replace(known, offered=told.key), KEY, told, now)
        # Both signed: the old key vouches for the new one.
    known = replace(known, key=told.key)
    why = _unconnected(known, note.checkpoint, told)
    if why:
        known = _troubled(known, why, told, now)
        known = replace(known, seen=(), old=(*known.old, *known.seen)[-OLD_MOST:])
    known = replace(known, restored_at=told.restored_at or known.restored_at)
    if note.checkpoint.size > known.size:
        new = Seen(note.checkpoint.size, note.checkpoint.link, told.checkpoint, now)
        known = replace(known, seen=(*known.seen, new)[-MOST:])
    return known


def looked_into(known: Witness) -> Witness:
    """Return what the desk knows after a person asked and was satisfied."""
    key, seen = known.key, known.seen
    if known.trouble == KEY and known.offered:
        key = known.offered
    return replace(
        known,
        key=key,
        seen=seen,
        trouble="",
        trouble_at="",
        trouble_size=0,
        offered="",
        rewound_at="",
    )


def remade(known: Witness, now: str) -> Witness:
    """Return what the desk knows after its own central began a new log: the old file was damaged.

    A desk that saw no rows yet has nothing to say.
    """
    begun = replace(known, key="", seen=(), old=(*known.old, *known.seen)[-OLD_MOST:])
    if not known.seen:
        return begun
    return replace(begun, trouble=REMADE, trouble_at=now, trouble_size=known.size)


def checked_with(known: Witness) -> Key | None:
    """Return the key the desk goes by."""
    return read_key(known.key) if known.key else None


def _unconnected(known: Witness, checkpoint: Checkpoint, told: Told) -> str:
    if not known.seen:
        return ""
    last = known.seen[-1]
    if checkpoint.size < last.size:
        return SHORTENED
    if checkpoint.size == last.size and checkpoint.link != last.link:
        return REWRITTEN
    if told.size == last.size and told.link != last.link:
        return REWRITTEN if told.link else SHORTENED
    return ""


def _troubled(known: Witness, why: str, told: Told, now: str) -> Witness:
    """Note the first trouble; a later one does not hide it."""
    if why in (SHORTENED, REWRITTEN):
        if told.restored_at and told.restored_at != known.restored_at:
            why = RESTORED
        elif known.rewound_at:
            why = REWOUND
    known = replace(known, restored_at=told.restored_at or known.restored_at)
    if known.trouble and known.trouble not in (RESTORED, REWOUND, REMADE):
        return known
    return replace(known, trouble=why, trouble_at=now, trouble_size=known.size)


@dataclass(frozen=True, slots=True)
class Words:
    """A trouble in words: what this desk saw, and what to do now."""

    title: str
    text: str


_ASK = "Bel wie de centrale beheert, en laat het de functionaris gegevensbescherming weten. "
_WORK = "U kunt gewoon doorwerken."

WORDS = {
    SHORTENED: Words(
        "Het logboek van de centrale is korter dan deze desk zag.",
        "Er stonden {size} regels, en een deel daarvan is weg. " + _ASK + _WORK,
    ),
    REWRITTEN: Words(
        "Het logboek van de centrale is veranderd.",
        "De eerste {size} regels zijn niet meer die van eerder. " + _ASK + _WORK,
    ),
    SIGNATURE: Words(
        "De handtekening onder het logboek van de centrale klopt niet.",
        "Deze desk kan niet nagaan of het logboek echt is. " + _ASK + _WORK,
    ),
    KEY: Words(
        "De centrale ondertekent het logboek met een andere sleutel.",
        "Vraag de beheerder van de centrale of die een nieuwe sleutel heeft, en vergelijk de cijfers "
        "hieronder. Kloppen ze niet, druk dan niet op de knop. " + _WORK,
    ),
    RESTORED: Words(
        "De centrale is teruggezet naar een kopie.",
        "Dat schreef de centrale zelf op, op {restored}. Daarom sluit het logboek niet aan op wat "
        "deze desk zag. Deze desk kan niet zien of er verder iets veranderde. Vraag de beheerder of "
        "het terugzetten klopt. " + _WORK,
    ),
    REWOUND: Words(
        "De centrale staat op een eerder moment dan deze desk zag.",
        "De gegevens gingen terug, en het logboek ook. Dat past bij een teruggezette kopie, maar "
        "niemand schreef het op. " + _ASK + _WORK,
    ),
    REMADE: Words(
        "Het logboek van de centrale op deze computer is opnieuw begonnen.",
        "Het bestand van de centrale was beschadigd en is opnieuw gemaakt. De {size} regels die deze "
        "desk zag, staan nog in het beschadigde bestand. Dat staat apart op deze computer. "
        + _WORK,
    ),
}
OWN_DOING = frozenset({RESTORED, REWOUND, REMADE})
"""Troubles that fit something a person here did; the others may be anybody's."""
