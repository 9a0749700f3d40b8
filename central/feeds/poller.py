"""The thread that looks at the feeds while central serves; it never holds up a desk."""

import asyncio
import contextlib
import logging
import random
import threading
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from central.feeds import repository, service
from central.feeds.ground import Ground
from central.feeds.rhythm import next_look
from central.feeds.service import Look
from central.feeds.sources import SOURCES
from central.sync import repository as records
from contract.feeds import FeedLooked
from contract.reading.feed import OddAnswer, empty_of, read_feed
from contract.vocabulary import AlertSource, OutsideTrouble

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from central.office import Office
    from central.outside import Answer, OutsideClient

TICK_S = 5.0

log = logging.getLogger(__name__)


def guarded(hosts: Collection[str]) -> "OutsideClient":
    """Return the client that asks these hosts and no others."""
    from central.outside import OutsideClient

    return OutsideClient(hosts)


class Feeds:
    """Looks at what is due, waits, and looks again. ``start`` and ``stop`` may be called once.

    ``client``: makes the client for a list of hosts; tests give one that knows their doubles.
    """

    def __init__(
        self,
        office: "Office",
        client: Callable[[Collection[str]], "OutsideClient"] = guarded,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._office = office
        self._client = client
        self._dice = dice
        self._grounds: dict[str, tuple[int, Ground]] = {}
        self._judged: dict[tuple[str, AlertSource], Ground] = {}
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = threading.Event()
        self._ready = threading.Event()

    def start(self) -> None:
        """Begin to look, on a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="central-feeds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a look under way is given up."""
        self._stopping.set()
        if self._thread is None:
            return
        self._ready.wait(10)
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            # The loop may have ended by itself meanwhile.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(task.cancel)
        self._thread.join(15)

    def running(self) -> bool:
        """Say whether its thread is at work."""
        return self._thread is not None and self._thread.is_alive()

    def look_now(self) -> int:
        """Take every look that is due, on this thread; returns how many."""
        with asyncio.Runner() as runner:
            return runner.run(self.look())

    async def look(self) -> int:
        """Take every look that is due. Each address is asked once, for all teams that follow it."""
        database, moment = self._office.database, self._office.moment()
        for team, feed in database.read_now(service.switched_off):
            database.write_now(partial(service.stop, team=team, feed=feed, moment=moment))
        now = self._office.now()
        if not database.read_now(partial(service.due, now=now)):
            return 0
        looks = database.write_now(partial(service.claim, moment=moment))
        asked: dict[tuple[str, frozenset[str], bool], list[Look]] = {}
        for look in looks:
            source = SOURCES[look.feed]
            key = (look.choice.url(look.feed), look.choice.hosts, source.nothing_fits)
            asked.setdefault(key, []).append(look)
        await asyncio.gather(*(self._ask(*key, of) for key, of in asked.items()))
        return len(looks)

    async def look_at(self, team: str, feed: AlertSource) -> FeedLooked | None:
        """Look at one feed of a team now; None where the team does not follow it.

        A source that asked to be left alone is not asked before its time.
        """
        database, moment = self._office.database, self._office.moment()
        look = await database.write(partial(service.claim_one, team=team, feed=feed, moment=moment))
        if look is not None:
            choice = look.choice
            nothing_fits = SOURCES[feed].nothing_fits
            answer = await self._fetch(choice.url(feed), choice.hosts, nothing_fits=nothing_fits)
            await asyncio.to_thread(self._take, look, answer)
        seen = await database.read(partial(service.seen, team=team, feed=feed))
        return None if seen is None else seen.model_copy(update={"asked": look is not None})

    async def _ask(
        self, url: str, hosts: frozenset[str], nothing_fits: bool, looks: list[Look]
    ) -> None:
        answer = await self._fetch(url, hosts, nothing_fits=nothing_fits)
        for look in looks:
            try:
                self._take(look, answer)
            except Exception as trouble:  # one feed must not keep the others from being looked at
                log.warning("a look at a feed failed: %s %s", look.feed.value, type(trouble))

    async def _fetch(self, url: str, hosts: frozenset[str], *, nothing_fits: bool) -> "Answer":
        from central.outside import Answer, Asked

        if not self._office.settings.outside:
            return Answer(OutsideTrouble.OFF)
        return await self._client(hosts).fetch(Asked(url, nothing_fits=nothing_fits))

    def _take(self, look: Look, answer: "Answer") -> None:
        """Take in one answer, or note that there is none, and say when to look again."""
        database, moment = self._office.database, self._office.moment()
        why, failures = answer.why, 0
        if why is None:
            try:
                text = answer.text or empty_of(look.feed)
                read = read_feed(look.feed, text)
                ground = database.read_now(partial(self._ground, team=look.team))
                anew = self._judged.get((look.team, look.feed)) is not ground
                took = partial(service.took, look=look, answer=read, moment=moment, ground=ground)
                database.write_now(partial(took, anew=anew))
                self._judged[look.team, look.feed] = ground
            except OddAnswer:
                why = OutsideTrouble.ODD_ANSWER
        if why is not None:
            failures = database.write_now(
                partial(service.failed, look=look, why=why, moment=moment)
            )
        later = next_look(
            moment, SOURCES[look.feed].every_s, failures, self._dice, answer.retry_after_s
        )
        database.write_now(partial(service.set_next, look=look, at=later))

    def _ground(self, conn: "Connection", team: str) -> Ground:
        """Return the ground of a team, read again only where an area of it changed."""
        found = records.head(conn, team)
        head = found.seq if found else 0
        known = self._grounds.get(team)
        if known is not None and not repository.ground_changed(conn, team, known[0]):
            self._grounds[team] = (head, known[1])
            return known[1]
        made = repository.ground(conn, team)
        self._grounds[team] = (head, made)
        return made

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError), asyncio.Runner() as runner:
            runner.run(self._forever())

    async def _forever(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._ready.set()
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception as trouble:  # the records may be busy or away; look again later
                log.warning("looking at the feeds failed: %s", type(trouble))
            await asyncio.sleep(TICK_S)
