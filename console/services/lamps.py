"""The three lamps and what waits (F51): never green by default, always with an age."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.clock import moment, stamp
from console.domain.status import Colleague, Lamp, Line, Status
from console.services.desk import Desk, Unit
from console.storage import feeds, ledger
from console.storage.database import Connection
from console.storage.history import names
from console.storage.lamps import RailCounts, last_check, rail_counts
from console.storage.witness import witness
from contract.dutch import WORDS
from contract.vocabulary import AlertSource, OutsideTrouble

WHATSAPP = "whatsapp"
OLD_AFTER = timedelta(hours=4)
SILENT_AFTER = timedelta(minutes=20)
"""How long the last good answer of a feed is believed when central says nothing new of it."""

NEWS_FOR = timedelta(minutes=15)
"""How long after it came an alert is announced."""

NO_CONTACT = "geen contact,"


class Lamps:
    """What the status bar shows; the WhatsApp lamp is what a person last saw."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def checked(self, linked: bool) -> Future[None]:
        """Record that somebody looked whether WhatsApp Web is linked."""

        def work(unit: Unit) -> None:
            unit.create(
                "check",
                {
                    "lamp": WHATSAPP,
                    "state": "linked" if linked else "logged_out",
                    "by": unit.person.id,
                    "at": unit.now,
                },
            )

        return self._desk.act(work)

    def rail(self) -> Future[RailCounts]:
        """Return the counts of the rail that no screen of its own keeps."""
        return self._desk.look(rail_counts, "rail")

    def news(self, ids: frozenset[str]) -> Future[tuple[str, str, str] | None]:
        """Return id, source and title of the newest of these alerts, where a feed just brought it."""
        since = stamp(self._desk.clock.now() - NEWS_FOR)
        return self._desk.look(lambda conn: feeds.newest(conn, ids, since), "lamps.news")

    def status(self, line: Line) -> Future[Status]:
        """Return everything the bar shows, from the local file and the line."""
        now = self._desk.clock.now()

        def work(conn: Connection) -> Status:
            unconfirmed, since = ledger.unconfirmed(conn)
            check = last_check(conn, WHATSAPP)
            lamp = Lamp("WhatsApp Web", "unset", words="nog niet nagekeken")
            if check is not None:
                at, linked = check
                seen = moment(at)
                if not linked:
                    lamp = Lamp("WhatsApp Web", "off", at, "uitgelogd sinds")
                elif seen is not None and now - seen > OLD_AFTER:
                    lamp = Lamp("WhatsApp Web", "old", at, "oud, nagekeken")
                else:
                    lamp = Lamp("WhatsApp Web", "good", at, "nagekeken")
            looked = feed_lamps(feeds.seen(conn), now)
            return Status(
                central=_central(line),
                burgernet=_burgernet(looked),
                whatsapp=lamp,
                queue=line.queue,
                queue_oldest_at=line.oldest_at,
                tray=line.tray,
                unconfirmed=unconfirmed,
                unconfirmed_since=since,
                others_waiting=line.others,
                line=line.state,
                trouble=line.trouble,
                sentence=line.sentence,
                skew_s=line.skew_s,
                audit=witness(conn).trouble,
                colleagues=_colleagues(conn, line),
                feeds=looked,
            )

        return self._desk.look(work, "status")


def feed_lamps(found: Sequence[feeds.FeedSeen], now: datetime) -> tuple[Lamp, ...]:
    """Return a lamp for each feed that is on; what nobody saw lately is never green."""
    return tuple(_feed_lamp(one, now) for one in found)


def _feed_lamp(one: feeds.FeedSeen, now: datetime) -> Lamp:
    name = WORDS[AlertSource][one.feed]
    if one.unknown_since:
        why = WORDS[OutsideTrouble].get(one.why, "")
        return Lamp(name, "unknown", one.unknown_since, f"onbekend: {why}," if why else "onbekend,")
    seen = moment(one.good_at)
    if seen is None:
        return Lamp(name, "unknown", "", "nog niet gekeken")
    if now - seen > SILENT_AFTER:
        return Lamp(name, "old", one.good_at, "oud,")
    return Lamp(name, "good", one.good_at)


def _burgernet(looked: Sequence[Lamp]) -> Lamp:
    """Return the one lamp of the bar: the worst of the feeds, so that it is never too green."""
    if not looked:
        return Lamp("Burgernet", "unset", words="niet ingesteld")
    order = ("unknown", "old", "good")
    worst = min(looked, key=lambda one: (order.index(one.state), one.at))
    return replace(worst, name="Burgernet")


def _colleagues(conn: Connection, line: Line) -> tuple[Colleague, ...]:
    """Return who is at another desk, once per person and station, by name."""
    found = names(conn, [person for person, _, _ in line.colleagues])
    made = {
        (person, station): Colleague(person, found.get(person, ""), station, since)
        for person, station, since in line.colleagues
    }
    return tuple(sorted(made.values(), key=lambda one: (not one.name, one.name, one.station)))


_NOT_LIVE = {
    "signed_out": "niet aangemeld,",
    "upgrade_needed": "deze desk is te oud,",
}


def _central(line: Line) -> Lamp:
    if line.embedded:
        if line.live:
            return Lamp("Centrale", "here", line.at, "op deze computer")
        state, words = ("off", NO_CONTACT) if line.at else ("unknown", "start")
        return Lamp("Centrale", state, line.at, words)
    if line.state == "resyncing":
        return Lamp("Centrale", "busy", "", "haalt alles opnieuw op")
    if line.live:
        return Lamp("Centrale", "good", line.at)
    words = _NOT_LIVE.get(line.state, "") if line.trouble else ""
    if words:
        return Lamp("Centrale", "off", line.at, words if line.at else words.rstrip(","))
    return Lamp("Centrale", "off", line.at, NO_CONTACT if line.at else "nog geen contact")
