"""What is missing in the directory, in words (F11, F13, F14, R16; seeds 002 and 003). Pure."""

from collections.abc import Iterable
from datetime import datetime

from console.domain.clock import LOCAL, moment
from console.domain.directory_map import DirectoryMap, SeatFact
from contract.vocabulary import AdministratorRole, AreaLevel, AreaRole, GroupKind, Reach

STALE_DAYS = 180
"""From this many days after the last confirmation a card is flagged (F14)."""

COORDINATORS_MOST = 3
"""So many coordinators of a regiegroep talk to the officer themselves (seed 003)."""

NO_ADMINISTRATOR = "geen beheerder"
NO_OFFICER = "geen wijkagent"
NO_GROUP = "geen groep"
NEVER = "nooit bevestigd"
TOO_MANY = "te veel leden"
COORDINATORS = "te veel coördinatoren"


def days_between(earlier: str, now: str) -> int | None:
    """Return the whole days since a stamp; None where there is none. Never below zero."""
    then, present = moment(earlier), moment(now)
    if then is None or present is None:
        return None
    return max((_day(present) - _day(then)).days, 0)


def stale(days: int | None) -> bool:
    """Say whether this is too long ago, or never was (F14)."""
    return days is None or days >= STALE_DAYS


def confirmed(shape: DirectoryMap, group_id: str) -> str:
    """Return when a group was last confirmed: itself, or any of its administrators."""
    stamps = [shape.groups[group_id].confirmed_at]
    stamps += [shape.people[s.administrator_id].confirmed_at for s in shape.all_seats(group_id)]
    return max(stamps)


def group_gaps(shape: DirectoryMap, group_id: str, now: str) -> list[str]:
    """Return what is missing in one group; one that is gone, asleep or a draft misses nothing."""
    fact = shape.groups[group_id]
    if not fact.standing or fact.asleep:
        return []
    gaps = []
    seats = shape.all_seats(group_id)
    if not seats:
        gaps.append(NO_ADMINISTRATOR)
    days = days_between(confirmed(shape, group_id), now)
    # Who is not there cannot be confirmed: one gap, not two.
    if days is not None and days >= STALE_DAYS:
        gaps.append(f"{days} dagen")
    elif days is None and seats:
        gaps.append(NEVER)
    if fact.members > limit_of(shape, group_id):
        gaps.append(TOO_MANY)
    if fact.kind == GroupKind.REGIE and direct_coordinators(shape, group_id) > COORDINATORS_MOST:
        gaps.append(COORDINATORS)
    return gaps


def limit_of(shape: DirectoryMap, group_id: str) -> int:
    """Return the most members a group may have: its own limit, else the team's setting (C6)."""
    return shape.groups[group_id].member_limit or shape.member_limit


def direct_coordinators(shape: DirectoryMap, group_id: str) -> int:
    """Count the coordinators of a group who talk to the officer directly (seed 003)."""
    return len(
        {
            seat.administrator_id
            for seat in shape.seats(group_id)
            if seat.role == AdministratorRole.COORDINATOR and _direct(shape, seat)
        }
    )


def area_gaps(shape: DirectoryMap, area_id: str) -> list[str]:
    """Return what is missing in one area: a responsible officer, a group (F13).

    An area that is only a cover over others misses no officer of its own: they do, one by one.
    Nor does an area that exists no longer: who took its place has the officer (C9).
    """
    if shape.areas[area_id].level == AreaLevel.TEAM or shape.areas[area_id].ended_year:
        return []
    gaps = []
    inner = [key for key in shape.areas_in(area_id) if not shape.areas[key].ended_year]
    holds_groups = any(not shape.groups[key].gone for key in shape.groups_under("area", area_id))
    if (holds_groups or not inner) and shape.who(area_id, AreaRole.OFFICER) is None:
        gaps.append(NO_OFFICER)
    if not inner and not holds_groups and not shape.ends_in(area_id):
        gaps.append(NO_GROUP)
    return gaps


def inner_gaps(shape: DirectoryMap, group_id: str, now: str) -> list[tuple[str, str]]:
    """Return the gaps of a group and, for one above others, of those below: (group id, word)."""
    found = [(group_id, word) for word in group_gaps(shape, group_id, now)]
    if shape.is_tier(group_id):
        for key in shape.ends(group_id):
            found += [(key, word) for word in group_gaps(shape, key, now)]
    return found


def word_of(gaps: Iterable[str], inner: int = 0) -> str:
    """Return the one word shown beside a line: the gap itself, or how many there are."""
    own = list(gaps)
    total = len(own) + inner
    if not total:
        return ""
    if len(own) == 1 and total == 1:
        return own[0]
    return "1 gat" if total == 1 else f"{total} gaten"


def sentence(name: str, word: str) -> str:
    """Write one gap out as a sentence for the card."""
    if word == NO_ADMINISTRATOR:
        return f"{name} heeft geen beheerder."
    if word == NO_OFFICER:
        return f"{name} heeft geen wijkagent."
    if word == NO_GROUP:
        return f"{name} heeft geen groep."
    if word == NEVER:
        return f"{name} is nog nooit bevestigd."
    if word == TOO_MANY:
        return f"{name} heeft meer leden dan de grens."
    if word == COORDINATORS:
        return f"In {name} praten meer dan drie coördinatoren direct met de wijkagent."
    return f"{name} is {word} niet bevestigd."


def _direct(shape: DirectoryMap, seat: SeatFact) -> bool:
    return (shape.people[seat.administrator_id].reach or Reach.DIRECT) == Reach.DIRECT


def _day(when: datetime) -> datetime:
    # Days as people count them: by the calendar at the desk, not by spans of 24 hours.
    return when.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
