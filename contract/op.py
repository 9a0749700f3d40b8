"""Operations and records as both programs see them; the wire form is in ``contract/messages.py``.

Source: sync.md §1 (envelope) and §5 (push).
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from contract.value import value
from contract.vocabulary import OpStatus


@value(frozen=True, slots=True)
class Record:
    """One record at one version. ``body`` is empty for a grave (sync.md §1).

    ``forgotten``: the person may no longer see it; the desk erases it (sync.md §6).
    """

    kind: str
    id: str
    ver: int
    body: Mapping[str, Any]
    deleted: bool = False
    seq: int = 0
    at: str = ""
    by: str = ""
    forgotten: bool = False


def with_body(record: Record, body: Mapping[str, Any]) -> Record:
    """Return the record with another body; a batch does this hundreds of times."""
    return Record(
        record.kind, record.id, record.ver, body, record.deleted, record.seq, record.at, record.by
    )


@value(frozen=True, slots=True)
class Op:
    """One wish to change one record; ``op_id`` is the idempotency key, made by the desk.

    ``verb``: create, update, delete or command. For update, ``set`` and ``was`` hold the new and
    the seen value per field. For a command, ``set`` holds its arguments. Times are UTC stamps.
    """

    op_id: str
    verb: str
    kind: str
    id: str
    set: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""
    base_ver: int | None = None
    group: str | None = None
    after: tuple[str, ...] = ()
    made_at: str = ""
    age_ms: int = 0


@value(frozen=True, slots=True)
class Actor:
    """Who acts: person id, roles and station; central fills these in itself, never the client.

    ``administers``: the session may change people and settings. ``area``: the one area that an
    officer works for; empty for all others. Both are for central; a desk leaves them as they are.
    """

    person: str
    roles: frozenset[str] = frozenset()
    station: str = ""
    administers: bool = True
    area: str = ""


@value(frozen=True, slots=True)
class Decision:
    """What a rule decided: the status, the new body where it changes, and what is in the way."""

    status: OpStatus
    body: Mapping[str, Any] | None = None
    fields: tuple[str, ...] = ()
    code: str = ""
    deleted: bool = False


@value(frozen=True, slots=True)
class OpResult:
    """What central answered for one op (sync.md §5); ``record`` where it is needed to go on."""

    op_id: str
    status: OpStatus
    ver: int = 0
    record: Record | None = None
    fields: tuple[str, ...] = ()
    code: str = ""


def with_record(result: OpResult, record: Record) -> OpResult:
    """Return the result with another record."""
    return OpResult(result.op_id, result.status, result.ver, record, result.fields, result.code)
