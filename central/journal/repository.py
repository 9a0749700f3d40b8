"""All SQL of the audit rows."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select, update

from central.database.many import put_many
from central.journal.chain import START, Entry, halves, links
from central.models.journal import audit
from central.models.sync import team_head

_COLUMNS = "team n at person device op_id act kind record ver before_hash after_hash chain".split()

_LAST = (
    select(team_head.c.audit_n, audit.c.chain)
    .select_from(team_head)
    .outerjoin(audit, (audit.c.team == team_head.c.team) & (audit.c.n == team_head.c.audit_n))
    .where(team_head.c.team == bindparam("of_team"))
)


def add(
    conn: Connection,
    team: str,
    *,
    first: int,
    at: str,
    person: str,
    device: str,
    entries: Sequence[Entry],
) -> None:
    """Write the rows ``first``, ``first + 1``, ...; the numbers were taken by the caller."""
    if not entries:
        return
    before = conn.execute(
        select(audit.c.chain).where(audit.c.team == team, audit.c.n == first - 1)
    ).scalar()
    chain = links(
        START if before is None else str(before), first, halves(team, at, person, device, entries)
    )
    rows = [
        (
            team,
            number,
            at,
            person,
            device,
            one.op_id,
            one.act,
            one.kind,
            one.record,
            one.ver,
            one.before_hash,
            one.after_hash,
            link,
        )
        for number, (one, link) in enumerate(zip(entries, chain, strict=True), first)
    ]
    put_many(conn, audit, _COLUMNS, rows)


def note(
    conn: Connection, team: str, *, at: str, person: str, device: str, entries: Sequence[Entry]
) -> None:
    """Write rows about what is no record: accounts, second factors, desks. Takes their numbers."""
    last = conn.execute(
        update(team_head)
        .where(team_head.c.team == team)
        .values(audit_n=team_head.c.audit_n + len(entries))
        .returning(team_head.c.audit_n)
    ).scalar_one()
    first = int(last) - len(entries) + 1
    add(conn, team, first=first, at=at, person=person, device=device, entries=entries)


def go_on_from(conn: Connection, team: str, line: int) -> None:
    """Let the log of a new file go on after this line: the rows up to it were put in as they were."""
    conn.execute(update(team_head).where(team_head.c.team == team).values(audit_n=line))


def rows_of(conn: Connection, team: str) -> list[dict[str, object]]:
    """Return every row of a team in order, for a check of the chain."""
    found = conn.execute(select(audit).where(audit.c.team == team).order_by(audit.c.n))
    return [{str(name): value for name, value in row.items()} for row in found.mappings()]


def walk(conn: Connection, team: str) -> Iterator[dict[str, object]]:
    """Walk every row of a team in order, a few at a time."""
    query = select(audit).where(audit.c.team == team).order_by(audit.c.n)
    for row in conn.execute(query.execution_options(yield_per=2000)).mappings():
        yield {str(name): value for name, value in row.items()}


def last_link(conn: Connection, team: str) -> tuple[int, str]:
    """Return how many rows the team's counter says there are, and the link of the last of them."""
    row = conn.execute(_LAST, {"of_team": team}).one()
    return int(row.audit_n), str(row.chain or START)


def count_of(conn: Connection, team: str) -> int:
    """Return how many rows the team's counter says there are."""
    query = select(team_head.c.audit_n).where(team_head.c.team == team)
    return int(conn.execute(query).scalar() or 0)
