"""A story that the feeds tell: start, update and closing, by the seconds since it began. Pure."""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from central.standins import shapes
from central.standins.registers import Street
from contract.vocabulary import AlertSource

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "demo" / "outside.toml"
"""The story of the demo."""

WEB_PAGE = "<html><body>Even geduld. Deze dienst is in onderhoud.</body></html>"
_LOCAL = ZoneInfo("Europe/Amsterdam")
_SEEN_BEFORE = timedelta(minutes=20)


class Story:
    """What every feed answers at a moment of the story. ``told``: as ``outside.toml`` says it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._tellers: Mapping[AlertSource, Callable[[datetime, float], str]] = {
            AlertSource.BURGERNET_ACTIONS: self._actions,
            AlertSource.BURGERNET_ALERTS: self._children,
            AlertSource.NL_ALERT: self._warnings,
            AlertSource.POLICE_NEWS: self._news,
            AlertSource.POLICE_MISSING: self._missing,
        }

    @classmethod
    def read(cls, path: Path = SHIPPED) -> "Story":
        """Read a story. Raises OSError or TOMLDecodeError where it is damaged."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def answer(self, feed: AlertSource, began: datetime, passed_s: float) -> tuple[str, str]:
        """Return what a feed answers so long after the story began, and its content type."""
        for silence in self._told.get("silence", ()):
            if silence["feed"] == feed and silence["from"] <= passed_s < silence["until"]:
                return WEB_PAGE, "text/html"
        return self._tellers[feed](began, passed_s), "application/json"

    def streets(self) -> Sequence[Street]:
        """Return the streets that the locatieserver of the story knows."""
        return tuple(
            (
                one["name"],
                one["town"],
                one.get("district", ""),
                one.get("neighbourhood", ""),
                float(one["spot"][0]),
                float(one["spot"][1]),
            )
            for one in self._told.get("street", ())
        )

    def _actions(self, began: datetime, passed_s: float) -> str:
        return shapes.actions(
            *(
                _action(one, began, passed_s)
                for one in self._told.get("action", ())
                if one["from"] <= passed_s
            )
        )

    def _children(self, began: datetime, passed_s: float) -> str:
        found = []
        for one in self._told.get("child", ()):
            if one["from"] > passed_s:
                continue
            place = _child_place(one)
            alert = shapes.child_alert(
                _at(began, one["from"]), number=one["number"], Title=one["title"]
            )
            alert["Message"] |= {"Description": one["text"]}
            found.append({**alert, "Area": place})
            if one["until"] <= passed_s:
                ended = shapes.child_alert(
                    _at(began, one["until"]), number=one["number"], kind="Cancel", Title=None
                )
                ended["Message"] |= {"Description": one["closing"]}
                found.append({**ended, "Area": place})
        return json.dumps(found)

    def _warnings(self, began: datetime, passed_s: float) -> str:
        found = []
        for one in self._told.get("warning", ()):
            if one["from"] > passed_s:
                continue
            corners = [*one["corners"], one["corners"][0]]
            found.append(
                shapes.warning(
                    _at(began, one["from"]),
                    id=one["id"],
                    message=one["text"],
                    type="test" if one.get("test") else "nl-alert",
                    stop_at=f"{_at(began, one['until']):%Y-%m-%dT%H:%M:%SZ}",
                    area=[" ".join(f"{north:.5f},{east:.5f}" for north, east in corners)],
                )
            )
        return json.dumps({"data": found})

    def _news(self, began: datetime, _passed_s: float) -> str:
        return shapes.police("nieuwsberichten", *self._items("news", began))

    def _missing(self, began: datetime, _passed_s: float) -> str:
        return shapes.police("vermisten", *self._items("missing", began))

    def _items(self, name: str, began: datetime) -> list[dict[str, Any]]:
        published = (began - timedelta(hours=26)).astimezone(_LOCAL)
        return [
            shapes.missing(
                uid=one["uid"],
                titel=one["title"],
                gebied=one["place"],
                introductie=one["lead"],
                omschrijving=one["text"],
                publicatiedatum=f"{published:%Y-%m-%d %H:%M:%S}",
            )
            for one in self._told.get(name, ())
        ]


def _action(one: Mapping[str, Any], began: datetime, passed_s: float) -> dict[str, Any]:
    """Return an action with the messages that it has by then."""
    sent = [message for message in one["message"] if message["at"] <= passed_s]
    over = bool(sent and sent[-1].get("over"))
    seen = (began - _SEEN_BEFORE).astimezone(_LOCAL)
    made = shapes.action(
        _at(began, one["from"]),
        *(message["text"].replace("{time}", f"{seen:%H:%M}") for message in sent),
        number=one["number"],
        active=not over,
        municipality=one["municipality"],
        ended=_at(began, sent[-1]["at"]) if over else None,
    )
    for message, told in zip(made["messages"], sent, strict=True):
        message |= {
            "title": told["title"],
            "lastModifiedTimestamp": shapes.seconds(_at(began, told["at"])),
        }
    latitude, longitude, metres = one["circle"]
    made["area"] = {"lat": latitude, "lng": longitude, "radius": metres}
    return made


def _child_place(one: Mapping[str, Any]) -> dict[str, str]:
    latitude, longitude, metres = one["circle"]
    return {
        "Description": one["municipality"],
        "Circle": f"{latitude},{longitude} {metres}",
        "CircleKM": f"{latitude},{longitude} {metres / 1000:g}",
    }


def _at(began: datetime, seconds: float) -> datetime:
    return began + timedelta(seconds=seconds)
