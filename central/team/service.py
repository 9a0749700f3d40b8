"""Setting up, and what central says about itself and its teams."""

from datetime import datetime

from sqlalchemy import Connection
from uuid_utils import uuid7

from central import shipped
from central.auth.service import seen
from central.auth.tokens import same_secret
from central.clock import stamp
from central.journal.chain import Entry, body_hash
from central.problems import Refusal
from central.sequence import Author, Staged, commit_changes
from central.settings import Settings
from central.sync import repository
from contract import routes
from contract.messages import FirstPerson, ServiceDocument, SetUpRequest, TeamSeen
from contract.op import Record
from contract.problems import ProblemCode
from contract.vocabulary import Role

FIRST_ROLES = (Role.ACCOUNT_HOLDER.value, Role.OPERATOR.value)


def set_up(
    conn: Connection, settings: Settings, request: SetUpRequest, moment: datetime
) -> TeamSeen:
    """Make the team, its first person and the shipped records.

    Asked again for a person who is already here, it changes nothing and answers the same; asked
    for somebody else it refuses.
    """
    if not same_secret(request.secret, settings.secret):
        raise Refusal(ProblemCode.FORBIDDEN)
    for team in teams_seen(conn):
        if any(person.id == request.person.id for person in team.persons):
            return team
        raise Refusal(ProblemCode.ALREADY_SET_UP)
    return make_team(conn, request.team_name, request.person, moment)


def make_team(conn: Connection, name: str, person: FirstPerson, moment: datetime) -> TeamSeen:
    """Make a team with its first person, who keeps it, and the shipped records."""
    team_id, now = str(uuid7()), stamp(moment)
    repository.add_team(conn, team_id, name, now)
    first = {"name": person.name, "roles": list(FIRST_ROLES), "active": True}
    made = [Record("person", person.id, 1, first)]
    made += [Record(one.kind, one.id, 1, one.body) for one in shipped.records()]
    entries = [Entry("", "set_up", one.kind, one.id, 1, "", body_hash(one.body)) for one in made]
    author = Author(team_id, person.id, "", now)
    commit_changes(conn, author, [Staged(one, 0) for one in made], (), entries)
    return next(team for team in teams_seen(conn) if team.id == team_id)


def teams_seen(conn: Connection) -> list[TeamSeen]:
    """Return every team with its people."""
    return [
        TeamSeen(id=team, name=name, persons=tuple(map(seen, repository.persons(conn, team))))
        for team, name in repository.teams(conn)
    ]


def service_document(
    conn: Connection, settings: Settings, secret: str, moment: datetime
) -> ServiceDocument:
    """Return what central says about itself; teams and people only to the desk it runs in."""
    inside = same_secret(secret, settings.secret)
    return ServiceDocument(
        name="Buurtdesk central",
        api_version=routes.API_VERSION,
        api_versions=("v1",),
        schema_version=routes.SCHEMA,
        schema_versions=(routes.SCHEMA,),
        time=stamp(moment),
        teams=tuple(teams_seen(conn)) if inside else (),
    )
