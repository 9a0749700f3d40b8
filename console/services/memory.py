"""What this desk remembers for itself: sizes, filters, what was being typed. Never sent."""

import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from console.services.desk import Desk
from console.storage import memory, typing
from console.storage.database import Connection

PASTE_KEY = "paste-key"


class Memory:
    """Small things under a name, and text that is not an act yet (house.md §0.3)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def recall(self, name: str) -> Future[Any]:
        """Return what is remembered under a name; None where nothing is."""
        return self._desk.look(lambda conn: memory.recall(conn, name))

    def remember(self, name: str, value: Any) -> Future[None]:
        """Remember a value that JSON can hold; None forgets it."""
        return self._desk.store.write(lambda conn: memory.remember(conn, name, value))

    def secret(self, name: str) -> Future[bytes]:
        """Return 32 random bytes of this profile, the same every time; for keyed hashes."""

        def work(conn: Connection) -> bytes:
            kept = memory.recall(conn, name)
            if not isinstance(kept, str):
                kept = secrets.token_hex(32)
                memory.remember(conn, name, kept)
            return bytes.fromhex(kept)

        return self._desk.store.write(work)

    def keep_typing(self, subject: str, fields: Mapping[str, str]) -> Future[None]:
        """Keep what stands in the fields of a form now; empty fields are forgotten."""
        me, now, kept = self._me, self._desk.now(), dict(fields)

        def work(conn: Connection) -> None:
            for field, text in kept.items():
                typing.keep(conn, subject, field, me, text, now)

        return self._desk.store.write(work)

    def typed(self, subject: str) -> Future[dict[str, str]]:
        """Return what this person had typed into a form."""
        me = self._me
        return self._desk.look(lambda conn: typing.restore(conn, subject, me))

    def forget_typing(self, subject: str) -> Future[None]:
        """Forget it: it is kept as a record now, or thrown away by the person."""
        me = self._me
        return self._desk.store.write(lambda conn: typing.forget(conn, subject, me))
