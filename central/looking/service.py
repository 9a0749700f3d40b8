"""Who registers the key they sign with, and who may see the list; each in one transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from central.audit import service as audit
from central.auth import service as auth
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry
from central.looking import repository
from central.problems import Refusal
from contract.access import LookingKeySeen, LookingKeysSeen
from contract.problems import ProblemCode

KIND, REGISTERED = "looking_key", "looking_key_set"
"""How the audit rows say it; the record is the person. A copy put back needs nothing done again."""


def register(
    conn: Connection, token: str, team: str, device: str, public: str, moment: datetime
) -> None:
    """Take in the key of who asks, at the desk they ask from; one that was there ends.

    The same key again changes nothing. The audit row says of which key, by its hash.
    """
    caller = auth.of_team(conn, token, team, moment)
    if caller.device != device:
        # Nobody speaks for another desk than the one they sit at.
        raise Refusal(ProblemCode.NOT_FOUND)
    now = stamp(moment)
    repository.end_others(conn, team, caller.person, device, public, now)
    if repository.keep(conn, team, caller.person, device, public, now):
        mark = hashlib.sha256(bytes.fromhex(public)).hexdigest()
        entry = Entry("", REGISTERED, KIND, caller.person, 0, "", mark)
        journal.note(conn, team, at=now, person=caller.person, device=device, entries=[entry])


def keys(conn: Connection, token: str, team: str, moment: datetime) -> LookingKeysSeen:
    """Return every key of the team that ever was, for account holder and auditor."""
    audit.reader(conn, token, team, moment)
    return LookingKeysSeen(
        keys=tuple(
            LookingKeySeen(
                person=row.person,
                device=row.device,
                public=row.public,
                registered_at=row.registered_at,
                ended_at=row.ended_at or "",
            )
            for row in repository.of_team(conn, team)
        )
    )
