"""Queries on message templates: the active one of a kind, all of them, old versions (F24)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from console.domain.post import Template, TemplateField
from console.models.post import template

t = template.c

_COLUMNS = (
    t.id,
    t.purpose,
    t.kind,
    t.outcome,
    t.name,
    t.version,
    t.owner,
    t.valid_until,
    t.state,
    t["class"],
    t.urgent,
    t.fields,
    t.layout,
)


def one(conn: Connection, template_id: str) -> Template | None:
    """Return one template at one version."""
    row = conn.execute(select(*_COLUMNS).where(t.id == template_id)).mappings().one_or_none()
    return None if row is None else _snapshot(row)


def all_of(conn: Connection, *, states: Sequence[str] = ("active", "draft")) -> list[Template]:
    """Return templates in these states, by purpose, kind and name."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(t.state.in_(states))
        .order_by(t.purpose, t.kind, t.name, t.version.desc())
        .limit(500)
    ).mappings()
    return [_snapshot(row) for row in rows]


def active(conn: Connection, purpose: str, kind: str = "", outcome: str = "") -> list[Template]:
    """Return the active templates of a purpose, oldest first; of one kind or outcome if given."""
    conditions = [t.purpose == purpose, t.state == "active"]
    if kind:
        conditions.append(t.kind == kind)
    if outcome:
        conditions.append(t.outcome == outcome)
    rows = conn.execute(select(*_COLUMNS).where(*conditions).order_by(t.n).limit(100)).mappings()
    return [_snapshot(row) for row in rows]


def versions(conn: Connection, like: Template) -> list[Template]:
    """Return every version of a template, newest first."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(t.purpose == like.purpose, t.kind == like.kind, t.name == like.name)
        .order_by(t.version.desc())
        .limit(200)
    ).mappings()
    return [one for one in map(_snapshot, rows) if one.outcome == like.outcome]


def newer_version(conn: Connection, used: Template) -> int:
    """Return the number of a newer active version of this template, 0 where there is none."""
    newest = max((one.version for one in versions(conn, used) if one.state == "active"), default=0)
    return newest if newest > used.version else 0


def _snapshot(row: RowMapping) -> Template:
    return Template(
        row["id"],
        row["purpose"] or "",
        row["kind"] or "",
        row["outcome"] or "",
        row["name"] or "",
        row["version"] or 1,
        row["owner"] or "",
        row["valid_until"] or "",
        row["state"] or "active",
        row["class"] or "",
        bool(row["urgent"]),
        tuple(_field(one) for one in row["fields"] or () if isinstance(one, Mapping)),
        row["layout"] or "",
    )


def _field(body: Mapping[str, Any]) -> TemplateField:
    options = tuple(
        (str(pair[0]), str(pair[1]))
        for pair in body.get("options") or ()
        if isinstance(pair, list) and len(pair) == 2
    )
    return TemplateField(
        str(body.get("name") or ""),
        str(body.get("label") or body.get("name") or ""),
        str(body.get("hint") or ""),
        str(body.get("type") or "text"),
        bool(body.get("required", True)),
        str(body.get("default") or ""),
        options,
    )
