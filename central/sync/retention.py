"""How long history is kept: graves, commits and stored answers (sync.md §3, §5).

Graves and commits go together and ``floor_seq`` says up to where: a desk whose cursor lies before it
may have missed a deletion and is told to fetch everything again. Answers stay longer than any desk
may be away, so a push that is sent again is never done twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from central.clock import stamp
from central.sync import repository
from contract import routes


@dataclass(frozen=True, slots=True)
class Collected:
    """What one round threw away; ``floor_seq``: up to where the history of the team is gone."""

    graves: int
    commits: int
    answers: int
    floor_seq: int


def collect(conn: Connection, team: str, moment: datetime) -> Collected:
    """Throw away what the team's desks no longer need, in the open transaction.

    The newest commit that is too old stays, as the place where history now begins.
    """
    answers = repository.drop_answers(conn, team, _before(moment, routes.RESULT_DAYS))
    floor = repository.oldest_end(conn, team, _before(moment, routes.GRAVE_DAYS))
    head = repository.head(conn, team)
    if head is None or floor <= head.floor_seq:
        return Collected(0, 0, answers, head.floor_seq if head else 0)
    graves, commits = repository.drop_history(conn, team, floor)
    return Collected(graves, commits, answers, floor)


def collect_all(conn: Connection, moment: datetime) -> dict[str, Collected]:
    """Do so for every team here; by team id."""
    return {team: collect(conn, team, moment) for team, _ in repository.teams(conn)}


def _before(moment: datetime, days: int) -> str:
    return stamp(moment - timedelta(days=days))
