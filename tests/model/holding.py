"""What a desk of the model holds, read from its database for the oracles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from console.storage import digest, projection
from contract.op import Record
from contract.vocabulary import ACCEPTED
from tests.model.memory import Box

Key = tuple[str, str]

KINDS = (
    *("report", "template", "post", "placement", "handover", "handover_line", "log_entry"),
    *("group", "step", "person"),
)

_HELD = " UNION ALL ".join(
    f"SELECT '{kind}', id, ver, pending = 0 OR json_extract(confirmed, '$.exists'), pending "
    f"FROM rec_{kind}"
    for kind in KINDS
)


class Holding:
    """The records, the outbox and the tray of one desk."""

    def __init__(self) -> None:
        self.box = Box()

    def shown(self, kind: str, record_id: str) -> Record | None:
        """Return what the screen shows."""
        return self.box.unit(lambda conn: projection.shown(conn, kind, record_id))

    def held(self) -> dict[Key, tuple[int, bool]]:
        """Return version and whether it is a grave of every record as central confirmed it."""
        found: dict[Key, tuple[int, bool]] = {
            (kind, record_id): (ver, True)
            for kind, record_id, ver in self.box.rows("SELECT kind, id, ver FROM grave")
        }
        for kind, record_id, ver, live, _ in self.box.rows(_HELD):
            if live:
                found[kind, record_id] = (ver, False)
        for kind, record_id, ver in self.box.rows(
            "SELECT kind, id, ver FROM withheld WHERE present = 1"
        ):
            found[kind, record_id] = (ver, False)
        return found

    def bodies(self, keys: Iterable[Key]) -> dict[Key, dict[str, Any] | None]:
        """Return what the screen shows of these records."""

        def work(conn: Connection) -> dict[Key, dict[str, Any] | None]:
            found = {key: projection.shown(conn, *key) for key in keys}
            return {key: dict(one.body) if one else None for key, one in found.items()}

        return self.box.unit(work)

    def busy(self) -> int:
        """Count what waits for central, of everybody."""
        return int(self.box.rows("SELECT count(*) FROM outbox")[0][0])

    def refused_ids(self) -> set[str]:
        """Return the ops that central refused: in the tray, settled or not, or told as lost."""
        good = ", ".join(f"'{status}'" for status in ACCEPTED)
        return {
            row[0]
            for row in self.box.rows(
                "SELECT op_id FROM tray UNION "
                f"SELECT op_id FROM journal WHERE status NOT IN ({good})"
            )
        }

    def sums(self) -> dict[str, digest.KindSum]:
        """Return what the desk itself would compare with central."""
        return self.box.unit(digest.sums)
