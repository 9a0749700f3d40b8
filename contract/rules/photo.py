"""What may happen to a photo: it is added or taken away, never changed (sync.md §6, F09, F27).

A photo of a post goes out of the house, so it is not taken without where it comes from, who allowed
what, why, and its last day. On the day after that its bytes go, at central and at every desk; its
hash and these words stay.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contract.op import Actor, Decision, Op
from contract.rules.common import Rule, refuse
from contract.vocabulary import MessageKind, OpStatus, PostStatus

ALLOWING = frozenset(
    {
        MessageKind.MISSING_PERSON,
        MessageKind.CONFUSED_PERSON,
        MessageKind.LOOKOUT,
        MessageKind.WITNESS_APPEAL,
    }
)
"""The kinds of message that may carry a photo (F27): somebody or something is looked for."""

STATED = ("source", "permission_by", "permission_for", "reason", "expires_on")
"""What must be said of a photo before it may go out."""

LONGEST_DAYS = 92
"""The last day of a photo lies at most so many days ahead."""

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def frozen_fields(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that may not change: all of them."""
    return tuple(wanted)


def with_content(body: Mapping[str, Any], held: tuple[int, str] | None) -> Decision:
    """Accept a new photo with size and type of the content that is held; None: there is none."""
    if held is None:
        return refuse(OpStatus.INVALID, "blob-missing", "sha256")
    return Decision(OpStatus.APPLIED, {**body, "size": held[0], "type": held[1]})


def day_of(stamp: str) -> date:
    """Return the Dutch day of a UTC stamp."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone(_AMSTERDAM).date()


def last_day(body: Mapping[str, Any]) -> date | None:
    """Return the last day of a photo; None where it has none, as at a report."""
    try:
        return date.fromisoformat(str(body.get("expires_on") or ""))
    except ValueError:
        return None


def is_over(body: Mapping[str, Any], now: str) -> bool:
    """Say whether the last day of a photo went by; ``now`` is a UTC stamp."""
    last = last_day(body)
    return last is not None and day_of(now) > last


def unstated(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was not said of a photo that is to go out."""
    return tuple(name for name in STATED if not str(body.get(name) or "").strip())


def fits_post(post: Mapping[str, Any] | None) -> Decision | None:
    """Return the refusal of adding or removing a photo at this post; None: it may."""
    if post is None:
        return refuse(OpStatus.INVALID, "photo-post", "parent_id")
    if post.get("kind") not in ALLOWING:
        return refuse(OpStatus.INVALID, "photo-kind", "parent_id")
    if post.get("status") not in (PostStatus.DRAFT, PostStatus.READY):
        return refuse(OpStatus.INVALID, "released", "parent_id")
    return None


def _create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("parent_kind") != "post":
        return Decision(OpStatus.APPLIED, body)
    missing = unstated(body)
    if missing:
        return refuse(OpStatus.INVALID, "photo-unstated", *missing)
    # Its own day, not the present one: what waits at a desk is judged the same on every day.
    made = day_of(op.made_at or now)
    last = last_day(body)
    if last is None or not made <= last <= made + timedelta(days=LONGEST_DAYS):
        return refuse(OpStatus.INVALID, "photo-expiry", "expires_on")
    return Decision(OpStatus.APPLIED, body)


RULES: Mapping[tuple[str, str], Rule] = {("photo", "create"): _create}
