"""Push and pull as central does them, each in one transaction (sync.md §2-§5, §7)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import Connection

from central.auth.service import Caller
from central.blobs import repository as blobs
from central.looking import repository as looking
from central.problems import Refusal
from central.sequence import Author, commit_changes
from central.sync import contact, repository
from central.sync import cursor as cursors
from central.sync.additions import Lookups
from central.sync.cursor import Anchor
from central.sync.decide import Batch
from central.sync.numbers import number_reports
from central.sync.workspace import Workspace
from contract import routes
from contract.messages import PushRequest, completed, hash64
from contract.op import Actor
from contract.problems import ProblemCode
from contract.vocabulary import OpStatus

SNAPSHOT_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Pushed:
    """The reply to a push as JSON, and what became of its ops, in their order."""

    reply: bytes
    statuses: tuple[OpStatus, ...]


def push(conn: Connection, caller: Caller, request: PushRequest, witness: str, now: str) -> bytes:
    """Decide a batch and commit it with its answers; returns the reply as JSON.

    The same ops sent again get the same answers and change nothing.
    """
    return take_in(conn, caller, request, witness, now).reply


def take_in(
    conn: Connection, caller: Caller, request: PushRequest, witness: str, now: str
) -> Pushed:
    """Do the same as ``push``, and say what became of the ops."""
    team = caller.team
    check_witness(conn, team, witness)
    ops = [one.op() for one in request.ops]
    stored = repository.stored(conn, team, [op.op_id for op in ops])
    fresh = [op for op in ops if op.op_id not in stored]
    if any(op.kind == "person" for op in fresh):
        repository.alone_with_people(conn, team)
    space = Workspace(
        lambda keys: repository.lock(conn, team, keys), [(op.kind, op.id) for op in fresh]
    )
    actor = Actor(caller.person, caller.roles, administers=caller.administers, area=caller.area)
    completes, narrow = request.client.completes, contact.is_narrow(caller)
    batch = Batch(
        ops, space, lookups(conn, team), stored, actor=actor, now=now, completes=completes
    )
    batch.decide()
    number_reports(
        space, lambda day, count: repository.next_day_number(conn, team, day, count), now
    )
    answers = batch.new_answers()
    author = Author(team, caller.person, caller.device, now)
    done = commit_changes(conn, author, space.staged(), answers, space.entries)
    said = {one.result.op_id: text for one, text in zip(answers, done.answers, strict=True)}
    for op in ops:
        if op.op_id in stored:
            known = stored[op.op_id][1]
            if narrow:
                known = contact.without_record(known)
            if "record" in known and not completes:
                known = {**known, "record": completed(known["record"], op.set)}
            said[op.op_id] = orjson.dumps(known).decode()
    anchor = Anchor(done.seq, done.nonce) if done.seq else _head_anchor(conn, team)
    results = ",".join([said[op.op_id] for op in ops])
    end = f'"anchor":"{cursors.write(team, anchor)}","turn":"{request.turn}"'
    reply = f'{{"results":[{results}],{end}}}'
    statuses = tuple([one.result.status for one in batch.answers()])
    return Pushed(reply.encode(), statuses)


def lookups(conn: Connection, team: str) -> Lookups:
    """Return the questions that rules may ask of this team's records."""
    return Lookups(
        children=lambda kind, parent: repository.children(conn, team, kind, parent),
        held_by=lambda person: repository.held_by(conn, team, person),
        persons=lambda: repository.persons(conn, team),
        areas=lambda: repository.areas(conn, team),
        results=lambda op_ids: repository.stored(conn, team, op_ids),
        content=lambda sha256: blobs.complete(conn, team, sha256, lock=True),
        looking_keys=lambda person: looking.good_keys(conn, team, person),
        team=team,
    )


def result_of(conn: Connection, team: str, op_id: str, *, narrow: bool = False) -> bytes:
    """Return what became of one op; ``not-found`` for one that never arrived."""
    found = repository.stored(conn, team, [op_id]).get(op_id)
    if found is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return orjson.dumps(contact.without_record(found[1]) if narrow else found[1])


def check_witness(conn: Connection, team: str, witness: str) -> None:
    """Refuse when the desk has seen a commit that is not in this history (sync.md §3)."""
    if not witness:
        return
    anchor = cursors.read(team, witness)
    found = repository.head_and_nonce(conn, team, anchor.seq)
    if found is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    head, nonce = found
    if anchor.seq > head.seq or (anchor.seq >= head.floor_seq and nonce != anchor.nonce):
        raise Refusal(ProblemCode.TIMELINE_CHANGED)


def changes(
    conn: Connection, team: str, after: str, limit: int, witness: str, *, narrow: bool = False
) -> tuple[bytes, bool]:
    """Return one page as lines with its closing line, and whether it holds any record.

    ``narrow``: for somebody who may not see what leads to a person. A desk whose copy came in by such
    a session, and asks for somebody who may, is sent back to the snapshot.
    """
    check_witness(conn, team, witness)
    head = _head(conn, team)
    start = _start(conn, team, after, head)
    if start.narrow and not narrow:
        raise Refusal(ProblemCode.RESYNC_REQUIRED)
    rows = repository.rows_after(conn, team, start.seq, limit + 1)
    rows, narrowed = contact.left_out(rows) if narrow else (rows, False)
    lines: list[bytes] = []
    size = 0
    last = start.seq
    for row in rows[:limit]:
        line = repository.line(row)
        if lines and size + len(line) > routes.PAGE_BYTES:
            break
        lines.append(line)
        size += len(line)
        last = row[repository.SEQ]
    more = len(lines) < len(rows)
    end = repository.anchor_at(conn, team, last if more else head.seq)
    end = replace(end, narrow=start.narrow or narrowed)
    closing = {"cursor": cursors.write(team, end), "more": more, "head": head.seq}
    lines.append(orjson.dumps(closing) + b"\n")
    return b"".join(lines), len(lines) > 1


def snapshot(conn: Connection, team: str, *, narrow: bool = False) -> Iterator[bytes]:
    """Walk the whole team in pieces of lines; the last line closes it.

    Everything is read inside one transaction, so a commit meanwhile does not show. ``narrow``: as at
    ``changes``.
    """
    head = _head(conn, team)
    count, total, seq, narrowed = 0, 0, 0, False
    while rows := repository.rows_after(conn, team, seq, SNAPSHOT_CHUNK, live_only=True):
        seq = rows[-1][repository.SEQ]
        count += len(rows)
        total += sum(hash64(row[1], row[2]) for row in rows)
        if narrow:
            rows, fewer = contact.left_out(rows)
            narrowed = narrowed or fewer
        yield b"".join(map(repository.line, rows))
    anchor = replace(repository.anchor_at(conn, team, head.seq), narrow=narrowed)
    end = cursors.write(team, anchor)
    yield orjson.dumps({"cursor": end, "count": count, "digest": _hex(total)}) + b"\n"


@dataclass(slots=True)
class _Sum:
    count: int = 0
    total: int = 0


def digest(conn: Connection, team: str) -> bytes:
    """Return count and sum per kind at the head, to compare with a desk's own."""
    head = _head(conn, team)
    sums: dict[str, _Sum] = {}
    for kind, record_id, ver in repository.versions(conn, team):
        one = sums.get(kind) or sums.setdefault(kind, _Sum())
        one.count += 1
        one.total += hash64(record_id, ver)
    kinds = {
        kind: {"count": one.count, "sum": _hex(one.total)} for kind, one in sorted(sums.items())
    }
    anchor = repository.anchor_at(conn, team, head.seq)
    cursor, narrow = (cursors.write(team, replace(anchor, narrow=one)) for one in (False, True))
    return orjson.dumps({"cursor": cursor, "narrow_cursor": narrow, "kinds": kinds})


def _hex(total: int) -> str:
    return f"{total % 2**64:016x}"


def _head(conn: Connection, team: str) -> repository.Head:
    head = repository.head(conn, team)
    if head is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return head


def _head_anchor(conn: Connection, team: str) -> Anchor:
    return repository.anchor_at(conn, team, _head(conn, team).seq)


def _start(conn: Connection, team: str, after: str, head: repository.Head) -> Anchor:
    """Return the place a cursor stands at; ``resync-required`` where history does not fit it."""
    if not after:
        if head.floor_seq:
            raise Refusal(ProblemCode.RESYNC_REQUIRED)
        return Anchor(0, "")
    anchor = cursors.read(team, after)
    if anchor.seq < head.floor_seq or anchor.seq > head.seq:
        raise Refusal(ProblemCode.RESYNC_REQUIRED)
    if repository.anchor_at(conn, team, anchor.seq).nonce != anchor.nonce:
        raise Refusal(ProblemCode.RESYNC_REQUIRED)
    return anchor
