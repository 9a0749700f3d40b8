"""Snapshots of running alerts and of what was read from a pasted text (F35, F37)."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.report import HistoryLine


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert in the list. ``section``: running, unknown or ended.

    ``waits``: a post about it stands in a group and owes an outcome.
    """

    id: str
    title: str
    place: str
    source: str
    kind: str
    section: str
    state: str
    state_at: str
    started_at: str
    ended_at: str
    received_at: str
    test: bool
    done: str
    post_id: str = ""
    draft_id: str = ""
    draft_author: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class AlertCard:
    """Everything the desk shows of one alert; ``original`` is as it came, byte for byte."""

    row: AlertRow
    municipality: str
    original: str
    closing_text: str
    reference: str
    plates: tuple[str, ...]
    phone_lines: tuple[str, ...]
    posts: tuple[tuple[str, str, str], ...]
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One fact read from a pasted text, with the span it was read from. Absent: value empty."""

    name: str
    label: str
    value: str
    start: int = 0
    end: int = 0
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ReadAlert:
    """What was read from a pasted or opened Burgernet message, before anything is kept (F35).

    ``circle`` and ``polygons`` are in degrees, as the record keeps them; only feeds say them.
    """

    original: bytes
    text: str
    recognised: bool
    source: str
    kind: str
    state: str
    title: str
    test: bool
    facts: tuple[ReadFact, ...]
    template_kind: str
    area_ids: tuple[str, ...]
    area_choices: tuple[tuple[str, str], ...]
    known_alert_id: str = ""
    circle: Mapping[str, float] | None = None
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
