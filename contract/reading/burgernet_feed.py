"""Burgernet's two feeds: AMBER and Vermist Kind alerts, and local actions (formats.md §1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from contract.reading.facts import lines_in, places_in, plates_in
from contract.reading.kind import find_ended, kind_of
from contract.reading.model import MAX_LIST, Alert, Circle, safe_id, text_of, title_of
from contract.reading.values import circle_of, circle_text, epoch_of, flag_of, moment_of
from contract.vocabulary import AlertKind, AlertState

_Value = TypeVar("_Value")
_NATIONAL = "10"
_REGIONAL = "5"
_TYPE_ORDER = {"Alert": 0, "Update": 1, "Cancel": 2}
_TEST_MEDIA = "/fototest/"
_ACTION_FIELDS = frozenset(
    {"actionType", "amberAlert", "active", "startTimestamp", "endTimestamp", "messages"}
)
_ALERT_FIELDS = frozenset({"AlertId", "AlertLevel"})
_CLOSING_TYPES = frozenset({"afloop", "einde", "sluit", "sluiting", "end", "cancel", "close"})


def is_alert_item(item: object) -> bool:
    """Whether this is an item of the AMBER and Vermist Kind feed."""
    return isinstance(item, dict) and not _ALERT_FIELDS.isdisjoint(item)


def is_action_item(item: object) -> bool:
    """Whether this is a local Burgernet action."""
    return isinstance(item, dict) and not _ACTION_FIELDS.isdisjoint(item)


def item_key(item: dict[str, Any]) -> str:
    """Give what tells one alert from another: AlertId and AlertLevel; empty without an id."""
    number = safe_id(_label(item.get("AlertId")))
    return f"{number}-{_label(item.get('AlertLevel'))}"[:80] if number else ""


def read_alert_items(items: Sequence[dict[str, Any]]) -> tuple[Alert, ...]:
    """Give one alert per AlertId and AlertLevel, after its updates and its close.

    The recorded feed gives an AMBER and a Vermist Kind alert the same AlertId, so the id alone
    would make one of two. The order is that of Sent; an item without one keeps its place.
    """
    groups: dict[tuple[str, str], list[_Item]] = {}
    last_seen: dict[tuple[str, str], float] = {}
    for position, raw in enumerate(items):
        item = _Item.read(raw)
        key = (item.alert_id or f"#{position}", item.level)
        stamp = item.sent.timestamp() if item.sent else last_seen.get(key, float("-inf"))
        last_seen[key] = stamp
        groups.setdefault(key, []).append(item.placed(stamp))
    return tuple(_one_alert(group) for group in groups.values())


def read_action_items(items: Sequence[dict[str, Any]], at: datetime) -> tuple[Alert, ...]:
    """Give one alert per action; `at` decides whether an end time has passed.

    A vanished action is not seen here: that is "unknown", and for the desk to say.
    """
    return tuple(_one_action(item, at) for item in items)


@dataclass(frozen=True, slots=True)
class _Item:
    """One message of the AMBER feed, with what could be read of it."""

    alert_id: str
    level: str
    type: str
    sent: datetime | None
    title: str | None
    text: str
    municipality: str | None
    place: str | None
    area: Circle | None
    test: bool
    order: float = 0.0

    @classmethod
    def read(cls, raw: dict[str, Any]) -> _Item:
        message, area, location = (_part(raw, name) for name in ("Message", "Area", "Location"))
        media = _part(message, "Media")
        links = (message.get("Media_URL"), media.get("Image"), media.get("SmallImage"))
        return cls(
            alert_id=_label(raw.get("AlertId")),
            level=_label(raw.get("AlertLevel")),
            type=text_of(raw.get("Type")).strip().capitalize(),
            sent=epoch_of(raw.get("Sent")),
            title=title_of(message.get("Title")),
            text=text_of(message.get("Description")),
            municipality=title_of(area.get("Description")),
            place=title_of(location.get("Description")),
            area=circle_text(area.get("Circle"), 1) or circle_text(area.get("CircleKM"), 1000),
            test=any(_TEST_MEDIA in text_of(link).lower() for link in links),
        )

    def placed(self, order: float) -> _Item:
        """The same item with the moment it is sorted by."""
        values = {name: getattr(self, name) for name in _Item.__slots__}
        return _Item(**{**values, "order": order})


def _one_alert(group: list[_Item]) -> Alert:
    group = sorted(group, key=lambda item: (item.order, _TYPE_ORDER.get(item.type, 1)))
    last = group[-1]
    running = [item for item in group if item.type != "Cancel"] or group
    ended = last.type == "Cancel"
    told = [last, *reversed(running)]
    text = next((item.text for item in told if item.text.strip()), "")
    description = next((item.text for item in reversed(running) if item.text.strip()), text)
    area = _latest(item.area for item in running) or last.area
    places = [item for item in (last.place, running[-1].place) if item]
    return Alert(
        _level_kind(last.level, description, running[-1].title or ""),
        _alert_state(last.type),
        text,
        id=safe_id(last.alert_id),
        test=any(item.test for item in group),
        title=_latest(item.title for item in running) or last.title,
        municipality=_latest(item.municipality for item in running) or last.municipality,
        places=tuple(dict.fromkeys([*places, *places_in(description)]))[:MAX_LIST],
        started_at=next((item.sent for item in running if item.type != "Cancel"), None),
        ended_at=last.sent if ended else None,
        area=area,
        plates=plates_in(description),
        phone_lines=lines_in(f"{description}\n{text}"),
    )


def _alert_state(last_type: str) -> AlertState:
    if last_type == "Cancel":
        return AlertState.ENDED
    return AlertState.ACTIVE if last_type in _TYPE_ORDER else AlertState.UNKNOWN


def _level_kind(level: str, text: str, title: str) -> AlertKind:
    """Level 10 is AMBER and national, 5 is Vermist Kind; another level is read from its words."""
    if level == _NATIONAL:
        return AlertKind.AMBER
    return AlertKind.MISSING_CHILD if level == _REGIONAL else kind_of(text, title)


@dataclass(frozen=True, slots=True)
class _Message:
    title: str | None
    body: str
    type: str
    changed: datetime | None

    @property
    def closes(self) -> bool:
        """Whether this is an afloopbericht, by its type or its own words."""
        return (
            self.type in _CLOSING_TYPES
            or find_ended(f"{self.title or ''}\n{self.body}") is not None
        )


def _one_action(raw: dict[str, Any], at: datetime) -> Alert:
    messages = _messages(raw.get("messages"))
    ends = moment_of(raw.get("endTimestamp"))
    state = _action_state(flag_of(raw.get("active")), ends, at)
    closing = messages[-1] if state is AlertState.ENDED and messages else None
    running = messages[:-1] if closing and len(messages) > 1 else messages
    title = _latest(message.title for message in running) or (closing.title if closing else None)
    text = next((message.body for message in reversed(messages) if message.body.strip()), "")
    description = next(
        (message.body for message in reversed(running) if message.body.strip()), text
    )
    area = _part(raw, "area")
    if state is not AlertState.ENDED:
        ends = None
    elif ends is None and closing and closing.closes:
        ends = closing.changed
    return Alert(
        AlertKind.AMBER
        if flag_of(raw.get("amberAlert"))
        else _action_kind(running, title, text_of(raw.get("actionType"))),
        state,
        text,
        id=safe_id(raw.get("id")),
        title=title,
        municipality=title_of(raw.get("municipality")),
        places=places_in(description),
        started_at=moment_of(raw.get("startTimestamp")),
        ended_at=ends,
        area=circle_of(
            _first(area, "lat", "latitude"),
            _first(area, "lng", "lon", "longitude"),
            area.get("radius"),
        ),
        plates=plates_in(description),
        phone_lines=lines_in(f"{description}\n{text}"),
    )


def _action_state(active: bool | None, ends: datetime | None, at: datetime) -> AlertState:
    """`active` decides, but an end time that has passed ends it whatever the flag says."""
    if active is False or (ends is not None and ends <= at):
        return AlertState.ENDED
    return AlertState.ACTIVE if active else AlertState.UNKNOWN


def _action_kind(running: list[_Message], title: str | None, action_type: str) -> AlertKind:
    """From the heading and the texts; `actionType` only where those say nothing."""
    body = "\n".join(message.body for message in running)
    kind = kind_of(body, title or "")
    return kind if kind is not AlertKind.OTHER else kind_of("", action_type)


def _messages(value: object) -> list[_Message]:
    """The messages by lastModifiedTimestamp; one without it stays behind the one before it."""
    found: list[tuple[float, _Message]] = []
    stamp = float("-inf")
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            continue
        changed = moment_of(item.get("lastModifiedTimestamp"))
        stamp = changed.timestamp() if changed else stamp
        message = _Message(
            title_of(item.get("title")),
            text_of(item.get("body")),
            text_of(item.get("messageType")).strip().lower(),
            changed,
        )
        found.append((stamp, message))
    return [message for _, message in sorted(found, key=lambda one: one[0])]


def _part(raw: dict[str, Any], name: str) -> dict[str, Any]:
    value = raw.get(name)
    return value if isinstance(value, dict) else {}


def _first(raw: dict[str, Any], *names: str) -> object:
    return next((raw[name] for name in names if raw.get(name) is not None), None)


def _latest(values: Iterable[_Value | None]) -> _Value | None:
    """The last one of the values that says something."""
    return next((value for value in reversed(list(values)) if value), None)


def _label(value: object) -> str:
    """An id or level as text, whether it came as a string or as a number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()[:80]
