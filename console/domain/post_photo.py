"""The photo of a post as screens show it: what was said of it, and what is still to be done (F27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contract.rules.photo import ALLOWING, LONGEST_DAYS, unstated

USUAL_DAYS = 14
"""How long a photo stands where nobody says otherwise: as long as most searches last."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a photo. ``expires_on`` is its last day, as ``2026-11-22``."""

    source: str = ""
    permission_by: str = ""
    permission_for: str = ""
    reason: str = ""
    expires_on: str = ""

    def fields(self) -> dict[str, str]:
        """Return the fields of the record, without blanks around the words."""
        return {name: getattr(self, name).strip() for name in self.__slots__}

    def missing(self) -> tuple[str, ...]:
        """Return the names of what is still empty."""
        return unstated(self.fields())


@dataclass(frozen=True, slots=True)
class Removal:
    """One group where a photo is to be taken away in WhatsApp. ``state``: open, done, dropped."""

    id: str
    title: str
    state: str
    due_at: str
    done_by_name: str
    done_at: str


@dataclass(frozen=True, slots=True)
class DuePhoto:
    """A post whose photo must go in so many groups by now; ``due_at`` of the one due longest."""

    post_id: str
    title: str
    groups: int
    due_at: str


@dataclass(frozen=True, slots=True)
class PostPhoto:
    """The photo of one post. ``over``: its last day went by, and its bytes are erased.

    ``previewed``: this person saw it beside the text, on this desk or another. ``content`` as of a
    photo of a report. An empty ``id``: the post has none.
    """

    post_id: str
    post_kind: str
    post_title: str
    post_status: str
    report_id: str
    id: str = ""
    name: str = ""
    type: str = ""
    state: str = ""
    content: str = ""
    said: Said = Said()
    made_by_name: str = ""
    made_at: str = ""
    over: bool = False
    previewed: bool = False
    removals: tuple[Removal, ...] = ()

    @property
    def allowed(self) -> bool:
        """Say whether this kind of message may carry a photo."""
        return self.post_kind in ALLOWING

    @property
    def editable(self) -> bool:
        """Say whether a photo may still be added or taken away."""
        return self.allowed and self.post_status in ("draft", "ready")


@dataclass(frozen=True, slots=True)
class CopyablePhoto:
    """A photo the gate let through, for one group; made by ``gate.passes_photo`` only."""

    data: bytes
    type: str
    group_name: str


def check_day(text: str, today: date) -> str | None:
    """Return a last day as it is kept; None where it is no day, gone by, or too far ahead.

    Understands ``2026-12-06``, ``6-12-2026`` and ``6-12``, the next one.
    """
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 2:
            found = date(today.year, numbers[1], numbers[0])
            if found < today:
                found = date(today.year + 1, numbers[1], numbers[0])
        elif len(numbers) == 3 and numbers[0] > 31:
            found = date(*numbers)
        elif len(numbers) == 3:
            found = date(numbers[2], numbers[1], numbers[0])
        else:
            return None
    except ValueError:
        return None
    return found.isoformat() if 0 <= (found - today).days <= LONGEST_DAYS else None


def said_of(body: Mapping[str, object]) -> Said:
    """Return what a record says of its photo."""
    return Said(**{name: str(body.get(name) or "") for name in Said.__slots__})
