"""The one standing condition under the header: the most serious first (screens.md §3, §5.9). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.clock import LOCAL, local
from console.domain.offline import READ_ONLY
from console.domain.status import SKEW_LIMIT_S, Status
from console.domain.witness import OWN_DOING, WORDS

LONG = timedelta(hours=8)
"""After so long without central the strip asks to phone the other station."""

TRAY, LEDGER, SIGN_IN, AUDIT, NOTHING = "tray", "ledger", "sign_in", "audit", ""

_TROUBLES = {
    "storage-full": "De centrale heeft geen ruimte meer. Alles wordt hier bewaard. Bel de beheerder.",
    "storage-unusable": "De centrale gaat niet open. Alles wordt hier bewaard. Bel de beheerder.",
    "foreign-answer": "Iets anders dan de centrale antwoordt, zoals een aanmeldpagina van het "
    "netwerk. Alles wordt hier bewaard. Kijk het netwerk na.",
    "certificate": "Het certificaat van de centrale klopt niet, dus er gaat niets heen. Alles wordt "
    "hier bewaard. Bel de beheerder.",
    "certificate-expired": "Het certificaat van de centrale is verlopen, of de klok van deze "
    "computer loopt niet gelijk. Alles wordt hier bewaard. Bel de beheerder.",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the strip says. ``action`` is what its button opens; ``aside`` stands at the right.

    Without a ``button`` there is nothing to press. ``tone``: amber, red or plain.
    """

    icon: str
    title: str
    text: str
    aside: str
    action: str
    button: str
    key: str = ""
    tone: str = "amber"


def standing(
    status: Status, now: datetime, *, restarted_at: datetime | None = None, unknown: int = 0
) -> Standing | None:
    """Return what stands now, or None where nothing does.

    ``restarted_at`` is when the desk came back after it fell over with texts on the clipboard;
    ``unknown`` counts the rows nobody has looked up since.
    """
    since = local(status.central.at)
    if status.line == "upgrade_needed":
        return _upgrade(status, now.astimezone(LOCAL))
    if status.line == "signed_out" and status.trouble:
        return _signed_out(status, now.astimezone(LOCAL))
    if status.read_only:
        return _read_only(status, now.astimezone(LOCAL))
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
    if status.audit in WORDS:
        return Standing(
            "octagon-alert",
            WORDS[status.audit].title,
            "Kijk op Samenwerken wat deze desk zag en wat u nu doet. U kunt gewoon doorwerken.",
            "",
            AUDIT,
            "Bekijk",
            tone="amber" if status.audit in OWN_DOING else "red",
        )
    if abs(status.skew_s) > SKEW_LIMIT_S:
        return _skew(status.skew_s)
    if status.line == "resyncing":
        return Standing(
            "refresh",
            "De desk haalt alles opnieuw op bij de centrale.",
            "Werk gewoon door. Wat u deed, blijft staan.",
            "",
            NOTHING,
            "",
            tone="plain",
        )
    return None


def _upgrade(status: Status, now: datetime) -> Standing:
    return Standing(
        "octagon-alert",
        "Deze desk is te oud voor de centrale.",
        "Werk Buurtdesk bij op deze computer. Tot dan wordt alles hier bewaard en niets verstuurd.",
        _waiting(status, now),
        TRAY,
        "Bekijk wachtrij",
        "Q",
        "red",
    )


def _signed_out(status: Status, now: datetime) -> Standing:
    return Standing(
        "lock",
        "U bent niet meer aangemeld bij de centrale.",
        "Werk gewoon door. Alles wordt hier bewaard en verstuurd als u zich weer aanmeldt.",
        _waiting(status, now),
        SIGN_IN,
        "Meld opnieuw aan",
    )


def _read_only(status: Status, now: datetime) -> Standing:
    return Standing(
        "lock",
        READ_ONLY.sentence.partition(". ")[0] + ".",
        "U kunt nu alleen lezen. Wat nog niet verstuurd was, is bewaard. "
        "Zorg dat de verbinding er weer is, of bel de beheerder.",
        _waiting(status, now),
        TRAY,
        "Bekijk wachtrij",
        "Q",
        "red",
    )


def _skew(seconds: int) -> Standing:
    side = "achter" if seconds > 0 else "voor"
    return Standing(
        "clock",
        f"De klok van deze computer loopt {_age(timedelta(seconds=abs(seconds)))} {side}.",
        "Tijden op dit scherm kloppen dan niet. Laat de klok gelijk zetten.",
        "",
        NOTHING,
        "",
    )


def _waiting(status: Status, now: datetime) -> str:
    """Return how many of this person's acts wait, and how old the oldest is."""
    if not status.queue:
        return ""
    things = "1 wacht" if status.queue == 1 else f"{status.queue} wachten"
    oldest = local(status.queue_oldest_at)
    return things if oldest is None else f"{things}, oudste {_age(now - oldest)}"


def _offline(status: Status, now: datetime, since: datetime) -> Standing:
    away = now - since
    text = "Werk gewoon door. Alles wordt hier bewaard en later verstuurd."
    if away >= LONG:
        text = "Bel het andere station en spreek af wie wat doet. Alles wordt hier bewaard."
    elif status.sentence or status.trouble in _TROUBLES:
        text = status.sentence or _TROUBLES[status.trouble]
    when = f"{since:%H:%M}" if since.date() == now.date() else f"{since:%d-%m %H:%M}"
    return Standing(
        "offline",
        f"Geen contact met de centrale sinds {when}",
        text,
        _waiting(status, now),
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
