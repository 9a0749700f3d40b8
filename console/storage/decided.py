"""Who decided about a post, with names for ids (F38)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from console.domain.decided import Decided, decided_from
from console.models.post import post
from console.storage.history import names

p = post.c
_COLUMNS = (
    p.id,
    p.kind,
    p.control_room,
    p.control_room_by,
    p.control_room_at,
    p.incident_ref,
    p.asked_by,
    p.consent,
    p.consent_ground,
    p.consent_by,
    p.consent_at,
)


def decided_of(conn: Connection, body: Mapping[str, Any]) -> Decided:
    """Return the decision of one post from its body or its row."""
    return decided_from(body, names(conn, [body.get("consent_by"), body.get("control_room_by")]))


def decided_by_post(conn: Connection, post_ids: Collection[str]) -> dict[str, Decided]:
    """Return the decision of each of these posts."""
    found = conn.execute(select(*_COLUMNS).where(p.id.in_(post_ids))).mappings().all()
    signed = [row[name] for row in found for name in ("consent_by", "control_room_by")]
    people = names(conn, signed)
    return {str(row["id"]): decided_from(dict(row), people) for row in found}
