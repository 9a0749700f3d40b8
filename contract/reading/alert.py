"""One reader for every alert: decides which source it has, and lets that one read it (F35, F63)."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from typing import Any

from contract.reading.burgernet_feed import (
    is_action_item,
    is_alert_item,
    read_action_items,
    read_alert_items,
)
from contract.reading.burgernet_text import read_text
from contract.reading.cap import read_cap
from contract.reading.decoding import Unreadable, decode
from contract.reading.model import MAX_ALERT_BYTES, AlertReading
from contract.reading.nl_alert import is_nl_alert_item, read_nl_alert_items
from contract.reading.values import parse_json
from contract.vocabulary import AlertSource

# A message copied from WhatsApp Web begins with its time or date in brackets: no JSON does.
_CHAT_HEADER = re.compile(r"\[\s?[0-9]{1,4}[:./-][0-9]{1,2}[^\]\n]{0,30}\]")
_CONTROLS = tuple(chr(code) for code in range(32) if code not in (9, 10, 11, 12, 13))
_BARE_JSON = re.compile(r"null|true|false|-?[0-9]+(?:\.[0-9]+)?")
_EMPTY_OBJECTS = {"data": AlertSource.NL_ALERT, "actions": AlertSource.BURGERNET_ACTIONS}
_LIST_NAMES = ("actions", "data", "items")


def read_alert_bytes(data: bytes, at: datetime) -> AlertReading:
    """Read a pasted text or a recorded feed answer; `at`, with zone, decides what has ended.

    What begins with a brace, bracket or angle is judged as an answer of a feed; everything else
    is text, and text that is not Burgernet is one unread alert of source unknown. Raises
    `Unreadable`: empty, too_large (over 1 MB), wrong_encoding, not_an_answer.
    """
    if len(data) > MAX_ALERT_BYTES:
        raise Unreadable("too_large", "Dit bericht is groter dan 1 MB. Dat is geen bericht.")
    if not data:
        raise Unreadable("empty")
    text = decode(data).text
    if sum(map(text.count, _CONTROLS)) * 50 > len(text):
        raise Unreadable("wrong_encoding")
    first = text.lstrip("\ufeff \t\r\n")
    if first.startswith("<"):
        # The bytes go along where they can: an XML document names its own encoding.
        marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8))
        document: bytes | str = data if marked else data.lstrip()
        return AlertReading(AlertSource.CAP, (read_cap(document, at),))
    return _read(text, first, at)


def read_alert_text(text: str, at: datetime) -> AlertReading:
    """Read what was pasted as text; otherwise as `read_alert_bytes`."""
    return read_alert_bytes(text.encode("utf-8", "replace"), at)


def read_answer(text: str, at: datetime) -> AlertReading:
    """Read the JSON answer of a feed, or raise `Unreadable` not_an_answer.

    An empty reading only for a real `[]`, `data: []` or `actions: []`: anything else that holds
    no alert is an answer we do not know, and never "there is nothing" (formats.md).
    """
    value = parse_json(text)
    if isinstance(value, list):
        if not value:
            return AlertReading(AlertSource.BURGERNET_ALERTS)
        return _read_items(value, at, nl_alert=False)
    if isinstance(value, dict):
        for name in _LIST_NAMES:
            items = value.get(name)
            if isinstance(items, list):
                if items:
                    return _read_items(items, at, nl_alert=name == "data")
                if name in _EMPTY_OBJECTS:
                    return AlertReading(_EMPTY_OBJECTS[name])
    raise Unreadable("not_an_answer")


def _read(text: str, first: str, at: datetime) -> AlertReading:
    if first.startswith("{") or (first.startswith("[") and not _CHAT_HEADER.match(first)):
        return read_answer(first, at)
    if _BARE_JSON.fullmatch(first.strip()):
        raise Unreadable("not_an_answer")
    return read_text(text, at)


def _read_items(items: list[Any], at: datetime, *, nl_alert: bool) -> AlertReading:
    """The kind of item decides, as two feeds call their list `data`; odd items are left out."""
    alerts = [item for item in items if is_alert_item(item)]
    if alerts:
        return AlertReading(AlertSource.BURGERNET_ALERTS, read_alert_items(alerts))
    actions = [item for item in items if is_action_item(item)]
    if actions:
        return AlertReading(AlertSource.BURGERNET_ACTIONS, read_action_items(actions, at))
    warnings = [item for item in items if nl_alert and is_nl_alert_item(item)]
    if warnings:
        return AlertReading(AlertSource.NL_ALERT, read_nl_alert_items(warnings, at))
    raise Unreadable("not_an_answer")
