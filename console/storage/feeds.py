"""What the team chose of the feeds outside, and what central last said of each (F63)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from console.models.alert import alert
from console.storage.posts import setting_value
from contract.vocabulary import FEEDS, AlertSource, AlertState

CHOICE = "feeds"
SEEN = "feeds_seen"

a = alert.c


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """One feed that is on. Stamps; ``unknown_since`` empty: its last answer was good."""

    feed: AlertSource
    good_at: str = ""
    unknown_since: str = ""
    why: str = ""


def chosen(conn: Connection) -> frozenset[AlertSource]:
    """Return the feeds that are on."""
    on = setting_value(conn, CHOICE).get("on")
    return frozenset(feed for feed in FEEDS if isinstance(on, list) and feed.value in on)


def seen(conn: Connection) -> list[FeedSeen]:
    """Return the feeds that are on with what central last said of them."""
    on, said = chosen(conn), setting_value(conn, SEEN)
    made = []
    for feed in FEEDS:
        if feed not in on:
            continue
        told = said.get(feed.value)
        told = told if isinstance(told, Mapping) else {}
        words = [str(told.get(name) or "") for name in ("good_at", "unknown_since", "why")]
        made.append(FeedSeen(feed, *words))
    return made


def good_at(conn: Connection) -> Mapping[str, str]:
    """Return when each feed that is on last gave a good answer, by its name."""
    return {one.feed.value: one.good_at for one in seen(conn)}


def last_seen(
    good: Mapping[str, str], source: str | None, state: str | None, state_at: str, by: str | None
) -> str:
    """Return since when nobody saw more of an alert, in step with the lamp of its source (F37).

    Central writes a sighting anew now and then only; an alert that runs stood in the last good
    answer of its feed. What a person saw (``by``) grows old by itself.
    """
    if state != AlertState.ACTIVE or by:
        return state_at
    return max(state_at, good.get(source or "", ""))


def alert_seen(conn: Connection, body: Mapping[str, Any]) -> str:
    """Return the same for the body of one alert."""
    state, at, by = (str(body.get(name) or "") for name in ("state", "state_at", "seen_by"))
    return last_seen(good_at(conn), str(body.get("source") or ""), state, at, by)


def newest(conn: Connection, ids: frozenset[str], since: str) -> tuple[str, str, str] | None:
    """Return id, source and title of the newest of these alerts that a feed brought since then.

    Tests are left out: nobody needs to look up from them.
    """
    row = conn.execute(
        select(a.id, a.source, a.title)
        .where(
            a.id.in_(sorted(ids)[:100]),
            a.source.in_([feed.value for feed in FEEDS]),
            a.state != "ended",
            a.received_at >= since,
            a.test.is_not(True),
        )
        .order_by(a.received_at.desc())
        .limit(1)
    ).one_or_none()
    return (row.id, row.source or "", row.title or "") if row else None
