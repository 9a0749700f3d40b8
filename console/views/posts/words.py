"""The words of posts, placements and groups on screen (screens.md §5.2, §5.3, §7, §8)."""

from __future__ import annotations

from datetime import datetime

from console.domain.clock import LOCAL, local, moment
from console.domain.directory import Candidate
from console.domain.post import Ledger, PlacementRow, PostRow
from console.views.text import at_text, clock_text, count_text, duration_text, moment_text, plural
from contract.dutch import word
from contract.vocabulary import (
    MessageKind,
    NotPlacedReason,
    PlacementState,
    PostType,
    Reach,
    Wish,
)

OLD_DAYS = 180
"""From this many days a group's card counts as old (screens.md §5.2)."""

CANNOT_SEE = "kan het nu niet zien"

STATE_LOOKS = {
    "pending": ("ring", "text2", "text2"),
    "copied": ("clipboard", "accent", "accent"),
    "placed": ("ring-check", "greenfill", "text"),
    "not_placed": ("ring-cross", "text2", "text2"),
    "unknown": ("ring-question", "amberfill", "amber"),
}
"""Placement state: icon, colour of the icon, colour of the words."""

KIND_ICONS = {
    "missing_person": "person",
    "confused_person": "person",
    "witness_appeal": "eye",
    "warning": "triangle-alert",
    "lookout": "search",
    "prevention": "shield",
    "general": "message",
    "feedback": "reply",
    "correction": "undo",
    "overview": "calendar",
    "quick_answer": "message",
}

SECTIONS = {
    "busy": "Mee bezig",
    "ready": "Klaar voor uitgeven",
    "unconfirmed": "Niet bevestigd",
    "placed": "Geplaatst",
}


def clock_of(stamp: str) -> str:
    """Return a stamp as local clock time, empty for none."""
    when = local(stamp)
    return clock_text(when) if when else ""


def when_of(stamp: str, now: datetime) -> str:
    """Return a stamp as it is said on screen: "16:38", "gisteren 15:09"."""
    when = local(stamp)
    return moment_text(when, now.astimezone(LOCAL)) if when else ""


def at_of(stamp: str, now: datetime) -> str:
    """Return a stamp inside a sentence: "om 16:38", "gisteren 15:09"."""
    when = local(stamp)
    return at_text(when, now.astimezone(LOCAL)) if when else ""


def reach_words(reach: str, via: str) -> tuple[str, bool]:
    """Return how a group is reached, and whether that is through somebody."""
    if reach == Reach.VIA_COORDINATOR:
        return (f"via {via}" if via else "via coördinator"), True
    return word(reach or "direct", Reach), False


def size_words(one: Candidate) -> str:
    """Return how much stands behind a group: "5 groepen, 412 leden"."""
    if one.groups:
        many = f"{plural(one.groups, 'groep', 'groepen')}, "
    else:
        many = ""
    return f"{many}{plural(one.members, 'lid', 'leden')}"


def confirmed_words(days: int | None) -> tuple[str, bool]:
    """Return how fresh the card is, and whether that is too old."""
    if days is None:
        return "nooit bevestigd", True
    if days >= OLD_DAYS:
        return f"{count_text(days)} dagen niet bevestigd", True
    if days == 0:
        return "vandaag bevestigd", False
    return f"bevestigd {'1 dag' if days == 1 else f'{days} dagen'} geleden", False


def wish_words(one: Candidate) -> str:
    """Return what a group wants, or why it is left grey."""
    if one.why_not:
        return (one.why_not[:1].lower() + one.why_not[1:]).rstrip(".")
    words = word(one.wish, Wish) if one.wish else "wens onbekend"
    if one.quiet_from and one.quiet_until:
        words += f", stil van {_hour(one.quiet_from)} tot {_hour(one.quiet_until)} uur"
    return words


def overlap_words(one: Candidate) -> str:
    """Return what part of a group's area an alert lies over; empty where that is not known."""
    if one.overlap is None:
        return ""
    percent = round(one.overlap * 100)
    if percent >= 100:
        return "hele gebied"
    return f"{percent}% van het gebied" if percent else "rand van het gebied"


def candidate_spoken(one: Candidate, *, ticked: bool, by_hand: bool) -> str:
    """Return a group to choose as one sentence."""
    state = "Aangevinkt" if ticked else "Niet aangevinkt"
    if by_hand and ticked:
        state += ", zelf gekozen"
    reach, _ = reach_words(one.reach, one.reach_via)
    fresh, _ = confirmed_words(one.days_since)
    part = overlap_words(one)
    said = f"{state}. {one.name}, {f'{part}, ' if part else ''}{reach}, {wish_words(one)}."
    return f"{said} {size_words(one)}, {fresh}."


def totals_words(chosen: list[Candidate]) -> str:
    """Return "6 groepen, 36 beheerders, ± 3.120 leden"; members are rounded down to tens."""
    if not chosen:
        return "nog geen groep"
    members = sum(one.members for one in chosen)
    shown = f"± {count_text(members // 10 * 10)}" if members >= 100 else count_text(members)
    who = plural(sum(one.administrators for one in chosen), "beheerder", "beheerders")
    return f"{plural(len(chosen), 'groep', 'groepen')}, {who}, {shown} leden"


def placement_reach(row: PlacementRow) -> tuple[str, bool]:
    """Return the second line of a ledger row, and whether it goes through somebody."""
    reach, via = reach_words(row.reach, row.reach_via)
    if via and row.reach_via:
        reach = f"via coördinator {row.reach_via}"
    who = plural(row.administrators, "beheerder", "beheerders")
    return f"{reach} · {who} · {plural(row.members, 'lid', 'leden')}", via


def placement_state(row: PlacementRow, ledger: Ledger, now: datetime) -> str:
    """Return the second line of the state: when, by whom, why."""
    at = when_of(row.state_at, now)
    if row.state == PlacementState.PLACED:
        return f"{at}, door {row.by_name}" if row.by_name else at
    if row.state == PlacementState.COPIED:
        return at
    if row.state == PlacementState.NOT_PLACED:
        why = row.note or word(row.reason, NotPlacedReason)
        return f"{at}: {why}" if why else at
    if row.state == PlacementState.UNKNOWN:
        if row.note == CANNOT_SEE:
            return f"Sinds {at}, nu niet te zien"
        return f"Sinds {at}, de desk viel uit"
    before = [one for one in ledger.rows if one.position < row.position and one.state != "placed"]
    waiting = [one for one in before if one.state in ("pending", "copied", "unknown")]
    if not waiting:
        return "is nu aan de beurt"
    return f"aan de beurt na groep {ledger.rows.index(waiting[-1]) + 1}"


def delete_words(row: PlacementRow, minutes: int, now: datetime) -> str:
    """Return how long a placed text can still be deleted for everyone (F34)."""
    at = moment(row.state_at)
    if row.state != PlacementState.PLACED or at is None:
        return ""
    left = minutes - int((now - at).total_seconds() // 60)
    return f"wissen kan nog {left} min" if left > 0 else "wissen kan niet meer"


def placement_spoken(row: PlacementRow, number: int) -> str:
    """Return a ledger row as one sentence (screens.md §8)."""
    state = word(row.state, PlacementState)
    return f"Groep {number}, {row.group_name}, {state[:1].lower()}{state[1:]}."


def counts_words(ledger: Ledger) -> str:
    """Return "2 geplaatst · 1 onbekend · 1 wacht · 1 niet geplaatst"; what is nought is left out."""
    names = {
        "placed": "geplaatst",
        "unknown": "onbekend",
        "pending": "wacht",
        "not_placed": "niet geplaatst",
    }
    found = {state: sum(1 for row in ledger.rows if row.state == state) for state in names}
    return " · ".join(f"{n} {names[state]}" for state, n in found.items() if n)


def post_second(row: PostRow, now: datetime) -> str:
    """Return the second line of a post in the list."""
    kind = word(row.kind, MessageKind)
    kind_word = kind if row.type in ("broadcast", row.kind) else word(row.type, PostType)
    parts = [kind_word]
    if row.section in ("busy", "ready"):
        parts.append(plural(row.groups, "groep", "groepen") if row.groups else "nog geen groep")
        if row.author_name:
            parts.append("van mij" if row.mine else f"van {row.author_name}")
    else:
        parts.append(f"{row.placed} van {row.groups} geplaatst")
        if row.unconfirmed:
            parts.append(f"{row.unconfirmed} niet bevestigd")
    return " · ".join(parts)


def due_words(row: PostRow, now: datetime) -> tuple[str, str]:
    """Return the feedback clock of a post in the list, and its colour."""
    if row.settled_at and row.section in ("unconfirmed", "placed"):
        return "afgerond", "text2"
    due = moment(row.due_at)
    if due is None:
        return "", "text2"
    left = due - now
    if left.total_seconds() < 0:
        return f"terugkoppeling {duration_text(left)} te laat", "red"
    return f"terugkoppeling vóór {when_of(row.due_at, now)}", "text2"


def post_spoken(row: PostRow, now: datetime) -> str:
    """Return a post as one sentence."""
    due, _ = due_words(row, now)
    second = post_second(row, now).replace(" · ", ", ")
    tail = f" {due[:1].upper()}{due[1:]}." if due else ""
    return f"{SECTIONS[row.section]}. {row.title}. {second}.{tail}"


def _hour(text: str) -> str:
    """Write "22:00" as "22"."""
    hour, _, minute = text.partition(":")
    return hour.lstrip("0") or "0" if minute in ("", "00") else text
