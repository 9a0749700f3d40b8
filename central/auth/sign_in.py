"""Signing in with an account: count the try, do the costly work outside, then decide.

The costly work runs inside no transaction and not on the event loop. An unknown account, one
without a password and a wrong password cost the same and get the same answer (security.md §3).
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from central.accounts import repository as accounts
from central.auth import repository, second_factor, service, throttle
from central.clock import stamp
from central.office import Office
from central.problems import Refusal
from central.settings import Settings
from central.sync import repository as records
from contract.access import PasswordSignIn
from contract.messages import Session, TeamSeen
from contract.problems import ProblemCode


async def sign_in(office: Office, asked: PasswordSignIn, host: str) -> Session:
    """Open a session. ``host``: the address that the request came from."""
    moment = office.moment()
    aims = (throttle.aim_at_account(asked.account), throttle.aim_from(host))
    stored = await office.database.write(
        lambda conn: _begin(conn, asked.account, aims, moment),
    )
    right = await office.hasher.verify(stored, asked.password)
    better = None
    if right and stored is not None and office.hasher.outdated(stored):
        better = await office.hasher.hash(asked.password)
    done = await office.database.write(
        lambda conn: _decide(
            conn,
            office.settings,
            asked,
            aims,
            stored if right else None,
            better,
            moment,
        )
    )
    if isinstance(done, ProblemCode):
        # Raised here, after the transaction, so that the count of the try is kept.
        raise Refusal(done)
    return done


def begin_try(conn: Connection, aims: tuple[str, ...], moment: datetime) -> None:
    """Count one try on each aim; ``rate-limited`` while one of them has to wait."""
    found = repository.tries(conn, aims)
    wait, fresh = 0, set()
    for aim in aims:
        fails, at = found.get(aim, (0, stamp(moment)))
        last = datetime.fromisoformat(at.replace("Z", "+00:00"))
        patience = throttle.patience(aim)
        counted = patience.counted(fails, last, moment)
        if counted == 0:
            fresh.add(aim)
        wait = max(wait, patience.wait_s(counted, last, moment))
    if wait:
        raise Refusal(ProblemCode.RATE_LIMITED, retry_after_s=wait)
    for aim in sorted(aims):
        repository.count_try(conn, aim, stamp(moment), anew=aim in fresh)


def settle_try(conn: Connection, aims: tuple[str, ...], moment: datetime) -> None:
    """The try was good: the first aim starts anew, the others forget just this one.

    An address keeps its count: somebody with an account of their own does not clear it.
    """
    first, *others = aims
    repository.forget_tries(conn, first)
    for aim in others:
        repository.take_back_try(conn, aim)
    longest = max(throttle.ACCOUNT.forget, throttle.ADDRESS.forget)
    repository.drop_tries_over(conn, stamp(moment - longest - timedelta(hours=1)))


def _begin(conn: Connection, account: str, aims: tuple[str, ...], moment: datetime) -> str | None:
    begin_try(conn, aims, moment)
    found = accounts.by_name(conn, account)
    return None if found is None else found.password_hash


def _decide(
    conn: Connection,
    settings: Settings,
    asked: PasswordSignIn,
    aims: tuple[str, ...],
    verified: str | None,
    better: str | None,
    moment: datetime,
) -> Session | ProblemCode:
    # Locked: who takes the account away at this moment is waited for, or waits.
    found = accounts.by_name(conn, asked.account, lock=True)
    # Asked of an unknown account too: it costs the same statements.
    person = records.person(conn, *((found.team, found.person) if found else ("", "")))
    if (
        found is None
        or verified is None
        or found.password_hash != verified
        or person is None
        or not service.is_active(person)
    ):
        return ProblemCode.UNAUTHENTICATED
    if found.second_secret:
        if not asked.code:
            # Whoever knows the password guessed nothing; but the count is not cleared either.
            for aim in aims:
                repository.take_back_try(conn, aim)
            return ProblemCode.SECOND_FACTOR_REQUIRED
        step = second_factor.step_of(found.second_secret, asked.code, moment, found.second_step)
        if step is None or not accounts.use_step(conn, found.name, step):
            return ProblemCode.SECOND_FACTOR_REQUIRED
    settle_try(conn, aims, moment)
    desk = asked.device
    if not repository.admits(conn, found.team, desk.id, desk.name, stamp(moment)):
        return ProblemCode.DEVICE_REVOKED
    if better is not None:
        accounts.change(conn, found.name, password_hash=better)
    repository.drop_over(conn, stamp(moment))
    names = dict(records.teams(conn))
    return service.open_session(
        conn,
        settings,
        TeamSeen(id=found.team, name=names.get(found.team, "")),
        person,
        asked.device,
        moment,
        via=repository.VIA_PASSWORD,
        second_factor=bool(found.second_secret),
    )
