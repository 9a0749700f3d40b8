"""What account holders may do with the desks of their team."""

from datetime import datetime

from sqlalchemy import Connection

from central.auth import repository as sessions
from central.auth import service as auth
from central.clock import stamp
from central.devices import repository
from central.journal import repository as journal
from central.journal.chain import Entry
from central.looking import repository as looking
from central.problems import Refusal
from contract.access import DeviceSeen, DevicesSeen
from contract.problems import ProblemCode


def devices(conn: Connection, token: str, team: str, moment: datetime) -> DevicesSeen:
    """Return the desks that ever signed in."""
    auth.administrator(conn, token, team, moment)
    persons = repository.last_persons(conn, team)
    return DevicesSeen(
        devices=tuple(
            DeviceSeen(
                id=row.id,
                name=row.name,
                created_at=row.created_at,
                seen_at=row.seen_at,
                revoked_at=row.revoked_at or "",
                person=persons.get(row.id, ""),
            )
            for row in repository.of_team(conn, team)
        )
    )


def revoke(conn: Connection, token: str, team: str, device_id: str, moment: datetime) -> None:
    """End the sessions of a desk at once and let it in no more. Not the desk one works at.

    The keys people signed with there are worth nothing until they sign in there again.
    """
    caller = auth.administrator(conn, token, team, moment)
    if caller.device == device_id:
        raise Refusal(ProblemCode.FORBIDDEN, "Not the desk that asks")
    now = stamp(moment)
    _set(conn, team, device_id, now)
    sessions.revoke_device(conn, team, device_id, now)
    looking.end_of_device(conn, team, device_id, now)
    _note(conn, caller, "device_revoked", device_id, now)


def restore(conn: Connection, token: str, team: str, device_id: str, moment: datetime) -> None:
    """Let a revoked desk sign in again; its old sessions stay ended."""
    caller = auth.administrator(conn, token, team, moment)
    _set(conn, team, device_id, None)
    _note(conn, caller, "device_restored", device_id, stamp(moment))


def _set(conn: Connection, team: str, device_id: str, at: str | None) -> None:
    if not repository.set_revoked(conn, team, device_id, at):
        raise Refusal(ProblemCode.NOT_FOUND)


def _note(conn: Connection, caller: auth.Caller, act: str, device_id: str, at: str) -> None:
    entry = Entry("", act, "device", device_id, 0, "", "")
    journal.note(
        conn, caller.team, at=at, person=caller.person, device=caller.device, entries=[entry]
    )
