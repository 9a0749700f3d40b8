"""Pure: what the feeds leave out for a person who may never see it (security.md §6, sync.md §3).

Numbers and addresses of administrators and invite links. Asked once per request; a feed for somebody
who does the daily work goes out as it is stored, without a look.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from central.auth.service import Caller
from central.sync.repository import PlainRow
from contract import rights
from contract.contact import FIELDS, HELD_BACK


def is_narrow(caller: Caller) -> bool:
    """Say whether this session gets the feeds without what leads to a person.

    Not at the desk that carries this central: its records lie in a file beside the desk's own.
    """
    return not caller.embedded and not rights.may_see_contact(caller.roles)


def left_out(rows: Sequence[PlainRow]) -> tuple[list[PlainRow], bool]:
    """Return the rows without those fields, and whether anything was left out."""
    found = [_without(row) if row[0] in FIELDS else row for row in rows]
    return found, any(new is not old for new, old in zip(found, rows, strict=True))


def without_record(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer to an op without the record beside it, where that may hold such a field.

    The answer may be of the days when this person still did the work.
    """
    record = result.get("record")
    if not record or record.get("kind") not in FIELDS:
        return dict(result)
    return {name: value for name, value in result.items() if name != "record"}


def _without(row: PlainRow) -> PlainRow:
    kind, record_id, ver, seq, deleted, by, at, text = row
    body = orjson.loads(text)
    names = sorted(name for name in FIELDS[kind] if body.get(name))
    if not names:
        return row
    left = {name: value for name, value in body.items() if name not in FIELDS[kind]}
    new = orjson.dumps({**left, HELD_BACK: names}).decode()
    return kind, record_id, ver, seq, deleted, by, at, new
