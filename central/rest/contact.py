"""Numbers and links of administrators over REST: left out, until a reason was written down (F54)."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth.service import Caller
from central.problems import Refusal
from central.rest import service
from contract import rights, routes
from contract.contact import FIELDS
from contract.op import Record
from contract.problems import ProblemCode

SHOWN: Mapping[str, str] = {"administrator": "card_shown", "group": "invite_shown"}
"""What the line in the history says, as where a desk shows the same."""

REASON_LEAST, REASON_MOST = 3, 200
STATION = "API"


def without(record: Record) -> Record:
    """Return the record without what asks a reason."""
    hidden = FIELDS.get(record.kind)
    if not hidden or hidden.isdisjoint(record.body):
        return record
    return replace(record, body={k: v for k, v in record.body.items() if k not in hidden})


def reason_of(header: str | None, kind: str) -> str:
    """Return the reason that a request gives for seeing everything; empty: it gives none.

    The header is percent-encoded UTF-8. Raises ``batch-invalid`` for a reason that is none.
    """
    if header is None or kind not in FIELDS:
        return ""
    words = " ".join(unquote(header).split())
    if not REASON_LEAST <= len(words) <= REASON_MOST or "\x00" in words:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=[f"/header/{routes.REASON_HEADER}"])
    return words


def shown(
    conn: Connection, caller: Caller, kind: str, record_id: str, reason: str, now: str
) -> Record:
    """Write down who sees this record and why, then return it whole, in one transaction.

    ``forbidden`` for who does not do the daily work. Where the line cannot be written, nothing comes
    back.
    """
    if not rights.may_see_contact(caller.roles):
        raise Refusal(ProblemCode.FORBIDDEN, rule="role")
    record = service.live(conn, caller.team, kind, record_id)
    line = {
        "subject_kind": kind,
        "subject_id": record_id,
        "what": SHOWN[kind],
        "reason": reason,
        "station": STATION,
    }
    done = service.create(conn, caller, "log_entry", str(uuid7()), line, now)
    if done.record is None:
        raise service.refusal_of(done)
    return record
