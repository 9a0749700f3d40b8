"""What is known of a report, as rows of facts and as its history (screens.md §5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.clock import local
from console.domain.photo import REFUSED, WAITING, Photo
from console.domain.report import ReportCard
from console.views.reports.words import event_time, event_words
from console.views.text import moment_text
from console.views.widgets.facts import Fact
from console.views.widgets.timeline import Event
from contract.dutch import word
from contract.vocabulary import CloseReason, Contribution, Relay

MOST_NAMES = 3

_TONES = {"marked_acute": "redmark", "lease_broken": "amberfill", "closed": "text2"}


def place_line(card: ReportCard) -> str:
    """Return where it is, in one line under the title."""
    row = card.row
    where = row.place
    if row.area_name and row.area_name not in where:
        where = f"{where}, {row.area_name}"
    if card.municipality and card.municipality != row.area_name:
        where = f"{where} · gemeente {card.municipality}"
    return where


def seen_words(card: ReportCard, now: datetime) -> str:
    """Return when it happened and when it was heard."""
    heard = local(card.row.heard_at)
    happened = local(card.happened_at)
    if heard is None:
        return ""
    if happened is None or happened == heard:
        return f"gehoord om {moment_text(heard, now)}"
    return f"{moment_text(happened, now)}, gehoord om {moment_text(heard, now)}"


def relay_words(card: ReportCard) -> str:
    """Return who passed it on; an eyewitness is never named (F03)."""
    if card.relay == Relay.ADMINISTRATOR:
        return f"Beheerder {card.relay_name}".strip()
    if card.relay == Relay.GROUP:
        return f"Groep {card.relay_name}".strip()
    if not card.relay and card.relay_name:
        return f"Meldformulier {card.relay_name}"
    return word(card.relay, Relay) if card.relay else "Anoniem"


def photo_words(photos: Sequence[Photo]) -> str:
    """Return how many photos a report has, their names, and what is not sent yet."""
    names = ", ".join(one.name for one in photos[:MOST_NAMES])
    more = len(photos) - MOST_NAMES
    waiting = sum(1 for one in photos if one.state == WAITING)
    refused = sum(1 for one in photos if one.state == REFUSED)
    words = f"{len(photos)}: {names}" + (f" en nog {more}" if more > 0 else "")
    if waiting:
        words += (
            f" ({waiting} wacht op verzending)"
            if waiting < len(photos)
            else " (wacht op verzending)"
        )
    return f"{words} ({refused} niet aangenomen)" if refused else words


def facts_of(card: ReportCard, now: datetime) -> list[Fact]:
    """Return every fact of a report; what matters first."""
    row = card.row
    facts = [Fact("Waar", row.place), Fact("Gezien om", seen_words(card, now))]
    if card.description:
        facts.append(Fact("Signalement", card.description))
    facts.append(Fact("Doorgegeven door", relay_words(card)))
    if card.officer_name:
        facts.append(Fact("Wijkagent", card.officer_name))
    elif row.area_name:
        facts.append(Fact("Wijkagent", "niet ingevuld", "triangle-alert", "amber"))
    if card.photo_seen or not card.photos:
        facts.append(Fact("Foto", "Ja, in de groep" if card.photo_seen else "Nee"))
    if card.photos:
        facts.append(Fact("Foto's hier", photo_words(card.photos)))
    if row.status == "waiting":
        since = local(row.waiting_since)
        when = f", sinds {moment_text(since, now)}" if since else ""
        facts.append(Fact("Wacht op", f"{row.waiting_on}{when}", "ring-pause", icon_tone="text2"))
    if card.no_call_reason:
        facts.append(Fact("112 niet gebeld", card.no_call_reason))
    if row.status == "closed":
        facts += _closing(card, now)
    return facts


def _closing(card: ReportCard, now: datetime) -> list[Fact]:
    at = local(card.row.closed_at)
    when = moment_text(at, now) if at else ""
    by = f" door {card.closed_by_name}" if card.closed_by_name else ""
    facts = [
        Fact("Gesloten", f"{word(card.row.close_reason, CloseReason)}, {when}{by}"),
        Fact("Hielp de groep", word(card.contribution, Contribution)),
    ]
    if card.close_note:
        facts.append(Fact("Toelichting", card.close_note))
    return facts


def events_of(card: ReportCard, now: datetime) -> list[Event]:
    """Return the history, oldest first."""
    events = []
    for line in card.history:
        icon, title, detail = event_words(line)
        tone = _TONES.get(line.what, "text2")
        events.append(Event(icon, title, detail, event_time(line, now), tone))
    return events
