"""One row of the live list: which columns are read, and the snapshot made of them (F01).

Names and areas come along in the same query. Nothing here needs more than the driver.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from console.domain.report import ReportRow

COLUMNS = (
    "r.id, r.n, coalesce(r.number, ''), coalesce(r.category, ''), r.title, substr(r.text, 1, 160), "
    "coalesce(r.place, ''), coalesce(a.name, ''), coalesce(r.status, 'open'), "
    "coalesce(r.acute, 0), coalesce(r.called_112, ''), coalesce(r.holder, ''), "
    "coalesce(p.name, ''), coalesce(r.lease_until, ''), coalesce(r.waiting_on, ''), "
    "coalesce(r.waiting_since, ''), coalesce(r.heard_at, ''), coalesce(r.closed_at, ''), "
    "s.id IS NOT NULL, coalesce(r.close_reason, ''), r.pending"
)
NUMBER, HEARD_AT = 1, 16
"""Where the row number and the moment stand among the columns."""

BESIDE = (
    "LEFT JOIN rec_area a ON a.id = r.area_id "
    "LEFT JOIN rec_person p ON p.id = r.holder "
    "LEFT JOIN seen s ON s.person = :me AND s.kind = 'report' AND s.id = r.id"
)
SELECT = f"SELECT {COLUMNS} FROM rec_report r {BESIDE}"  # nosec B608 # own names, bound values
"""The rows of a list; goes on with WHERE. Wants ``me``: whose eyes count as seen."""

PREVIEW = 120
TITLE = 60


_SENTENCE_ENDS = re.compile(r"[.!?] ")


def headline(title: str, body: str) -> tuple[str, str]:
    """Return title and preview: the first sentence to 60 characters where no title was given.

    The second line goes on where the first one stopped (screens.md §5.1).
    """
    flat = " ".join(body.split())
    if title:
        return title, flat[:PREVIEW]
    ends = _SENTENCE_ENDS.search(flat, 0, TITLE + 1)
    first = flat[: ends.start() + 1] if ends else flat
    if len(first) > TITLE:
        cut = first[:TITLE].rsplit(" ", 1)[0]
        return cut.rstrip(" .,;"), flat[len(cut) :].strip()[:PREVIEW]
    return first.rstrip("."), flat[len(first) :].strip()[:PREVIEW]


def snapshots(found: Iterable[tuple[Any, ...]], *, me: str, now: str) -> list[ReportRow]:
    """Make snapshots of rows read with ``SELECT``."""
    result: list[ReportRow] = []
    add = result.append
    # By place: forty rows are made anew on every change of the list.
    for row in found:
        (
            record_id,
            n,
            number,
            category,
            title,
            text,
            place,
            area,
            status,
            acute,
            called_112,
            holder,
            holder_name,
            lease_until,
            waiting_on,
            waiting_since,
            heard_at,
            closed_at,
            seen,
            reason,
            pending,
        ) = row
        title, preview = headline(title or "", text or "")
        section, claim = status, "none"
        if status == "claimed" and lease_until <= now:
            section = "open"
        elif holder and status in ("claimed", "waiting"):
            claim = "other" if holder != me else "provisional" if pending else "mine"
        if acute and status != "closed":
            section = "acute"
        add(
            ReportRow(
                record_id,
                n,
                number,
                category,
                title,
                preview,
                place,
                area,
                section,
                status,
                acute == 1,
                called_112,
                claim,
                holder,
                holder_name,
                lease_until,
                waiting_on,
                waiting_since,
                heard_at,
                closed_at,
                seen == 1,
                reason,
            )
        )
    return result
