"""Checking and merging of plain fields: by value, per field (sync.md §6)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from contract.kinds import KINDS, Field
from contract.op import Decision
from contract.vocabulary import OpStatus

DEPTH = 6

_WRITTEN = frozenset({"text", "id", "time"})

_REQUIRED = {
    kind.name: tuple(name for name, rule in kind.fields.items() if rule.required)
    for kind in KINDS.values()
}


def check_fields(kind: str, values: Mapping[str, Any], *, create: bool) -> tuple[str, ...]:
    """Return the names of known fields whose value breaks its type or limit, sorted.

    Unknown fields pass (I15: a newer desk's fields survive). Empty text counts as absent for a
    required field. ``central`` fields may not be set by an op.
    """
    rules = KINDS[kind].fields
    wrong = [name for name in _REQUIRED[kind] if name not in values] if create else []
    for name, value in values.items():
        rule = rules.get(name)
        if rule is not None and (rule.central or not _fits(rule, value)):
            wrong.append(name)
    return tuple(sorted(wrong)) if wrong else ()


def merge(body: Mapping[str, Any], wanted: Mapping[str, Any], seen: Mapping[str, Any]) -> Decision:
    """Set fields whose present value is what the author saw, or already the new one.

    A field that somebody else gave a third value is a conflict; then nothing is written.
    ``merged`` says that other fields had changed meanwhile is for the caller to add.
    """
    clash = tuple(
        sorted(
            name
            for name, value in wanted.items()
            if body.get(name) != value and not _same(body.get(name), seen.get(name))
        )
    )
    if clash:
        return Decision(OpStatus.CONFLICT, fields=clash, code="changed-meanwhile")
    if all(body.get(name) == value for name, value in wanted.items()):
        return Decision(OpStatus.NOOP)
    return Decision(OpStatus.APPLIED, {**body, **wanted})


def _same(present: Any, seen: Any) -> bool:
    if isinstance(seen, Mapping) and set(seen) == {"sha256"}:
        text = "" if present is None else str(present)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return digest == str(seen["sha256"])
    return (present or None) == (seen or None)


def _fits(rule: Field, value: Any) -> bool:
    if value is None:
        return not rule.required
    if rule.type in _WRITTEN:
        if not isinstance(value, str) or len(value) > rule.limit or "\x00" in value:
            return False
        return not rule.required or bool(value.strip())
    if rule.type == "choice":
        return isinstance(value, str) and (
            value in rule.choices or (value == "" and not rule.required)
        )
    if rule.type == "flag":
        return isinstance(value, bool)
    if rule.type == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= rule.limit
    if rule.type == "items":
        return isinstance(value, list) and len(value) <= rule.limit and _shallow(value, DEPTH)
    return isinstance(value, Mapping) and len(value) <= rule.limit and _shallow(value, DEPTH)


def _shallow(value: Any, depth: int) -> bool:
    if depth == 0:
        return False
    if isinstance(value, Mapping):
        return all(isinstance(k, str) and _shallow(v, depth - 1) for k, v in value.items())
    if isinstance(value, list):
        return all(_shallow(v, depth - 1) for v in value)
    if isinstance(value, str):
        return len(value) <= 20_000
    return value is None or isinstance(value, bool | int | float)
