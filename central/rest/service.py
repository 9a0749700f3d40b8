"""REST as central does it: one op per request, over the same deciding as a push (sync.md §5, §6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth.service import Caller
from central.problems import Refusal
from central.rest import conditions, repository, times
from central.sync import repository as records
from central.sync import service as sync
from contract import rights
from contract.messages import PushRequest, WireOp, result_from_wire
from contract.op import Op, OpResult, Record
from contract.problems import ProblemCode
from contract.rules.fields import check_fields
from contract.vocabulary import ACCEPTED, OpStatus

FIELDS_MAX = 300
"""Most members of a body."""

_PROBLEMS = {
    OpStatus.CONFLICT: ProblemCode.RECORD_CONFLICT,
    OpStatus.GONE: ProblemCode.RECORD_GONE,
    OpStatus.INVALID: ProblemCode.RECORD_INVALID,
    OpStatus.DENIED: ProblemCode.FORBIDDEN,
    OpStatus.EXPIRED: ProblemCode.RECORD_CONFLICT,
    OpStatus.BLOCKED: ProblemCode.RECORD_CONFLICT,
    OpStatus.RETRY: ProblemCode.OVERLOADED,
}


def read_fields(kind: str, values: Mapping[str, Any], *, create: bool) -> dict[str, Any]:
    """Return the fields of a record with every moment in UTC.

    Raises ``record-invalid`` with code ``fields`` and a pointer for every wrong field.
    """
    told, wrong = times.in_utc(kind, values)
    wrong = sorted({*wrong, *check_fields(kind, told, create=create)})
    if wrong:
        raise Refusal(ProblemCode.RECORD_INVALID, pointers=_pointers(wrong), rule="fields")
    return told


def live(conn: Connection, team: str, kind: str, record_id: str) -> Record:
    """Return a record; ``record-gone`` for a grave, ``not-found`` for what was never here."""
    return _live(repository.one(conn, team, kind, record_id))


def create(
    conn: Connection, caller: Caller, kind: str, key: str, values: Mapping[str, Any], now: str
) -> OpResult:
    """Make a record; the key is the id of the op and of the record.

    The same key with the same fields gets the same answer again. A refusal is an answer too and is
    kept: the caller raises ``refusal_of`` after the transaction.
    """
    op = WireOp(op_id=key, verb="create", kind=kind, id=key, set=dict(values))
    return _with_record(conn, caller, kind, key, _push(conn, caller, op, now))


def change(
    conn: Connection,
    caller: Caller,
    kind: str,
    record_id: str,
    seen: frozenset[str],
    values: Mapping[str, Any],
    now: str,
) -> Record:
    """Give fields new values; what their author saw is the version that ``seen`` names.

    ``precondition-failed`` where another version stands here. Refusals keep nothing.
    """
    _role_first(caller, Op(record_id, "update", kind, record_id, values))
    record = _as_seen(conn, caller, kind, record_id, seen)
    was = {name: record.body.get(name) for name in values}
    op = WireOp(
        op_id=str(uuid7()),
        verb="update",
        kind=kind,
        id=record_id,
        set=dict(values),
        was=was,
        base_ver=record.ver,
    )
    result = _push(conn, caller, op, now)
    if result.status not in ACCEPTED:
        raise refusal_of(result)
    return live(conn, caller.team, kind, record_id)


def delete(
    conn: Connection, caller: Caller, kind: str, record_id: str, seen: frozenset[str], now: str
) -> None:
    """Delete a record at the version that ``seen`` names; refusals keep nothing."""
    _role_first(caller, Op(record_id, "delete", kind, record_id))
    record = _as_seen(conn, caller, kind, record_id, seen)
    op = WireOp(op_id=str(uuid7()), verb="delete", kind=kind, id=record_id, base_ver=record.ver)
    result = _push(conn, caller, op, now)
    if result.status not in ACCEPTED:
        raise refusal_of(result)


def command(
    conn: Connection,
    caller: Caller,
    kind: str,
    record_id: str,
    name: str,
    *,
    key: str,
    seen: frozenset[str],
    values: Mapping[str, Any],
    now: str,
) -> OpResult:
    """Carry out a command; ``seen`` empty: at whatever version. The answer is kept under the key."""
    _role_first(caller, Op(key, "command", kind, record_id, values, command=name))
    known = bool(records.stored(conn, caller.team, [key]))
    if not known:
        record = _live(repository.locked(conn, caller.team, kind, record_id))
        if seen and conditions.tag(record.ver) not in seen:
            raise Refusal(ProblemCode.PRECONDITION_FAILED)
    op = WireOp(op_id=key, verb="command", kind=kind, id=record_id, set=dict(values), command=name)
    result = _push(conn, caller, op, now)
    return _with_record(conn, caller, kind, record_id, result)


def refusal_of(result: OpResult) -> Refusal:
    """Return the problem that a refused op is, with the code of the rule and its fields."""
    retry = 1 if result.status is OpStatus.RETRY else None
    return Refusal(
        _PROBLEMS[result.status],
        pointers=_pointers(result.fields),
        rule=result.code,
        retry_after_s=retry,
    )


def _role_first(caller: Caller, op: Op) -> None:
    """Refuse who may never do this, before they are told whether the record is here."""
    if not rights.may_push(caller.roles, op, caller.person):
        raise Refusal(ProblemCode.FORBIDDEN, rule="role")
    if not caller.administers and rights.needs_second_factor(op, caller.person):
        raise Refusal(ProblemCode.FORBIDDEN, rule="second-factor")


def _with_record(
    conn: Connection, caller: Caller, kind: str, record_id: str, result: OpResult
) -> OpResult:
    """Return an accepted result with its record: as answered before, else as it stands now."""
    if result.status not in ACCEPTED or result.record is not None:
        return result
    record = live(conn, caller.team, kind, record_id)
    return replace(result, record=record)


def _as_seen(
    conn: Connection, caller: Caller, kind: str, record_id: str, seen: frozenset[str]
) -> Record:
    record = _live(repository.locked(conn, caller.team, kind, record_id))
    if conditions.tag(record.ver) not in seen:
        raise Refusal(ProblemCode.PRECONDITION_FAILED)
    return record


def _live(record: Record | None) -> Record:
    if record is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    if record.deleted:
        raise Refusal(ProblemCode.RECORD_GONE)
    return record


def _push(conn: Connection, caller: Caller, op: WireOp, now: str) -> OpResult:
    answer = orjson.loads(sync.push(conn, caller, PushRequest(ops=(op,)), "", now))
    return result_from_wire(answer["results"][0])


def _pointers(names: Sequence[str]) -> list[str]:
    # RFC 6901: a tilde and a slash inside a name are written otherwise.
    return ["/" + name.replace("~", "~0").replace("/", "~1") for name in names][:100]
