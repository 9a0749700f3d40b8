"""NL-Alert's feed and CAP documents, from answers made after formats.md §2."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.intake.files import Unreadable
from contract.reading.alert import read_alert_bytes

AT = datetime(2026, 11, 12, 16, 31, tzinfo=UTC)


def nl(at: datetime = AT, **changes: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": "a1b2",
        "message": "NL-Alert. Brand in Lagebrug. Sluit ramen. *** Fire. *** More.",
        "type": "alert",
        "start_at": "2026-11-12T15:00:00Z",
        "stop_at": "2026-11-12T17:00:00Z",
        "area": ["52.0,4.0 52.0,5.0 53.0,5.0"],
    }
    item |= changes
    item = {name: value for name, value in item.items() if value != "absent"}
    document = read_alert_bytes(json.dumps({"data": [item]}).encode(), at).document()
    assert document["source"] == "nl_alert"
    alert = document["alerts"][0]
    assert isinstance(alert, dict)
    return alert


def test_an_nl_alert_is_read_with_its_dutch_part_and_polygon() -> None:
    alert = nl()
    assert (alert["kind"], alert["state"], alert["test"]) == ("public_alert", "active", False)
    assert alert["text"] == "NL-Alert. Brand in Lagebrug. Sluit ramen."
    assert alert["places"] == ["Lagebrug"]
    assert alert["started_at"] == "2026-11-12T15:00:00+00:00"
    assert alert["ended_at"] is None
    assert alert["polygons"] == [[[52.0, 4.0], [52.0, 5.0], [53.0, 5.0]]]


def test_the_moment_asked_decides_whether_it_has_ended() -> None:
    assert nl(AT)["state"] == "active"
    later = nl(AT + timedelta(hours=1))
    assert (later["state"], later["ended_at"]) == ("ended", "2026-11-12T17:00:00+00:00")


@pytest.mark.parametrize("stop", ["absent", None, ""])
def test_without_a_stop_time_it_is_active(stop: object) -> None:
    assert nl(AT + timedelta(days=400), stop_at=stop)["state"] == "active"


def test_a_stop_time_that_cannot_be_read_leaves_it_unknown() -> None:
    assert nl(stop_at="straks")["state"] == "unknown"


def test_a_withdrawn_alert_has_ended() -> None:
    alert = nl(message="NL-Alert ingetrokken voor brand in Lagebrug.", stop_at="absent")
    assert (alert["state"], alert["ended_at"]) == ("ended", None)


def test_type_test_is_a_test_and_any_other_type_is_not() -> None:
    assert nl(type="test")["test"] is True
    assert nl(type="nl-alert")["test"] is False


def test_an_area_may_be_one_text() -> None:
    assert len(nl(area="52.0,4.0 52.0,5.0 53.0,5.0")["polygons"]) == 1


@pytest.mark.parametrize("area", [[], None, "absent", ["52.0,4.0"], ["a,b c,d e,f"], [7], {"x": 1}])
def test_an_area_that_says_nothing_gives_no_polygon(area: object) -> None:
    assert nl(area=area)["polygons"] == []


CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:{version}">
<identifier>{id}</identifier><sender>test</sender><sent>2026-11-12T15:00:00+01:00</sent>
<status>{status}</status><msgType>{type}</msgType><scope>Public</scope>{more}
<info><language>en-US</language><headline>Smoke</headline></info>
<info><language>nl-NL</language><event>Brand</event><headline>Rook in Lagebrug</headline>
<effective>2026-11-12T15:05:00+01:00</effective><expires>2026-11-12T18:00:00+01:00</expires>
<description>Veel rook.</description><instruction>Sluit ramen.</instruction>
<area><areaDesc>Lagebrug</areaDesc><polygon>52,4 52,5 53,5 52,4</polygon>
<circle>52.1,4.5 1.5</circle></area></info></alert>"""


def cap(at: datetime = AT, **changes: str) -> dict[str, Any]:
    values = {"version": "1.2", "id": "cap-1", "status": "Actual", "type": "Alert", "more": ""}
    document = read_alert_bytes(CAP.format(**values | changes).encode(), at).document()
    assert document["source"] == "cap"
    alert = document["alerts"][0]
    assert isinstance(alert, dict)
    return alert


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_cap_alert_is_read_in_dutch_with_metres(version: str) -> None:
    alert = cap(version=version)
    assert (alert["id"], alert["kind"], alert["state"]) == ("cap-1", "public_alert", "active")
    assert (alert["title"], alert["text"]) == ("Rook in Lagebrug", "Veel rook.\n\nSluit ramen.")
    assert alert["area"] == {"latitude": 52.1, "longitude": 4.5, "radius_m": 1500}
    assert alert["polygons"] == [[[52.0, 4.0], [52.0, 5.0], [53.0, 5.0], [52.0, 4.0]]]
    assert alert["places"] == ["Lagebrug"]
    assert alert["started_at"] == "2026-11-12T15:05:00+01:00"


@pytest.mark.parametrize(
    ("status", "test"), [("Test", True), ("Exercise", True), ("Actual", False)]
)
def test_a_cap_test_or_exercise_is_a_test(status: str, test: bool) -> None:
    assert cap(status=status)["test"] is test


def test_a_cap_alert_ends_when_it_expires_and_when_it_is_cancelled() -> None:
    assert cap(AT + timedelta(hours=2))["state"] == "ended"
    first = "<references>test,cap-0,2026-11-12T14:00:00+01:00</references>"
    alert = cap(type="Cancel", more=first)
    assert (alert["state"], alert["ended_at"]) == ("ended", "2026-11-12T15:00:00+01:00")
    assert alert["started_at"] == "2026-11-12T14:00:00+01:00"


def test_a_draft_says_nothing_of_what_runs() -> None:
    assert cap(status="Draft")["state"] == "unknown"


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><alert><identifier>&c;</identifier></alert>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><alert><identifier>a</identifier></alert>',
        "<alert><identifier>cut",
        "<feed><entry/></feed>",
        "<alert/>",
        "<?xml version='1.0' encoding='nergens'?><alert/>",
        "<",
    ],
)
def test_a_bomb_or_another_document_is_no_answer(document: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_alert_bytes(document.encode(), AT)
    assert caught.value.code == "not_an_answer"


def test_deep_xml_is_read_without_falling() -> None:
    deep = f"<alert><identifier>a</identifier>{'<a>' * 60_000}{'</a>' * 60_000}</alert>"
    assert read_alert_bytes(deep.encode(), AT).document()["alerts"][0]["state"] == "unknown"
