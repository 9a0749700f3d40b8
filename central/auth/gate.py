"""Who knocks: every endpoint of a team asks here first, before it reads the body of a request."""

from fastapi import Request

from central.auth import service
from central.auth.service import Caller
from central.http import bearer
from central.office import Office, office_of
from central.problems import Refusal
from contract.problems import ProblemCode


async def caller_of(request: Request, team: str) -> Caller:
    """Return who calls: signed in, of this team, within the rate of their desk.

    Raises ``unauthenticated``, ``forbidden`` or ``rate-limited``. What writes asks the service again
    inside its own transaction: a role may be taken away in between.
    """
    office = office_of(request)
    token, moment = bearer(request), office.moment()
    caller = await office.database.read(
        lambda conn: service.of_team(conn, token, team, moment),
    )
    within_rate(office, caller)
    return caller


def within_rate(office: Office, caller: Caller) -> None:
    """Take one request from the desk's bucket; the desk that carries central has none."""
    if caller.embedded:
        return
    wait = office.rates.take(f"{caller.team}/{caller.device}", office.moment())
    if wait:
        raise Refusal(ProblemCode.RATE_LIMITED, retry_after_s=wait)


def host_of(request: Request) -> str:
    """Return the address that a request came from; empty inside the process."""
    return request.client.host if request.client else ""
