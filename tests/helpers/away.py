"""A desk joined to a central elsewhere, that signs in with an account."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import httpx

from console.services.desk import Desk
from console.storage.database import Store
from console.sync.engine import SyncEngine
from console.sync.gateway import Gateway
from console.sync.policy import Pace
from tests.helpers.breakable import Breakable
from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined
from tests.helpers.profile import KEY, STATION, lay_empty


class Answering(Breakable):
    """A line whose answers to some paths a test writes itself; ``answers`` by end of the path.

    With ``tell`` every answer of central says what time it is there, as a server on a port does.
    ``silent`` paths stand open and say nothing until the patience of the desk is over.
    """

    def __init__(self, app: object) -> None:
        super().__init__(app)
        self.answers: dict[str, httpx.Response] = {}
        self.tell: Callable[[], datetime] | None = None
        self.silent: set[str] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as written, else as central does."""
        end = request.url.path.rpartition("/")[2]
        if end in self.silent:
            self.asked.append(f"{request.method} {request.url.path}")
            await asyncio.sleep(0)
            raise httpx.ReadTimeout("silent")
        if end in self.answers:
            return self.answers[end]
        answer = await super().handle_async_request(request)
        if self.tell is not None:
            answer.headers["Date"] = format_datetime(self.tell(), usegmt=True)
        return answer


class Away(Joined):
    """Like ``Joined``, without the secret of an embedded central."""

    line: Answering

    def __init__(self, central: CentralLine, path: Path, device: str = "desk-a") -> None:
        self._device = device
        self.users: frozenset[str] = frozenset()
        super().__init__(central, path)

    def open(self) -> None:
        """Open the local file and the line."""
        lay_empty(self.path)
        self.store = Store.open(self.path, KEY, clock=self.clock)
        self.line = Answering(self.central.app)
        self.gateway = Gateway(
            "http://central", self.line, device=self._device, device_name="Balie", clock=self.clock
        )
        self.run(self.gateway.__aenter__())
        self.engine = SyncEngine(
            self.store,
            self.gateway,
            self.clock,
            pace=Pace(),
            jitter=lambda low, high: high,
            users=lambda: self.users,
        )
        self.desk = Desk(self.store, self.clock, station=STATION)
