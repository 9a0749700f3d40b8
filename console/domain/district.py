"""Snapshots of "Mijn wijk": what happened in one's own areas and beside them (day.md §2, F21)."""

from dataclasses import dataclass

from contract.vocabulary import AlertState, Outcome


@dataclass(frozen=True, slots=True)
class DistrictReport:
    """A report in one's own areas since the last shift."""

    id: str
    title: str
    place: str
    heard_at: str
    status: str
    holder_name: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A copy of a message for one's own groups. ``released``: it went out; ``mine``: by me."""

    post_id: str
    by_name: str
    at: str
    released: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class NeighbourPost:
    """A post that went to the groups of an adjoining area; ``own_groups`` are ours that got it.

    ``team``: the neighbouring team it came from, empty for a colleague's. ``ended``: it may not be
    passed on any more. ``shared_by``: who said that the administrator had shared it already.
    """

    id: str
    kind: str
    title: str
    area_name: str
    placed_at: str
    groups: int
    by_name: str
    own_groups: tuple[str, ...] = ()
    text: str = ""
    ended: bool = False
    passed: tuple[PassedOn, ...] = ()
    shared_by: str = ""
    shared_at: str = ""
    team: str = ""

    @property
    def done(self) -> bool:
        """Say whether nobody has to do anything with it any more."""
        went = any(one.released for one in self.passed)
        return self.ended or went or bool(self.shared_at) or bool(self.own_groups)


@dataclass(frozen=True, slots=True)
class District:
    """The two blocks under what is due, and the areas they are about."""

    area_ids: tuple[str, ...] = ()
    area_names: tuple[str, ...] = ()
    since: str = ""
    reports: tuple[DistrictReport, ...] = ()
    neighbours: tuple[NeighbourPost, ...] = ()
    asked_at: str = ""
    """When central was last asked what teams beside share; empty: never."""


def has_ended(settled_at: str, outcome: str, alert_state: str) -> bool:
    """Say whether a message is over: its outcome is known or waived, or its action ended (F37).

    "Still running" only moves the clock. An action of which nothing is known is not ended.
    """
    if alert_state == AlertState.ENDED:
        return True
    return bool(settled_at) and outcome != Outcome.STILL_RUNNING


def own_groups_words(names: tuple[str, ...]) -> str:
    """Return which groups have a message already, and that they do not take part again."""
    if len(names) == 1:
        return f"Dit staat al in {names[0]}. Die groep doet niet mee."
    return f"Dit staat al in {', '.join(names[:-1])} en {names[-1]}. Die groepen doen niet mee."
