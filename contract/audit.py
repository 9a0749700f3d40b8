"""The wire form of looking in the audit rows (F54, docs/api.md §9)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from contract import routes
from contract.messages import Identifier, Message

PAGE_MOST = 200
ACTS_MOST = 120

Act = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]{1,60}$")]


class AuditSearch(Message):
    """What to look for; what is left out restricts nothing. ``before``: the page that ends there."""

    person: Identifier | None = None
    acts: tuple[Act, ...] = Field((), max_length=ACTS_MOST)
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,40}$")] = ""
    record: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,64}$")] = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = Field(None, ge=1, le=2**62)
    limit: int = Field(routes.LIST_DEFAULT, ge=1, le=PAGE_MOST)


class AuditEntry(Message):
    """One row: who did what to which record, when and from which desk. Never a value of it."""

    n: int
    at: str
    person: str
    device: str
    op_id: str
    act: str
    kind: str
    record: str
    ver: int


class AuditPage(Message):
    """Rows that fit, the youngest first; ``before`` asks for the next page, 0: there is none."""

    items: tuple[AuditEntry, ...]
    before: int = 0


def search_path(team: str) -> str:
    """Return where audit rows are looked up."""
    return routes.team(team, "audit-entries", "_search")


def export_path(team: str) -> str:
    """Return where the audit rows are fetched with their chain."""
    return routes.team(team, "audit-export")
