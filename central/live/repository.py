"""All SQL of live news: heads, sessions, who may read, names of stations."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select, text

from central.auth.service import roles_of
from central.models.access import device, session
from central.models.sync import sync_commit, team_head
from central.sync import repository as records
from central.sync.cursor import Anchor
from contract import rights

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Held:
    """Until when a session's access token is good; ``revoked``: it was ended before that."""

    until: str
    revoked: bool


def heads(conn: Connection, teams: Collection[str]) -> dict[str, Anchor]:
    """Return the newest anchor of each of these teams."""
    found = {}
    for chunk in _chunks(teams):
        query = (
            select(team_head.c.team, team_head.c.seq, sync_commit.c.nonce)
            .select_from(team_head)
            .outerjoin(
                sync_commit,
                and_(
                    sync_commit.c.team == team_head.c.team,
                    sync_commit.c.last_seq == team_head.c.seq,
                ),
            )
            .where(team_head.c.team.in_(chunk))
        )
        for row in conn.execute(query):
            found[row.team] = Anchor(row.seq, row.nonce or "")
    return found


def sessions(conn: Connection, hashes: Collection[str]) -> dict[str, Held]:
    """Return the sessions of these access tokens that are still kept."""
    found = {}
    for chunk in _chunks(hashes):
        query = select(session.c.access_hash, session.c.access_until, session.c.revoked_at)
        for row in conn.execute(query.where(session.c.access_hash.in_(chunk))):
            found[row.access_hash] = Held(row.access_until, row.revoked_at is not None)
    return found


def readers(conn: Connection, team: str) -> set[str]:
    """Return the ids of the people of a team who may read it at this moment."""
    return {
        person.id
        for person in records.persons(conn, team)
        if person.body.get("active") is not False and rights.may_read(roles_of(person))
    }


def stations(conn: Connection, team: str) -> dict[str, str]:
    """Return the names of a team's devices by id."""
    rows = conn.execute(select(device.c.id, device.c.name).where(device.c.team == team))
    return {row.id: row.name for row in rows}


def revision(conn: Connection) -> str:
    """Return the newest step that the records were brought to."""
    return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = sorted(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]
