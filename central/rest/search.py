"""Lists and searches of one kind, the youngest first, each with a bound on the work it costs."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import Connection

from central.problems import Refusal
from central.rest import cursor, repository, times
from central.rest.contact import without
from contract import routes
from contract.kinds import KINDS
from contract.messages import Identifier, Message, record_to_wire
from contract.op import Record
from contract.problems import ProblemCode

LOOKED_AT_MAX = 5000
"""Most records that one search reads; what lies further comes with the next cursor."""

CHUNK = 500

_STATUS = ("status", "state")
_PARENTS = {"placement", "handover_line"}
_HOLDERS = {"report", "post"}


class SearchRequest(Message):
    """What to look for; what is left out says nothing. All that is given must fit.

    ``text``: these letters in any field, capitals and small ones alike. ``since`` and ``until``:
    when central last changed the record, with any offset; ``until`` itself is left out.
    """

    text: Annotated[str, StringConstraints(max_length=200)] = ""
    status: Annotated[str, StringConstraints(max_length=40)] = ""
    area: Identifier | None = None
    holder: Identifier | None = None
    parent: Identifier | None = None
    since: Annotated[str, StringConstraints(max_length=40)] = ""
    until: Annotated[str, StringConstraints(max_length=40)] = ""
    limit: Annotated[int, Field(ge=1, le=routes.LIST_MAX)] = routes.LIST_DEFAULT
    after: Annotated[str, StringConstraints(max_length=cursor.LENGTH)] = ""


class Page(BaseModel):
    """A piece of a list. ``next``: the cursor of the following piece; absent at the end."""

    items: list[dict[str, Any]]
    next: str | None = None


def find(conn: Connection, team: str, kind: str, asked: SearchRequest) -> Page:
    """Return what fits, at most ``limit`` records out of at most ``LOOKED_AT_MAX``."""
    fits = _tests(kind, asked)
    found: list[Record] = []
    last, looked_at = cursor.read(team, kind, asked.after), 0
    while looked_at < LOOKED_AT_MAX:
        chunk = repository.page(
            conn,
            team,
            kind,
            before=last,
            limit=CHUNK,
            parent=asked.parent or "",
            holder=asked.holder or "",
        )
        for record in chunk:
            last = record.id
            if all(test(record) for test in fits):
                found.append(record)
                if len(found) == asked.limit:
                    return _page(team, kind, found, last)
        looked_at += len(chunk)
        if len(chunk) < CHUNK:
            return _page(team, kind, found, "")
    return _page(team, kind, found, last)


def everything(conn: Connection, team: str, kind: str, limit: int, after: str) -> Page:
    """Return a piece of the whole list."""
    before = cursor.read(team, kind, after)
    found = repository.page(conn, team, kind, before=before, limit=limit + 1)
    more = found[limit - 1].id if len(found) > limit else ""
    return _page(team, kind, found[:limit], more)


def _page(team: str, kind: str, found: list[Record], last: str) -> Page:
    return Page(
        items=[record_to_wire(without(record)) for record in found],
        next=cursor.write(team, kind, last) if last else None,
    )


def _tests(kind: str, asked: SearchRequest) -> list[Callable[[Record], bool]]:
    """Return one test per filter; a filter that this kind does not know is refused by name."""
    fields = KINDS[kind].fields
    status = next((name for name in _STATUS if name in fields), "")
    since, until = times.utc(asked.since), times.utc(asked.until)
    wrong = {
        "status": bool(asked.status) and not status,
        "area": asked.area is not None and "area_id" not in fields,
        "holder": asked.holder is not None and kind not in _HOLDERS,
        "parent": asked.parent is not None and kind not in _PARENTS,
        "since": bool(asked.since) and since is None,
        "until": bool(asked.until) and until is None,
    }
    if any(wrong.values()):
        pointers = [f"/{name}" for name, bad in wrong.items() if bad]
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=pointers)
    tests: list[Callable[[Record], bool]] = []
    if asked.status:
        tests.append(lambda record: record.body.get(status) == asked.status)
    if asked.area is not None:
        tests.append(lambda record: record.body.get("area_id") == asked.area)
    if since is not None:
        tests.append(lambda record: record.at >= since)
    if until is not None:
        tests.append(lambda record: record.at < until)
    words = asked.text.casefold().strip()
    if words:
        tests.append(lambda record: any(words in text.casefold() for text in _texts(record)))
    return tests


def _texts(record: Record) -> list[str]:
    # What is left out of the answer cannot be guessed by a search either.
    return [value for value in without(record).body.values() if isinstance(value, str)]
