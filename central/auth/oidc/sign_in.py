"""Signing in through the provider: count the try, ask outside, then decide in one transaction.

An account is bound to the provider's own id of a person (issuer and ``sub``) at the first sign-in:
whoever gets a colleague's old name at the provider does not get their account.
"""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from central.accounts import repository as accounts
from central.auth import repository, second_factor, service, throttle
from central.auth.oidc.token import Proven, account_of
from central.auth.sign_in import begin_try
from central.auth.tokens import token_hash
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry
from central.office import Office
from central.problems import Refusal
from central.settings import Settings
from central.sync import repository as records
from contract.access import ProviderSignIn
from contract.messages import Session, TeamSeen
from contract.problems import ProblemCode


async def sign_in(office: Office, asked: ProviderSignIn, host: str) -> Session:
    """Open a session. ``host``: the address that the request came from."""
    moment, aim = office.moment(), throttle.aim_from(host)
    await office.database.write(lambda conn: begin_try(conn, (aim,), moment))
    try:
        proven = await office.provider.prove(asked)
    except Refusal as refusal:
        if refusal.code is ProblemCode.PROVIDER_AWAY:
            await office.database.write(partial(repository.take_back_try, aim=aim))
        raise
    done = await office.database.write(
        lambda conn: _decide(conn, office.settings, asked, proven, aim, moment)
    )
    if isinstance(done, ProblemCode):
        # Raised here, after the transaction, so that the count of a try is kept.
        raise Refusal(done)
    return done


def _decide(
    conn: Connection,
    settings: Settings,
    asked: ProviderSignIn,
    proven: Proven,
    aim: str,
    moment: datetime,
) -> Session | ProblemCode:
    # The provider vouches for somebody, so nothing was guessed.
    repository.take_back_try(conn, aim)
    wanted, now = settings.provider, stamp(moment)
    name = account_of(proven.claims, wanted.claim, wanted.domain)
    found = accounts.by_name(conn, name, lock=True) if name else None
    person = records.person(conn, found.team, found.person) if found else None
    subject = token_hash(f"{wanted.issuer}\n{proven.subject}")
    if (
        found is None
        or person is None
        or not service.is_active(person)
        or found.subject not in (None, subject)
    ):
        return ProblemCode.NO_ACCOUNT
    strong = proven.strong and wanted.second_factor
    if found.second_secret and not strong:
        if not asked.digits:
            return ProblemCode.SECOND_FACTOR_REQUIRED
        own = throttle.aim_at_account(found.name)
        begin_try(conn, (own,), moment)
        step = second_factor.step_of(found.second_secret, asked.digits, moment, found.second_step)
        if step is None or not accounts.use_step(conn, found.name, step):
            return ProblemCode.SECOND_FACTOR_REQUIRED
        repository.forget_tries(conn, own)
        strong = True
    desk = asked.device
    if not repository.admits(conn, found.team, desk.id, desk.name, now):
        return ProblemCode.DEVICE_REVOKED
    if found.subject is None:
        accounts.change(conn, found.name, subject=subject)
        entry = Entry("", "account_bound", "account", found.person, 0, "", "")
        journal.note(conn, found.team, at=now, person=found.person, device=desk.id, entries=[entry])
    repository.drop_over(conn, now)
    names = dict(records.teams(conn))
    return service.open_session(
        conn,
        settings,
        TeamSeen(id=found.team, name=names.get(found.team, "")),
        person,
        desk,
        moment,
        via=repository.VIA_PROVIDER,
        second_factor=strong,
    )
