"""Central behind a real port, served by uvicorn in a thread of its own; time is moved by hand."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import uvicorn

from central.app import build_app, close_app
from central.office import Office
from central.settings import Settings
from tests.helpers.accounts_line import AccountsLine
from tests.helpers.central_line import KEY, Watch

PATIENCE_S = 60
CHEAP: dict[str, Any] = {
    "hash_memory_kib": 64,
    "hash_passes": 1,
    "hash_lanes": 1,
    "device_rate": 0.0,
}


def lay(place: Path | str, *operators: str) -> tuple[str, list[str]]:
    """Make a team with an account per operator; returns the team and the persons."""
    with AccountsLine(place) as line:
        line.watch.at = datetime.now(UTC)
        line.begin()
        people = [line.add_account(name, "operator", name=name.title()) for name in operators]
        return line.team, people


class Served:
    """Use as ``with``. ``watch`` is central's clock; ``cert`` and ``key``: PEM files for TLS.

    ``other``: further settings of central.
    """

    def __init__(
        self,
        place: Path | str,
        *,
        cert: Path | None = None,
        key: Path | None = None,
        **other: Any,
    ) -> None:
        self.watch = Watch(datetime.now(UTC))
        if isinstance(place, Path):
            settings = Settings(place, KEY, **CHEAP, **other)
        else:
            settings = Settings(database=place, **CHEAP, **other)
        self._app = build_app(settings, tell=self.watch)
        self.office: Office = self._app.state.office
        config = uvicorn.Config(
            self._app,
            host="127.0.0.1",
            port=0,
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            access_log=False,
            log_config=None,
            ssl_certfile=cert,
            ssl_keyfile=key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="central")

    def __enter__(self) -> Self:
        self._thread.start()
        waited = threading.Event()
        for _ in range(PATIENCE_S * 100):
            if self._server.started:
                return self
            assert self._thread.is_alive(), "central did not start"
            waited.wait(0.01)
        raise AssertionError("central did not start in time")

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self.office.live.close()
        self._thread.join(PATIENCE_S)
        close_app(self._app)

    @property
    def port(self) -> int:
        """Where central listens."""
        port: int = self._server.servers[0].sockets[0].getsockname()[1]
        return port
