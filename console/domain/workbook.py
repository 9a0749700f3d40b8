"""Snapshots of the written work process and its ticks per event (F40)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One written step; ``ticked_at`` and ``ticked_by`` belong to the event it is opened for."""

    id: str
    scope: str
    position: int
    title: str
    text: str
    way_out: str
    ver: int
    tick_id: str = ""
    ticked_at: str = ""
    ticked_by: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The written process with its steps. ``state``: draft or approved."""

    id: str
    title: str
    version: str
    version_date: str
    owner: str
    approved_by: str
    state: str
    steps: tuple[Step, ...]
