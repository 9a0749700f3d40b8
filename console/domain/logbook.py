"""Who saw, copied, placed and changed what, as the page Logboek shows it (F54). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from console.domain.acts import HISTORY, command_words, history_words, known, the
from contract.audited import EXPORTED, LOGGED, NO_PROOF, REMADE, RESTORED, SEARCHED

SEEN, COPIED, PLACED, GIVEN, CHANGED, KEPT = "seen", "copied", "placed", "given", "changed", "kept"

GROUP_WORDS: Mapping[str, str] = {
    "": "Alles",
    SEEN: "Bekeken",
    COPIED: "Gekopieerd",
    PLACED: "Geplaatst",
    GIVEN: "Verstrekt of meegenomen",
    CHANGED: "Veranderd",
    KEPT: "Beheer",
}
"""What the page offers to look for."""

_LINES: Mapping[str, tuple[str, ...]] = {
    SEEN: ("card_shown", "numbers_shown", "invite_shown", "photo_previewed", "archive_asked"),
    COPIED: ("copied", "answer_copied", "photo_copied"),
    PLACED: ("placed", "not_placed", "unknown", "cannot_see", "recorded"),
    GIVEN: ("provided", "signup_passed_on", "exported", "subject_export"),
    KEPT: (
        "person_added",
        "person_left",
        "roles_changed",
        "passphrase_changed",
        "region_changed",
        "feeds_changed",
        "lookups_changed",
        "sharing_changed",
    ),
}

_OWN: Mapping[str, Mapping[str, str]] = {
    SEEN: {
        SEARCHED: "Logboek bekeken",
        "neighbours_read": "Berichten van buurteams bekeken",
        "archive_asked": "Oude melding opgevraagd",
    },
    GIVEN: {
        EXPORTED: "Logboek meegenomen",
        "neighbours_given": "Berichten aan een buurteam gegeven",
    },
    KEPT: {
        "account_added": "Account gemaakt",
        "account_removed": "Account weggehaald",
        "account_bound": "Account verbonden met de organisatie",
        "account_started_anew": "Account opnieuw begonnen",
        "account_activated": "Account in gebruik genomen",
        "password_changed": "Wachtwoord veranderd",
        "second_factor_on": "App met codes aangezet",
        "looking_key_set": "Sleutel voor meekijken vastgelegd",
        "device_revoked": "Desk ingetrokken",
        "device_restored": "Desk weer toegelaten",
        "intake_key_made": "Sleutel van een formulier gemaakt",
        "intake_key_ended": "Sleutel van een formulier ingetrokken",
        RESTORED: "Centrale teruggezet naar een kopie",
        "archived": "Van de desks gehaald na de termijn",
        "destroyed": "Vernietigd na de termijn",
        "contact_erased": "Gegevens van een beheerder gewist",
        "retention_resumed": "Vernietigen weer aangezet",
    },
    CHANGED: {
        "create": "Nieuw opgeslagen",
        "update": "Gegevens veranderd",
        "delete": "Verwijderd",
        "set_up": "Gemaakt bij het begin",
        "join": "Meegebracht bij het aansluiten",
        REMADE: "Overgenomen van de desk na schade",
        "feed": "Door een bron veranderd",
        NO_PROOF: "Uitgegeven zonder bewijs dat de collega meekeek",
        "kept": "Vastgelegd bij de overdracht",
    },
}

_KINDS: Mapping[str, str] = {
    "account": "account",
    "device": "desk",
    "looking_key": "persoon",
    "intake_key": "formulier",
    "team": "team",
}

_SETTINGS: Mapping[str, str] = {
    "allowed_terms": "de lijst Woorden",
    "feeds": "Bronnen",
    "lookups": "Opzoeken",
    "neighbours": "delen met buurteams",
    "region": "Regio",
    "retention": "Bewaren",
    "member_limit": "de grens van leden in een groep",
    "figures": "Cijfers",
    "team-phone": "de nummers op de teamtelefoon",
}
"""What the settings of the team are called, and what else stands as one in a log line."""

LOOKED_AT = "audit"
"""The kind of a row about the log itself; its record is the person that was looked at, if any."""

PERIODS: Mapping[str, str] = {"": "Altijd", "1": "24 uur", "7": "7 dagen", "31": "31 dagen"}
"""How far back the page looks, in days."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; empty parts restrict nothing. ``days``: how far back, 0: to the start."""

    person: str = ""
    group: str = ""
    kind: str = ""
    record: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit row of central."""

    n: int
    at: str
    person: str
    device: str
    act: str
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row in words. ``why``: the reason that was given, and to whom it went."""

    id: str
    at: str
    who: str
    station: str
    what: str
    about: str
    why: str
    group: str


class Logbook(Protocol):
    """The audit rows of the team's central. All that is awaited raises Refused."""

    async def find(self, asked: Asked, before: int) -> tuple[Sequence[Entry], int]:
        """Return a page, the youngest first, and where the next one ends; 0: there is none."""
        ...

    async def take_along(self, path: Path) -> int:
        """Write every row with chain and checkpoints to a file; returns how many lines."""
        ...


def acts_of(group: str) -> tuple[str, ...]:
    """Return the acts that a group of the page stands for; none: all of them."""
    if not group:
        return ()
    lines = tuple(f"{LOGGED}{one}" for one in _LINES.get(group, ()))
    own = tuple(_OWN.get(group, {}))
    more = tuple(sorted({name for _, name in known()})) if group == CHANGED else ()
    return tuple(dict.fromkeys((*lines, *own, *more)))


def group_of(act: str) -> str:
    """Return the group an act belongs to; ``changed`` for what belongs to no other."""
    word = act.removeprefix(LOGGED)
    for group in (SEEN, COPIED, PLACED, GIVEN, KEPT):
        if act in _OWN.get(group, {}) or (act != word and word in _LINES[group]):
            return group
    return CHANGED


def what_words(act: str, kind: str) -> str:
    """Return in words what was done."""
    for words in _OWN.values():
        if act in words:
            return words[act]
    word = act.removeprefix(LOGGED)
    if act == word and (said := command_words(kind, word)):
        return said
    if act != word or word in HISTORY:
        return history_words(word, kind)
    return word.replace("_", " ").capitalize()


def about_words(kind: str, title: str, record: str) -> str:
    """Return in words what it was done to."""
    if kind == LOOKED_AT:
        return title
    if kind == "setting" and record in _SETTINGS:
        return _SETTINGS[record]
    thing = _KINDS.get(kind) or the(kind)
    return f"{thing} {title}".strip() if title else f"{thing} {record[-6:]}".strip()
