"""How long a desk may work on without central (security.md §3)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from console.domain.clock import moment
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

    def standing(self, contact: str, now: str, confirmed_at: str = "") -> Standing:
        """Say what the desk may do, from stamps of the last contact and of the present.

        ``confirmed_at``: when the person last gave their passphrase; that holds as long again,
        and never beyond the days. A desk that never had contact has nothing to be late with, and
        a clock that runs back makes nothing late.
        """
        last, present = moment(contact), moment(now)
        if self.embedded or last is None or present is None:
            return Standing.OPEN
        away = present - last
        if away > timedelta(days=self.read_only_days):
            return Standing.READ_ONLY
        given = moment(confirmed_at)
        since = present - max(last, given) if given is not None else away
        if since > timedelta(hours=self.passphrase_hours):
            return Standing.ASK
        return Standing.OPEN
