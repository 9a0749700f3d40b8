"""A stand-in for every feed, in the hand of a test; what they say stands in ``central.standins``."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from central.feeds.poller import Feeds
from central.feeds.sources import SOURCES
from central.office import Office
from central.outside import Doubles, OutsideClient
from central.standins.shapes import (
    EMPTY,
    action,
    actions,
    child_alert,
    missing,
    police,
    seconds,
    warning,
)
from contract.vocabulary import AlertSource
from tests.helpers.outside import Reply, Source, answering, sources

__all__ = [
    "EMPTY",
    "HOSTS",
    "World",
    "action",
    "actions",
    "child_alert",
    "missing",
    "police",
    "seconds",
    "until",
    "warning",
    "world",
]

HOSTS = tuple(dict.fromkeys(source.host for source in SOURCES.values()))
"""Every host that stands behind a shipped feed."""


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
