"""A desk keeps what central signed, and says when it does not go on from there (security.md §6)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from central.audit import checkpoints, signing
from central.operations import backup
from console.domain.standing import AUDIT, standing
from console.domain.status import Line
from console.domain.witness import Witness
from console.services.lamps import Lamps
from console.storage import witness
from contract.checkpoint import read_key
from tests.helpers.central_line import KEY, CentralLine, report
from tests.helpers.joined import Joined

HERE = Line(True, True, "", 0, "", 0, 0, "live")


def known(joined: Joined) -> Witness:
    """Return what the desk knows of central's audit rows."""
    return joined.store.read(witness.witness).result()


def signed(central: CentralLine) -> None:
    """Make a checkpoint, as central does each hour."""
    checkpoints.make(central.office.database, b"", central.office.moment())


def refreshed(joined: Joined) -> Witness:
    """Let the tokens be renewed, as happens every quarter of an hour."""
    joined.run(joined.gateway.renew_ahead())
    return known(joined)


def altered(central: CentralLine, *statements: str) -> None:
    """Do something to central's records that only somebody with all rights can."""

    def work(conn: Connection) -> None:
        for name in ("audit_no_update", "audit_no_delete"):
            conn.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for name in ("audit_checkpoint_no_update", "audit_checkpoint_no_delete"):
            conn.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for one in statements:
            conn.execute(text(one))

    central.office.database.write_now(work)


def seen(central: CentralLine, joined: Joined) -> int:
    """Have the desk see a checkpoint; returns its size."""
    central.push(report(), report())
    signed(central)
    assert refreshed(joined).size > 0
    return known(joined).size


def cut(size: int) -> tuple[str, ...]:
    return (
        f"DELETE FROM audit WHERE n > {size - 1}",
        f"UPDATE team_head SET audit_n = {size - 1}",
        "DELETE FROM audit_checkpoint",
    )


def cut_and_grown(size: int) -> tuple[str, ...]:
    """Take the tail away; what is written later takes its numbers."""
    return cut(size)


def rewritten(size: int) -> tuple[str, ...]:
    return (f"UPDATE audit SET chain = '{'ab' * 32}' WHERE n = {size}",)


def emptied(size: int) -> tuple[str, ...]:
    return ("DELETE FROM audit_checkpoint",)


@pytest.mark.parametrize(
    ("done", "grown", "why"),
    [
        (cut, False, "shortened"),
        (cut_and_grown, True, "rewritten"),
        (rewritten, False, "rewritten"),
        (emptied, False, "shortened"),
    ],
)
def test_a_log_that_was_cut_or_rewritten_is_reported_by_the_desk(
    central: CentralLine,
    joined: Joined,
    done: Callable[[int], tuple[str, ...]],
    grown: bool,
    why: str,
) -> None:
    size = seen(central, joined)
    assert known(joined).trouble == ""
    altered(central, *done(size))
    if grown:
        central.push(report(), report())
        signed(central)
    assert refreshed(joined).trouble == why
    status = Lamps(joined.desk).status(HERE).result()
    shown = standing(status, joined.clock.now())
    assert shown is not None
    assert shown.action == AUDIT
    # It stands until somebody looked into it, over restarts too.
    joined.shut()
    joined.open()
    joined.sign_in(central.person)
    assert known(joined).trouble == why
    joined.store.write(witness.accept).result()
    assert known(joined).trouble == ""


def test_rows_that_go_on_are_no_trouble_and_each_checkpoint_is_kept_once(
    central: CentralLine, joined: Joined
) -> None:
    first = seen(central, joined)
    assert refreshed(joined).size == first
    central.push(report())
    signed(central)
    after = refreshed(joined)
    assert [one.size for one in after.seen] == [first, first + 1]
    assert after.trouble == ""
    assert after.key == read_key(after.key).text()


def test_no_request_is_made_for_it(
    central: CentralLine, joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen(central, joined)
    asked: list[str] = []
    ask = joined.gateway.line.ask

    async def noted(method: str, path: str, *rest: object, **more: object) -> object:
        asked.append(f"{method} {path.rpartition('/')[2]}")
        return await ask(method, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(joined.gateway.line, "ask", noted)
    central.push(report())
    signed(central)
    refreshed(joined)
    joined.step()
    assert known(joined).size > 0
    assert set(asked) == {"POST refresh", "GET changes"}


def test_another_key_is_taken_only_when_the_old_one_vouches_for_it(
    central: CentralLine, joined: Joined
) -> None:
    seen(central, joined)
    old = known(joined).key
    database = central.office.database
    joined.move(minutes=5)
    database.write_now(lambda conn: signing.new(conn, central.office.moment()))
    central.push(report())
    signed(central)
    after = refreshed(joined)
    assert after.trouble == ""
    assert after.key not in ("", old)
    # A key that nobody vouches for: the desk keeps the one it knows and says so.
    altered(central, "DELETE FROM audit_key")
    central.push(report())
    signed(central)
    strange = refreshed(joined)
    assert strange.trouble == "key"
    assert strange.key == after.key
    assert strange.offered_mark not in ("", strange.mark)
    joined.store.write(witness.accept).result()
    assert refreshed(joined).trouble == ""
    assert known(joined).mark == strange.offered_mark


def test_a_central_put_back_from_a_copy_is_told_apart_from_one_that_was_altered(
    central: CentralLine, joined: Joined, tmp_path: Path
) -> None:
    signed(central)
    backup.write(central.office.database, tmp_path / "copy", KEY)
    seen(central, joined)
    backup.restore(central.office.database, tmp_path / "copy", KEY, replace=True)
    central.sign_in(central.person)
    joined.sign_in(central.person)
    assert known(joined).trouble == "restored"
    # The next one that does not connect is not excused by it.
    joined.store.write(witness.accept).result()
    size = seen(central, joined)
    altered(central, *cut(size))
    assert refreshed(joined).trouble == "shortened"


def test_records_that_went_back_without_a_word_are_called_that(
    central: CentralLine, joined: Joined
) -> None:
    size = seen(central, joined)
    altered(central, *cut(size))
    joined.engine._witness.went_back()
    assert refreshed(joined).trouble == "rewound"
