"""The frozen text form of an op and of JSON columns: written once, never rewritten (sync.md §5)."""

import json
from collections.abc import Mapping
from typing import Any

import orjson

from contract.op import Op


def to_json(value: Any) -> str:
    """Write a value as JSON text; half a surrogate pair, which orjson refuses, is escaped."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, default=_plain)


def from_json(text: str | bytes) -> Any:
    """Read a value back, escaped halves of surrogate pairs included."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def freeze(op: Op) -> str:
    """Write an op as text; fields at their default are left out."""
    parts: dict[str, Any] = {"op_id": op.op_id, "verb": op.verb, "kind": op.kind, "id": op.id}
    if op.set:
        parts["set"] = dict(op.set)
    if op.was:
        parts["was"] = dict(op.was)
    if op.command:
        parts["command"] = op.command
    if op.base_ver is not None:
        parts["base_ver"] = op.base_ver
    if op.group is not None:
        parts["group"] = op.group
    if op.after:
        parts["after"] = list(op.after)
    if op.made_at:
        parts["made_at"] = op.made_at
    return to_json(parts)


def thaw(text: str, age_ms: int = 0) -> Op:
    """Read an op back; its age in milliseconds is counted at sending and never stored."""
    parts = from_json(text)
    return Op(
        parts["op_id"],
        parts["verb"],
        parts["kind"],
        parts["id"],
        parts.get("set", {}),
        parts.get("was", {}),
        parts.get("command", ""),
        parts.get("base_ver"),
        parts.get("group"),
        tuple(parts.get("after", ())),
        parts.get("made_at", ""),
        age_ms,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)
