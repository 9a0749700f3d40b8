"""What an answer of a feed means for a team: written through ``commit_changes`` (F37, F63)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.clock import stamp
from central.feeds import repository
from central.feeds.ground import Ground, concerns
from central.feeds.records import body_of, mark_of, record_id
from central.feeds.rhythm import UNKNOWN_AFTER
from central.feeds.sources import CHOICE, SEEN, SOURCES, Choice, choice_of
from central.journal.chain import Entry, body_hash
from central.sequence import Author, Staged, commit_changes
from central.sync import repository as records
from contract.alerts import alert_id
from contract.feeds import FeedLooked
from contract.op import Record
from contract.reading.feed import FeedAnswer, FeedItem
from contract.reading.model import Alert
from contract.vocabulary import AlertSource, AlertState, OutsideTrouble

DEVICE = "central"
SEEN_AGAIN = timedelta(minutes=20)
"""How long "loopt" stands before the moment it was last seen is written anew."""

TOLD_AGAIN = timedelta(minutes=3)
"""How old the lamp of a feed may be while all is well."""

FORGET = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Look:
    """One look to be taken: whose, at which feed, and what the team chose."""

    team: str
    feed: AlertSource
    choice: Choice


def due(conn: Connection, now: str) -> list[Look]:
    """Return the feeds that must be looked at now."""
    found = []
    for team, _ in records.teams(conn):
        choice = _choice(conn, team)
        polls = repository.polls(conn, team)
        found += [
            Look(team, feed, choice)
            for feed in choice.on
            if feed.value not in polls or polls[feed.value].next_at <= now
        ]
    return found


def switched_off(conn: Connection) -> list[tuple[str, AlertSource]]:
    """Return the feeds that are still followed though the team switched them off."""
    found = []
    for team, _ in records.teams(conn):
        on = _choice(conn, team).on
        known = repository.polls(conn, team)
        found += [(team, feed) for feed in SOURCES if feed.value in known and feed not in on]
    return found


def claim(conn: Connection, moment: datetime) -> list[Look]:
    """Take the looks that are due, so that no other process takes them too.

    Whoever takes one and dies leaves it to the next look.
    """
    repository.take_turn(conn)
    taken = due(conn, stamp(moment))
    for look in taken:
        later = moment + timedelta(seconds=SOURCES[look.feed].every_s)
        repository.put_poll(conn, look.team, look.feed, next_at=stamp(later))
    return taken


def claim_one(conn: Connection, team: str, feed: AlertSource, moment: datetime) -> Look | None:
    """Take a look before its time; None where it is off, or the source asked to be left alone."""
    repository.take_turn(conn)
    choice = _choice(conn, team)
    if feed not in choice.on:
        return None
    poll = repository.polls(conn, team).get(feed.value)
    if poll is not None and poll.why == OutsideTrouble.BUSY and poll.next_at > stamp(moment):
        return None
    later = moment + timedelta(seconds=SOURCES[feed].every_s)
    repository.put_poll(conn, team, feed, next_at=stamp(later))
    return Look(team, feed, choice)


def seen(conn: Connection, team: str, feed: AlertSource) -> FeedLooked | None:
    """Return how a feed that is on was at its last look; None where it is off."""
    if feed not in _choice(conn, team).on:
        return None
    poll = repository.polls(conn, team).get(feed.value)
    if poll is None:
        return FeedLooked(feed=feed)
    return FeedLooked(
        feed=feed, good_at=poll.good_at, unknown_since=poll.unknown_since, why=poll.why
    )


def failed(conn: Connection, look: Look, why: OutsideTrouble, moment: datetime) -> int:
    """Note that a feed gave nothing to go by; returns how often in a row.

    Its alerts that ran become unknown, since they were last seen; none of them ends.
    """
    work = _Work(conn, look.team, stamp(moment))
    poll = repository.polls(conn, look.team).get(look.feed.value)
    failures = (poll.failures if poll else 0) + 1
    since = (poll.unknown_since or poll.good_at if poll else "") or work.now
    repository.put_poll(
        conn, look.team, look.feed, failures=failures, unknown_since=since, why=why.value
    )
    if failures >= UNKNOWN_AFTER:
        for key, row in repository.known(conn, look.team, look.feed).items():
            if row.state == AlertState.ACTIVE:
                work.lose(look.feed, key, row)
    work.commit()
    return failures


def took(
    conn: Connection,
    look: Look,
    answer: FeedAnswer,
    moment: datetime,
    ground: Ground,
    *,
    anew: bool = False,
) -> None:
    """Take in an answer. The same answer again changes nothing but when it was last seen.

    ``anew``: what did not concern the team before is judged again; its areas changed.
    """
    work = _Work(conn, look.team, stamp(moment))
    known = repository.known(conn, look.team, look.feed)
    again = stamp(moment - SEEN_AGAIN)
    shapes = partial(repository.shapes, conn, look.team)
    for item in answer.items:
        row, mark = known.get(item.key), mark_of(item)
        same = row is not None and row.mark == mark
        if row is not None and same and (row.state == AlertState.ENDED if row.alert else not anew):
            continue
        alert = item.alert(moment)
        if row is not None and row.alert and same and alert.state == row.state:
            if row.told_at < again and alert.state is AlertState.ACTIVE:
                work.seen_again(look.feed, item, row)
            continue
        if (row is None or not row.alert) and (
            alert.state is AlertState.ENDED
            or not concerns(alert, ground, shapes, everywhere=look.choice.everywhere)
        ):
            repository.put_item(conn, look.team, look.feed, item.key, mark=mark, seen_at=work.now)
            continue
        work.tell(look.feed, item, alert, row, mark)
    repository.saw(conn, look.team, look.feed, [item.key for item in answer.items], work.now)
    if answer.whole:
        here = {item.key for item in answer.items}
        for key, row in known.items():
            if key not in here and row.state == AlertState.ACTIVE:
                # Not on the list any more: nobody said that it ended.
                work.lose(look.feed, key, row)
    repository.drop_items(conn, look.team, look.feed, stamp(moment - FORGET))
    repository.put_poll(
        conn, look.team, look.feed, failures=0, good_at=work.now, unknown_since="", why=""
    )
    work.commit()


def set_next(conn: Connection, look: Look, at: datetime) -> None:
    """Say when a feed is looked at again."""
    repository.put_poll(conn, look.team, look.feed, next_at=stamp(at))


def stop(conn: Connection, team: str, feed: AlertSource, moment: datetime) -> None:
    """Follow a feed no longer: what ran by it is unknown from now on."""
    work = _Work(conn, team, stamp(moment))
    for key, row in repository.known(conn, team, feed).items():
        if row.state == AlertState.ACTIVE:
            work.lose(feed, key, row)
    repository.drop_feed(conn, team, feed)
    work.commit()


def _choice(conn: Connection, team: str) -> Choice:
    found = repository.setting(conn, team, CHOICE)
    return choice_of(found.body.get("value") if found else None)


@dataclass(slots=True)
class _Work:
    """What one answer changes, written in one commit at its end."""

    conn: Connection
    team: str
    now: str
    staged: dict[tuple[str, str], Staged] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def tell(self, feed: AlertSource, item: FeedItem, alert: Alert, row: Any, mark: str) -> None:
        """Write a new alert, or what changed of one that is known."""
        record = self._record(feed, item, alert, row)
        if record is None:
            repository.put_item(
                self.conn, self.team, feed, item.key, alert="", mark=mark, seen_at=self.now
            )
            return
        before = record.body
        ended_by_person = (
            before.get("state") == AlertState.ENDED
            and bool(before.get("seen_by"))
            and row is not None
            and row.mark == mark
        )
        body = body_of(item, alert, before, self.now)
        if row is not None and row.mark == mark:
            # The same words as before: only the state is news, no version is added.
            body |= {
                name: before[name] for name in ("original", "original_sha256") if name in before
            }
        if not ended_by_person:
            self._put(record, body)
            self._log(record, body)
            if body["state"] == AlertState.ENDED:
                self._ask_outcome(record.id)
        repository.put_item(
            self.conn,
            self.team,
            feed,
            item.key,
            alert=record.id,
            mark=mark,
            state=alert.state.value,
            seen_at=self.now,
            told_at=self.now,
        )

    def seen_again(self, feed: AlertSource, item: FeedItem, row: Any) -> None:
        """Write that an alert was seen once more, by its source; that it ended, a person's word, stands."""
        repository.put_item(self.conn, self.team, feed, item.key, told_at=self.now)
        record = self._find(row.alert)
        if record is not None and record.body.get("state") == AlertState.ACTIVE:
            self._put(record, {**record.body, "state_at": self.now, "seen_by": ""})

    def lose(self, feed: AlertSource, key: str, row: Any) -> None:
        """Let an alert that ran be unknown since it was last seen."""
        repository.put_item(self.conn, self.team, feed, key, state=AlertState.UNKNOWN.value)
        record = self._find(row.alert)
        if record is None or record.body.get("state") != AlertState.ACTIVE:
            return
        if record.body.get("seen_by"):
            return  # a person saw it run; their sighting grows old by itself
        body = {**record.body, "state": AlertState.UNKNOWN.value, "state_at": row.seen_at}
        self._put(record, body)
        self._log(record, body)

    def commit(self) -> None:
        """Write everything, with the lamps of the feeds where they say something new."""
        self._lamps()
        if self.staged:
            author = Author(self.team, "", DEVICE, self.now)
            commit_changes(self.conn, author, list(self.staged.values()), (), self.entries)

    def _record(self, feed: AlertSource, item: FeedItem, alert: Alert, row: Any) -> Record | None:
        """Return the alert as it stands; None where it was deleted. A new one has version 0.

        A text that somebody pasted before the feed told of it is the same action.
        """
        own = (row.alert if row is not None else "") or record_id(self.team, feed, item.key)
        found = self._any(own)
        if found is None:
            pasted = alert_id(alert.text)
            other = self._any(pasted) if pasted else None
            if other is not None and not other.deleted:
                return other
        if found is not None and found.deleted:
            return None
        return found or Record("alert", own, 0, {})

    def _any(self, record_id_: str) -> Record | None:
        key = ("alert", record_id_)
        if key in self.staged:
            return self.staged[key].record
        return records.lock(self.conn, self.team, [key]).get(key)

    def _find(self, record_id_: str) -> Record | None:
        found = self._any(record_id_) if record_id_ else None
        return None if found is None or found.deleted else found

    def _put(self, record: Record, body: Mapping[str, Any]) -> None:
        if record.ver and body == record.body:
            return
        key = (record.kind, record.id)
        was = self.staged[key].was_ver if key in self.staged else record.ver
        new = Record(record.kind, record.id, was + 1, body)
        self.staged[key] = Staged(new, was)
        before = body_hash(record.body) if record.ver else ""
        act = "feed"
        self.entries = [one for one in self.entries if (one.kind, one.record) != key]
        self.entries.append(
            Entry("", act, record.kind, record.id, was + 1, before, body_hash(body))
        )

    def _log(self, record: Record, body: Mapping[str, Any]) -> None:
        """Add a line to the history of the alert where its state is news."""
        if record.ver and record.body.get("state") == body["state"]:
            return
        line = {
            "subject_kind": "alert",
            "subject_id": record.id,
            "what": "seen_state" if record.ver else "received",
            "text": str(body["state"] if record.ver else body["source"]),
            "station": "centrale",
            "made_at": self.now,
            "at": self.now,
        }
        self._put(Record("log_entry", str(uuid7()), 0, {}), line)

    def _ask_outcome(self, alert: str) -> None:
        """Let the posts about it owe their outcome now."""
        for post in repository.waiting_posts(self.conn, self.team, alert):
            if str(post.body["feedback_due_at"]) > self.now:
                self._put(post, {**post.body, "feedback_due_at": self.now})

    def _lamps(self) -> None:
        found = repository.setting(self.conn, self.team, SEEN)
        shown = found.body.get("value") if found else None
        shown = shown if isinstance(shown, dict) else {}
        now = {
            feed: {"good_at": row.good_at, "unknown_since": row.unknown_since, "why": row.why}
            for feed, row in repository.polls(self.conn, self.team).items()
            if row.good_at or row.unknown_since
        }
        if set(now) == set(shown) and not any(_news(shown[feed], now[feed]) for feed in now):
            return
        self._put(found or Record("setting", SEEN, 0, {}), {"value": now})


def _news(shown: Any, now: Mapping[str, str]) -> bool:
    """Say whether the lamp of a feed tells something else, or too old a moment."""
    if not isinstance(shown, Mapping):
        return True
    if any(shown.get(name) != now[name] for name in ("unknown_since", "why")):
        return True
    before = str(shown.get("good_at") or "")
    if not before or not now["good_at"]:
        return before != now["good_at"]
    passed = datetime.fromisoformat(now["good_at"]) - datetime.fromisoformat(before)
    return passed >= TOLD_AGAIN
