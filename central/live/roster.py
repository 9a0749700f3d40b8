"""Who is there: known from open streams alone and never stored (sync.md §8).

Streams of this process are known as long as they are open. Those of other processes are told and
told again; what is not repeated in time is forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """One open stream: whose, on which device, since when (a stamp). Ids only, no names."""

    stream: str
    team: str
    person: str
    device: str
    since: str


class Roster:
    """The seats of all processes. Not safe for threads: one thread holds it."""

    def __init__(self) -> None:
        self._here: dict[str, Seat] = {}
        self._away: dict[tuple[str, str], tuple[Seat, float]] = {}

    def sit(self, seat: Seat) -> None:
        """Note a stream of this process."""
        self._here[seat.stream] = seat

    def leave(self, stream: str) -> Seat | None:
        """Forget a stream of this process; returns what it was."""
        return self._here.pop(stream, None)

    def here(self) -> list[Seat]:
        """Return the seats of this process, to tell the others."""
        return list(self._here.values())

    def told(self, process: str, seats: Iterable[Seat], until: float) -> set[str]:
        """Note seats of another process, good until then; returns the teams that changed."""
        changed = set()
        for seat in seats:
            if (process, seat.stream) not in self._away:
                changed.add(seat.team)
            self._away[process, seat.stream] = (seat, until)
        return changed

    def left(self, process: str, streams: Iterable[str]) -> set[str]:
        """Forget streams of another process; returns the teams that changed."""
        gone = [self._away.pop((process, stream), None) for stream in streams]
        return {found[0].team for found in gone if found}

    def expire(self, now: float) -> set[str]:
        """Forget what was not repeated in time; returns the teams that changed."""
        late = [key for key, (_, until) in self._away.items() if until <= now]
        return {self._away.pop(key)[0].team for key in late}

    def people(self, team: str) -> list[Seat]:
        """Return who is there: each person once per device, since the first of its streams."""
        first: dict[tuple[str, str], Seat] = {}
        for seat in (*self._here.values(), *(seat for seat, _ in self._away.values())):
            if seat.team != team:
                continue
            key = (seat.person, seat.device)
            if key not in first or seat.since < first[key].since:
                first[key] = seat
        return sorted(first.values(), key=lambda seat: (seat.since, seat.person, seat.device))
