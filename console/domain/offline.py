"""How long a desk may work on without central, whatever its clock says (security.md §3)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.clock import moment, stamp
from console.domain.failures import Problem

READ_ONLY = Problem(
    "offline-too-long",
    "Deze desk had te lang geen contact met de centrale. U kunt nu alleen lezen. "
    "Wat nog niet verstuurd was, is bewaard.",
    "Zorg dat de verbinding er weer is. Daarna kunt u verder en gaat uw werk vanzelf mee.",
)


class Standing(StrEnum):
    """What a desk may do now."""

    OPEN = "open"
    ASK = "ask"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class OfflineRule:
    """After ``passphrase_hours`` the person's own passphrase is asked; after ``read_only_days``
    the desk only reads. An ``embedded`` central never counts as away.
    """

    passphrase_hours: int = 24
    read_only_days: int = 7
    embedded: bool = False

    def standing(
        self, contact: str, now: str, confirmed_at: str = "", *, set_back: bool = False
    ) -> Standing:
        """Say what the desk may do, from stamps of the last contact and of the present.

        ``confirmed_at``: when the person last gave their passphrase; that holds as long again,
        and never beyond the days. A desk that never had contact has nothing to be late with.
        ``now`` comes from ``AwayClock``; ``set_back``: the clock of the computer was put back, so
        the passphrase is asked once.
        """
        last, present = moment(contact), moment(now)
        if self.embedded or last is None or present is None:
            return Standing.OPEN
        away = present - last
        if away > timedelta(days=self.read_only_days):
            return Standing.READ_ONLY
        given = moment(confirmed_at)
        if set_back and (given is None or given < last):
            return Standing.ASK
        since = present - max(last, given) if given is not None else away
        if since > timedelta(hours=self.passphrase_hours):
            return Standing.ASK
        return Standing.OPEN


SET_BACK = timedelta(minutes=5)
"""How much a clock may be put back without anybody being asked: clocks are set right by the net."""


class AwayClock:
    """The present to count the time without central with: it never runs back.

    A clock that is put back gives no time away: what was seen before stays seen, also after a
    restart, and the time the desk ran since is counted on. A new contact with central begins anew.
    ``ran``: seconds on a clock that nobody sets.
    """

    def __init__(self, ran: Callable[[], float] = time.monotonic) -> None:
        self._ran = ran
        self._contact = ""
        self._at: datetime | None = None
        self._ran_at = 0.0
        self.set_back = False

    def resume(self, kept: object, contact: str) -> None:
        """Go on from what was kept at an earlier start, if that belongs to this contact."""
        if isinstance(kept, Mapping) and kept.get("contact") == contact:
            self._begin(contact, moment(str(kept.get("at") or "")))

    def to_keep(self) -> dict[str, str]:
        """Return what a next start goes on from."""
        return {"contact": self._contact, "at": stamp(self._at) if self._at else ""}

    def present(self, contact: str, now: str) -> str:
        """Return the stamp to count with; ``set_back`` then says whether the clock was put back."""
        told = moment(now)
        if told is None:
            return now
        if contact != self._contact or self._at is None:
            self._begin(contact, max(told, moment(contact) or told))
        assert self._at is not None
        counted = self._at + timedelta(seconds=max(0.0, self._ran() - self._ran_at))
        self.set_back = told < counted - SET_BACK
        self._at, self._ran_at = max(told, counted), self._ran()
        return stamp(self._at)

    def _begin(self, contact: str, at: datetime | None) -> None:
        self._contact, self._at, self._ran_at = contact, at, self._ran()
