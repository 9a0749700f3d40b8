"""The whole outside of one central: every feed and register it may ask, playing one story."""

import socket
import threading
from collections.abc import Collection
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from central.clock import TELLER
from central.feeds.sources import SOURCES
from central.lookups.sources import HOSTS as REGISTERS
from central.standins.hosts import answering, standing
from central.standins.registers import pdok_of, rdw
from central.standins.story import Story
from contract.vocabulary import AlertSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from central.outside import OutsideClient
    from central.standins.hosts import Standing

    MakeClient = Callable[["Standing", Collection[str]], OutsideClient]


class World:
    """Stands on this machine from ``open`` to ``close``.

    The story begins ``ahead_s`` seconds before a feed is first looked at. ``make``:
    makes the guarded client that knows where the stand-ins stand; only who starts the program can.
    """

    def __init__(
        self, tell: TELLER, make: "MakeClient", *, story: Story | None = None, ahead_s: float = 0.0
    ) -> None:
        self._tell = tell
        self._make = make
        self._story = story
        self._ahead_s = ahead_s
        self._began: datetime | None = None
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._standing: Standing | None = None

    def open(self) -> None:
        """Let every host stand; again is nothing."""
        if self._standing is not None:
            return
        story = self._story or Story.read()
        hosts = dict.fromkeys([*(one.host for one in SOURCES.values()), *REGISTERS.values()])
        made = self._stack.enter_context(standing(*hosts))
        paths = {_path(feed).encode(): feed for feed in SOURCES}

        def feeds(line: socket.socket, request: bytes) -> None:
            feed = paths.get(request.split(b" ")[1])
            if feed is None:
                answering(b"", status=404)(line, request)
                return
            body, kind = story.answer(feed, *self._moment())
            answering(body.encode(), kind)(line, request)

        for source in SOURCES.values():
            made.found[source.host].reply = feeds
        made.found[REGISTERS["plates"]].reply = rdw
        made.found[REGISTERS["addresses"]].reply = pdok_of(story.streets())
        self._standing = made

    def close(self) -> None:
        """Let none of them stand any more."""
        self._standing = None
        self._stack.close()

    def client(self, hosts: Collection[str]) -> "OutsideClient":
        """Return what central asks with: it reaches the stand-ins and nothing else."""
        assert self._standing is not None
        return self._make(self._standing, set(hosts) & set(self._standing.ports))

    def _moment(self) -> tuple[datetime, float]:
        """Return when the story began, and how many seconds of it have passed."""
        now = self._tell()
        with self._lock:
            self._began = self._began or now - timedelta(seconds=self._ahead_s)
            began = self._began
        return began, (now - began).total_seconds()


def _path(feed: AlertSource) -> str:
    source = SOURCES[feed]
    return source.url.partition(source.host)[2]
