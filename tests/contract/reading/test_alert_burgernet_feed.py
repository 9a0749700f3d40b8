"""Burgernet's AMBER feed and local actions, from answers made after formats.md §1."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from console.intake.files import Unreadable
from contract.reading.alert import read_alert_bytes

AT = datetime(2026, 11, 12, 16, 31, tzinfo=UTC)
START = 1_794_500_000


def item(kind: str, sent: object, **changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "AlertId": "4711",
        "MessageId": "1",
        "Sender": "KindAlarmPortal",
        "Sent": sent,
        "State": "Actual",
        "Type": kind,
        "AlertLevel": "5",
        "Location": {"Description": None, "Latitude": None, "Longitude": None},
        "Message": {
            "Title": "Noor (7)",
            "Description": "Laatst gezien aan de Vlierpad in Lagebrug. Kenteken e000oa. Bel 112.",
            "DescriptionExt": "Vermist",
            "Media": {"Image": None, "SmallImage": None},
        },
        "Area": {
            "Description": "Veldermeer",
            "Circle": "52.1,4.5 2500",
            "CircleKM": "52.1,4.5 2.5",
        },
    }
    return base | changes


CLOSED = {
    "Message": {"Title": None, "Description": "Sluitbericht Vermist Kind Alert", "Media": None},
    "Area": {"Description": None, "Circle": None, "CircleKM": None},
}


def read(value: object) -> dict[str, Any]:
    return read_alert_bytes(json.dumps(value).encode(), AT).document()


def only(value: object) -> dict[str, Any]:
    alerts = read(value)["alerts"]
    assert len(alerts) == 1
    alert: dict[str, Any] = alerts[0]
    return alert


def test_a_missing_child_alert_is_read_with_area_time_plate_and_line() -> None:
    alert = only([item("Alert", str(START))])
    assert (alert["id"], alert["kind"], alert["state"]) == ("4711", "missing_child", "active")
    assert (alert["title"], alert["municipality"]) == ("Noor (7)", "Veldermeer")
    assert alert["area"] == {"latitude": 52.1, "longitude": 4.5, "radius_m": 2500}
    assert alert["started_at"] == datetime.fromtimestamp(START, UTC).isoformat()
    assert alert["ended_at"] is None
    assert alert["plates"] == ["E-000-OA"]
    assert alert["phone_lines"] == ["112"]
    assert alert["places"] == ["Vlierpad", "Lagebrug"]
    assert alert["test"] is False


def test_a_close_keeps_title_area_and_start_and_takes_the_closing_text() -> None:
    alert = only([item("Cancel", str(START + 1800), **CLOSED), item("Alert", str(START))])
    assert alert["state"] == "ended"
    assert alert["title"] == "Noor (7)"
    assert alert["text"] == "Sluitbericht Vermist Kind Alert"
    assert alert["municipality"] == "Veldermeer"
    assert alert["area"]["radius_m"] == 2500
    assert alert["started_at"] == datetime.fromtimestamp(START, UTC).isoformat()
    assert alert["ended_at"] == datetime.fromtimestamp(START + 1800, UTC).isoformat()


def test_an_update_gives_the_newest_text_and_area_but_the_first_start() -> None:
    wider = {"Area": {"Description": "Veldermeer", "Circle": "52.1,4.5 9000", "CircleKM": None}}
    newer = {"Message": {"Title": "Noor (7)", "Description": "Nieuw bericht.", "Media": {}}}
    alert = only([item("Alert", str(START)), item("Update", str(START + 60), **wider, **newer)])
    assert (alert["state"], alert["text"]) == ("active", "Nieuw bericht.")
    assert alert["area"]["radius_m"] == 9000
    assert alert["started_at"] == datetime.fromtimestamp(START, UTC).isoformat()


def test_one_alert_id_on_two_levels_is_two_alerts() -> None:
    nothing = {"Description": None, "Circle": None, "CircleKM": None}
    reading = read(
        [
            item("Alert", str(START), AlertLevel="10", Area=nothing),
            item("Alert", str(START + 5)),
            item("Cancel", str(START + 9), **CLOSED, AlertLevel="10"),
        ]
    )
    assert reading["source"] == "burgernet_alerts"
    assert [(one["kind"], one["state"]) for one in reading["alerts"]] == [
        ("amber", "ended"),
        ("missing_child", "active"),
    ]
    assert reading["alerts"][0]["area"] is None


def test_a_close_sent_in_the_same_second_still_closes() -> None:
    alert = only([item("Cancel", str(START), **CLOSED), item("Alert", str(START))])
    assert alert["state"] == "ended"


def test_the_radius_in_kilometres_is_used_where_the_other_is_missing() -> None:
    area = {"Description": None, "Circle": None, "CircleKM": "52.1,4.5 2.5"}
    assert only([item("Alert", str(START), Area=area)])["area"]["radius_m"] == 2500


def test_a_picture_from_the_test_folder_makes_the_alert_a_test() -> None:
    message = {"Title": "x", "Description": "y", "Media": {"Image": "https://b.nl/fototest/1.jpg"}}
    alert = only(
        [item("Alert", str(START), Message=message), item("Cancel", str(START + 1), **CLOSED)]
    )
    assert alert["test"] is True


def test_a_plate_that_only_shows_the_form_is_no_plate() -> None:
    message = {"Title": "x", "Description": "Vervoermiddel kenteken xx-yy-99.", "Media": {}}
    assert only([item("Alert", str(START), Message=message)])["plates"] == []


@pytest.mark.parametrize("alert_id", ["a b", "", "x" * 65, None, "../etc", {"a": 1}, True])
def test_an_id_that_is_not_safe_becomes_null(alert_id: object) -> None:
    assert only([item("Alert", str(START), AlertId=alert_id)])["id"] is None


@pytest.mark.parametrize(
    "circle",
    ["91,4 10", "52,181 10", "52,4", "52,4 -1", "nan,4 10", "52,4 inf", "52,4 1e30", [1, 2], 7, ""],
)
def test_a_circle_that_cannot_be_is_no_area(circle: object) -> None:
    area = {"Description": "Veldermeer", "Circle": circle, "CircleKM": None}
    assert only([item("Alert", str(START), Area=area)])["area"] is None


@pytest.mark.parametrize(
    "sent", ["", "abc", None, "9" * 400, -5, "1e99", True, 0, [], float("nan")]
)
def test_a_moment_that_cannot_be_read_is_null_and_the_alert_stays(sent: object) -> None:
    alert = only([item("Alert", sent)])
    assert alert["started_at"] is None
    assert alert["state"] == "active"


def action(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": 91,
        "municipality": "Veldermeer",
        "actionType": "?",
        "amberAlert": False,
        "active": True,
        "startTimestamp": START,
        "area": {"lat": 52.1, "lng": 4.5, "radius": 1500},
        "messages": [
            {
                "title": "Vermist persoon",
                "body": "Man (78), laatst gezien in Lagebrug.",
                "messageType": "Start",
                "lastModifiedTimestamp": START,
            }
        ],
    }
    return base | changes


CLOSE_MESSAGE = {
    "title": None,
    "body": "De actie is beëindigd.",
    "messageType": "Afloop",
    "lastModifiedTimestamp": (START + 1800) * 1000,
}


@pytest.mark.parametrize("wrap", ["actions", "data", "items", None])
def test_an_action_is_read_in_every_wrapping_that_was_seen(wrap: str | None) -> None:
    reading = read([action()] if wrap is None else {wrap: [action()]})
    assert reading["source"] == "burgernet_actions"
    alert = reading["alerts"][0]
    assert (alert["id"], alert["kind"], alert["state"]) == ("91", "missing_person", "active")
    assert alert["area"] == {"latitude": 52.1, "longitude": 4.5, "radius_m": 1500}
    assert alert["municipality"] == "Veldermeer"


def test_an_ended_action_keeps_its_title_and_start_and_takes_the_last_message() -> None:
    messages = [CLOSE_MESSAGE, *action()["messages"]]
    alert = only({"actions": [action(active=False, messages=messages)]})
    assert (alert["state"], alert["title"]) == ("ended", "Vermist persoon")
    assert alert["text"] == "De actie is beëindigd."
    assert alert["kind"] == "missing_person"
    assert alert["started_at"] == datetime.fromtimestamp(START, UTC).isoformat()
    assert alert["ended_at"] == datetime.fromtimestamp(START + 1800, UTC).isoformat()


def test_seconds_and_milliseconds_are_the_same_moment() -> None:
    first = only({"actions": [action(startTimestamp=START)]})
    second = only({"actions": [action(startTimestamp=str(START * 1000))]})
    assert first["started_at"] == second["started_at"]


def test_the_newest_message_is_current_and_the_newest_title_counts() -> None:
    newer = {"title": "", "body": "Nu bij het water.", "lastModifiedTimestamp": START + 60}
    alert = only({"actions": [action(messages=[newer, *action()["messages"]])]})
    assert (alert["title"], alert["text"]) == ("Vermist persoon", "Nu bij het water.")


def test_an_action_without_the_flag_is_unknown_and_never_ended_by_itself() -> None:
    assert only({"actions": [action(active=None)]})["state"] == "unknown"


def test_an_amber_flag_makes_it_amber() -> None:
    assert only({"actions": [action(amberAlert=True)]})["kind"] == "amber"


def test_other_names_for_the_middle_of_the_area_are_taken() -> None:
    area = {"latitude": "52.1", "longitude": "4.5", "radius": "700"}
    assert only({"actions": [action(area=area)]})["area"]["radius_m"] == 700


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("[]", "burgernet_alerts"),
        ('{"data": []}', "nl_alert"),
        ('{"actions":[]}', "burgernet_actions"),
    ],
)
def test_only_a_real_empty_list_says_that_there_is_nothing(body: str, source: str) -> None:
    assert read_alert_bytes(body.encode(), AT).document() == {"source": source, "alerts": []}


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Site Unavailable</body></html>",
        "<!DOCTYPE html><p>weg</p>",
        '[{"AlertId": "1", ',
        "{}",
        '{"error": "x"}',
        '{"items": []}',
        '{"data": null}',
        '{"data": {}}',
        '{"alerts": []}',
        "[1, 2]",
        "[[]]",
        '[{"id": 1}]',
        "null",
        "42",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"actions": [{"messages": "' + '\\"' * 200_000,
    ],
)
def test_anything_else_is_no_answer_and_never_nothing(body: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_alert_bytes(body.encode(), AT)
    assert caught.value.code == "not_an_answer"
