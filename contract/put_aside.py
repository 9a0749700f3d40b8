"""Files beside the records that hold what the records held: how long each stays (F52). Pure.

A damaged file that was put aside, a copy from before a migration, a copy that was being looked in.
They are as encrypted as the records, and go by a term of the team.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

DAMAGED, COPY = "damaged_days", "copy_days"
"""The terms of the team that hold for them (``contract.retention.TERMS``)."""

LEFT_OVER = timedelta(days=1)
"""How long a copy that a program died over stays: nobody is in it any more by then."""

_KINDS = (
    (re.compile(r"-damaged-\d"), DAMAGED),
    (re.compile(r"[-.]before-[\w-]+(\.db)?(-wal|-shm)?$"), COPY),
    (re.compile(r"-look\.|-before-[\w-]+\.part$"), ""),
)


def stays(name: str, own: str, terms: Mapping[str, int]) -> timedelta | None:
    """Return how long a file stays after it was put there; None where it is none of these.

    ``own``: the name of the file it stands beside, without its end (``desk`` of ``desk.db``).
    """
    rest = name.removeprefix(own)
    if rest == name or not rest.startswith(("-", ".")):
        return None
    for pattern, term in _KINDS:
        if pattern.search(rest):
            return timedelta(days=terms[term]) if term else LEFT_OVER
    return None


def is_over(put_at: float, now: datetime, stay: timedelta) -> bool:
    """Say whether its time went by; ``put_at``: when it was put there, in seconds since 1970."""
    return now.timestamp() - put_at >= stay.total_seconds()
