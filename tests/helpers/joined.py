"""A desk's store and engine joined to a real central over a line that tests may break."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

from console.domain.person import Person
from console.services.desk import Desk
from console.storage.database import Store
from console.sync.engine import SyncEngine
from console.sync.gateway import Gateway
from console.sync.policy import Pace
from tests.helpers.breakable import Breakable
from tests.helpers.central_line import SECRET, CentralLine
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, STATION, lay_empty

T = TypeVar("T")


class Joined:
    """One desk. The loop runs only inside ``run``, so a test decides what happens when."""

    def __init__(self, central: CentralLine, path: Path, device: str = "desk-a") -> None:
        self.central = central
        self.device = device
        self.path = path
        self.clock = HandClock(central.watch.at)
        self._runner = asyncio.Runner()
        self.open()

    def open(self) -> None:
        """Open the local file and the line."""
        lay_empty(self.path)
        self.store = Store.open(self.path, KEY, clock=self.clock)
        self.line = Breakable(self.central.app)
        self.gateway = Gateway(
            "http://central", self.line, device=self.device, device_name="Balie", secret=SECRET
        )
        self.run(self.gateway.__aenter__())
        self.engine = SyncEngine(
            self.store, self.gateway, self.clock, pace=Pace(), jitter=lambda low, high: high
        )
        self.desk = Desk(self.store, self.clock, station=STATION)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shut()
        self._runner.close()

    def shut(self) -> None:
        """Close the line and the local file."""
        self.run(self.gateway.__aexit__())
        self.store.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop of this desk."""
        return self._runner.run(work)

    def sign_in(self, person: str) -> None:
        """Sign somebody in at the desk and at central."""
        session = self.run(self.engine.sign_in(person))
        self.desk.person = Person(person, session.person.name, session.person.roles)

    def step(self) -> float:
        """Do one whole exchange."""
        return self.run(self.engine.step())

    def move(self, **by: float) -> None:
        """Let time pass, here and at central."""
        self.clock.move(**by)
        self.central.watch.move(**by)
