"""The words of alerts on screen. Ended is never found, and never green (F37, screens.md §5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.alert import AlertCard, AlertRow
from console.domain.clock import LOCAL, local
from console.domain.report import HistoryLine
from console.domain.status import Lamp
from console.views.posts.words import at_of, when_of
from console.views.text import ago_text, short_name
from console.views.widgets.timeline import Event
from contract.dutch import word
from contract.vocabulary import AlertKind, AlertSource, AlertState

SECTIONS = {"running": "Loopt", "unknown": "Onbekend", "ended": "Beëindigd"}

LOOKS = {
    "running": ("antenna", "accent"),
    "unknown": ("ring-question", "amberfill"),
    "ended": ("ring-check", "text2"),
}
"""Section: icon and its colour. An end is grey: nobody knows yet whether it ended well."""

SOURCES = {
    "burgernet_text": "Burgernet, geplakt",
    "burgernet_actions": "Burgernet",
    "burgernet_alerts": "AMBER en Vermist Kind",
    "nl_alert": "NL-Alert",
    "police_news": "Nieuws van de politie",
    "police_missing": "Vermiste personen",
    "cap": "CAP-bericht",
    "unknown": "Onbekende bron",
}

KIND_ICONS = {
    "missing_person": "person",
    "missing_child": "person",
    "amber": "person",
    "wanted_person": "search",
    "vehicle": "car",
    "witness": "eye",
    "warning": "triangle-alert",
    "public_alert": "bell",
}

REMINDER = (
    "Beëindigd betekent niet dat iemand is gevonden. Schrijf dat alleen als u het zeker weet."
)
NO_SOURCE = (
    "Burgernet is niet ingesteld. De desk ziet zelf niet of er iets loopt. Plak een bericht met I."
)
NOTHING_KEPT = "Er is nog niets bewaard. Plak een bericht met I."
CANNOT_LOOK = "Er is geen bron ingesteld. Plak de tekst zelf (I)."

_STATES = {
    "active": ("antenna", "Loopt", "text2"),
    "ended": ("ring-check", "Beëindigd", "text2"),
    "unknown": ("ring-question", "Niet te zien", "amberfill"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """What the state band says."""

    tone: str
    icon: str
    title: str
    text: str


def since_words(row: AlertRow, now: datetime) -> str:
    """Return what stands at the right of a row: since when it runs, is unknown, or ended."""
    if row.section == "ended":
        return f"beëindigd {when_of(row.ended_at or row.state_at, now)}"
    if row.section == "unknown":
        return f"onbekend sinds {when_of(row.state_at, now)}"
    return f"sinds {when_of(row.started_at, now)}"


def kind_words(row: AlertRow) -> str:
    """Return source and kind: "Burgernet · vermissing"."""
    source = SOURCES.get(row.source, row.source).partition(",")[0]
    words = f"{source} · {word(row.kind, AlertKind)}"
    if row.source == AlertSource.NL_ALERT:
        words = source
    elif row.source == AlertSource.BURGERNET_ALERTS:
        words = word(row.kind, AlertKind)[:1].upper() + word(row.kind, AlertKind)[1:]
    return f"{words} · proef" if row.test else words


def done_words(row: AlertRow) -> str:
    """Return what we did with it."""
    if row.section == "ended" and row.waits:
        return "terugkoppeling moet nog"
    if row.draft_id and row.draft_author and not row.post_id:
        return f"concept van {short_name(row.draft_author)}"
    return row.done


def spoken(row: AlertRow, now: datetime) -> str:
    """Return a row as one sentence: state, title, place, since, what we did."""
    where = f", {row.place}" if row.place else ""
    kind = kind_words(row).replace(" · ", ", ")
    since = since_words(row, now)
    return f"{SECTIONS[row.section]}. {row.title}{where}. {since}. {kind}. {done_words(row)}."


def about_words(card: AlertCard) -> str:
    """Return place and number under the title."""
    places = [card.row.place]
    if card.municipality and card.municipality not in card.row.place:
        places.append(card.municipality)
    parts = [", ".join(one for one in places if one), SOURCES.get(card.row.source, "")]
    if card.reference:
        parts[-1] += f" {card.reference}"
    return " · ".join(part for part in parts if part)


def state_band(card: AlertCard, now: datetime, *, watched: bool) -> Band:
    """Return the band for the state; `watched`: a source looks at this alert by itself."""
    row = card.row
    seen = when_of(row.state_at, now)
    if row.section == "ended":
        at = at_of(row.ended_at or row.state_at, now)
        text = "Beëindigd is niet hetzelfde als gevonden."
        if row.draft_id or row.waits:
            text = f"Plaats alleen nog de afloop. {text}"
        return Band("plain", "ring-check", f"De actie is {at} beëindigd.", text)
    if row.section == "unknown":
        why = "De bron gaf geen bruikbaar antwoord." if watched else "De desk ziet dit niet zelf."
        look = "Kijk zelf in de Burgernet-app en zeg wat u ziet."
        title = f"Status onbekend sinds {seen}" if seen else "Status onbekend"
        return Band("amber", "ring-question", title, f"{why} {look}")
    text = "" if watched else "De desk ziet dit niet zelf. Na 60 minuten vraagt hij het opnieuw."
    return Band(
        "plain", "antenna", f"Loopt, voor het laatst gezien {at_of(row.state_at, now)}", text
    )


def post_words(card: AlertCard) -> tuple[str, str, str]:
    """Return icon, its colour and the sentence about our own message."""
    row = card.row
    if row.post_id:
        sent = f"{row.done[:1].upper()}{row.done[1:]}."
        if row.waits and row.section == "ended":
            return "clock", "amberfill", f"{sent} De terugkoppeling moet nog."
        return "ring-check", "greenfill", sent
    if row.draft_id:
        later = {
            "unknown": "Uitgeven kan pas na uw antwoord hierboven.",
            "ended": "De actie is beëindigd: dit bericht kan niet meer uit.",
        }.get(row.section, "")
        return "ring-pause", "amberfill", f"Nog niet uitgegeven. {later}".strip()
    return "ring", "text2", "Niet doorgezet: geen groep kreeg dit van ons."


def author_words(card: AlertCard) -> str:
    """Return who writes our message, if anybody does."""
    row = card.row
    if row.draft_id and row.draft_author:
        return f"concept van {row.draft_author}"
    return "concept" if row.draft_id else ""


def events(card: AlertCard, now: datetime) -> list[Event]:
    """Return what the source and people said over time, the newest first."""
    made = [_event(line, now) for line in reversed(card.history)]
    row = card.row
    if row.started_at:
        source = SOURCES.get(row.source, row.source)
        began = when_of(row.started_at, now)
        made.append(Event("plus", "Actie begonnen", f"Bron: {source}", began))
    return made


def lamp_words(lamp: Lamp, now: datetime) -> str:
    """Return how old a source is: "38 s geleden", "niet ingesteld", "onbekend sinds 16:20"."""
    at = local(lamp.at)
    if lamp.state == "unset" or at is None:
        return lamp.words or "onbekend"
    if lamp.state in ("old", "unknown", "off"):
        return f"onbekend sinds {when_of(lamp.at, now)}"
    return ago_text(at, now.astimezone(LOCAL))


def empty_words(lamps: tuple[Lamp, ...], now: datetime, *, segment: str) -> str:
    """Return what an empty list says; never "niets" when nobody looked (screens.md §5.6)."""
    if segment == "all":
        return NOTHING_KEPT
    found = [one for one in lamps if one.state != "unset"]
    if not found:
        return NO_SOURCE
    oldest = min(found, key=lambda one: one.at)
    if any(one.state != "good" for one in found):
        at = when_of(oldest.at, now)
        return f"Onbekend sinds {at}." if at else "Onbekend: nog niet gekeken."
    return f"Er loopt niets. Gekeken: {lamp_words(oldest, now)}."


def _event(line: HistoryLine, now: datetime) -> Event:
    icon, title, tone = "dot", line.what.replace("_", " ").capitalize(), "text2"
    if line.what == "received":
        icon, title = "paste", "Ontvangen"
    elif line.what == "seen_state":
        icon, title, tone = _STATES.get(line.text, _STATES[AlertState.UNKNOWN])
    who = " · ".join(part for part in (line.by_name, line.station) if part)
    return Event(icon, title, who, when_of(line.at or line.made_at, now), tone)
