"""A post as it is being written: everything a preview needs, without asking the file again (D07)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.post import Template
from contract.vocabulary import MessageKind, Outcome, PostType

OUTCOME = "_outcome"
"""The reserved value that holds the outcome of a feedback (F23)."""

UNDECIDED = """Terugkoppeling: {{onderwerp|kaal}}

Ons bericht van {{tijd}}: [hoe is het afgelopen].{% if zin %} {{zin|zin}}{% endif %}"""
"""What a feedback looks like before its outcome is chosen; the guard stops it."""

RESERVED = frozenset({OUTCOME, "_origin"})
"""Values that are not fields of a template."""

MAX_VALUE = 4000
"""The most characters of one field."""

_MAN = re.compile(r"\b(?:heer|man|jongen|jongeman|meneer|hij|broer|vader|opa)\b", re.IGNORECASE)
_WOMAN = re.compile(
    r"\b(?:mevrouw|vrouw|meisje|dame|zij|zus|moeder|oma|jongedame)\b", re.IGNORECASE
)
_TEAM = re.compile(r"^(?:politie\s+)?(?:basisteam|team)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """One ticked group: ``area_name`` stands in line one of its text."""

    group_id: str
    group_name: str
    area_name: str
    placement_id: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft with all that the composing and the guard ask of the file."""

    post_id: str
    type: str
    kind: str
    template: Template | None
    values: Mapping[str, str]
    team: str
    targets: tuple[Target, ...]
    training: bool
    alert_id: str = ""
    alert_state: str = ""
    alert_state_at: str = ""
    consent: str = ""
    consent_ground: str = ""
    unseen_reason: str = ""
    decisions: tuple[Mapping[str, Any], ...] = ()
    names: frozenset[str] = frozenset()
    allowed_terms: frozenset[str] = frozenset()
    text: str = ""
    urgent: bool | None = None

    def target(self, group_id: str) -> Target:
        """Return the ticked group with this id; an empty one where it is not ticked."""
        for one in self.targets:
            if one.group_id == group_id:
                return one
        return Target(group_id, "", "")


def team_in_header(name: str) -> str:
    """Return the team's name as it stands behind POLITIE: without "Basisteam" (F28)."""
    return _TEAM.sub("", name.strip())


def list_title(
    kind: str, values: Mapping[str, str], *, first_field: str, template_name: str, area_name: str
) -> str:
    """Return the title a post has in lists: what and where, never a name (F26).

    It also becomes the subject of the feedback, where a name may not stand.
    """
    if kind in (MessageKind.MISSING_PERSON, MessageKind.CONFUSED_PERSON):
        words = " ".join(values.get(name, "") for name in ("wie", "gedrag", "uiterlijk"))
        who = "persoon"
        if bool(_MAN.search(words)) != bool(_WOMAN.search(words)):
            who = "man" if _MAN.search(words) else "vrouw"
        what = "Vermiste" if kind == MessageKind.MISSING_PERSON else "Verwarde"
        return f"{what} {who}, {area_name}" if area_name else f"{what} {who}"
    first = " ".join(values.get(first_field, "").split()).rstrip(".")
    if not first:
        return template_name
    if kind == MessageKind.FEEDBACK:
        return f"Terugkoppeling: {first}"[:160]
    if kind == MessageKind.CORRECTION:
        return f"Bericht van {first} vervalt"[:160]
    return (first[:1].upper() + first[1:])[:160]


def subject_of(title: str) -> str:
    """Return a title as the subject of a feedback: it goes on after a colon."""
    if title[1:2].isupper():
        return title
    return title[:1].lower() + title[1:]


def asks_feedback(post_type: str) -> bool:
    """Say whether a post of this type starts the feedback clock (F30)."""
    return post_type in (PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED)


def is_final(outcome: str) -> bool:
    """Say whether an outcome ends the clock; still running only moves it (F30)."""
    return bool(outcome) and outcome != Outcome.STILL_RUNNING
