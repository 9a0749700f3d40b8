"""A photo of a report as the screen shows it, and what still travels of one (sync.md §8)."""

from dataclasses import dataclass

WAITING, SENT, REFUSED = "waiting", "sent", "refused"

HERE, COMING, ABSENT = "here", "coming", "absent"


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo. ``state``: waiting to be sent, sent, or refused and in the tray of its person.

    ``size`` is in bytes, ``sent`` how many of them central has while it waits. ``content``: here,
    coming (asked for), or absent. ``made_at`` is a UTC stamp.
    """

    id: str
    name: str
    type: str
    size: int
    sha256: str
    state: str
    sent: int
    content: str
    made_by_name: str
    made_at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as pixels alone: red, green and blue per pixel, rows from the top."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class BlobTask:
    """Content under way. ``upward``: to central, for ``person``; else from central to this desk."""

    sha256: str
    upward: bool
    person: str
    size: int
    offset: int
    tries: int
