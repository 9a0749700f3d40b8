"""Finding out who works here by counting what a try costs: there is nothing to count (threat 15).

Counted are checks of a password and statements to the database: what takes the time. A clock would
measure the machine.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import event

from tests.helpers.accounts_line import OTHER, AccountsLine
from tests.helpers.central_line import op

TRIES = 200


def test_two_hundred_tries_cost_the_same_work_whoever_is_named(tmp_path: Path) -> None:
    with AccountsLine(tmp_path / "central.db") as line:
        line.begin()
        line.add_account("joris", "operator")
        left = line.add_account("weg", "operator")
        line.push(op("update", "person", left, set={"active": False}, was={"active": True}))
        asked: list[str] = []
        backend = line.office.database.backend

        def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        for engine in (backend.writer, backend.reader):
            event.listen(engine, "before_cursor_execute", count)
        spent: dict[str, Counter[tuple[int, int, str, int]]] = {}
        for number in range(TRIES):
            # The pause that wrong tries earn is waited for, so that each one is really judged.
            line.watch.move(days=2)
            name = ("joris", "weg", "nobody", f"nobody.{number}")[number % 4]
            asked.clear()
            before = line.office.hasher.verified
            answer = line.try_to_enter(name, OTHER)
            assert answer.status_code == 401
            work = line.office.hasher.verified - before
            kind = "known" if name in ("joris", "weg") else "unknown"
            cost = (answer.status_code, work, answer.text, len(asked))
            spent.setdefault(kind, Counter())[cost] += 1
    # The first try on a name writes a row, a later one changes it: that is the same for both.
    assert set(spent["known"]) == set(spent["unknown"])
    assert len(spent["known"]) == 1
    assert next(iter(spent["known"]))[1] == 1
    assert next(iter(spent["known"]))[3] > 0
