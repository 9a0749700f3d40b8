"""Gives the new reports of a batch their numbers: one per Dutch day, without gap or double.

The number of a day is taken when everything is decided, just before the counter of the team:
earlier, one desk's batch would hold up every other desk that makes a report, and an op that is
refused after all would leave a gap (decision 0016).
"""

from collections.abc import Callable

from central.clock import local_day
from central.sync.workspace import Workspace

Take = Callable[[str, int], int]


def number_reports(space: Workspace, take: Take, now: str) -> None:
    """Number every report that this batch makes; ``take(day, n)`` returns the last of n numbers."""
    new = space.new("report")
    if not new:
        return
    day = local_day(now)
    first = take(day, len(new)) - len(new) + 1
    for number, record in enumerate(new, first):
        written = f"{day[5:7]}{day[8:10]}-{number:03d}"
        space.complete(record.kind, record.id, {"number": written})
