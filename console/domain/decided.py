"""Who decided about a post: control room, incident, who asked, consent (F38). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.clock import local
from contract.dutch import WORDS, word
from contract.vocabulary import Consent, MessageKind, Told

TOLD = "control_room"
"""The field that says whether the control room knows; empty: nobody said so."""

TOLD_WORDS: tuple[tuple[str, str], ...] = tuple(WORDS[Told].items())

LABELS: Mapping[str, str] = {
    TOLD: "Meldkamer op de hoogte",
    "incident_ref": "Incidentnummer",
    "asked_by": "Wie vroeg hierom",
    "consent_ground": "Reden zonder toestemming",
}
LIMITS: Mapping[str, int] = {"incident_ref": 60, "asked_by": 120, "consent_ground": 400}
"""The most characters of what is typed, as in the record kind."""

NO_CONSENT = "nog niet vastgelegd"


@dataclass(frozen=True, slots=True)
class Decided:
    """What is known of the decision behind a post. Times are stamps, ``…_by`` are names.

    ``control_room``: empty where nobody said. ``asks_consent``: it is about a missing person.
    """

    control_room: str = ""
    control_room_by: str = ""
    control_room_at: str = ""
    incident_ref: str = ""
    asked_by: str = ""
    consent: str = ""
    consent_ground: str = ""
    consent_by: str = ""
    consent_at: str = ""
    asks_consent: bool = False

    @property
    def consent_missing(self) -> bool:
        """Say whether this may not go out yet: no consent, and no reason why it may without."""
        if not self.asks_consent:
            return False
        return not self.consent or (
            self.consent == Consent.REASON and not self.consent_ground.strip()
        )


def decided_from(body: Mapping[str, Any], people: Mapping[str, str]) -> Decided:
    """Read the decision from a post; ``people`` gives names by id."""
    return Decided(
        str(body.get(TOLD) or ""),
        people.get(str(body.get("control_room_by") or ""), ""),
        str(body.get("control_room_at") or ""),
        str(body.get("incident_ref") or ""),
        str(body.get("asked_by") or ""),
        str(body.get("consent") or ""),
        str(body.get("consent_ground") or ""),
        people.get(str(body.get("consent_by") or ""), ""),
        str(body.get("consent_at") or ""),
        body.get("kind") == MessageKind.MISSING_PERSON,
    )


def answer_words(name: str, value: object) -> str:
    """Return one answer for a line in the log."""
    if not value:
        return "Teruggenomen"
    return word(str(value), Told if name == TOLD else Consent)


def given(by: str, at: str) -> str:
    """Return who gave an answer and when: "Lotte Brakel, 16:32"; empty where nobody did."""
    when = local(at)
    return ", ".join(part for part in (by, when.strftime("%H:%M") if when else "") if part)


def lines(one: Decided) -> tuple[tuple[str, str], ...]:
    """Return the decision as label and words, only what there is; a gap in consent is named."""
    made: list[tuple[str, str]] = []
    if one.asks_consent:
        made.append(("Toestemming", consent_words(one)))
    if one.control_room:
        made.append(("Meldkamer", _told(one)))
    if one.incident_ref:
        made.append(("Incidentnummer", one.incident_ref))
    if one.asked_by:
        made.append(("Gevraagd door", one.asked_by))
    return tuple(made)


def consent_words(one: Decided) -> str:
    """Return on what ground a missing person is named, who wrote that down, and when."""
    if one.consent_missing:
        return NO_CONSENT
    words = word(one.consent, Consent)
    if one.consent == Consent.REASON:
        words = f"Zonder: {one.consent_ground.strip()}"
    by = given(one.consent_by, one.consent_at)
    return f"{words} ({by})" if by else words


def words(one: Decided) -> str:
    """Return the whole decision in one line, for the log and the sheet; empty: nothing known."""
    return ". ".join(f"{label}: {said}" for label, said in lines(one))


def _told(one: Decided) -> str:
    said = answer_words(TOLD, one.control_room)
    by = given(one.control_room_by, one.control_room_at)
    return f"{said} ({by})" if by else said
