"""The daily round of one database: what is due goes, unless the clock cannot be right (F52).

Searching is done outside the transactions that write, so nobody waits for it; each step moves one
page of records and commits. A round that dies half-way is finished by the next.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.clock import stamp
from central.database import Database
from central.operations import repository as turns
from central.retention import leavers, moving, repository
from central.retention.repository import CHUNK, State
from central.sync import repository as records
from contract.leavers import is_erased
from contract.op import Record
from contract.retention import (
    ARCHIVED,
    DESTROYED,
    LEAP_DAYS,
    RULES,
    WAIT_DAYS,
    Ending,
    Stage,
    Terms,
    hold_of,
    moment_of,
    stage_of,
    terms_of,
)

EVERY = timedelta(hours=20)
"""How long after a round the next may begin: once a day, whatever the hour of the look."""

GRACE = timedelta(hours=24)
"""How long changed terms wait: until then a person takes the change back and nothing happened."""

log = logging.getLogger(__name__)

Step = Callable[[Connection], int]


@dataclass(slots=True)
class Plan:
    """What a round goes by: the moment, the terms, and until when what is held, by record id."""

    team: str
    moment: datetime
    terms: Terms
    holds: Mapping[str, str]
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def stage(self, kind: str, record_id: str, body: Mapping[str, object], at: str) -> Stage:
        """Return the stage of a record, its hold counted in."""
        hold = self.holds.get(record_id, "")
        return stage_of(kind, body, at, self.moment, self.terms, hold)


def keep_all(database: Database, moment: datetime, *, at_once: bool = False) -> int:
    """Look at every team; returns how many records went. Cleans the pages where any did.

    ``at_once``: whenever the last round was, and with the clock taken as right: a person is there.
    """
    teams = [team for team, _ in database.read_now(records.teams)]
    gone = sum(keep(database, team, moment, at_once=at_once) for team in teams)
    _drop_copies(database, teams, moment)
    if gone:
        database.wipe()
        log.info("retention round done", extra={"count": gone})
    return gone


def _drop_copies(database: Database, teams: Sequence[str], moment: datetime) -> None:
    """Let go copies of the file by the longest term of its teams, where all had their round now.

    A team that waits because the clock jumped makes the copies wait too.
    """

    def terms(conn: Connection) -> dict[str, int]:
        longest: dict[str, int] = {}
        for team in teams:
            if repository.state(conn, team).ran_at != stamp(moment):
                return {}
            own = terms_of(repository.setting(conn, team)[0])
            longest = {name: max(days, longest.get(name, 0)) for name, days in own.items()}
        return longest

    if found := database.read_now(terms):
        gone = database.drop_put_aside(moment, found)
        if gone:
            log.info("copies of the file are over", extra={"count": gone})


def keep(database: Database, team: str, moment: datetime, *, at_once: bool = False) -> int:
    """Do the round of one team where it is time; returns how many records went."""
    begin = partial(_begin, team=team, moment=moment, at_once=at_once)
    plan = database.write_now(begin)
    if plan is None:
        return 0
    for kind, rule in RULES.items():
        if rule.ending in (Ending.STAGES, Ending.AT_ONCE):
            _leave(database, plan, kind)
    for kind, rule in RULES.items():
        if rule.ending is Ending.CONTACT:
            _erase(database, plan, kind)
    for kind, rule in RULES.items():
        for parent, name in rule.follows:
            _follow(database, plan, kind, parent, name)
    for kind, rule in RULES.items():
        if rule.ending in (Ending.STAGES, Ending.FOLLOWS):
            _destroy(database, plan, kind)
    database.write_now(partial(_end, plan=plan))
    return sum(plan.counts.values())


def go_on(conn: Connection, team: str, moment: datetime) -> bool:
    """Take the present moment as right after a jump; False where nothing was waiting."""
    state = repository.state(conn, team)
    if not state.paused_at:
        return False
    repository.keep_state(conn, team, replace(state, seen_at=stamp(moment), paused_at=""))
    return True


def plan_of(conn: Connection, team: str, moment: datetime, terms: Terms | None = None) -> Plan:
    """Return what a round at this moment would go by; ``terms``: instead of the team's own."""
    value, _ = repository.setting(conn, team)
    held = {
        record_id: until
        for record_id, hold in repository.holds(conn, team)
        if (until := hold_of(hold, moment))
    }
    return Plan(team, moment, terms or terms_of(value), held)


def next_at(conn: Connection, team: str) -> str:
    """Return when the next round may begin at the earliest; empty for at once."""
    state = repository.state(conn, team)
    _, changed = repository.setting(conn, team)
    ran, set_at = moment_of(state.ran_at), moment_of(changed)
    ends = [ran + EVERY] if ran else []
    ends += [set_at + GRACE] if set_at else []
    return stamp(max(ends)) if ends else ""


def _begin(conn: Connection, team: str, moment: datetime, at_once: bool) -> Plan | None:
    """Return the plan of a round that may begin now; None while it has to wait."""
    if not turns.take_round(conn):
        return None
    state, now = repository.state(conn, team), stamp(moment)
    if at_once:
        repository.keep_state(conn, team, State(now, state.ran_at, ""))
        return plan_of(conn, team, moment)
    seen = moment_of(state.seen_at)
    if seen is not None and moment < seen:
        return None  # the clock went back: nothing is due, and what was seen stays seen
    if seen is not None and moment - seen > timedelta(days=LEAP_DAYS):
        if not state.paused_at:
            repository.keep_state(conn, team, replace(state, paused_at=now))
            log.warning("retention round waits: the clock jumped more than %d days", LEAP_DAYS)
        return None
    repository.keep_state(conn, team, State(now, state.ran_at, ""))
    if now < next_at(conn, team):
        return None
    return plan_of(conn, team, moment)


def _end(conn: Connection, plan: Plan) -> None:
    now = stamp(plan.moment)
    for (kind, act), count in plan.counts.items():
        repository.note_run(conn, plan.team, str(uuid7()), now, kind, act, count)
    old = plan.moment - timedelta(days=plan.terms["destroy_days"])
    repository.drop_looks(conn, plan.team, stamp(old))
    state = repository.state(conn, plan.team)
    repository.keep_state(conn, plan.team, replace(state, ran_at=now))


def due(conn: Connection, plan: Plan, kind: str, after: str) -> tuple[list[Record], str]:
    """Return what is due of one page, and the id to go on after; empty at the end."""
    rule = RULES[kind]
    day = stamp(plan.moment - timedelta(days=plan.terms[rule.term[0]]))[:10]
    page = repository.due(conn, plan.team, kind, rule.since, day, after)
    found = [
        one
        for one in page
        if plan.stage(kind, one.id, one.body, one.at) is not Stage.FREE
        and not is_erased(kind, one.body)
    ]
    return found, page[-1].id if len(page) == CHUNK else ""


def _leave(database: Database, plan: Plan, kind: str) -> None:
    """Let what is past its first term leave the desks, page by page."""
    at_once = RULES[kind].ending is Ending.AT_ONCE
    move = moving.destroy_at_once if at_once else moving.archive
    after = ""
    while True:
        found, after = database.read_now(partial(due, plan=plan, kind=kind, after=after))
        _move(database, plan, kind, found, move, DESTROYED if at_once else ARCHIVED)
        if not after:
            return


def _erase(database: Database, plan: Plan, kind: str) -> None:
    """Erase the contact data of who left, page by page; what stays is not looked at again."""
    after = ""
    while True:
        found, after = database.read_now(partial(due, plan=plan, kind=kind, after=after))
        _move(database, plan, kind, found, leavers.erase, DESTROYED)
        if not after:
            return


def _follow(database: Database, plan: Plan, kind: str, parent: str, name: str) -> None:
    """Let what belongs to a record that went go along."""
    after = ""
    while True:
        page = database.read_now(
            partial(
                repository.orphans,
                team=plan.team,
                kind=kind,
                parent=parent,
                field=name,
                after=after,
            )
        )
        _move(database, plan, kind, page, moving.archive, ARCHIVED)
        if len(page) < CHUNK:
            return
        after = page[-1].id


def _move(
    database: Database,
    plan: Plan,
    kind: str,
    found: list[Record],
    move: Callable[[Connection, str, list[Record], datetime], int],
    act: str,
) -> None:
    if not found:
        return
    moved = database.write_now(lambda conn: move(conn, plan.team, found, plan.moment))
    if moved:
        plan.counts[kind, act] = plan.counts.get((kind, act), 0) + moved


def _destroy(database: Database, plan: Plan, kind: str) -> None:
    """Destroy what is past its last term and not held, each with what went along with it."""
    before = stamp(plan.moment - timedelta(days=WAIT_DAYS))
    after = ""
    while True:
        look = partial(repository.own_term, team=plan.team, kind=kind, before=before, after=after)
        page = database.read_now(look)
        over = [
            one
            for one in page
            if plan.stage(kind, one.id, one.body, one.at) is Stage.DESTROY
            or RULES[kind].ending is Ending.FOLLOWS
        ]
        for one in over:
            database.write_now(partial(_destroy_one, plan=plan, root=one))
        if len(page) < CHUNK:
            return
        after = page[-1].id


def _destroy_one(conn: Connection, plan: Plan, root: repository.Old) -> None:
    rows = [root, *repository.parts(conn, plan.team, (root.kind, root.id))]
    if any(one.id in plan.holds for one in rows):
        return
    moving.destroy(conn, plan.team, rows, plan.moment)
    for one in rows:
        key = (one.kind, DESTROYED)
        plan.counts[key] = plan.counts.get(key, 0) + 1


def forecast(conn: Connection, plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Walk how many of each kind would leave the desks, be destroyed or be kept by a hold."""
    for kind, rule in RULES.items():
        if rule.ending not in (Ending.STAGES, Ending.AT_ONCE, Ending.CONTACT):
            continue
        leave, after = 0, ""
        while True:
            found, after = due(conn, plan, kind, after)
            leave += len(found)
            if not after:
                break
        if leave:
            yield kind, ARCHIVED if rule.ending is Ending.STAGES else DESTROYED, leave
        over = held = 0
        after = ""
        while rule.ending is Ending.STAGES:
            page = repository.own_term(conn, plan.team, kind, stamp(plan.moment), after)
            for one in page:
                if stage_of(kind, one.body, one.at, plan.moment, plan.terms) is Stage.DESTROY:
                    held += one.id in plan.holds
                    over += one.id not in plan.holds
            if len(page) < CHUNK:
                break
            after = page[-1].id
        for act, count in ((DESTROYED, over), ("held", held)):
            if count:
                yield kind, act, count
