"""The contacts of the team phone (F53)."""

from __future__ import annotations

import secrets
from concurrent.futures import Future

from console.domain.team_phone import PhoneLine, lines_of, marks
from console.services import exports
from console.services.desk import Desk, Unit
from console.storage import figures as stored
from console.storage import memory
from console.storage.contact import require_whole
from contract.vocabulary import Role

KEY, SEEN = "team-phone-key", "team-phone"
WORKERS = (Role.OPERATOR, Role.OFFICER, Role.ACCOUNT_HOLDER)


class TeamPhone:
    """The list is shown after its reason was written; what was done is kept on this desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, reason: str) -> Future[list[PhoneLine]]:
        """Write who looks and why, one line for each number, then return the list."""

        def work(unit: Unit) -> list[PhoneLine]:
            unit.require(*WORKERS)
            require_whole(unit.conn)
            with unit.group():
                exports.note(unit, "numbers_shown", "team-phone", reason)
                kept = memory.recall(unit.conn, SEEN)
                before = kept if isinstance(kept, dict) else None
                held = stored.on_the_phone(unit.conn)
                lines = lines_of(held, before, self._key(unit))
                for one in lines:
                    if one.number:
                        unit.log("administrator", one.id, "card_shown", reason=reason.strip())
            return lines

        return self._desk.act(work)

    def done(self, lines: list[PhoneLine]) -> Future[None]:
        """Remember that the phone is as this list says."""

        def work(unit: Unit) -> None:
            unit.require(*WORKERS)
            memory.remember(unit.conn, SEEN, marks(lines, self._key(unit)))

        return self._desk.act(work)

    def _key(self, unit: Unit) -> bytes:
        kept = memory.recall(unit.conn, KEY)
        if not isinstance(kept, str):
            kept = secrets.token_hex(32)
            memory.remember(unit.conn, KEY, kept)
        return bytes.fromhex(kept)
