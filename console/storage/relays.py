"""Who can have passed a report on, and the areas a list is narrowed to (F01, F03, F59)."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from console.domain.report import AreaChoice, RelayChoice
from console.models.directory import administrator, area, group

MOST_AREAS = 400
MOST_GROUPS = 2000


def areas(conn: Connection) -> list[AreaChoice]:
    """Return the areas as a tree, every area under its parent, by name."""
    rows = conn.execute(
        select(area.c.id, area.c.name, area.c.parent_id).order_by(area.c.name).limit(MOST_AREAS)
    ).all()
    here = {row.id for row in rows}
    inside: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        parent = row.parent_id if row.parent_id in here and row.parent_id != row.id else ""
        inside.setdefault(parent or "", []).append((row.id, row.name or ""))
    found: list[AreaChoice] = []
    placed: set[str] = set()

    def place(parent: str, depth: int) -> None:
        for area_id, name in inside.get(parent, ()):
            if area_id not in placed:
                placed.add(area_id)
                found.append(AreaChoice(area_id, name, depth))
                place(area_id, depth + 1)

    place("", 0)
    return found


def groups(conn: Connection) -> list[RelayChoice]:
    """Return the groups a chat can come from, administrators' groups first."""
    rows = conn.execute(
        select(group.c.id, group.c.name, group.c.area_id, group.c.kind, area.c.name.label("where"))
        .outerjoin(area, area.c.id == group.c.area_id)
        .where(or_(group.c.state.is_(None), group.c.state != "gone"))
        .order_by(group.c.kind != "administrators", group.c.name)
        .limit(MOST_GROUPS)
    )
    return [
        RelayChoice("group", row.id, row.name or "", row.where or "", row.area_id or "")
        for row in rows
    ]


def senders(conn: Connection, names: Sequence[str], country: str) -> dict[str, RelayChoice]:
    """Return who of these senders is an administrator, by phone number or by whole name.

    ``country`` is the calling code without a plus. A name that two administrators share is
    nobody's: unknown rather than guessed.
    """
    phones = {phone: name for name in names if (phone := _phone(name, country))}
    lowered: dict[str, list[str]] = {}
    for name in names:
        lowered.setdefault(name.casefold(), []).append(name)
    if not lowered:
        return {}
    a = administrator.c
    rows = conn.execute(
        select(a.id, a.name, a.phone).where(
            or_(a.active.is_(None), a.active == 1),
            or_(a.phone.in_(list(phones)), func.lower(a.name).in_(list(lowered))),
        )
    ).all()
    found: dict[str, RelayChoice] = {}
    twice: set[str] = set()
    for row in rows:
        choice = RelayChoice("administrator", row.id, row.name or "")
        if row.phone in phones:
            found[phones[row.phone]] = choice
        for name in lowered.get((row.name or "").casefold(), ()):
            if name in found and found[name].id != row.id:
                twice.add(name)
            found[name] = choice
    return {name: choice for name, choice in found.items() if name not in twice}


def _phone(sender: str, country: str) -> str:
    digits = re.sub(r"[^0-9]", "", sender)
    if len(digits) < 7 or re.search(r"[^\W\d_]", sender):
        return ""
    if sender.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+{country}{digits[1:]}" if digits.startswith("0") else ""
