"""The wire form of what desk and central say to each other (sync.md §1, §4, §5).

Models check what comes in from outside: unknown extra fields are tolerated. Records travel as
plain lines, without a model each: a page holds thousands.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contract import routes
from contract.op import Op, OpResult, Record
from contract.vocabulary import OpStatus

_STATUSES = {status.value: status for status in OpStatus}

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Turn = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
Stamp = Annotated[str, StringConstraints(max_length=40)]
Name = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True, min_length=1)]


class Message(BaseModel):
    """What every wire model shares: frozen, extra fields let through unread."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class WireOp(Message):
    """One op as it travels."""

    op_id: Identifier
    verb: Literal["create", "update", "delete", "command"]
    kind: Word
    id: Identifier
    set: dict[str, Any] = Field(default_factory=dict, max_length=300)
    was: dict[str, Any] = Field(default_factory=dict, max_length=300)
    command: Annotated[str, StringConstraints(max_length=40)] = ""
    base_ver: Annotated[int, Field(ge=0, le=2**53)] | None = None
    group: Identifier | None = None
    after: tuple[Identifier, ...] = Field(default=(), max_length=routes.MAX_OPS)
    made_at: Stamp = ""
    age_ms: Annotated[int, Field(ge=0, le=2**53)] = 0

    def op(self) -> Op:
        """Return the op as the rules see it."""
        return Op(
            self.op_id,
            self.verb,
            self.kind,
            self.id,
            self.set,
            self.was,
            self.command,
            self.base_ver,
            self.group,
            self.after,
            self.made_at,
            self.age_ms,
        )


class Client(Message):
    """Which device and program sends; ``schema`` is the version of its bodies.

    ``completes``: it puts a record that it makes together from its own op and what central adds.
    """

    device: Annotated[str, StringConstraints(max_length=64)] = ""
    app: Annotated[str, StringConstraints(max_length=60)] = ""
    schema_version: int = Field(default=routes.SCHEMA, alias="schema")
    completes: bool = False


class PushRequest(Message):
    """A batch of ops.

    ``turn``: what the desk calls this push; ``follows``: the turn of one that may still be under way
    and comes before it.
    """

    client: Client = Client()
    turn: Turn = ""
    follows: Turn = ""
    ops: tuple[WireOp, ...] = Field(max_length=routes.MAX_OPS)


class Device(Message):
    """The desk that signs in."""

    id: Identifier
    name: Annotated[str, StringConstraints(max_length=60)] = ""


class SignInRequest(Message):
    """Sign in. ``embedded``: the desk that carries this central names the person."""

    grant: Literal["embedded"]
    person: Identifier
    secret: Annotated[str, StringConstraints(max_length=200)]
    device: Device


class RefreshRequest(Message):
    """Trade a refresh token for a new pair.

    ``attempt``: random text of the desk, the same when it asks again because no answer came.
    """

    refresh_token: Annotated[str, StringConstraints(max_length=200)]
    attempt: Annotated[str, StringConstraints(max_length=200)] = ""


class FirstPerson(Message):
    """Who sets up a team."""

    id: Identifier
    name: Name


class SetUpRequest(Message):
    """Make the first team and person. Doing it again for the same person changes nothing."""

    team_name: Name
    person: FirstPerson
    secret: Annotated[str, StringConstraints(max_length=200)]


class PersonSeen(Message):
    """A person as central knows them."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    active: bool = True


class TeamSeen(Message):
    """A team; ``persons`` only for the desk that carries this central."""

    id: str
    name: str
    persons: tuple[PersonSeen, ...] = ()


class AuditState(Message):
    """How far the audit rows of the team are signed (security.md §6).

    ``checkpoint``: the newest signed note; ``key``: what checks it. ``link``: of row ``size``, which
    the desk named in ``Audit-Size``, as it stands now; empty where there is no such row.
    ``restored_at``: when central was last put back from a copy, as it says itself.
    """

    checkpoint: str = ""
    key: str = ""
    size: int = 0
    link: str = ""
    restored_at: str = ""


class Session(Message):
    """The answer to a sign-in or a refresh. Tokens are opaque.

    ``second_factor``: this session proved one, and may administer. ``audit``: how far the audit rows
    are signed.
    """

    access_token: str
    refresh_token: str
    expires_in_s: int
    person: PersonSeen
    team: TeamSeen
    second_factor: bool = False
    audit: AuditState | None = None


class Limits(Message):
    """What central accepts at most."""

    ops: int = routes.MAX_OPS
    batch_bytes: int = routes.BATCH_BYTES
    request_bytes: int = routes.MAX_BYTES
    page: int = routes.PAGE_MAX
    wait_s: int = routes.WAIT_MAX_S
    offline_days: int = routes.OFFLINE_DAYS


class ServiceDocument(Message):
    """What central says about itself."""

    name: str
    api_version: str
    api_versions: tuple[str, ...]
    schema_version: int
    schema_versions: tuple[int, ...]
    time: str
    limits: Limits = Limits()
    teams: tuple[TeamSeen, ...] = ()


_NUMBERS = 2**63
"""Versions and positions lie below it: no database counts further."""


def record_to_wire(record: Record) -> dict[str, Any]:
    """Return a record as it travels (sync.md §1)."""
    return {
        "kind": record.kind,
        "id": record.id,
        "ver": record.ver,
        "seq": record.seq,
        "del": record.deleted,
        "body": dict(record.body),
        "by": record.by,
        "at": record.at,
    }


def difference(asked: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return, as it travels, what a record differs in from the very op that makes it.

    By identity: a value that only looks the same (1 and true) travels along.
    """
    over = {
        name: value for name, value in body.items() if name not in asked or asked[name] is not value
    }
    without = [name for name in asked if name not in body]
    return {"over": over, "without": without} if without else {"over": over}


def completed(record: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as it travels with its whole body; ``asked``: what the op set.

    Raises ``TypeError`` or ``ValueError`` for another shape.
    """
    if "over" not in record:
        return dict(record)
    parts = {name: v for name, v in record.items() if name not in ("over", "without")}
    return {**parts, "body": _laid_over(record, asked)}


def _laid_over(record: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    body = {**asked, **record["over"]}
    for name in record.get("without", ()):
        body.pop(name, None)
    return body


def record_from_wire(line: Mapping[str, Any]) -> Record:
    """Read a record. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for another shape."""
    return _record(line, line.get("body") or {})


def _record(line: Mapping[str, Any], body: Any) -> Record:
    # A page holds thousands: the exact type is asked first, because that costs next to nothing.
    if type(body) is not dict and not isinstance(body, Mapping):
        raise TypeError("body")
    forgotten = line.get("forget") is True
    ver, seq = 0 if forgotten else int(line["ver"]), int(line.get("seq", 0))
    if not (0 <= ver < _NUMBERS and 0 <= seq < _NUMBERS):
        raise ValueError("number")
    return Record(
        str(line["kind"]),
        str(line["id"]),
        ver,
        {} if forgotten else body,
        bool(line.get("del", False)),
        seq,
        str(line.get("at") or ""),
        str(line.get("by") or ""),
        forgotten,
    )


def op_to_wire(op: Op) -> dict[str, Any]:
    """Return an op as it travels; parts that say nothing are left out."""
    wire: dict[str, Any] = {"op_id": op.op_id, "verb": op.verb, "kind": op.kind, "id": op.id}
    if op.set:
        wire["set"] = dict(op.set)
    if op.was:
        wire["was"] = dict(op.was)
    if op.command:
        wire["command"] = op.command
    if op.base_ver is not None:
        wire["base_ver"] = op.base_ver
    if op.group is not None:
        wire["group"] = op.group
    if op.after:
        wire["after"] = list(op.after)
    if op.made_at:
        wire["made_at"] = op.made_at
    if op.age_ms:
        wire["age_ms"] = op.age_ms
    return wire


def op_from_wire(line: Mapping[str, Any]) -> Op:
    """Read an op. Raises pydantic's ``ValidationError`` (a ``ValueError``) for another shape."""
    return WireOp.model_validate(line).op()


def result_to_wire(result: OpResult, *, whole: bool = True) -> dict[str, Any]:
    """Return what became of one op, as it travels; not ``whole``: without its record."""
    wire: dict[str, Any] = {"op_id": result.op_id, "status": result.status}
    if result.ver:
        wire["ver"] = result.ver
    if whole and result.record is not None:
        wire["record"] = record_to_wire(result.record)
    if result.fields:
        wire["fields"] = list(result.fields)
    if result.code:
        wire["code"] = result.code
    return wire


def result_from_wire(line: Mapping[str, Any], asked: Mapping[str, Any] | None = None) -> OpResult:
    """Read a result; ``asked``: what the op set, where the reader knows it.

    A record that cannot be completed is left out. Raises ``KeyError``, ``TypeError`` or
    ``ValueError`` for another shape.
    """
    said = line.get("record")
    record = None
    if said and "over" not in said:
        record = record_from_wire(said)
    elif said and asked is not None:
        record = _record(said, _laid_over(said, asked))
    fields = line.get("fields")
    return OpResult(
        str(line["op_id"]),
        _STATUSES[line["status"]],
        int(line.get("ver", 0)),
        record,
        tuple([str(name) for name in fields]) if fields else (),
        str(line.get("code") or ""),
    )


def fingerprint(op: Op) -> str:
    """Return the hash of what an op asks; two ops with one id must have one fingerprint.

    The group, the needed ops and the age belong to the sending, not to the wish.
    """
    asked = [op.verb, op.kind, op.id, op.set, op.was, op.command, op.base_ver, op.made_at]
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def hash64(record_id: str, ver: int) -> int:
    """Return the number that one record at one version adds to the digest (sync.md §4)."""
    text = f"{record_id}/{ver}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
