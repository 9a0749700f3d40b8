"""The account holder has a feed looked at now; it says what the lamp says, and hammers nothing."""

from __future__ import annotations

from typing import Any

import httpx

from contract.feeds import path
from contract.vocabulary import AlertSource
from tests.central.feeds.test_feeds import BEGAN, add_area, alerts, lamp, switch
from tests.helpers.central_line import CentralLine, new_id, op
from tests.helpers.feeds import action, actions, world
from tests.helpers.outside import answering

F = AlertSource


def try_now(line: CentralLine, feed: str = F.BURGERNET_ACTIONS, **more: Any) -> httpx.Response:
    return line.call("POST", path(line.team, feed), **more)


def test_a_look_is_taken_now_and_its_answer_is_that_of_the_lamp(line: CentralLine) -> None:
    add_area(line, "Veldermeer")
    with world(line.office) as outside:
        line.office.feeds = outside.feeds
        assert try_now(line).status_code == 409
        assert outside.asked(F.BURGERNET_ACTIONS) == 0
        switch(line, F.BURGERNET_ACTIONS)
        outside.says(F.BURGERNET_ACTIONS, actions(action(BEGAN, "Wij zoeken een man.")))
        good = try_now(line).json()
        assert (good["why"], good["unknown_since"], good["asked"]) == ("", "", True)
        assert len(alerts(line)) == 1
        line.watch.move(seconds=20)
        outside.says(F.BURGERNET_ACTIONS, "<html></html>", "text/html")
        bad = try_now(line).json()
        shown = lamp(line, F.BURGERNET_ACTIONS)
        assert {name: bad[name] for name in shown} == shown
        assert bad["unknown_since"] == good["good_at"]


def test_a_source_that_asks_for_time_is_left_alone_and_a_desk_cannot_hammer(
    line: CentralLine,
) -> None:
    with world(line.office) as outside:
        line.office.feeds = outside.feeds
        switch(line, F.NL_ALERT)
        outside.replies(F.NL_ALERT, answering(b"", status=429, more="Retry-After: 600\r\n"))
        assert try_now(line, F.NL_ALERT).json()["asked"] is True
        left = try_now(line, F.NL_ALERT).json()
        assert (left["asked"], left["why"], outside.asked(F.NL_ALERT)) == (False, "busy", 1)
        answers = [try_now(line, F.NL_ALERT).status_code for _ in range(30)]
        assert 429 in answers


def test_only_the_account_holder_has_central_look_and_only_at_a_feed(line: CentralLine) -> None:
    switch(line, F.NL_ALERT)
    assert try_now(line, "burgernet_text").status_code == 404
    assert try_now(line, "http:").status_code in (400, 404)
    reader = new_id()
    body = {"name": "Lezer", "roles": ["operator"], "active": True}
    assert line.push(op("create", "person", reader, set=body))[0]["status"] == "applied"
    line.sign_in(reader)
    assert try_now(line, F.NL_ALERT).status_code == 403
