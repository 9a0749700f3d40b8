"""The answer of NL-Alert's public feed (formats.md §2a)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contract.reading.facts import lines_in, places_in, plates_in
from contract.reading.model import Alert, safe_id, text_of
from contract.reading.values import iso_of, polygons_of
from contract.vocabulary import AlertKind, AlertState

_WITHDRAWN = re.compile(r"\W{0,5}nl[ -]?alert\W{1,5}ingetrokken\b", re.IGNORECASE)
_FIELDS = frozenset({"message", "start_at", "stop_at"})


def is_nl_alert_item(item: object) -> bool:
    """Whether this is an item of the NL-Alert feed."""
    return isinstance(item, dict) and not _FIELDS.isdisjoint(item)


def read_nl_alert_items(items: Sequence[dict[str, Any]], at: datetime) -> tuple[Alert, ...]:
    """Give one alert per item; `at` decides whether its stop time has passed."""
    return tuple(_one(item, at) for item in items)


def dutch_part(message: str) -> str:
    """Give the part before the first ***: Dutch comes first, English and more after it."""
    parts = [part.strip() for part in message.split("***")]
    return next((part for part in parts if part), "")


def _one(raw: dict[str, Any], at: datetime) -> Alert:
    text = dutch_part(text_of(raw.get("message")))
    stops = iso_of(raw.get("stop_at"), utc_when_bare=True)
    state = _state(text, raw.get("stop_at"), stops, at)
    return Alert(
        AlertKind.PUBLIC_ALERT,
        state,
        text,
        id=safe_id(raw.get("id")),
        test=text_of(raw.get("type")).strip().lower() == "test",
        places=places_in(text),
        started_at=iso_of(raw.get("start_at"), utc_when_bare=True),
        ended_at=stops if state is AlertState.ENDED else None,
        polygons=polygons_of(raw.get("area")),
        plates=plates_in(text),
        phone_lines=lines_in(text),
    )


def _state(text: str, given: object, stops: datetime | None, at: datetime) -> AlertState:
    """Withdrawn or past its stop time: ended. No stop time: active. One we cannot read: unknown."""
    if _WITHDRAWN.match(text) or (stops is not None and stops <= at):
        return AlertState.ENDED
    if stops is None and given not in (None, ""):
        return AlertState.UNKNOWN
    return AlertState.ACTIVE
