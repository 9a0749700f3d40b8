"""What an officer comes back to: "Mijn wijk" (day.md §2, 15:10 and 20:40)."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta

from console.domain.clock import moment, stamp
from console.domain.district import District, NeighbourPost
from console.domain.neighbours import SharedMessage, kind_of, title_of
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.storage import district as stored
from console.storage import memory, neighbours
from console.storage.database import Connection
from console.storage.neighbours import SHARED, TAKEN_BACK, ticked_off

SHIFT_GAP = timedelta(hours=5)
"""Away longer than this, and the next look is a new shift."""

FIRST_LOOK = timedelta(hours=24)
"""How far back the very first look reaches."""

FARTHEST = timedelta(days=7)
"""How far back a look reaches after a holiday."""


class Districts:
    """The areas of the signed-in person, with what happened there since their last shift."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> Future[District]:
        """Return what is new in and beside one's own areas.

        "Since the last shift" is what this desk remembers: the last look before a gap of five
        hours. It is kept here and never sent.
        """
        person, now = self._desk.person, self._desk.clock.now()

        def work(conn: Connection) -> District:
            if person is None:
                return District()
            since = _since(conn, f"district:{person.id}", stamp(now), now)
            areas = stored.areas_of(conn, person.id, person.area_id)
            ids = [one for one, _ in areas]
            if not ids:
                return District(since=since)
            asked_at, shared = neighbours.shared(conn)
            theirs = _of_teams(conn, [one for one in shared if one.at >= since], person.id)
            beside = stored.neighbour_posts(conn, ids, stored.beside(conn, ids), since, person.id)
            return District(
                tuple(ids),
                tuple(name for _, name in areas),
                since,
                tuple(stored.reports(conn, ids, since)),
                tuple(sorted([*beside, *theirs], key=lambda one: one.placed_at, reverse=True)),
                asked_at,
            )

        return self._desk.store.write(work)

    def keep_shared(self, messages: Sequence[SharedMessage]) -> Future[None]:
        """Remember what teams beside share, on this desk only."""
        now = self._desk.now()
        return self._desk.store.write(lambda conn: neighbours.keep_shared(conn, messages, now))

    def tick_off(self, post_id: str, on: bool) -> Future[None]:
        """Say that the administrator shared a neighbours' message already, or take that back (F21).

        Colleagues see who said so; the message itself stays in the list.
        """

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            if on != (post_id in ticked_off(unit.conn, [post_id])):
                unit.log("post", post_id, SHARED if on else TAKEN_BACK)

        return self._desk.act(work)


def _of_teams(conn: Connection, messages: Sequence[SharedMessage], me: str) -> list[NeighbourPost]:
    """Return messages of teams beside, with what was done with them here."""
    ids = [one.id for one in messages]
    copies, ticked = neighbours.passed_on(conn, ids, me), ticked_off(conn, ids)
    return [
        NeighbourPost(
            one.id,
            kind_of(one),
            title_of(one),
            one.area,
            one.at,
            0,
            "",
            text=one.text,
            ended=one.ended,
            passed=copies.get(one.id, ()),
            shared_by=ticked.get(one.id, ("", ""))[0],
            shared_at=ticked.get(one.id, ("", ""))[1],
            team=one.team,
        )
        for one in messages
    ]


def _since(conn: Connection, key: str, stamp_now: str, now: datetime) -> str:
    """Return the end of the shift before this one, and remember that somebody looked now."""
    kept = memory.recall(conn, key)
    kept = kept if isinstance(kept, dict) else {}
    seen = moment(str(kept.get("seen") or ""))
    since = moment(str(kept.get("since") or "")) or now - FIRST_LOOK
    if seen is not None and now - seen > SHIFT_GAP:
        since = seen
    since = max(since, now - FARTHEST)
    memory.remember(conn, key, {"seen": stamp_now, "since": stamp(since)})
    return stamp(since)
