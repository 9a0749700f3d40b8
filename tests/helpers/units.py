"""Ops and units of work as tests of the storage write them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import Connection

from console.domain.changes import Changes
from console.storage import outbox
from contract.op import Actor, Op

NOW = "2026-03-10T14:00:00.000Z"
ME = Actor("ik", station="balie-1")

_NUMBERS = count(1)


def next_op_id() -> str:
    """Return an op id that no other test op has."""
    return f"op-{next(_NUMBERS)}"


def new_report(record_id: str, group: str | None = None, **fields: Any) -> Op:
    """An op that makes a report with what is required and the given fields."""
    body = {"category": "person", "text": "rood", "place": "Dorpsstraat", "heard_at": NOW, **fields}
    return Op(next_op_id(), "create", "report", record_id, body, group=group)


def edit(record_id: str, was: Any = None, kind: str = "report", **fields: Any) -> Op:
    """An update; ``was`` is what stood in every named field."""
    seen = dict.fromkeys(fields, was)
    return Op(next_op_id(), "update", kind, record_id, fields, seen)


def command(record_id: str, name: str, kind: str = "report", **args: Any) -> Op:
    """A command with its arguments."""
    return Op(next_op_id(), "command", kind, record_id, args, command=name)


def record(*ops: Op, actor: Actor = ME, now: str = NOW) -> Callable[[Connection], Changes]:
    """A unit of work that records these ops."""

    def work(conn: Connection) -> Changes:
        changes = Changes()
        for op in ops:
            changes |= outbox.record_op(conn, op, actor=actor, now=now)
        return changes

    return work
