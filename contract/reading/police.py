"""News and missing persons of politie.nl, as it really sends them: keys in small letters."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from contract.reading.dutch_time import AMSTERDAM
from contract.reading.facts import lines_in, places_in, plates_in
from contract.reading.kind import kind_of
from contract.reading.model import Alert, safe_id, text_of, title_of
from contract.vocabulary import AlertKind, AlertState

NEWS_LISTS = ("nieuwsberichten",)
MISSING_LISTS = ("vermisten", "documenten")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST = 6_000


def is_police_item(item: object) -> bool:
    """Whether this is an item of the news or of the missing persons."""
    return isinstance(item, dict) and "titel" in item and ("uid" in item or "uuid" in item)


def read_news_item(raw: dict[str, Any]) -> Alert:
    """Give a news item. Whether it still holds is not known: news has no end."""
    return _item(raw, "", AlertState.UNKNOWN)


def read_missing_item(raw: dict[str, Any]) -> Alert:
    """Give a missing person; on the list is missing still."""
    return _item(raw, text_of(raw.get("laatstgezienin")), AlertState.ACTIVE)


def _item(raw: dict[str, Any], seen_in: str, state: AlertState) -> Alert:
    title = title_of(raw.get("titel"))
    parts = [text_of(raw.get("introductie")), text_of(raw.get("omschrijving"))]
    alineas = raw.get("alineas")
    for alinea in alineas if isinstance(alineas, list) else []:
        if isinstance(alinea, dict):
            parts += [text_of(alinea.get("titel")), text_of(alinea.get("opgemaaktetekst"))]
    text = "\n\n".join(filter(None, map(_plain, parts)))[:_LONGEST]
    area = title_of(raw.get("gebied")) or title_of(raw.get("plaats")) or title_of(seen_in)
    kind = kind_of(text, title or "")
    if state is AlertState.ACTIVE and kind not in (AlertKind.MISSING_CHILD, AlertKind.AMBER):
        child = "kind" in text_of(raw.get("gezochttype") or raw.get("gezochtType")).lower()
        kind = AlertKind.MISSING_CHILD if child else AlertKind.MISSING_PERSON
    return Alert(
        kind,
        state,
        text or (title or ""),
        id=safe_id(raw.get("uid") or raw.get("uuid")),
        title=title,
        municipality=area if area and "," not in area else None,
        places=tuple(dict.fromkeys([*_areas(area), *places_in(text)])),
        started_at=_moment(raw.get("publicatiedatum") or raw.get("datum")),
        plates=plates_in(text),
        phone_lines=lines_in(text),
    )


def _plain(text: str) -> str:
    """Text without marks of a page; what they would show or run is of no use here."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _areas(area: str | None) -> list[str]:
    return [part for part in re.split(r"\s*[,;/]\s*|\s+en\s+", area or "") if part][:20]


def _moment(value: object) -> datetime | None:
    """A moment as the police write it: Dutch time without a zone."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return found if found.tzinfo else found.replace(tzinfo=AMSTERDAM)
    except ValueError:
        return None
