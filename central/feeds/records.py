"""Pure: an item of a feed as the record of an alert."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from central.clock import stamp
from contract.dutch import WORDS
from contract.reading.dutch_person import find_age
from contract.reading.feed import FeedItem
from contract.reading.model import Alert
from contract.vocabulary import AlertKind, AlertSource, AlertState

_NAMESPACE = UUID("0d0a2c7a-92a6-5f0e-8c42-6d5f0d8f4b1e")
_MISSING = frozenset({AlertKind.MISSING_PERSON, AlertKind.MISSING_CHILD, AlertKind.AMBER})
_ORIGINAL_MOST = 1_000_000
MARK = "\x1e"
"""Stands before each version in ``original``, as in RFC 7464: no JSON text holds it."""

_WORD = re.compile(r"[\w-]+")


def record_id(team: str, feed: AlertSource, key: str) -> str:
    """Return the id of the alert that a feed tells of under this key."""
    return str(uuid5(_NAMESPACE, f"{team}\0{feed}\0{key}"))


def mark_of(item: FeedItem) -> str:
    """Return what tells one version of an item from the next."""
    return hashlib.sha256(item.original.encode("utf-8", "surrogatepass")).hexdigest()


def body_of(
    item: FeedItem, alert: Alert, before: Mapping[str, Any], now: str, *, area_id: str = ""
) -> dict[str, Any]:
    """Return the alert as a record: what the feed says, every version of it kept as it came.

    Text that a person pasted before stays in ``original`` too. Ended is never found: the state
    says no more than the feed does.
    """
    ended = alert.state is AlertState.ENDED
    started = _stamp(alert.started_at) or str(before.get("started_at") or "") or now
    ended_at = _stamp(alert.ended_at)
    if ended_at > now:
        ended_at = ""
    original = _with_version(str(before.get("original") or ""), item.original)
    fresh: dict[str, Any] = {
        "source": item.source.value,
        "external_id": (alert.id or item.key)[:64],
        "kind": alert.kind.value,
        "state": alert.state.value,
        "state_at": (ended_at or now) if ended else now,
        "test": alert.test,
        "title": title_of(alert),
        "text": str(before.get("text") or alert.text) if ended else alert.text,
        "original": base64.b64encode(original).decode("ascii"),
        "original_sha256": hashlib.sha256(original).hexdigest(),
        "municipality": (alert.municipality or str(before.get("municipality") or ""))[:120],
        "places": [place[:200] for place in alert.places[:100]],
        "started_at": started,
        "ended_at": (ended_at or str(before.get("ended_at") or "") or now) if ended else "",
        "received_at": str(before.get("received_at") or now),
        "area_id": str(before.get("area_id") or area_id),
        "circle": alert.area.document() if alert.area else {},
        "polygons": [[list(point) for point in ring] for ring in alert.polygons[:200]],
        "plates": list(alert.plates[:100]),
        "phone_lines": list(alert.phone_lines[:100]),
        "closing_text": alert.text if ended else "",
        "seen_by": "",
    }
    if not fresh["text"] and before.get("text"):
        fresh["text"] = before["text"]
    return {**before, **fresh}


def title_of(alert: Alert) -> str:
    """Return the title in lists: what is looked for, never a name ("Vermist kind (9)")."""
    word = WORDS[AlertKind][alert.kind]
    word = word[:1].upper() + word[1:]
    if alert.kind in _MISSING:
        age = find_age(f"{alert.title or ''}\n{alert.text}"[:2000])
        return f"{word} ({age})" if age is not None else word
    return (alert.title or word)[:300]


def folded(name: str) -> str:
    """Return a name as names are compared: letters and figures only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(_WORD.findall("".join(one for one in plain if not unicodedata.combining(one))))


def _with_version(kept: str, text: str) -> bytes:
    """Return all versions, oldest first; where they grow too long the first and newest stay."""
    try:
        before = base64.b64decode(kept, validate=True)
    except ValueError:
        before = b""
    new = MARK.encode() + text.encode("utf-8", "surrogatepass") + b"\n"
    if len(before) + len(new) > _ORIGINAL_MOST:
        first = before.split(MARK.encode())
        head = first[0] if first[0] else MARK.encode() + (first[1] if len(first) > 1 else b"")
        before = head if len(head) + len(new) <= _ORIGINAL_MOST else b""
    return before + new


def _stamp(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""
