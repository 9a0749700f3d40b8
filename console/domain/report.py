"""Snapshots of reports, as rows of the list and as the card beside it (F01-F08)."""

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from console.domain.photo import Photo


class ReportRow(NamedTuple):
    """One row of the live list; a tuple, for forty are made on every change.

    Times are UTC stamps; names are already looked up. ``n`` is the local row number, by which
    long lists are paged. ``section``: acute, open, claimed, waiting or closed. ``claim``: none,
    mine, other, provisional.
    """

    id: str
    n: int
    number: str
    category: str
    title: str
    preview: str
    place: str
    area_name: str
    section: str
    status: str
    acute: bool
    called_112: str
    claim: str
    holder_id: str
    holder_name: str
    lease_until: str
    waiting_on: str
    waiting_since: str
    heard_at: str
    closed_at: str
    seen: bool
    close_reason: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a record's history; it can only grow (F08).

    ``at`` is central's time, empty until confirmed; ``made_at`` is the station's own.
    """

    id: str
    what: str
    text: str
    by_name: str
    station: str
    made_at: str
    at: str
    pending: bool


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A report that may be the same event (F06); ``link_id`` is set when somebody linked them."""

    id: str
    title: str
    place: str
    heard_at: str
    link_id: str = ""


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Everything the detail pane shows of one report."""

    row: ReportRow
    text: str
    description: str
    area_id: str
    municipality: str
    happened_at: str
    relay: str
    relay_name: str
    officer_name: str
    photo_seen: bool
    no_call_reason: str
    close_note: str
    contribution: str
    closed_by_name: str
    created_by_name: str
    given_title: str = ""
    history: tuple[HistoryLine, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What the list shows. ``segment``: open, mine, waiting or closed; empty text: no search."""

    segment: str = "open"
    area_id: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """The counts of the segments and the rail, each capped at 10,000."""

    open: int = 0
    mine: int = 0
    waiting: int = 0
    acute_open: int = 0


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the screen needs to stand: pinned acute rows, the first rows and the counts."""

    acute: list[ReportRow]
    rows: list[ReportRow]
    counts: ReportCounts


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the list: its name, and the row numbers in it in order.

    ``name``: open, claimed, waiting, closed or found.
    """

    name: str
    numbers: "array[int]"


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as it should stand now: pinned acute rows, sections in order and the counts.

    ``last_closed`` is when and by whom a report was last closed, where the list is empty;
    ``recent`` counts the reports of the last hour.
    """

    acute: tuple[ReportRow, ...] = ()
    sections: tuple[Section, ...] = ()
    counts: ReportCounts = field(default_factory=ReportCounts)
    last_closed: tuple[str, str] | None = None
    recent: int = 0


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """One area in the filter, with its depth in the tree (0 = at the top)."""

    id: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class RelayChoice:
    """Somebody or some group who can have passed a report on (F03). ``relay`` is its kind."""

    relay: str
    id: str
    name: str
    detail: str = ""
    area_id: str = ""


def as_online(row: ReportRow) -> ReportRow:
    """Return the row as it reads while central answers at once: my claim is simply mine."""
    return row._replace(claim="mine") if row.claim == "provisional" else row


@dataclass(frozen=True, slots=True)
class NewReport:
    """What quick entry or a ticked message gives (F02, F59). Times are UTC stamps."""

    category: str
    text: str
    place: str
    heard_at: str
    happened_at: str = ""
    title: str = ""
    description: str = ""
    area_id: str = ""
    acute: bool = False
    called_112: str = ""
    relay: str = "anonymous"
    relay_id: str = ""
    relay_name: str = ""
    photo_seen: bool = False
    source: str = "desk"
    origin_hash: str = ""
    claim: bool = False
