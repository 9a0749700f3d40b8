"""Kills central, desks and backends of PostgreSQL at random moments, and starts them again.

Processes come from a warm fork server that has imported both programs, so a start costs
milliseconds and most of the time something is under way when the next kill comes.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import psycopg

from tests.faults import central_worker, desk_worker
from tests.faults.ground import Ground, lay
from tests.faults.mutants import ALWAYS, AT_CENTRAL, AT_DESK, GAP
from tests.faults.oracle import Verdict, judge
from tests.faults.readable import readable
from tests.helpers.postgres import PostgresServer

PATIENCE_S = 90.0
AT_WORK_S = 30.0
LOOK_S = 0.02
PAUSE_S = 0.4
"""A kill comes at most this long after its victim was seen at work."""
EARLY = 0.2
"""This part of the kills comes without looking: also while somebody is only starting."""
UNREADY = 2
"""Exit code of a central that cannot open its records now: it is started again."""

_WARM = ["tests.faults.central_worker", "tests.faults.desk_worker", "alembic.command", "uvicorn"]


@dataclass(slots=True)
class Tally:
    """What a run did and what the oracle said."""

    backend: str
    mutant: str
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    fell: list[str] = field(default_factory=list)
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    readable: dict[int, list[str]] = field(default_factory=dict)
    """By the number of the kill what stood readable in a file after it, as ``file: word``."""

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled, different or readable, and nobody fell."""
        return self.verdict.good and not self.fell and not self.readable

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "backend": self.backend,
            "mutant": self.mutant,
            "seed": self.seed,
            "kills": dict(sorted(self.kills.items())),
            "kills_in_all": self.kills.total(),
            "seconds": round(self.seconds, 1),
            "good": self.good,
            "fell": self.fell,
            "readable": len(self.readable),
            "readable_examples": [one for found in self.readable.values() for one in found][:5],
            **self.verdict.as_json(),
        }


class Processes:
    """The processes of one run, by name; none of them outlives it."""

    def __init__(self) -> None:
        self._warm = multiprocessing.get_context("forkserver")
        self._warm.set_forkserver_preload(_WARM)
        self._living: dict[str, Any] = {}

    def start(self, name: str, live: Callable[[Any], None], at: Any) -> None:
        """Start one under a name."""
        process = self._warm.Process(target=live, args=(at,), name=name)
        process.start()
        self._living[name] = process

    def kill(self, name: str, sort: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        process = self._living.pop(name)
        os.kill(process.pid, sort)
        return _ended(process)

    def ended(self, name: str) -> int:
        """Wait until it ends by itself; returns the exit code."""
        return _ended(self._living.pop(name))

    def fallen(self, within_s: float) -> list[tuple[str, int]]:
        """Wait; returns name and exit code of those that ended by themselves, as soon as one does."""
        sentinels = {process.sentinel: name for name, process in self._living.items()}
        names = [sentinels[one] for one in wait(list(sentinels), within_s)]
        return [(name, self.ended(name)) for name in names]

    def close(self) -> None:
        """Kill what still lives."""
        for name in list(self._living):
            self.kill(name)


def _count(said: Path, word: bytes) -> int:
    return said.read_bytes().count(word) if said.exists() else 0


def _ended(process: Any) -> int:
    process.join(PATIENCE_S)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError(f"{process.name} did not end in {PATIENCE_S:.0f} s")
    code = int(process.exitcode)
    process.close()
    return code


@contextmanager
def _processes() -> Iterator[Processes]:
    made = Processes()
    try:
        yield made
    finally:
        made.close()


class Run:
    """One run on one central; ``server`` where the records stand on PostgreSQL."""

    def __init__(
        self,
        folder: Path,
        *,
        server: PostgresServer | None = None,
        seed: int = 0,
        mutant: str = "",
    ) -> None:
        self.folder = folder
        self.server = server
        self.luck = random.Random(seed)
        self.tally = Tally("postgresql" if server else "sqlite", mutant, seed)
        self.place: Path | str = server.make() if server else folder / "central.db"
        self.ground: Ground = lay(folder, self.place, mutant=mutant)

    def close(self) -> None:
        """Throw the database away; files are of the caller."""
        if self.server is not None and isinstance(self.place, str):
            self.server.drop(self.place)

    def go(self, kills: int) -> Tally:
        """Kill that often, let everybody heal, and judge."""
        started = time.monotonic()
        with _processes() as crew:
            self._start_central(crew)
            self._settle(crew)
            for name in self._desk_names():
                self._start_desk(crew, name)
            while self.tally.kills.total() < kills:
                self._strike(crew)
                if self.tally.mutant and self.tally.readable:
                    # A file that anybody reads is judged no further: it opens with no key.
                    self.tally.seconds = time.monotonic() - started
                    return self.tally
            self._watch(crew, PAUSE_S)
            for name in self._desk_names():
                crew.kill(name)
            self._settle(crew)
            code = crew.kill("central", signal.SIGTERM)
            if code:
                self.tally.fell.append(f"central ended with {code}")
        self.tally.verdict = judge(self.ground)
        self.tally.seconds = time.monotonic() - started
        return self.tally

    def _desk_names(self) -> list[str]:
        return [desk.name for desk in self.ground.desks]

    def _start_central(self, crew: Processes) -> None:
        mine = self.tally.mutant if self.tally.mutant in AT_CENTRAL else ""
        crew.start("central", central_worker.live, replace(self.ground.central, mutant=mine))

    def _start_desk(self, crew: Processes, name: str, *, acts: bool = True) -> None:
        desk = next(one for one in self.ground.desks if one.name == name)
        sown = self.tally.mutant
        mine = sown if sown in AT_DESK and (acts or sown in ALWAYS) else ""
        seed = self.luck.getrandbits(40)
        crew.start(name, desk_worker.live, replace(desk, seed=seed, acts=acts, mutant=mine))

    def _settle(self, crew: Processes) -> None:
        """Let every desk empty its outbox, twice, so that each sees what the other sent last."""
        for _ in range(2):
            for name in self._desk_names():
                self._start_desk(crew, name, acts=False)
                waiting = True
                while waiting:
                    fallen = crew.fallen(PATIENCE_S)
                    if not fallen:
                        raise AssertionError(f"{name} did not settle in {PATIENCE_S:.0f} s")
                    for who, code in fallen:
                        waiting = waiting and who != name
                        self._noted(crew, who, code, settling=True)

    def _watch(self, crew: Processes, for_s: float) -> None:
        """Wait, and start again whoever ended by themselves meanwhile."""
        until = time.monotonic() + for_s
        while (rest := until - time.monotonic()) > 0:
            for name, code in crew.fallen(rest):
                self._noted(crew, name, code)

    def _noted(self, crew: Processes, name: str, code: int, *, settling: bool = False) -> None:
        if name == "central":
            # While PostgreSQL recovers, central says so and ends; its keeper starts it again.
            if code != UNREADY or self.server is None:
                self.tally.fell.append(f"central ended with {code}")
            self._start_central(crew)
        elif code or not settling:
            self.tally.fell.append(f"{name} ended with {code}")
            if not settling:
                self._start_desk(crew, name)

    def _strike(self, crew: Processes) -> None:
        if self.tally.mutant and self.tally.mutant not in ALWAYS:
            self._strike_in_the_gap(crew)
            return
        backend = 2 if self.server is not None else 0
        victim = self.luck.choices(("desk", "central", "backend"), weights=(5, 3, backend))[0]
        name = self.luck.choice(self._desk_names())
        if self.luck.random() > EARLY:
            self._wait_for_work(crew, name if victim == "desk" else "")
        self._watch(crew, self.luck.uniform(0.0, PAUSE_S))
        if victim == "backend" and not self._kill_backend():
            return
        if victim == "backend":
            self._struck(victim)
        else:
            self._kill(crew, "central" if victim == "central" else name)

    def _strike_in_the_gap(self, crew: Processes) -> None:
        """Kill who has a fault sown in, in the moment in which that does harm."""
        if self.tally.mutant in AT_CENTRAL:
            guilty = {"central": self.ground.central.log}
        else:
            guilty = {desk.name: desk.log for desk in self.ground.desks}
        before = {name: _count(log, GAP) for name, log in guilty.items()}
        until = time.monotonic() + AT_WORK_S
        while time.monotonic() < until:
            self._watch(crew, LOOK_S)
            for name, log in guilty.items():
                if _count(log, GAP) != before[name]:
                    self._kill(crew, name)
                    return
        raise AssertionError(f"nobody came into the gap in {AT_WORK_S:.0f} s")

    def _kill(self, crew: Processes, name: str) -> None:
        """Kill one, look in every file as it lies there then, and start it again."""
        crew.kill(name)
        self._struck("central" if name == "central" else "desk")
        if name == "central":
            self._start_central(crew)
        else:
            self._start_desk(crew, name)

    def _struck(self, victim: str) -> None:
        self.tally.kills[victim] += 1
        found = readable(self.folder)
        if found:
            self.tally.readable[self.tally.kills.total()] = found

    def _wait_for_work(self, crew: Processes, name: str) -> None:
        """Wait until this desk kept something, or any desk heard from central what came of it."""
        watched = [desk for desk in self.ground.desks if name in ("", desk.name)]
        word = b"kept" if name else b"came"
        before = [_count(desk.said, word) for desk in watched]
        until = time.monotonic() + AT_WORK_S
        while time.monotonic() < until:
            self._watch(crew, LOOK_S)
            if [_count(desk.said, word) for desk in watched] != before:
                return
        self.tally.fell.append(f"nobody got any work done in {AT_WORK_S:.0f} s")

    def _kill_backend(self) -> bool:
        """Kill one process of PostgreSQL that works for central; False: none can be found now."""
        assert self.server is not None
        query = (
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'buurtdesk-central' "
            "ORDER BY state = 'active' DESC, state_change DESC LIMIT 3"
        )
        try:
            with psycopg.connect(self.server.url(), autocommit=True) as line:
                found = [row[0] for row in line.execute(query)]
        except psycopg.OperationalError:
            return False
        if not found:
            return False
        try:
            os.kill(self.luck.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def run(
    folder: Path,
    kills: int,
    *,
    server: PostgresServer | None = None,
    seed: int = 0,
    mutant: str = "",
) -> Tally:
    """Do one run in a folder of its own and return its figures."""
    made = Run(folder, server=server, seed=seed, mutant=mutant)
    try:
        return made.go(kills)
    finally:
        made.close()
