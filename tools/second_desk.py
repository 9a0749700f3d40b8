"""A line that can be cut and a second desk on the same central, for pictures and for journeys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from console.app.options import MakeCentral
from console.sync.gateway import Gateway
from console.sync.inprocess import InProcess
from contract import routes
from contract.op import Op, OpResult
from main import make_central

Message = Any


class Switched:
    """The real central behind a switch: while ``down`` it answers nobody."""

    def __init__(self, central: Any, secret: str) -> None:
        self.central = central
        self.secret = secret
        self.down = False

    def open(self) -> None:
        """Open the records."""
        self.central.open()

    def close(self) -> None:
        """Close the records."""
        self.central.close()

    def damage(self) -> bool:
        """Look whether the file is gone or cannot be read."""
        return bool(self.central.damage())

    def left(self, team: str) -> Any:
        """Say what a damaged file still tells."""
        return self.central.left(team)

    def remake(self, *asked: Any) -> Any:
        """Fill a new file."""
        return self.central.remake(*asked)

    async def __call__(self, scope: Message, receive: Message, send: Message) -> None:
        """Answer one request, or none."""
        if not self.down:
            await self.central(scope, receive, send)
            return
        body = json.dumps({"type": "about:blank", "title": "Away", "status": 503}).encode()
        headers = [(b"content-type", routes.PROBLEM_JSON.encode())]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class CentralMaker:
    """Makes the central of a program and keeps hold of it. ``make``: how, of ``main``."""

    def __init__(self, make: MakeCentral = make_central) -> None:
        self.made: Switched | None = None
        self._make = make

    def __call__(self, path: Path, key: bytes, secret: str, tell: Callable[[], datetime]) -> Any:
        self.made = Switched(self._make(path, key, secret, tell), secret)
        return self.made

    @property
    def switch(self) -> Switched:
        """The switch of the central that was made last."""
        assert self.made is not None
        return self.made


def push_from_elsewhere(
    switched: Switched, team: str, person: str, ops: Sequence[Op]
) -> list[OpResult]:
    """Send ops as this person from a second desk; returns what central answered."""

    async def work() -> list[OpResult]:
        gateway = Gateway(
            "http://central",
            InProcess(switched.central),
            device="balie-2",
            device_name="balie 2",
            secret=switched.secret,
        )
        async with gateway:
            await gateway.sign_in(person)
            reply = await gateway.push(team, list(ops), "")
            return list(reply.results)

    def elsewhere() -> list[OpResult]:
        with asyncio.Runner() as runner:
            return runner.run(work())

    # A loop of its own thread: the one of the screen may not be entered twice.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(elsewhere).result()
