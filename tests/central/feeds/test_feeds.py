"""Feeds as central follows them: what they say, what they do not say, and when they are silent."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from central.feeds.poller import Feeds
from central.feeds.records import MARK
from central.sequence import Author, Staged, commit_changes
from contract.alerts import alert_id
from contract.op import Record
from contract.vocabulary import FEEDS, AlertSource
from tests.helpers.central_line import START, CentralLine, command, new_id, op
from tests.helpers.feeds import (
    World,
    action,
    actions,
    child_alert,
    missing,
    police,
    until,
    warning,
    world,
)
from tests.helpers.outside import answering

F = AlertSource
BEGAN = START - timedelta(minutes=20)
FIRST = "Wij zoeken een man met een rode jas, laatst gezien bij de brug in Veldermeer."
NEXT = "De man draagt ook een zwarte pet. Laatst gezien in Veldermeer, richting de haven."
CLOSED = "Deze actie is beëindigd. Dank voor het uitkijken."


@pytest.fixture
def outside(line: CentralLine) -> Iterator[World]:
    """Stand-ins for every feed; the team follows all of them and works in Veldermeer."""
    add_area(line, "Veldermeer")
    switch(line, *FEEDS)
    with world(line.office) as made:
        yield made


def add_area(line: CentralLine, name: str) -> None:
    body = {"name": name, "level": "municipality"}
    assert line.push(op("create", "area", new_id(), set=body))[0]["status"] == "applied"


def switch(line: CentralLine, *feeds: AlertSource, **more: Any) -> None:
    value = {"on": [feed.value for feed in feeds], **more}
    if "feeds" in line.records("setting"):
        was = line.records("setting")["feeds"]
        made = op(
            "update",
            "setting",
            "feeds",
            set={"value": value},
            was={"value": was["body"]["value"]},
            base_ver=was["ver"],
        )
    else:
        made = op("create", "setting", "feeds", set={"value": value})
    assert line.push(made)[0]["status"] == "applied"


def look(line: CentralLine, outside: World, **later: float) -> int:
    line.watch.move(**(later or {"seconds": 70}))
    line.sign_in(line.person)
    return outside.feeds.look_now()


def alerts(line: CentralLine) -> list[dict[str, Any]]:
    return [row["body"] for row in line.records("alert").values()]


def only(line: CentralLine) -> dict[str, Any]:
    (found,) = alerts(line)
    return found


def lamp(line: CentralLine, feed: AlertSource) -> dict[str, str]:
    found: dict[str, str] = line.records("setting")["feeds_seen"]["body"]["value"][feed.value]
    return found


def stamp_of(line: CentralLine) -> str:
    return f"{line.watch.at:%Y-%m-%dT%H:%M:%S}.000Z"


def test_no_feed_is_asked_until_a_team_switches_it_on(line: CentralLine) -> None:
    with world(line.office) as made:
        assert made.feeds.look_now() == 0
        switch(line, F.NL_ALERT)
        assert made.feeds.look_now() == 1
        assert (made.asked(F.NL_ALERT), made.asked(F.BURGERNET_ACTIONS)) == (1, 0)


def test_an_action_is_followed_from_start_to_update_to_closing(
    line: CentralLine, outside: World
) -> None:
    started = action(BEGAN, FIRST)
    outside.says(F.BURGERNET_ACTIONS, actions(started))
    look(line, outside)
    first = only(line)
    assert (first["source"], first["state"], first["text"]) == (
        "burgernet_actions",
        "active",
        FIRST,
    )
    assert first["circle"] == {"latitude": 52.1, "longitude": 4.5, "radius_m": 1500}
    assert first["municipality"] == "Veldermeer"

    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST, NEXT)))
    look(line, outside)
    assert (only(line)["state"], only(line)["text"]) == ("active", NEXT)

    over = action(BEGAN, FIRST, NEXT, CLOSED, active=False, ended=line.watch.at)
    outside.says(F.BURGERNET_ACTIONS, actions(over))
    look(line, outside)
    last = only(line)
    assert (last["state"], last["closing_text"], last["text"]) == ("ended", CLOSED, NEXT)
    assert (
        last["ended_at"]
        == last["state_at"]
        == f"{START + timedelta(seconds=140):%Y-%m-%dT%H:%M:%S}.000Z"
    )
    assert "gevonden" not in json.dumps({**last, "original": ""})

    versions = base64.b64decode(last["original"]).decode().split(MARK)[1:]
    assert [json.loads(one) for one in versions] == [started, action(BEGAN, FIRST, NEXT), over]
    assert versions[0].rstrip("\n") in actions(started)


def test_the_same_answer_again_changes_nothing(line: CentralLine, outside: World) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    outside.says(F.BURGERNET_ALERTS, json.dumps([child_alert(BEGAN)]))
    look(line, outside)
    before = line.page()
    assert look(line, outside) == 3
    assert line.page() == before
    look(line, outside, minutes=21)
    assert {one["state_at"] for one in alerts(line)} == {stamp_of(line)}


def test_a_vanished_action_is_unknown_since_it_was_last_seen_and_not_ended(
    line: CentralLine, outside: World
) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    seen = stamp_of(line)
    outside.says(F.BURGERNET_ACTIONS, actions())
    look(line, outside)
    assert (only(line)["state"], only(line)["state_at"], only(line)["ended_at"]) == (
        "unknown",
        seen,
        "",
    )
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    assert only(line)["state"] == "active"
    assert base64.b64decode(only(line)["original"]).decode().count(MARK) == 1


_GOOD = actions(action(BEGAN, FIRST))
HOSTILE: dict[str, tuple[bytes, str]] = {
    "a web page": (b"<html>Site Unavailable</html>", "text/html"),
    "a web page called json": (b"<html>Site Unavailable</html>", "application/json"),
    "no bytes": (b"", "application/json"),
    "null": (b"null", "application/json"),
    "a word": (b'"actions"', "application/json"),
    "an empty object": (b"{}", "application/json"),
    "another list": (b'{"news": []}', "application/json"),
    "a list of words": (b'{"actions": ["a", "b"]}', "application/json"),
    "a list that is an object": (b'{"actions": {}}', "application/json"),
    "no list": (b'{"actions": null}', "application/json"),
    "items of another feed": (b'{"actions": [{"titel": "x"}]}', "application/json"),
    "cut off": (_GOOD.encode()[:-20], "application/json"),
    "cut off behind the list": (_GOOD.encode().rstrip()[:-1], "application/json"),
    "two answers": (_GOOD.encode() * 2, "application/json"),
    "wrong letters": (b'{"actions": ["\xff"]}', "application/json"),
    "deeply nested": (b'{"actions": ' + b"[" * 90_000, "application/json"),
    "nested objects": (b'{"actions": [' + b'{"a":' * 90_000, "application/json"),
    "a huge number": (b'{"actions": [{"id": ' + b"9" * 9_000 + b"}]}", "application/json"),
    "too much": (b'{"actions": [' + b" " * 1_100_000 + b"]}", "application/json"),
    "an error in json": (b'{"error": "internal"}', "application/json"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_unknown_since_and_never_no_alerts_or_ended(
    line: CentralLine, outside: World, name: str
) -> None:
    outside.says(F.BURGERNET_ACTIONS, _GOOD)
    look(line, outside)
    good = stamp_of(line)
    outside.says(F.BURGERNET_ACTIONS, *HOSTILE[name])
    look(line, outside)
    shown = lamp(line, F.BURGERNET_ACTIONS)
    assert (shown["good_at"], shown["unknown_since"]) == (good, good)
    assert shown["why"]
    assert only(line)["state"] == "active"
    look(line, outside, minutes=3)
    assert (only(line)["state"], only(line)["state_at"]) == ("unknown", good)
    assert lamp(line, F.BURGERNET_ALERTS)["why"] == ""
    outside.says(F.BURGERNET_ACTIONS, _GOOD)
    look(line, outside, minutes=20)
    assert (only(line)["state"], lamp(line, F.BURGERNET_ACTIONS)["why"]) == ("active", "")


def test_a_feed_that_stays_away_is_asked_less_often_and_one_that_asks_for_time_gets_it(
    line: CentralLine, outside: World
) -> None:
    switch(line, F.NL_ALERT)
    outside.replies(F.NL_ALERT, answering(b"", status=500))
    for _ in range(60):
        look(line, outside, seconds=60)
    assert 5 <= outside.asked(F.NL_ALERT) <= 9
    outside.replies(F.NL_ALERT, answering(b"", status=429, more="Retry-After: 3000\r\n"))
    look(line, outside, minutes=20)
    asked = outside.asked(F.NL_ALERT)
    look(line, outside, minutes=45)
    assert outside.asked(F.NL_ALERT) == asked
    look(line, outside, minutes=10)
    assert outside.asked(F.NL_ALERT) == asked + 1


def test_only_level_ten_is_national_and_an_amber_alert_is_not_the_missing_child_beside_it(
    line: CentralLine, outside: World
) -> None:
    outside.says(
        F.BURGERNET_ALERTS,
        json.dumps([child_alert(BEGAN, level="10"), child_alert(BEGAN)]),
    )
    nowhere = action(BEGAN, "Wij zoeken een grijze bestelauto in Verdorp.", municipality="Verdorp")
    outside.says(F.BURGERNET_ACTIONS, actions({**nowhere, "area": {}}))
    look(line, outside)
    found = {one["kind"]: one for one in alerts(line)}
    assert set(found) == {"amber", "missing_child"}
    assert (found["amber"]["circle"], found["missing_child"]["circle"]["radius_m"]) == ({}, 5000)
    assert "Noor" not in found["amber"]["title"] + found["missing_child"]["title"]

    cancelled = child_alert(
        line.watch.at, kind="Cancel", Title=None, Description="Sluitbericht Vermist Kind Alert"
    )
    outside.says(
        F.BURGERNET_ALERTS,
        json.dumps([child_alert(BEGAN, level="10"), child_alert(BEGAN), cancelled]),
    )
    look(line, outside)
    found = {one["kind"]: one for one in alerts(line)}
    assert (found["amber"]["state"], found["missing_child"]["state"]) == ("active", "ended")
    assert found["missing_child"]["closing_text"] == "Sluitbericht Vermist Kind Alert"


def test_test_items_are_marked(line: CentralLine, outside: World) -> None:
    outside.says(F.NL_ALERT, json.dumps({"data": [warning(BEGAN, type="test")]}))
    look(line, outside)
    assert only(line)["test"] is True


def test_a_missing_person_of_the_police_stands_beside_the_others_without_a_name_in_the_title(
    line: CentralLine, outside: World
) -> None:
    outside.says(F.POLICE_MISSING, police("vermisten", missing()))
    outside.says(F.POLICE_NEWS, police("nieuwsberichten", missing(titel="Getuigen gezocht")))
    look(line, outside)
    found = {one["source"]: one for one in alerts(line)}
    assert found["police_missing"]["state"] == "active"
    assert found["police_missing"]["title"] == "Vermissing (81)"
    assert found["police_news"]["state"] == "unknown"
    assert "<" not in found["police_missing"]["text"]


def test_a_feed_without_a_body_says_nothing_only_where_it_may(
    line: CentralLine, outside: World
) -> None:
    for feed in (F.POLICE_MISSING, F.NL_ALERT):
        outside.replies(feed, lambda to, _: to.sendall(b"HTTP/1.1 204 No Content\r\n\r\n"))
    look(line, outside)
    assert lamp(line, F.POLICE_MISSING)["why"] == ""
    assert lamp(line, F.NL_ALERT)["why"] != ""


def test_an_action_that_was_pasted_before_is_the_same_action(
    line: CentralLine, outside: World
) -> None:
    pasted = alert_id(FIRST)
    body = {
        "source": "burgernet_text",
        "text": FIRST,
        "state": "active",
        "state_at": "2026-03-14T12:50:00.000Z",
        "original": base64.b64encode(FIRST.encode()).decode(),
        "original_sha256": "0" * 64,
    }
    assert line.push(op("create", "alert", pasted, set=body))[0]["status"] == "applied"
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    assert list(line.records("alert")) == [pasted]
    assert base64.b64decode(only(line)["original"]).decode().startswith(FIRST + MARK)
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST, CLOSED, active=False)))
    look(line, outside)
    assert (list(line.records("alert")), only(line)["state"]) == ([pasted], "ended")


def test_what_a_person_says_stands_until_the_feed_says_something_new(
    line: CentralLine, outside: World
) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    (one,) = line.records("alert")
    assert line.push(command("alert", one, "say_state", state="ended"))[0]["status"] == "applied"
    look(line, outside, minutes=25)
    assert only(line)["state"] == "ended"


def test_a_deleted_alert_stays_away(line: CentralLine, outside: World) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    (one,) = line.records("alert")
    line.push(op("delete", "alert", one, base_ver=line.records("alert")[one]["ver"]))
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST, NEXT)))
    look(line, outside)
    assert alerts(line) == [{}]


def test_what_a_switched_off_feed_told_is_unknown_and_its_lamp_goes_out(
    line: CentralLine, outside: World
) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    switch(line, F.NL_ALERT)
    look(line, outside)
    assert only(line)["state"] == "unknown"
    assert set(line.records("setting")["feeds_seen"]["body"]["value"]) == {"nl_alert"}


def test_posts_in_groups_owe_their_outcome_at_once_when_the_action_ends(
    line: CentralLine, outside: World
) -> None:
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST)))
    look(line, outside)
    (one,) = line.records("alert")
    post = new_id()
    later = f"{line.watch.at + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}.000Z"
    body = {
        "type": "broadcast",
        "kind": "lookout",
        "title": "Uitkijken",
        "alert_id": one,
        "status": "released",
        "feedback_due_at": later,
    }
    author = Author(line.team, line.person, "desk-1", stamp_of(line))
    line.office.database.write_now(
        lambda conn: commit_changes(conn, author, [Staged(Record("post", post, 1, body), 0)])
    )
    outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST, CLOSED, active=False)))
    look(line, outside)
    found = line.records("post")[post]
    assert (found["body"]["feedback_due_at"], found["ver"]) == (stamp_of(line), 2)


def test_a_central_that_may_not_go_outside_says_so(line: CentralLine) -> None:
    line.office.settings = dataclasses.replace(line.office.settings, outside=False)
    switch(line, F.NL_ALERT)
    with world(line.office) as made:
        made.feeds.look_now()
        assert made.asked(F.NL_ALERT) == 0
    assert lamp(line, F.NL_ALERT)["why"] == "off"


def test_an_address_of_the_team_must_stand_on_its_list(line: CentralLine) -> None:
    url = "https://127.0.0.1/alerts"
    switch(line, F.NL_ALERT, urls={"nl_alert": url}, hosts=["127.0.0.1"])
    with world(line.office) as made:
        made.feeds.look_now()
    assert lamp(line, F.NL_ALERT)["why"] == "not_allowed"


def test_two_centrals_on_one_database_do_not_ask_twice(line: CentralLine, outside: World) -> None:
    line.watch.move(seconds=1)
    assert outside.feeds.look_now() == len(FEEDS)
    assert outside.feeds.look_now() == 0
    assert [outside.asked(feed) for feed in FEEDS] == [1] * len(FEEDS)


def test_the_thread_looks_by_itself_and_ends_at_once(line: CentralLine, outside: World) -> None:
    line.watch.move(seconds=1)
    outside.feeds.start()
    until(lambda: outside.asked(F.NL_ALERT) == 1)
    outside.feeds.stop()
    assert not outside.feeds.running()
    Feeds(line.office).stop()
