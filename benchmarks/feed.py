"""A look at a feed (F37): taking a whole answer apart against reading it as JSON alone."""

from __future__ import annotations

import json

from benchmarks.measure import Figure, against, in_turns
from central.feeds.records import mark_of
from contract.reading.feed import read_feed
from contract.vocabulary import AlertSource

RUNS = 40
ACTIONS = 200
TARGET = 4.0
BODY = (
    "Wij zoeken een man van ongeveer 40 jaar met een donkere jas. Laatst gezien bij de brug in "
    "Voorbeelddorp, richting de haven. Ziet u deze man? Bel direct 112. "
)


def answer() -> str:
    """Return an answer as full as a busy evening: 200 actions with three messages each."""
    messages = [
        {"title": "Uitkijken", "body": BODY * 3, "messageType": kind, "lastModifiedTimestamp": at}
        for kind, at in (("Start", 1790000000), ("Update", 1790000600), ("Update", 1790001200))
    ]
    found = [
        {
            "id": number,
            "municipality": "Voorbeelddorp",
            "active": True,
            "startTimestamp": 1790000000,
            "area": {"lat": 52.1, "lng": 4.5, "radius": 1500},
            "messages": messages,
        }
        for number in range(ACTIONS)
    ]
    return json.dumps({"actions": found})


def measure() -> list[Figure]:
    """Measure a look that finds everything as it was: items, their own text, what they are known by."""
    text = answer()

    def look() -> None:
        for item in read_feed(AlertSource.BURGERNET_ACTIONS, text).items:
            mark_of(item)

    mine, theirs = in_turns(look, lambda: json.loads(text), RUNS)
    return [against("feed_parse", mine, theirs, floor="json.loads alleen", target=TARGET)]
