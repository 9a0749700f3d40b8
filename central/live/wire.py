"""What processes of one central tell each other: PostgreSQL's NOTIFY, on a connection of its own.

Never inside a transaction that writes (sync.md §8). A message holds ids and times, no names and no
content. On an encrypted file there is one process and no wire.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
import psycopg

from central.database.postgres import url_of
from central.live.roster import Seat

CHANNEL = "buurtdesk_live"
PAYLOAD = 7000
"""Most bytes of a message; PostgreSQL takes fewer than 8000."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message: which process spoke, and what it said."""

    process: str
    rang: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    left: tuple[str, ...] = ()
    asks: bool = False


class Wire(Protocol):
    """A line to the other processes."""

    def fileno(self) -> int:
        """Return what to wait on for messages."""
        ...

    def send(self, messages: Sequence[Told]) -> None:
        """Tell the others."""
        ...

    def received(self) -> list[Told]:
        """Return what came, without waiting."""
        ...

    def close(self) -> None:
        """Let the line go."""
        ...


class WireLost(Exception):
    """The other processes cannot be reached now."""


class PostgresWire:
    """One connection that listens and speaks. Raises ``WireLost``."""

    def __init__(self, address: str) -> None:
        plain = url_of(address).set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            # A line that went dead must not hold the thread that ends streams (sync.md §8).
            self._connection = psycopg.connect(
                plain,
                autocommit=True,
                connect_timeout=5,
                application_name="buurtdesk-live",
                keepalives_idle=5,
                keepalives_interval=5,
                keepalives_count=2,
                tcp_user_timeout=10_000,
            )
            self._connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error as trouble:
            raise WireLost(type(trouble).__name__) from None

    def fileno(self) -> int:
        """Return the socket of the connection."""
        return self._connection.fileno()

    def send(self, messages: Sequence[Told]) -> None:
        """Tell the others, and this process too."""
        try:
            for message in messages:
                for payload in written(message):
                    self._connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
        except psycopg.Error as trouble:
            raise WireLost(type(trouble).__name__) from None

    def received(self) -> list[Told]:
        """Return what came; text that is no message of ours is left out."""
        try:
            found = [read(note.payload) for note in self._connection.notifies(timeout=0)]
        except psycopg.Error as trouble:
            raise WireLost(type(trouble).__name__) from None
        return [one for one in found if one is not None]

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def written(message: Told) -> Iterator[str]:
    """Write a message as texts that are each short enough for one NOTIFY."""
    if message.asks:
        yield _text(message.process, "asks", [True])
    yield from _parts(message.process, "rang", message.rang)
    yield from _parts(message.process, "left", message.left)
    yield from _parts(
        message.process,
        "seats",
        [(s.stream, s.team, s.person, s.device, s.since) for s in message.seats],
    )


def read(payload: str) -> Told | None:
    """Read one text; None for what no process of ours would say."""
    try:
        found = orjson.loads(payload)
        if not isinstance(found, Mapping) or not isinstance(found.get("process"), str):
            return None
        seats = tuple(_seat(one) for one in found.get("seats", ()))
        return Told(
            found["process"],
            _words(found.get("rang", ())),
            seats,
            _words(found.get("left", ())),
            bool(found.get("asks")),
        )
    except (orjson.JSONDecodeError, TypeError, ValueError):
        return None


def _words(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
        raise ValueError("not a list of words")
    return tuple(values)


def _seat(values: Any) -> Seat:
    stream, team, person, device, since = _words(values)
    return Seat(stream, team, person, device, since)


def _parts(process: str, name: str, values: Iterable[Any]) -> Iterator[str]:
    part: list[Any] = []
    size = 0
    for value in values:
        length = len(orjson.dumps(value)) + 1
        if part and size + length > PAYLOAD:
            yield _text(process, name, part)
            part, size = [], 0
        part.append(value)
        size += length
    if part:
        yield _text(process, name, part)


def _text(process: str, name: str, values: list[Any]) -> str:
    return orjson.dumps({"process": process, name: values}).decode()
