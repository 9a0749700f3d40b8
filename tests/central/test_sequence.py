"""The counter of a team: dense, in the order of the commits, with one writer (sync.md §2, I9)."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from central.auth import service as auth
from central.auth.service import Caller
from central.models.sync import sync_commit, sync_record
from central.sync import service
from contract.messages import PushRequest
from tests.helpers.central_line import CentralLine, command, report

CENTRAL = Path(__file__).resolve().parents[2] / "central"


def caller_of(line: CentralLine) -> Caller:
    """Return the person signed in, as central knows them."""
    moment = line.office.moment()
    return line.office.database.read_now(
        lambda conn: auth.of_team(conn, line.token, line.team, moment)
    )


def _push(line: CentralLine, caller: Caller, request: PushRequest, conn: Connection) -> bytes:
    return service.push(conn, caller, request, "", line.office.now())


def test_numbers_are_dense_and_in_commit_order_under_eight_writers(line: CentralLine) -> None:
    start = line.page()[1]["head"]
    caller = caller_of(line)

    def write(number: int) -> None:
        for _ in range(6):
            made = report()
            ops = [made, command("report", made["id"], "claim"), report()]
            request = PushRequest.model_validate({"ops": ops})
            line.office.database.write_now(partial(_push, line, caller, request))

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    rows = line.office.database.read_now(
        lambda conn: conn.execute(
            select(sync_record.c.seq)
            .where(sync_record.c.seq > start)
            .order_by(sync_record.c.seq)
        ).scalars().all()
    )  # fmt: skip
    assert rows == list(range(start + 1, start + 1 + 8 * 6 * 2))
    commits = line.office.database.read_now(
        lambda conn: conn.execute(
            select(sync_commit.c.last_seq, sync_commit.c.nonce).order_by(sync_commit.c.last_seq)
        ).all()
    )
    assert len({nonce for _, nonce in commits}) == len(commits)


def test_a_follower_never_misses_a_row_while_others_write(line: CentralLine) -> None:
    caller = caller_of(line)
    seen: set[str] = set()
    made: set[str] = set()
    cursor = line.page()[1]["cursor"]

    def write(_: int) -> str:
        one = report()
        request = PushRequest.model_validate({"ops": [one]})
        line.office.database.write_now(partial(_push, line, caller, request))
        return str(one["id"])

    with ThreadPoolExecutor(4) as writers:
        running = [writers.submit(write, n) for n in range(60)]
        while len(seen) < len(running):
            rows, end = line.page(cursor, limit=5)
            seen |= {row["id"] for row in rows}
            cursor = end["cursor"]
        made = {one.result() for one in running}
    assert seen == made


def test_only_the_sequence_module_writes_records() -> None:
    writers = set()
    for path in sorted(CENTRAL.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            word = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            word = word or (node.func.id if isinstance(node.func, ast.Name) else "")
            named = [*node.args, getattr(node.func, "value", None)]
            about = any(
                isinstance(part, ast.Name)
                and part.id in ("sync_record", "team_head", "sync_commit")
                for part in named
            )
            if about and word in ("insert", "update", "delete"):
                writers.add(path.relative_to(CENTRAL).as_posix())
    # A team begins with its counter at zero; everything after goes through commit_changes. Rows of
    # the journal about accounts and desks move the journal's own counter and touch no record.
    writers = {writer for writer in writers if not writer.startswith("sequence/")}
    assert writers == {"sync/repository.py", "journal/repository.py"}
    text = (CENTRAL / "sync" / "repository.py").read_text(encoding="utf-8")
    assert "insert(sync_record)" not in text
    assert "update(sync_record)" not in text
    # Graves that no desk needs any more go with the commits they belong to (retention).
    assert text.count("delete(sync_record)") == 1
    assert text.count("insert(team_head)") == 1
    text = (CENTRAL / "journal" / "repository.py").read_text(encoding="utf-8")
    assert "sync_record" not in text
    assert "team_head.c.seq" not in text
