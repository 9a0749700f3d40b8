"""Answering desks: one uvicorn server round the app, and an end that drops nothing."""

import asyncio
import contextlib
import gc
import logging
import ssl
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from central.live.lines import give_up_the_dead
from central.operations.failures import Failed

HOST = "127.0.0.1"
PORT = 8461
LOOPBACK = ("127.0.0.1", "::1", "localhost")

OPEN_FILES = 65_536
"""How many connections and files the system may let us have open; most start with 1,024."""

SWEEP = (5_000, 10, 10)
"""After how many new objects, and after how many such sweeps, old ones are looked through."""

KEEP_ALIVE_S = 30
STOP_WITHIN_S = 8
HEADER_BYTES = 32_768
BACKLOG = 512

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to answer. ``port`` 0: any free one. ``cert`` and ``key``: PEM files, both or none."""

    host: str = HOST
    port: int = PORT
    cert: Path | None = None
    key: Path | None = None

    def check(self) -> None:
        """Raise ``Failed`` for an address that would carry records over a network unprotected."""
        if (self.cert is None) != (self.key is None):
            raise Failed(
                "Geef --cert en --key samen: het certificaat en de sleutel die erbij hoort."
            )
        if self.host not in LOOPBACK and self.cert is None:
            raise Failed(
                f"De centrale luistert alleen op {HOST} zolang er geen certificaat is. "
                "Geef --cert en --key, of laat --host weg."
            )
        for file in (self.cert, self.key):
            if file is not None and not file.is_file():
                raise Failed(f"Het bestand {file} is er niet. De centrale is niet gestart.")
        if self.cert is not None:
            try:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.cert, self.key)
            except (ssl.SSLError, OSError):
                raise Failed(
                    "Het certificaat en de sleutel horen niet bij elkaar of zijn niet leesbaar. "
                    "De centrale is niet gestart."
                ) from None

    @property
    def scheme(self) -> str:
        """The first part of the address."""
        return "https" if self.cert else "http"


class Server(uvicorn.Server):
    """Tells where it listens, and tells the app first when it has to stop."""

    def __init__(
        self,
        config: uvicorn.Config,
        scheme: str,
        stop: Callable[[], None] | None = None,
        beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        super().__init__(config)
        self._scheme = scheme
        self._stop = stop
        self._beside = beside
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: Any = None) -> None:
        """Answer, with what runs beside it, until a signal comes."""
        async with asyncio.TaskGroup() as group:
            beside = group.create_task(self._beside()) if self._beside else None
            try:
                await super().serve(sockets)
            finally:
                if beside is not None:
                    beside.cancel()

    async def startup(self, sockets: Any = None) -> None:
        """Open the door and say on standard output where it is."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        for server in self.servers:
            for socket in server.sockets:
                give_up_the_dead(socket)
                host, port = socket.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                say(f"Buurtdesk centrale luistert op {self._scheme}://{shown}:{port}")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal: those who wait are let go at once, work under way is finished.

        The signal is not raised again afterwards, so the records are closed and the code is 0.
        """
        if self._loop is not None and self._stop is not None and not self.should_exit:
            self._loop.call_soon_threadsafe(self._stop)
        self.should_exit = True


def serve(
    app: Any,
    where: Listening,
    stop: Callable[[], None] | None = None,
    beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Answer until a signal comes; ``stop`` runs on the event loop when it does.

    ``beside`` runs meanwhile. Raises ``Failed`` where the address cannot be had.
    """
    config = uvicorn.Config(
        app,
        host=where.host,
        port=where.port,
        ssl_certfile=where.cert,
        ssl_keyfile=where.key,
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        access_log=False,
        server_header=False,
        date_header=True,
        log_config=None,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        h11_max_incomplete_event_size=HEADER_BYTES,
    )
    allow_open_files()
    sweep_less()
    server = Server(config, where.scheme, stop, beside)
    with contextlib.suppress(SystemExit):  # uvicorn says so that it could not open the address
        server.run()
    if not server.started:
        raise Failed(
            f"Op {where.host} poort {where.port} kan de centrale niet luisteren. "
            "Draait er al een, of mag deze gebruiker dat niet? Kies een andere --port."
        )


def sweep_less() -> None:
    """Look for rings of dead objects less often, and never among those of the program itself.

    A batch of 500 ops makes some 20,000 objects at once and lets go of them at once: Python's own
    measure looks through all of them, and all of the program, several times a batch.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SWEEP)


def allow_open_files(wanted: int = OPEN_FILES) -> None:
    """Ask the system for as many open files as it lets us have; every desk holds two or three."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def say(line: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
