"""The hunt: targets for a while with Hypothesis, and what was found kept to be played again."""

from __future__ import annotations

import hashlib
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from tests.fuzz import files, readers, wire
from tests.fuzz.target import Target, Wrong, judge

ROUND = 400
"""Examples of a target before the next one has its turn."""

Tell = Callable[[str], None]


@dataclass
class Tally:
    """What became of one target: examples read and refused, seconds, and what was found."""

    name: str
    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    found: str = ""
    kept: Path | None = None

    def line(self) -> str:
        """Return it in one line."""
        words = (
            f"{self.name}: {self.read + self.refused} examples, {self.read} read, "
            f"{self.refused} refused, {self.seconds:.1f} s"
        )
        return f"{words}\n  FOUND {self.found}\n  kept in {self.kept}" if self.found else words


def targets() -> dict[str, Target]:
    """Return every target by its name."""
    made = [*readers.targets(), *files.targets(), *wire.targets()]
    return {one.name: one for one in made}


class Hunter:
    """Hunts through one target in rounds; remembers where it was."""

    def __init__(self, target: Target, start: int, folder: Path) -> None:
        """``start``: the seed; each round has the next one. ``folder``: where finds are kept."""
        self.target = target
        self.tally = Tally(target.name)
        self._seed = start
        self._folder = folder
        self._examples = target.examples()

    def round(self, examples: int = ROUND, until: float | None = None) -> bool:
        """Hunt one round; False when something was found. ``until``: stop at this moment."""
        began = time.monotonic()
        failing: list[bytes] = []

        @seed(self._seed)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            verbosity=Verbosity.quiet,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        @given(self._examples)
        def one(data: bytes) -> None:
            # Once something was found there is no end before it is small.
            if until is not None and not failing and time.monotonic() > until:
                return
            try:
                read = judge(self.target, data)
            except BaseException:
                failing.append(data)
                raise
            self.tally.read += read
            self.tally.refused += not read

        try:
            one()
        except BaseException as found:
            if isinstance(found, KeyboardInterrupt):
                raise
            if not failing:
                raise
            # The last one that failed is the smallest one that Hypothesis came to.
            self._keep(failing[-1], found)
        finally:
            self.tally.seconds += time.monotonic() - began
            self._seed += 1
        return not self.tally.found

    def _keep(self, data: bytes, found: BaseException) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        mark = hashlib.sha256(data).hexdigest()[:12]
        self.tally.kept = self._folder / f"{self.target.name}-{mark}.bin"
        self.tally.kept.write_bytes(data)
        where = traceback.extract_tb(found.__traceback__)
        ours = [one for one in where if f"{os.sep}fuzz{os.sep}" not in one.filename] or where
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
        # Words of our own only: what a reader let through may quote what it choked on.
        said = f" ({found})" if isinstance(found, Wrong) else ""
        self.tally.found = f"{type(found).__name__}{said} at {place} with seed {self._seed}"


def hunt(names: list[str], *, minutes: float, start: int, folder: Path, tell: Tell) -> list[Tally]:
    """Hunt through these targets by turns for so many minutes in all; tells how it goes."""
    known = targets()
    hunters = [Hunter(known[name], start, folder) for name in names]
    busy = list(hunters)
    ends = time.monotonic() + 60 * minutes
    try:
        while busy and time.monotonic() < ends:
            for one in list(busy):
                until = min(ends, time.monotonic() + max(2.0, 60 * minutes / len(hunters) / 4))
                if not one.round(until=until):
                    busy.remove(one)
                tell(one.tally.line())
                if time.monotonic() >= ends:
                    break
    finally:
        wire.let_go()
    return [one.tally for one in hunters]


def replay(path: Path) -> str:
    """Play one kept example again; returns what becomes of it, or raises what was found."""
    name = path.name.rsplit("-", 1)[0]
    known = targets()
    if name not in known:
        raise KeyError(name)
    try:
        read = judge(known[name], path.read_bytes())
    finally:
        wire.let_go()
    return f"{name}: {'read' if read else 'refused'}"
