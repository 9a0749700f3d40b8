"""The one standing condition under the header: the most serious first (screens.md §3, §5.9). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.clock import LOCAL, local
from console.domain.status import Status

LONG = timedelta(hours=8)
"""After so long without central the strip asks to phone the other station."""

TRAY, LEDGER = "tray", "ledger"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the strip says. ``action`` is what its button opens; ``aside`` stands at the right."""

    icon: str
    title: str
    text: str
    aside: str
    action: str
    button: str
    key: str = ""


def standing(
    status: Status, now: datetime, *, restarted_at: datetime | None = None, unknown: int = 0
) -> Standing | None:
    """Return what stands now, or None where nothing does.

    ``restarted_at`` is when the desk came back after it fell over with texts on the clipboard;
    ``unknown`` counts the rows nobody has looked up since.
    """
    since = local(status.central.at)
    if status.central.state == "off" and since is not None:
        return _offline(status, now.astimezone(LOCAL), since)
    if restarted_at is not None and unknown > 0:
        what = "Eén plaatsing" if unknown == 1 else f"{unknown} plaatsingen"
        return Standing(
            "refresh",
            f"De desk is om {restarted_at.astimezone(LOCAL):%H:%M} opnieuw gestart.",
            f"Alles staat er nog. {what} moet u zelf nakijken.",
            "",
            LEDGER,
            "Kijk na",
        )
    return None


def _offline(status: Status, now: datetime, since: datetime) -> Standing:
    away = now - since
    text = "Werk gewoon door. Alles wordt hier bewaard en later verstuurd."
    if away >= LONG:
        text = "Bel het andere station en spreek af wie wat doet. Alles wordt hier bewaard."
    when = f"{since:%H:%M}" if since.date() == now.date() else f"{since:%d-%m %H:%M}"
    aside = ""
    if status.queue:
        things = "1 wacht" if status.queue == 1 else f"{status.queue} wachten"
        oldest = local(status.queue_oldest_at)
        aside = things if oldest is None else f"{things}, oudste {_age(now - oldest)}"
    return Standing(
        "offline",
        f"Geen contact met de centrale sinds {when}",
        text,
        aside,
        TRAY,
        "Bekijk wachtrij",
        "Q",
    )


def _age(span: timedelta) -> str:
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} u {rest:02d}" if rest else f"{hours} u"


def back_online(before: Status, after: Status) -> str:
    """Return what to say when contact came back: what was sent and what is left to decide."""
    sent = max(0, before.queue - after.queue - max(0, after.tray - before.tray))
    parts = []
    if sent:
        parts.append("1 ding verstuurd" if sent == 1 else f"{sent} dingen verstuurd")
    if after.tray:
        parts.append(f"{after.tray} om te beslissen (Q)")
    return f"Weer contact. {', '.join(parts)}." if parts else "Weer contact."
