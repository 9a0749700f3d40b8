"""Pure: everything a commit writes, made ready before the counter of the team is taken.

Only the numbers are missing. A stored result therefore carries no number of its own commit: it
stands beside it, in ``sync_op.seq``, and is put back when the result is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from contract.messages import result_to_wire
from contract.op import OpResult, Record
from contract.vocabulary import PostStatus, ReportStatus

_PARENT = {"placement": "post_id", "handover_line": "handover_id", "photo": "sha256"}
_HELD_UNTIL = {"report": ReportStatus.CLOSED, "post": PostStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name a commit is made."""

    team: str
    person: str
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A record as it must stand after the commit; ``was_ver`` 0: it is new."""

    record: Record
    was_ver: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer for one op; ``kept``: the answer is stored under its id."""

    result: OpResult
    fingerprint: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record without its number; ``was_ver`` 0: it is new."""

    kind: str
    id: str
    ver: int
    was_ver: int
    deleted: bool
    body: str
    parent: str | None
    holder: str | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A stored answer. ``place``: which record of the commit its number is that of, from 1.

    Without a place the number is ``seq``, and without either that of the whole commit.
    """

    op_id: str
    fingerprint: str
    result: str
    place: int
    seq: int


def record_rows(staged: Sequence[Staged]) -> list[RecordRow]:
    """Return the records as rows, in their order."""
    rows = []
    for one in staged:
        record = one.record
        found = index_values(record)
        rows.append(
            RecordRow(
                record.kind,
                record.id,
                record.ver,
                one.was_ver,
                record.deleted,
                orjson.dumps(record.body).decode(),
                found["parent"],
                found["holder"],
            )
        )
    return rows


def answer_rows(
    answers: Sequence[Answer], places: Mapping[tuple[str, str], int]
) -> list[AnswerRow]:
    """Return the answers that are kept as rows; ``places``: of the records of this commit."""
    rows = []
    for answer in answers:
        if not answer.kept:
            continue
        result = answer.result
        place, seq = 0, 0
        if result.record is not None:
            place = places.get((result.record.kind, result.record.id), 0)
            seq = 0 if place else result.record.seq
        text = orjson.dumps(result_to_wire(result)).decode()
        rows.append(AnswerRow(result.op_id, answer.fingerprint, text, place, seq))
    return rows


def read_answer(text: str, seq: int) -> dict[str, Any]:
    """Return a stored result as it was answered: with the number of its record."""
    result: dict[str, Any] = orjson.loads(text)
    if result.get("record"):
        result["record"]["seq"] = seq
    return result


def index_values(record: Record) -> dict[str, str | None]:
    """Return what central looks records up by: what it belongs to and who holds it."""
    body = record.body
    parent = body.get(_PARENT.get(record.kind, ""))
    done = _HELD_UNTIL.get(record.kind)
    held = body.get("holder") if done and body.get("status") != done else None
    return {"parent": str(parent) if parent else None, "holder": str(held) if held else None}
