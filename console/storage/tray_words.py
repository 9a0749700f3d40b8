"""The words a refused act is shown in: its record's name, its fields and their values (09e)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from console.domain import refusals
from console.domain.clock import local
from console.domain.tray import TEXT
from console.models import RECORDS
from console.storage import projection, templates
from contract.contact import FIELDS
from contract.dutch import WORDS, word
from contract.kinds import KINDS
from contract.op import Op

HIDDEN = "verborgen, V bij de groep toont het"
"""In the place of a number, address or link that somebody else filled in."""

LONGEST_VALUE = 20_000
LONGEST_TITLE = 120
LONGEST_CHOICE = 40
LEAST_LIMIT = 400
"""Fields that hold so many characters hold sentences."""

_TITLES = ("title", "name", "what", "text")
_NAMED = ("name", "title")
_PARENTS = {"placement": ("group_id", "post_id"), "handover_line": (), "step": ()}
_PLAIN = frozenset({"phone", "email", "invite_link", "number", "incident_ref", "external_id"})
"""Texts that are one value: they are chosen between, never put together."""


def title_of(conn: Connection, op: Op, body: Mapping[str, Any]) -> str:
    """Return what the person knows the record by; a placement by its group and message."""
    found = []
    for name in _PARENTS.get(op.kind, ()):
        kind = name.removesuffix("_id")
        parent = projection.last_words(conn, kind, str(body.get(name) or op.set.get(name) or ""))
        found.append(next((str(parent[one]) for one in _NAMED if parent.get(one)), ""))
    if any(found):
        return ", ".join(part for part in found if part)[:LONGEST_TITLE]
    for source in (body, op.set):
        for name in _TITLES:
            value = source.get(name)
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())[:LONGEST_TITLE]
    return ""


def label_of(op: Op, name: str) -> str:
    """Return the Dutch word for a field."""
    return refusals.field_word(name)


def field_label(conn: Connection, post_body: Mapping[str, Any], name: str) -> str:
    """Return what the template of a message calls one of its fields."""
    template_id = str(post_body.get("template_id") or "")
    template = templates.one(conn, template_id) if template_id else None
    for field in template.fields if template else ():
        if field.name == name:
            return field.label
    return refusals.FIELDS.get(name, name.replace("_", " ").capitalize())


def form_of(op: Op, name: str, value: Any) -> str:
    """Say whether a field is a text to compare word by word; a short value is chosen whole."""
    rule = KINDS[op.kind].fields.get(name)
    if rule is None or not isinstance(value, str) or name in _PLAIN:
        return ""
    if rule.type == "object":
        return TEXT if len(value) > LONGEST_CHOICE else ""
    return TEXT if rule.type == "text" and rule.limit >= LEAST_LIMIT else ""


def words_of(conn: Connection | None, op: Op, name: str, value: Any) -> str:
    """Return a value as the screen shows it: a Dutch word, a time, a name instead of an id."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(words_of(conn, op, "", part) for part in value)[:LONGEST_VALUE]
    if isinstance(value, Mapping):
        if set(value) == {"sha256"}:
            return ""
        parts = (f"{key}: {words_of(conn, op, '', part)}" for key, part in value.items())
        return ", ".join(parts)[:LONGEST_VALUE]
    rule = KINDS[op.kind].fields.get(name)
    if rule is None or not isinstance(value, str):
        return str(value)[:LONGEST_VALUE]
    if rule.type == "choice":
        return _word(value, rule.choices)
    if rule.type == "time":
        at = local(value)
        return f"{at:%d-%m %H:%M}" if at else value
    if rule.type == "id" and conn is not None:
        return _name(conn, name, value)
    return value[:LONGEST_VALUE]


def others_words(conn: Connection | None, op: Op, name: str, value: Any) -> str:
    """Return a value that is not one's own: what leads to a person asks a reason first (F54)."""
    if value and name in FIELDS.get(op.kind, ()):
        return HIDDEN
    return words_of(conn, op, name, value)


def _word(value: str, choices: frozenset[str]) -> str:
    for words in WORDS:
        if frozenset(WORDS[words]) == choices:
            return word(value, words)
    return value


def _name(conn: Connection, field: str, record_id: str) -> str:
    """Return the name behind an id, wherever it is known; the id itself says nothing to anyone."""
    kinds = [field.removesuffix("_id"), "person", "area", "group"]
    for kind in kinds:
        table = RECORDS.get(kind)
        if table is None:
            continue
        column = next((table.c[one] for one in _NAMED if one in table.c), None)
        if column is None:
            continue
        found = conn.execute(select(column).where(table.c.id == record_id)).scalar_one_or_none()
        if found:
            return str(found)
    return "onbekend"
