"""Whether an alert runs, as far as anybody at this desk knows; ended is not found (F37)."""

from datetime import datetime, timedelta

from console.domain.clock import moment
from contract.vocabulary import AlertState

SEEN_FOR = timedelta(minutes=60)
"""How long "loopt" is believed after somebody or the source last saw it.

An action mostly closes 30 to 60 minutes after its start, so longer is a guess.
"""


def state_now(state: str, state_at: str, now: datetime) -> str:
    """Return active, ended or unknown: a sighting that is too old is unknown, ended stays ended."""
    if state == AlertState.ENDED:
        return state
    seen = moment(state_at)
    if state != AlertState.ACTIVE or seen is None or now - seen > SEEN_FOR:
        return AlertState.UNKNOWN
    return state
