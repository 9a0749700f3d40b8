"""What central does by itself while it serves: it tidies up, about once an hour.

On PostgreSQL several centrals may serve one database; an advisory lock lets one of them do a round.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from central.accounts import repository as accounts
from central.audit import checkpoints
from central.auth import repository as sessions
from central.blobs import service as blobs
from central.clock import stamp
from central.office import Office
from central.operations import repository
from central.retention.rounds import keep_all
from central.sync import retention

EVERY_S = 3600.0
SPREAD_S = 600.0
FIRST_S = 60.0
TRIES_KEPT = timedelta(days=1)

Work = Callable[[Connection, datetime], Any]

log = logging.getLogger(__name__)


def drop_sessions(conn: Connection, moment: datetime) -> None:
    """Forget sessions, one-time codes and failed tries that are over."""
    sessions.drop_over(conn, stamp(moment))
    sessions.drop_tries_over(conn, stamp(moment - TRIES_KEPT))
    accounts.drop_codes_over(conn, stamp(moment))


WORK: tuple[Work, ...] = (drop_sessions, retention.collect_all, blobs.sweep)
"""Each in a transaction of its own, in this order."""


class Rounds:
    """Runs the work of a round, then waits for the next."""

    def __init__(self, office: Office, work: Sequence[Work] = WORK) -> None:
        self._office = office
        self._work = work

    async def run(self) -> None:
        """Go on until cancelled. The first round comes soon, the next about every hour."""
        pause = random.uniform(FIRST_S, FIRST_S + SPREAD_S)  # nosec B311 # jitter, no secret
        while True:
            await asyncio.sleep(pause)
            await self.once()
            pause = random.uniform(EVERY_S - SPREAD_S, EVERY_S + SPREAD_S)  # nosec B311 # jitter, no secret

    async def once(self) -> int:
        """Do one round; returns how many parts were done here. One that fails stops no other."""
        moment = self._office.moment()
        done = 0
        for work in self._work:
            try:
                done += await self._office.database.write(partial(alone, work=work, moment=moment))
            except Exception as trouble:  # one part must not keep the others from their work
                log.warning("a part of the round failed: %s", type(trouble))
        await self._sign(moment)
        try:
            await asyncio.to_thread(keep_all, self._office.database, moment)
        except Exception as trouble:  # as above
            log.warning("a part of the round failed: %s", type(trouble))
        log.info("round done", extra={"count": done})
        return done

    async def _sign(self, moment: datetime) -> None:
        """Sign how far the audit rows reach: they are read while others write."""
        office = self._office
        try:
            await asyncio.to_thread(
                checkpoints.make, office.database, office.settings.audit_seed, moment
            )
        except Exception as trouble:  # the next round tries again
            log.warning("audit rows were not signed: %s", type(trouble))


def alone(conn: Connection, work: Work, moment: datetime) -> bool:
    """Do the work unless another central on this database is at it."""
    if not repository.take_round(conn):
        return False
    work(conn, moment)
    return True
