"""Pure: everything a commit writes, made ready before the counter of the team is taken.

Only the numbers are missing. A stored result therefore carries no number of its own commit: it
stands beside it, in ``sync_op.seq``, and is put back when the result is read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from central.journal.chain import canonical
from contract.messages import difference, result_to_wire
from contract.op import OpResult, Record
from contract.value import value
from contract.vocabulary import PostStatus, ReportStatus

_PARENT = {"placement": "post_id", "handover_line": "handover_id", "photo": "sha256"}
_HELD_UNTIL = {"report": ReportStatus.CLOSED, "post": PostStatus.CLOSED}


@value(frozen=True, slots=True)
class Author:
    """In whose name a commit is made."""

    team: str
    person: str
    device: str
    at: str


@value(frozen=True, slots=True)
class Staged:
    """A record as it must stand after the commit; ``was_ver`` 0: it is new.

    ``text``: its body as ``canonical`` writes it, where that was done before. ``dated``: it keeps its
    own ``at`` and ``by``, for it was changed elsewhere before (in a file only).
    """

    record: Record
    was_ver: int
    text: bytes = b""
    dated: bool = False


@value(frozen=True, slots=True)
class Answer:
    """What to answer for one op; ``kept``: the answer is stored under its id.

    ``text``: the body of its record as ``canonical`` writes it, where that was done before.
    ``asked``: what the op set, where the one who asked completes the record from it.
    """

    result: OpResult
    fingerprint: str
    kept: bool = True
    text: bytes = b""
    asked: Mapping[str, Any] | None = None


@value(frozen=True, slots=True)
class RecordRow:
    """A record without its number; ``was_ver`` 0: it is new. ``at``, ``by``: empty for the author's."""

    kind: str
    id: str
    ver: int
    was_ver: int
    deleted: bool
    body: str
    parent: str | None
    holder: str | None
    at: str = ""
    by: str = ""


@value(frozen=True, slots=True)
class AnswerRow:
    """An answer as JSON. ``place``: which record of the commit its number is that of, from 1.

    Without a place the number is ``seq``, and without either that of the whole commit.
    """

    op_id: str
    fingerprint: str
    result: str
    place: int
    seq: int
    kept: bool

    def answered(self, base: int) -> str:
        """Return the answer with the number of its record; ``base``: the one before the commit."""
        if not self.result.endswith(_UNNUMBERED):
            return self.result
        seq = base + self.place if self.place else self.seq
        return f"{self.result[: -len(_UNNUMBERED)]}{seq}}}}}"


_UNNUMBERED = "0}}"
"""How an answer with a record ends: the number is the last thing in it."""


def record_rows(staged: Sequence[Staged]) -> list[RecordRow]:
    """Return the records as rows, in their order."""
    rows = []
    for one in staged:
        record = one.record
        parent, holder = index_values(record)
        text = one.text or canonical(record.body)
        rows.append(
            RecordRow(
                record.kind,
                record.id,
                record.ver,
                one.was_ver,
                record.deleted,
                text.decode(),
                parent,
                holder,
                record.at if one.dated else "",
                record.by if one.dated else "",
            )
        )
    return rows


def answer_rows(
    answers: Sequence[Answer], places: Mapping[tuple[str, str], int]
) -> list[AnswerRow]:
    """Return the answers as rows; ``places``: of the records of this commit."""
    rows = []
    for answer in answers:
        result = answer.result
        record = result.record
        place, seq = 0, 0
        wire = result_to_wire(result, whole=False)
        if record is not None:
            place = places.get((record.kind, record.id), 0)
            seq = 0 if place else record.seq
            wire["record"] = {
                "kind": record.kind,
                "id": record.id,
                "ver": record.ver,
                "del": record.deleted,
                "by": record.by,
                "at": record.at,
                **_body(answer, record),
                "seq": 0,
            }
        text = orjson.dumps(wire).decode()
        rows.append(AnswerRow(result.op_id, answer.fingerprint, text, place, seq, answer.kept))
    return rows


def _body(answer: Answer, record: Record) -> dict[str, Any]:
    if answer.asked is not None:
        return difference(answer.asked, record.body)
    return {"body": orjson.Fragment(answer.text or canonical(record.body))}


def read_answer(text: str, seq: int) -> dict[str, Any]:
    """Return a stored result as it was answered: with the number of its record."""
    result: dict[str, Any] = orjson.loads(text)
    if result.get("record"):
        result["record"]["seq"] = seq
    return result


def index_values(record: Record) -> tuple[str | None, str | None]:
    """Return what central looks a record up by: what it belongs to and who holds it."""
    body, kind = record.body, record.kind
    parent = body.get(_PARENT[kind]) if kind in _PARENT else None
    held = None
    if kind in _HELD_UNTIL and body.get("status") != _HELD_UNTIL[kind]:
        held = body.get("holder")
    return str(parent) if parent else None, str(held) if held else None
