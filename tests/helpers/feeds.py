"""Recorded shapes of the feeds with invented contents, and a stand-in for every one of them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from central.feeds.poller import Feeds
from central.feeds.sources import SOURCES
from central.office import Office
from central.outside import Doubles, OutsideClient
from contract.vocabulary import AlertSource
from tests.helpers.outside import Reply, Source, answering, sources

HOSTS = tuple(dict.fromkeys(source.host for source in SOURCES.values()))
"""Every host that stands behind a shipped feed."""


def seconds(at: datetime) -> int:
    """Return a moment as the feeds count it."""
    return int(at.timestamp())


def action(
    at: datetime,
    *bodies: str,
    number: int = 91,
    active: bool = True,
    municipality: str = "Veldermeer",
    ended: datetime | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return a local action with its messages, the first one the start."""
    messages = [
        {
            "title": "Uitkijken naar",
            "body": body,
            "messageType": "Start" if place == 0 else "Update" if active else "Afloop",
            "lastModifiedTimestamp": seconds(at + timedelta(minutes=10 * place)),
            "responseUrl": "https://www.burgernet.nl/reageer/voorbeeld",
        }
        for place, body in enumerate(bodies)
    ]
    return {
        "id": number,
        "municipality": municipality,
        "actionType": "?",
        "amberAlert": False,
        "active": active,
        "startTimestamp": seconds(at),
        "endTimestamp": seconds(ended) if ended else None,
        "area": {"lat": 52.1, "lng": 4.5, "radius": 1500},
        "messages": messages,
        **more,
    }


def actions(*found: dict[str, Any]) -> str:
    """Return an answer with local actions."""
    return json.dumps({"actions": list(found)}, indent=1)


def child_alert(
    at: datetime, *, level: str = "5", kind: str = "Alert", number: str = "77", **message: Any
) -> dict[str, Any]:
    """Return one message of the AMBER and Vermist Kind feed; every leaf a string or null."""
    local = level == "5"
    return {
        "AlertId": number,
        "MessageId": number,
        "Sender": "KindAlarmPortal",
        "Sent": str(seconds(at)),
        "State": "Actual",
        "Type": kind,
        "Scope": "Public",
        "AlertLevel": level,
        "Location": {"Description": None, "Latitude": None, "Longitude": None},
        "Message": {
            "Title": "Noor Voorbeeld (9)",
            "Description": "Laatst gezien bij de speeltuin in Veldermeer, rode jas.",
            "DescriptionExt": "Vermist",
            "Readmore_URL": "https://www.politie.nl/amberalert",
            "Media_URL": None,
            "Media": {"Image": None, "SmallImage": None},
            **message,
        },
        "Area": {
            "Description": "Veldermeer" if local else None,
            "Circle": "52.1,4.5 5000" if local else None,
            "CircleKM": "52.1,4.5 5" if local else None,
        },
    }


def warning(at: datetime, **more: Any) -> dict[str, Any]:
    """Return an NL-Alert that runs."""
    return {
        "id": "0123456789ab",
        "message": "NL-Alert. Rook in Veldermeer. Sluit ramen en deuren. *** Smoke in Veldermeer.",
        "type": "nl-alert",
        "start_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "stop_at": None,
        "area": ["52.10000,4.50000 52.10000,4.60000 52.20000,4.60000 52.10000,4.50000"],
        **more,
    }


def missing(**more: Any) -> dict[str, Any]:
    """Return a missing person of politie.nl."""
    return {
        "uid": "6f1f5a52-0000-4000-8000-000000000001",
        "url": "https://www.politie.nl/vermist/voorbeeld",
        "publicatiedatum": "2026-03-14 09:00:00",
        "titel": "Vermist: Kees Voorbeeld",
        "gebied": "Veldermeer",
        "introductie": "Wie heeft Kees (81 jaar) gezien? Hij is vermist in Veldermeer.",
        "omschrijving": "<p>Hij draagt een <b>grijze</b> jas.</p>",
        "locaties": [],
        **more,
    }


def police(name: str, *items: dict[str, Any]) -> str:
    """Return an answer of politie.nl with one list."""
    return json.dumps({"iterator": {"last": True, "offset": 0}, name: list(items)})


EMPTY = {
    AlertSource.BURGERNET_ACTIONS: '{"actions": []}',
    AlertSource.BURGERNET_ALERTS: "[]",
    AlertSource.NL_ALERT: '{"data": []}',
    AlertSource.POLICE_NEWS: '{"nieuwsberichten": []}',
    AlertSource.POLICE_MISSING: '{"vermisten": []}',
}
"""What each feed answers when there is nothing."""


class World:
    """The outside of a central: a stand-in for each host, and the poller that looks at it."""

    def __init__(self, office: Office, found: dict[str, Source], doubles: Doubles) -> None:
        self._found = found
        self._replies: dict[bytes, Reply] = {}

        def client(hosts: Collection[str]) -> OutsideClient:
            return OutsideClient(hosts, doubles=doubles, total_s=5, tell=office.tell)

        self.feeds = Feeds(office, client, lambda: 0.5)

    def source(self, feed: AlertSource) -> Source:
        """Return the stand-in for the host of a feed."""
        return self._found[SOURCES[feed].host]

    def says(self, feed: AlertSource, text: str | bytes, kind: str = "application/json") -> None:
        """Let a feed answer this from now on."""
        self.replies(feed, answering(text.encode() if isinstance(text, str) else text, kind))

    def replies(self, feed: AlertSource, reply: Reply) -> None:
        """Let a feed answer in this way from now on; other feeds of its host stay as they are."""
        path = SOURCES[feed].url.partition(SOURCES[feed].host)[2].encode()
        self._replies[path] = reply
        self.source(feed).reply = self._by_path

    def asked(self, feed: AlertSource) -> int:
        """Return how often a feed was asked."""
        path = SOURCES[feed].url.partition(SOURCES[feed].host)[2].encode()
        return sum(one.split(b" ")[1] == path for one in self.source(feed).requests)

    def _by_path(self, line: socket.socket, request: bytes) -> None:
        self._replies[request.split(b" ")[1]](line, request)


@contextmanager
def world(office: Office, also: Callable[[World], None] | None = None) -> Iterator[World]:
    """Stand in for every host of the shipped feeds, for one central."""
    with sources(*HOSTS) as (found, doubles):
        made = World(office, found, doubles)
        for feed, text in EMPTY.items():
            made.says(feed, text)
        if also is not None:
            also(made)
        yield made


def until(true: Callable[[], bool], within_s: float = 20) -> None:
    """Wait for a condition; fails when it does not come."""
    ends = time.monotonic() + within_s
    pause = threading.Event()
    while not true():
        assert time.monotonic() < ends, "it did not happen in time"
        pause.wait(0.02)
