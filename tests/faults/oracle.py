"""Says after a run what was lost, doubled or left different (sync.md §11: I1, I2, I3, I9, I12, I17).

It reads the files of the desks and the records of central as they lie there, and compares them with
the lines that the desks wrote after their local COMMIT.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from central.database import Database
from central.journal.chain import body_hash
from central.models.journal import audit
from central.models.sync import sync_commit, sync_op, sync_record, team_head
from central.operations.verify import verify
from central.sync.service import digest as central_digest
from console.domain.clock import SystemClock
from console.models.local import cursor, journal, outbox, tray
from console.storage import digest
from console.storage.database import Store
from tests.faults.ground import Ground
from tests.faults.places import DeskPlace
from tests.helpers.central_line import KEY as CENTRAL_KEY
from tests.helpers.profile import KEY

ACCEPTED = frozenset({"applied", "merged", "noop"})
WRITTEN = frozenset({"text", "title", "description"})
"""The fields that somebody at a desk sets to a value that nobody else ever sets."""


@dataclass(slots=True)
class Verdict:
    """What the oracle found. Every list must be empty; ``acts``: lines that desks wrote."""

    acts: int = 0
    applied: int = 0
    refused: int = 0
    silent: int = 0
    """Acts kept before the line about them could be written: kills between COMMIT and line."""
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether all is well."""
        return not (self.lost or self.doubled or self.taken_back or self.different or self.broken)

    def as_json(self) -> dict[str, Any]:
        """Return the figures; of what is wrong the number and the first few."""
        wrong = {
            name: getattr(self, name)
            for name in ("lost", "doubled", "taken_back", "different", "broken")
        }
        return {
            "acts": self.acts,
            "applied": self.applied,
            "refused": self.refused,
            "silent": self.silent,
            **{name: len(found) for name, found in wrong.items()},
            "examples": [text for found in wrong.values() for text in found[:5]],
        }


@dataclass(slots=True)
class _Desk:
    """What one desk said and what lies in its file."""

    name: str
    kept: list[list[str]]
    came: dict[str, str]
    waiting: dict[str, str]
    tray: dict[str, str]
    journal: dict[str, str]
    wrote: list[tuple[str, str, str, str, Any]]
    """Op, kind, record, field and value of every answered op, said or not."""
    placed: set[str]
    """The placements of which somebody here said that the text stands in the group."""
    sums: dict[str, digest.KindSum]
    resyncs: int


@dataclass(slots=True)
class _Central:
    """What lies at central, of one team."""

    head: int
    records: dict[tuple[str, str], Any]
    answers: dict[str, str]
    rows: list[Any]
    commits: list[int]
    sums: dict[str, Any]
    chains: list[str]


def judge(ground: Ground) -> Verdict:
    """Compare what was said with what lies there. Nobody may be at work any more."""
    found = Verdict()
    with closing(Database(ground.central.place, CENTRAL_KEY)) as database:
        central = database.read_now(lambda conn: _central(conn, ground.team))
    desks = [_desk(one) for one in ground.desks]
    for desk in desks:
        _no_act_is_lost(desk, central, found)
        _no_answer_is_taken_back(desk, central, found)
        _both_sides_add_up(desk, central, found)
    _values_stand(desks, central, found)
    _no_act_counts_twice(desks, central, found)
    _no_placement_is_better(desks, central, found)
    _numbers_are_dense(central, found)
    return found


def _no_act_is_lost(desk: _Desk, central: _Central, found: Verdict) -> None:
    """I1: applied, or waiting for a person's decision."""
    said = [line[0] for line in desk.kept]
    found.acts += len(said)
    known = set(desk.journal) | set(desk.tray) | set(desk.waiting)
    found.silent += len(known - set(said))
    effects = {row.op_id for row in central.rows}
    for op_id in said:
        answer = central.answers.get(op_id, "")
        if answer in ACCEPTED and (op_id in effects or answer == "noop"):
            found.applied += 1
        elif op_id in desk.tray or desk.waiting.get(op_id) == "blocked":
            found.refused += 1
        elif answer and desk.journal.get(op_id) == answer:
            found.refused += 1  # a claim that somebody else won: told, nothing to decide
        else:
            where = desk.waiting.get(op_id) or desk.journal.get(op_id) or "nowhere"
            found.lost.append(f"{desk.name} {op_id}: central {answer or 'never heard'}, {where}")


def _no_answer_is_taken_back(desk: _Desk, central: _Central, found: Verdict) -> None:
    """What a desk was told came of an op still holds, and central never had to be put back."""
    if desk.resyncs:
        found.taken_back.append(f"{desk.name} fetched everything again {desk.resyncs} times")
    for op_id, status in desk.came.items():
        if central.answers.get(op_id) != status:
            found.taken_back.append(f"{desk.name} {op_id}: told {status}")


def _both_sides_add_up(desk: _Desk, central: _Central, found: Verdict) -> None:
    """I3: count and sum per kind are equal."""
    for kind in digest.differing(desk.sums, central.sums):
        found.different.append(f"{desk.name} {kind}")
    pending = [op_id for op_id, state in desk.waiting.items() if state != "blocked"]
    if pending:
        found.different.append(f"{desk.name} still has {len(pending)} waiting")


def _values_stand(desks: list[_Desk], central: _Central, found: Verdict) -> None:
    """The value of the last applied op on a field is what the record holds."""
    order = {row.op_id: row.n for row in central.rows}
    last: dict[tuple[str, str, str], tuple[int, Any]] = {}
    for desk in desks:
        said = {line[0] for line in desk.kept}
        silent = [one for one in desk.wrote if one[0] not in said]
        for op_id, kind, record, name, value in [*desk.kept, *silent]:
            if name != "-" and op_id in order:
                key = (kind, record, name)
                if order[op_id] > last.get(key, (0, ""))[0]:
                    last[key] = order[op_id], value
    for (kind, record, name), (_, value) in last.items():
        held = central.records.get((kind, record))
        if held is None:
            found.lost.append(f"{kind} {record} is not at central")
        elif not held.deleted and json.loads(held.body).get(name) != value:
            found.lost.append(f"{kind} {record}: {name} is not {value}")


def _no_act_counts_twice(desks: list[_Desk], central: _Central, found: Verdict) -> None:
    """I2 and I17: one audit row per op and record; versions and hashes follow each other."""
    times = Counter((row.op_id, row.kind, row.record) for row in central.rows if row.op_id)
    found.doubled += [f"{op} {kind} {n} times" for (op, kind, _), n in times.items() if n > 1]
    known = {op_id for desk in desks for op_id in (*desk.journal, *desk.tray, *desk.waiting)}
    own = {row.op_id for row in central.rows if row.device in {desk.name for desk in desks}}
    found.broken += [f"{op_id} is known at no desk" for op_id in sorted(own - known)]
    held = Counter(op_id for desk in desks for op_id in desk.journal)
    found.doubled += [f"{op_id} at two desks" for op_id, n in held.items() if n > 1]
    by_record: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in central.rows:
        by_record[row.kind, row.record].append(row)
    for key, rows in by_record.items():
        _one_history(key, rows, central.records.get(key), found)


def _one_history(key: tuple[str, str], rows: list[Any], record: Any, found: Verdict) -> None:
    before, ver = rows[0].before_hash, rows[0].ver - 1
    for row in rows:
        if row.ver != ver + 1 or row.before_hash != before:
            found.doubled.append(f"{key}: version {row.ver} does not follow {ver}")
        before, ver = row.after_hash, row.ver
    if record is None or record.ver != ver:
        found.lost.append(f"{key}: version {ver} is not what stands there")
    elif not record.deleted and body_hash(json.loads(record.body)) != before:
        found.lost.append(f"{key}: another body than was written down")


def _no_placement_is_better(desks: list[_Desk], central: _Central, found: Verdict) -> None:
    """I12: placed is only what a person said."""
    said = {record for desk in desks for record in desk.placed}
    for (kind, record), row in central.records.items():
        if kind == "placement" and json.loads(row.body).get("state") == "placed":
            if record not in said:
                found.broken.append(f"placement {record} is placed, and nobody said so")


def _numbers_are_dense(central: _Central, found: Verdict) -> None:
    """I9: each version of each record has a number of its own, the commits rise to the head."""
    if sum(record.ver for record in central.records.values()) != central.head:
        found.broken.append("numbers and versions do not add up")
    if central.commits != sorted(set(central.commits)) or central.commits[-1:] != [central.head]:
        found.broken.append("commits do not rise to the head")
    numbers = [record.seq for record in central.records.values()]
    if len(set(numbers)) != len(numbers) or max(numbers) > central.head:
        found.broken.append("two records have one number")
    found.broken += central.chains


def _central(conn: Connection, team: str) -> _Central:
    records = conn.execute(select(sync_record).where(sync_record.c.team == team)).all()
    answers = conn.execute(select(sync_op.c.op_id, sync_op.c.result).where(sync_op.c.team == team))
    rows = conn.execute(select(audit).where(audit.c.team == team).order_by(audit.c.n)).all()
    commits = select(sync_commit.c.last_seq).where(sync_commit.c.team == team)
    named = {(row.kind, row.id) for row in records}
    return _Central(
        conn.execute(select(team_head.c.seq).where(team_head.c.team == team)).scalar_one(),
        {(row.kind, row.id): row for row in records},
        {row.op_id: str(json.loads(row.result)["status"]) for row in answers},
        [row for row in rows if (row.kind, row.record) in named or row.op_id],
        [int(seq) for seq in conn.execute(commits.order_by(sync_commit.c.last_seq)).scalars()],
        json.loads(central_digest(conn, team))["kinds"],
        [f"{one.team}: audit row {one.broken}" for one in verify(conn) if one.broken is not None],
    )


def _desk(place: DeskPlace) -> _Desk:
    said = [line.split(" ") for line in _lines(place.said)]
    with Store.open(place.path, KEY, clock=SystemClock()) as store:

        def look(conn: Connection) -> _Desk:
            def by_op(table: Any, column: Any) -> dict[str, str]:
                return {row[0]: row[1] for row in conn.execute(select(table.c.op_id, column))}

            return _Desk(
                place.name,
                [line[1:] for line in said if line[0] == "kept"],
                {line[1]: line[2] for line in said if line[0] == "came"},
                by_op(outbox, outbox.c.state),
                by_op(tray, tray.c.status),
                by_op(journal, journal.c.status),
                [
                    (row.op_id, row.kind, row.id, name, value)
                    for row in conn.execute(select(journal))
                    for name, value in dict(json.loads(row.op).get("set") or {}).items()
                    if name in WRITTEN
                ],
                {
                    row.id
                    for row in conn.execute(select(journal.c.id, journal.c.op))
                    if json.loads(row.op).get("command") == "placed"
                },
                digest.sums(conn),
                int(conn.execute(select(cursor.c.generation)).scalar() or 0),
            )

        return store.read(look).result()


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
