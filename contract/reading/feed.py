"""One answer of a feed: its items, each with the very text it stood in (F35, F63)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contract.reading.burgernet_feed import (
    is_action_item,
    is_alert_item,
    item_key,
    read_action_items,
    read_alert_items,
)
from contract.reading.model import Alert, safe_id
from contract.reading.nl_alert import is_nl_alert_item, read_nl_alert_items
from contract.reading.police import (
    MISSING_LISTS,
    NEWS_LISTS,
    is_police_item,
    read_missing_item,
    read_news_item,
)
from contract.vocabulary import AlertSource

_BLANK = re.compile(r"[ \t\r\n]*")
_BLANKS = frozenset(" \t\r\n")
_MOST_ITEMS = 5_000


class OddAnswer(Exception):
    """An answer that is not of the shape of its feed: nothing may be concluded from it."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What a feed says of one alert: its key there, and its messages with their own text."""

    source: AlertSource
    key: str
    raws: tuple[str, ...]
    values: tuple[dict[str, Any], ...]

    @property
    def original(self) -> str:
        """The text as it stood in the answer, character for character."""
        return "\n".join(self.raws)

    def alert(self, at: datetime) -> Alert:
        """Read it; ``at``, with zone, decides what has ended."""
        return _SHAPES[self.source].read(list(self.values), at)


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """Everything one answer said. ``whole``: no item was left out, so what is absent is absent."""

    source: AlertSource
    items: tuple[FeedItem, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    lists: tuple[str, ...]
    bare: bool
    fits: Callable[[object], bool]
    key: Callable[[dict[str, Any]], str]
    read: Callable[[list[dict[str, Any]], datetime], Alert]


def read_feed(source: AlertSource, text: str) -> FeedAnswer:
    """Take an answer apart into its items.

    An empty answer is only a real empty list in the right place. Raises ``OddAnswer`` for anything
    else that holds no item of this feed.
    """
    shape = _SHAPES[source]
    try:
        found = _list(text.lstrip("\ufeff"), shape)
    except (ValueError, RecursionError) as trouble:
        raise OddAnswer from trouble
    groups: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    odd = 0
    for raw, value in found:
        if not shape.fits(value):
            odd += 1
            continue
        key = shape.key(value)
        if key:
            groups.setdefault(key, []).append((raw, value))
        else:
            odd += 1
    if odd and not groups:
        raise OddAnswer
    items = tuple(
        FeedItem(source, key, tuple(raw for raw, _ in group), tuple(one for _, one in group))
        for key, group in groups.items()
    )
    return FeedAnswer(source, items, not odd)


def empty_of(source: AlertSource) -> str:
    """Return the answer of a feed that says that there is nothing."""
    shape = _SHAPES[source]
    return "[]" if shape.bare else f'{{"{shape.lists[0]}": []}}'


def _list(text: str, shape: _Shape) -> list[tuple[str, Any]]:
    """Return the items of the one list that counts, each with the text it stood in."""
    at = _past_blanks(text, 0)
    first = text[at : at + 1]
    if first == "[" and shape.bare:
        items, end = _items(text, at)
        _nothing_after(text, end)
        return items
    if first != "{":
        raise ValueError("another shape")
    found: list[tuple[str, Any]] | None = None
    at = _past_blanks(text, at + 1)
    if text[at : at + 1] == "}":
        raise ValueError("nothing in it")
    while True:
        name, at = _DECODER.raw_decode(text, at)
        at = _past_blanks(text, at)
        if not isinstance(name, str) or text[at : at + 1] != ":":
            raise ValueError("no name")
        at = _past_blanks(text, at + 1)
        if found is None and name in shape.lists and text[at : at + 1] == "[":
            found, at = _items(text, at)
        else:
            _, at = _DECODER.raw_decode(text, at)
        at = _past_blanks(text, at)
        mark, at = text[at : at + 1], _past_blanks(text, at + 1)
        if mark == "}":
            break
        if mark != ",":
            raise ValueError("cut off")
    _nothing_after(text, at)
    if found is None:
        raise ValueError("the list is not there")
    return found


def _items(text: str, at: int) -> tuple[list[tuple[str, Any]], int]:
    items: list[tuple[str, Any]] = []
    at = _past_blanks(text, at + 1)
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        value, end = _DECODER.raw_decode(text, at)
        items.append((text[at:end], value))
        if len(items) > _MOST_ITEMS:
            raise ValueError("too many")
        at = _past_blanks(text, end)
        mark, at = text[at : at + 1], _past_blanks(text, at + 1)
        if mark == "]":
            return items, at
        if mark != ",":
            raise ValueError("cut off")


def _past_blanks(text: str, at: int) -> int:
    if text[at : at + 1] not in _BLANKS:
        return at
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _nothing_after(text: str, at: int) -> None:
    if _past_blanks(text, at) != len(text):
        raise ValueError("something after it")


def _no_number(_: str) -> None:
    return None


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _plain_key(raw: dict[str, Any]) -> str:
    return safe_id(raw.get("id")) or ""


def _police_key(raw: dict[str, Any]) -> str:
    return safe_id(raw.get("uid") or raw.get("uuid")) or ""


_SHAPES: Mapping[AlertSource, _Shape] = {
    AlertSource.BURGERNET_ACTIONS: _Shape(
        ("actions", "data", "items"),
        True,
        is_action_item,
        _plain_key,
        lambda raws, at: read_action_items(raws[-1:], at)[0],
    ),
    AlertSource.BURGERNET_ALERTS: _Shape(
        (), True, is_alert_item, item_key, lambda raws, _: read_alert_items(raws)[0]
    ),
    AlertSource.NL_ALERT: _Shape(
        ("data",),
        False,
        is_nl_alert_item,
        _plain_key,
        lambda raws, at: read_nl_alert_items(raws[-1:], at)[0],
    ),
    AlertSource.POLICE_NEWS: _Shape(
        NEWS_LISTS, False, is_police_item, _police_key, lambda raws, _: read_news_item(raws[-1])
    ),
    AlertSource.POLICE_MISSING: _Shape(
        MISSING_LISTS,
        False,
        is_police_item,
        _police_key,
        lambda raws, _: read_missing_item(raws[-1]),
    ),
}
