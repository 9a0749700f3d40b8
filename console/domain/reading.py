"""From what was read in a Burgernet text to the fields of a template: proposals only (F35).

A value is filled in only where the text says it; what was not read stays empty and the guard asks
for it. Nothing is guessed.
"""

from collections.abc import Iterable, Mapping

from console.domain.alert import ReadAlert, ReadFact
from console.domain.post import Template
from contract.vocabulary import AlertKind, AlertSource, MessageKind

LABELS: Mapping[str, str] = {
    "kind": "Soort",
    "who": "Wie",
    "last_seen_time": "Wanneer",
    "last_seen_place": "Waar",
    "condition_direction": "Toestand",
    "clothing": "Kleding",
    "appearance": "Uiterlijk",
    "description": "Omschrijving",
    "vehicle": "Voertuig",
    "phone_line": "Bel",
    "plate": "Kenteken",
    "municipality": "Gemeente",
    "place": "Plaats",
    "reference": "Nummer",
    "ended": "Beëindigd?",
}
"""The words beside the facts on screen, in their order."""

ALWAYS_SHOWN = frozenset(
    "kind who last_seen_time last_seen_place appearance phone_line plate ended".split()
)
"""Facts that are shown as "niet gevonden" where the text does not say them."""

_BURGERNET = frozenset(
    {AlertSource.BURGERNET_TEXT, AlertSource.BURGERNET_ALERTS, AlertSource.BURGERNET_ACTIONS}
)
MISSING = frozenset({AlertKind.MISSING_PERSON, AlertKind.MISSING_CHILD, AlertKind.AMBER})
"""Alerts about a person who is missing."""

_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    MessageKind.MISSING_PERSON: {
        "wie": ("who",),
        "tijd": ("last_seen_time",),
        "plaats": ("last_seen_place",),
        "toestand": ("condition_direction",),
        "uiterlijk": ("clothing", "appearance"),
    },
    MessageKind.CONFUSED_PERSON: {
        "gedrag": ("condition_direction",),
        "tijd": ("last_seen_time",),
        "plaats": ("last_seen_place",),
        "uiterlijk": ("clothing", "appearance"),
    },
    MessageKind.LOOKOUT: {
        "gezocht": ("description",),
        "tijd": ("last_seen_time",),
        "plaats": ("last_seen_place",),
        "richting": ("condition_direction",),
        "uiterlijk": ("clothing", "appearance"),
        "voertuig": ("vehicle", "plate"),
    },
    MessageKind.WITNESS_APPEAL: {
        "tijd": ("last_seen_time",),
        "plaats": ("last_seen_place",),
        "verhaal": ("description",),
    },
    MessageKind.WARNING: {
        "wat": ("description",),
        "tijd": ("last_seen_time",),
        "plaats": ("last_seen_place",),
        "uiterlijk": ("clothing", "appearance"),
    },
}


def values_from(facts: Iterable[ReadFact], template: Template) -> dict[str, str]:
    """Return the values that were read for the fields of a template; only those."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.value:
            found.setdefault(fact.name, fact.value)
    made: dict[str, str] = {}
    for name, sources in _FIELDS.get(template.kind, {}).items():
        parts = [found[source] for source in sources if found.get(source)]
        if not parts:
            continue
        if name == "voertuig" and found.get("plate"):
            parts[-1] = f"kenteken {parts[-1]}"
        if name == "plaats" and found.get("place") and found["place"] not in parts[0]:
            parts.append(found["place"])
        if name == "uiterlijk":
            parts = [part.rstrip(". ") for part in parts]
            made[name] = ". ".join([parts[0], *(part[:1].upper() + part[1:] for part in parts[1:])])
        else:
            made[name] = ", ".join(parts)
    names = {field.name for field in template.fields}
    return {name: value for name, value in made.items() if name in names}


def gives_consent(read: ReadAlert) -> bool:
    """Say whether this is a recognised Burgernet text about a missing person.

    Only then the control room has already settled that the family agrees (F38).
    """
    return (
        read.recognised
        and not read.test
        and read.source in _BURGERNET
        and read.kind in MISSING
        and read.template_kind == MessageKind.MISSING_PERSON
    )


def value_of(facts: Iterable[ReadFact], name: str) -> str:
    """Return the first value of this fact, empty where it was not read."""
    return next((fact.value for fact in facts if fact.name == name and fact.value), "")
