"""Tells a desk with its tokens how far the audit rows are signed: no request of its own for it."""

import asyncio
from functools import partial

from fastapi import Request

from central.audit import service
from central.office import Office
from contract import routes
from contract.messages import Session

_MOST = 2**62


async def with_audit(office: Office, request: Request, session: Session) -> Session:
    """Return the session with the newest checkpoint of its team.

    The central that a desk carries has no rounds of its own: it makes a checkpoint here when an hour
    has gone by. A central elsewhere only reads.
    """
    team, database = session.team.id, office.database
    if office.settings.secret:
        seed, moment = office.settings.audit_seed, office.moment()
        await asyncio.to_thread(service.make_due, database, seed, moment, team)
    words = request.headers.get(routes.AUDIT_HEADER, "")
    size = int(words) if words.isascii() and words.isdigit() and len(words) < 19 else 0
    state = await database.read(partial(service.state, team=team, size=min(size, _MOST)))
    return session.model_copy(update={"audit": state})
