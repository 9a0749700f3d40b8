"""Old records on an exact question, and what people may see and say of the rounds (F52).

Log first, show second: ``note`` writes who asks for what and why in a transaction of its own, and
only what it wrote down is read by ``show``.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth.service import Caller
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry, body_hash
from central.problems import Refusal
from central.retention import repository, rounds
from central.retention.repository import Old
from contract.archive import (
    MOST,
    WINDOW_HOURS,
    ArchiveAsked,
    Archived,
    ArchivedPart,
    ArchiveFound,
    Count,
    Forecast,
    ForecastAsked,
    RetentionSeen,
    Run,
)
from contract.problems import ProblemCode
from contract.retention import (
    OPENS_THIRD,
    Stage,
    exact_place,
    moment_of,
    stage_of,
    terms_of,
)
from contract.rights import WORKERS
from contract.vocabulary import Role

ASKED = "archive_asked"
"""The act in the audit of who asked for an old record."""

GO_ON = "retention_resumed"
"""The act in the audit of who said that the clock is right."""

ANSWERABLE = frozenset({Role.ACCOUNT_HOLDER, Role.AUDITOR})
"""Who may open what is kept for complaints and accountability alone."""

RUNS = 200
FORECAST_DAYS = 31


class Noted:
    """What an exact question found, written down already: the keys, and how many stay closed."""

    def __init__(self, rows: list[tuple[Old, Stage]], closed: int) -> None:
        self.rows = rows
        self.closed = closed


def note(conn: Connection, caller: Caller, asked: ArchiveAsked, moment: datetime) -> Noted:
    """Find what is asked for and write the question down; nothing of it is shown here.

    Raises ``forbidden`` for who may not ask, ``batch-invalid`` for a question that is not exact.
    """
    third = asked.use in OPENS_THIRD and bool(ANSWERABLE & caller.roles)
    if not (third or WORKERS & caller.roles):
        raise Refusal(ProblemCode.FORBIDDEN)
    if third and not caller.administers and Role.ACCOUNT_HOLDER in caller.roles:
        raise Refusal(ProblemCode.SECOND_FACTOR)
    found = _find(conn, caller.team, asked)
    terms = terms_of(repository.setting(conn, caller.team)[0])
    rows, closed = [], 0
    for one in found:
        stage = stage_of(one.kind, one.body, one.at, moment, terms)
        stage = {Stage.FREE: Stage.ASKED, Stage.DESTROY: Stage.ACCOUNTABILITY}.get(stage, stage)
        if stage is Stage.ASKED or third:
            rows.append((one, stage))
        else:
            closed += 1
    look, at = str(uuid7()), stamp(moment)
    words = {"use": asked.use.value, "reason": asked.reason}
    repository.note_look(
        conn,
        team=caller.team,
        id=look,
        at=at,
        person=caller.person,
        device=caller.device,
        found=len(rows),
        **words,
    )
    keys = [(one.kind, one.id, one.ver) for one, _ in rows] or [("archive", "", 0)]
    said = body_hash({"look": look, **words})
    entries = [Entry(look, ASKED, kind, record, ver, "", said) for kind, record, ver in keys]
    journal.note(
        conn, caller.team, at=at, person=caller.person, device=caller.device, entries=entries
    )
    return Noted(rows, closed)


def show(conn: Connection, team: str, noted: Noted) -> ArchiveFound:
    """Return what was written down as asked for, with what belongs to each."""
    return ArchiveFound(
        records=tuple(
            Archived(
                kind=one.kind,
                id=one.id,
                number=one.number,
                at=one.at,
                since=one.since,
                stage=stage,
                body=dict(one.body),
                parts=tuple(
                    ArchivedPart(kind=part.kind, id=part.id, at=part.at, body=dict(part.body))
                    for part in repository.parts(conn, team, (one.kind, one.id))
                ),
            )
            for one, stage in noted.rows
        ),
        closed=noted.closed,
    )


def _find(conn: Connection, team: str, asked: ArchiveAsked) -> list[Old]:
    if asked.number:
        return repository.exact(conn, team, asked.number, MOST)
    since, until = moment_of(asked.since), moment_of(asked.until)
    place = exact_place(asked.place)
    if not place or since is None or until is None:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/number", "/place", "/since", "/until"])
    if not timedelta(0) <= until - since <= timedelta(hours=WINDOW_HOURS):
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/since", "/until"])
    return repository.at_place(conn, team, place, stamp(since), stamp(until), MOST)


def seen(conn: Connection, team: str) -> RetentionSeen:
    """Return how the rounds of a team stand, and what went lately."""
    state = repository.state(conn, team)
    archived, destroyed = repository.totals(conn, team)
    return RetentionSeen(
        ran_at=state.ran_at,
        next_at=rounds.next_at(conn, team),
        paused_at=state.paused_at,
        seen_at=state.seen_at,
        archived=archived,
        destroyed=destroyed,
        runs=tuple(
            Run(at=row.at, kind=row.kind, act=row.act, count=row.count)
            for row in repository.runs(conn, team, RUNS)
        ),
    )


def forecast(conn: Connection, team: str, asked: ForecastAsked, moment: datetime) -> Forecast:
    """Return how many of each kind would go until a moment, with these or with other terms."""
    until = moment_of(asked.until) if asked.until else moment + timedelta(days=FORECAST_DAYS)
    if until is None:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/until"])
    own = terms_of(repository.setting(conn, team)[0])
    terms = terms_of({"terms": {**own, **asked.terms}})
    plan = rounds.plan_of(conn, team, until, terms)
    counts = [Count(kind=k, act=act, count=n) for k, act, n in rounds.forecast(conn, plan)]
    return Forecast(until=stamp(until), counts=tuple(counts))


def resume(conn: Connection, caller: Caller, moment: datetime) -> RetentionSeen:
    """Take the present moment as right after the clock jumped; writes who said so."""
    if rounds.go_on(conn, caller.team, moment):
        entry = Entry("", GO_ON, "team", caller.team, 0, "", "")
        journal.note(
            conn,
            caller.team,
            at=stamp(moment),
            person=caller.person,
            device=caller.device,
            entries=[entry],
        )
    return seen(conn, caller.team)
