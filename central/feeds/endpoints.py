"""Where the account holder has central look at a feed at once (F63, docs/api.md §5)."""

from fastapi import APIRouter, Request, Response

from central.auth.gate import caller_of
from central.http import problems, reply
from central.office import office_of
from central.problems import Refusal
from contract import routes
from contract.feeds import FeedLooked
from contract.problems import ProblemCode as P
from contract.rights import KEEPERS
from contract.vocabulary import FEEDS, AlertSource

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}/feeds", tags=["feeds"])


@router.post("/{feed}/looks", response_model=FeedLooked, responses=problems(P.LOOKUP_OFF))
async def look_at_feed(request: Request, team: str, feed: AlertSource) -> Response:
    """Look at a feed that is on, at the address that is kept; the answer is taken in as always."""
    office = office_of(request)
    caller = await caller_of(request, team)
    if not caller.roles & KEEPERS:
        raise Refusal(P.FORBIDDEN)
    if feed not in FEEDS:
        raise Refusal(P.NOT_FOUND)
    if wait := office.lookups.take(f"{caller.team}/{caller.device}", office.moment()):
        raise Refusal(P.RATE_LIMITED, retry_after_s=wait)
    seen = await office.feeds.look_at(caller.team, feed)
    if seen is None:
        raise Refusal(P.LOOKUP_OFF)
    return reply(seen)
