"""Answers of the feeds in the shapes that were recorded, with invented contents."""

import json
from datetime import datetime, timedelta
from typing import Any

from contract.vocabulary import AlertSource


def seconds(at: datetime) -> int:
    """Return a moment as the feeds count it."""
    return int(at.timestamp())


def action(
    at: datetime,
    *bodies: str,
    number: int = 91,
    active: bool = True,
    municipality: str = "Veldermeer",
    ended: datetime | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return a local action with its messages, the first one the start."""
    messages = [
        {
            "title": "Uitkijken naar",
            "body": body,
            "messageType": "Start" if place == 0 else "Update" if active else "Afloop",
            "lastModifiedTimestamp": seconds(at + timedelta(minutes=10 * place)),
            "responseUrl": "https://www.burgernet.nl/reageer/voorbeeld",
        }
        for place, body in enumerate(bodies)
    ]
    return {
        "id": number,
        "municipality": municipality,
        "actionType": "?",
        "amberAlert": False,
        "active": active,
        "startTimestamp": seconds(at),
        "endTimestamp": seconds(ended) if ended else None,
        "area": {"lat": 52.1, "lng": 4.5, "radius": 1500},
        "messages": messages,
        **more,
    }


def actions(*found: dict[str, Any]) -> str:
    """Return an answer with local actions."""
    return json.dumps({"actions": list(found)}, indent=1)


def child_alert(
    at: datetime, *, level: str = "5", kind: str = "Alert", number: str = "77", **message: Any
) -> dict[str, Any]:
    """Return one message of the AMBER and Vermist Kind feed; every leaf a string or null."""
    local = level == "5"
    return {
        "AlertId": number,
        "MessageId": number,
        "Sender": "KindAlarmPortal",
        "Sent": str(seconds(at)),
        "State": "Actual",
        "Type": kind,
        "Scope": "Public",
        "AlertLevel": level,
        "Location": {"Description": None, "Latitude": None, "Longitude": None},
        "Message": {
            "Title": "Noor Voorbeeld (9)",
            "Description": "Laatst gezien bij de speeltuin in Veldermeer, rode jas.",
            "DescriptionExt": "Vermist",
            "Readmore_URL": "https://www.politie.nl/amberalert",
            "Media_URL": None,
            "Media": {"Image": None, "SmallImage": None},
            **message,
        },
        "Area": {
            "Description": "Veldermeer" if local else None,
            "Circle": "52.1,4.5 5000" if local else None,
            "CircleKM": "52.1,4.5 5" if local else None,
        },
    }


def warning(at: datetime, **more: Any) -> dict[str, Any]:
    """Return an NL-Alert that runs."""
    return {
        "id": "0123456789ab",
        "message": "NL-Alert. Rook in Veldermeer. Sluit ramen en deuren. *** Smoke in Veldermeer.",
        "type": "nl-alert",
        "start_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "stop_at": None,
        "area": ["52.10000,4.50000 52.10000,4.60000 52.20000,4.60000 52.10000,4.50000"],
        **more,
    }


def missing(**more: Any) -> dict[str, Any]:
    """Return a missing person of politie.nl."""
    return {
        "uid": "6f1f5a52-0000-4000-8000-000000000001",
        "url": "https://www.politie.nl/vermist/voorbeeld",
        "publicatiedatum": "2026-03-14 09:00:00",
        "titel": "Vermist: Kees Voorbeeld",
        "gebied": "Veldermeer",
        "introductie": "Wie heeft Kees (81 jaar) gezien? Hij is vermist in Veldermeer.",
        "omschrijving": "<p>Hij draagt een <b>grijze</b> jas.</p>",
        "locaties": [],
        **more,
    }


def police(name: str, *items: dict[str, Any]) -> str:
    """Return an answer of politie.nl with one list."""
    return json.dumps({"iterator": {"last": True, "offset": 0}, name: list(items)})


EMPTY = {
    AlertSource.BURGERNET_ACTIONS: '{"actions": []}',
    AlertSource.BURGERNET_ALERTS: "[]",
    AlertSource.NL_ALERT: '{"data": []}',
    AlertSource.POLICE_NEWS: '{"nieuwsberichten": []}',
    AlertSource.POLICE_MISSING: '{"vermisten": []}',
}
"""What each feed answers when there is nothing."""
