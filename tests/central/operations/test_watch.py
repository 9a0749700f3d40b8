"""Marks, counts and log lines of requests: no word of a request gets into any of them."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.operations import logs
from central.operations.metrics import Metrics
from central.operations.watch import Watch
from contract import routes
from tests.helpers.central_line import CentralLine, op, report

PATIENCE_S = 30
HERE, ELSEWHERE = ("127.0.0.1", 40000), ("192.0.2.7", 40000)


@dataclass
class Watched:
    """A central with the watch round it and its log in a file."""

    line: CentralLine
    watch: Watch
    file: Path
    runner: asyncio.Runner

    def call(
        self, method: str, path: str, client: tuple[str, int] = HERE, **parts: Any
    ) -> httpx.Response:
        """Make one request as if it came from there."""

        async def request() -> httpx.Response:
            transport = httpx.ASGITransport(self.watch, client=client)
            async with httpx.AsyncClient(transport=transport, base_url="http://central") as http:
                return await http.request(method, path, **parts)

        return self.runner.run(request())

    def lines(self) -> list[dict[str, Any]]:
        """Return the log so far."""
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]

    def figures(self) -> str:
        """Return the figures as a watcher gets them."""
        answer = self.call("GET", routes.METRICS)
        assert answer.status_code == 200
        return answer.text


def _boom(word: str) -> None:
    raise RuntimeError(f"a bug that quotes {word}")


@pytest.fixture
def watched(line: CentralLine, tmp_path: Path) -> Iterator[Watched]:
    """Put the watch round a central that is set up, with one address that has a bug."""
    line.app.add_api_route("/v1/boom/{word}", _boom)
    handler = logs.set_up(tmp_path / "central.log")
    with asyncio.Runner() as runner:
        yield Watched(line, Watch(line.app, Metrics(line.office)), tmp_path / "central.log", runner)
    logs.take_down(handler)


def test_a_request_leaves_one_line_with_its_template_and_no_more(watched: Watched) -> None:
    line = watched.line
    mark = {"Authorization": f"Bearer {line.token}"}
    path = routes.ops(line.team, "an-op-that-never-came")
    refused = watched.call("GET", path, headers=mark).json()
    found = [one for one in watched.lines() if one["event"] == "request"][-1]
    assert found["route"] == "/v1/teams/{team}/ops/{op_id}"
    assert (found["method"], found["status"], found["level"]) == ("GET", 404, "info")
    assert found["request_id"] == refused["request_id"]
    assert found["team"] == logs.team_mark(line.team) not in line.team
    assert set(found) == {
        "time", "level", "event", "request_id", "method", "route", "status", "ms", "team",
    }  # fmt: skip


def test_a_bug_is_logged_by_its_kind_and_place_only(watched: Watched) -> None:
    answer = watched.call("GET", "/v1/boom/Zeldzaamwoord")
    assert answer.status_code == 500
    text = watched.file.read_text("utf-8")
    assert "Zeldzaamwoord" not in text
    bug = next(one for one in watched.lines() if one["level"] == "error")
    assert bug["event"] == "request failed: RuntimeError"
    assert bug["request_id"] == answer.json()["request_id"]
    assert any("test_watch.py" in place for place in bug["places"])


def test_figures_are_for_this_machine_only(watched: Watched) -> None:
    assert watched.call("GET", routes.METRICS).headers["content-type"].startswith("text/plain")
    for client, headers in (
        (ELSEWHERE, {}),
        (HERE, {"X-Forwarded-For": "192.0.2.7"}),
        (HERE, {"Forwarded": "for=192.0.2.7"}),
    ):
        answer = watched.call("GET", routes.METRICS, client, headers=headers)
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/not-found"
    assert watched.call("POST", routes.METRICS).status_code == 404


def test_figures_count_requests_ops_problems_and_sizes(watched: Watched) -> None:
    line = watched.line
    mark = {"Authorization": f"Bearer {line.token}"}
    ops = [report(), op("update", "report", "absent", set={"place": "x"}, was={"place": "y"})]
    answer = watched.call("POST", routes.ops(line.team), json={"ops": ops}, headers=mark)
    assert answer.status_code == 200
    watched.call("GET", "/nowhere/at/all")
    figures = watched.figures().splitlines()
    for wanted in (
        'buurtdesk_requests_total{method="POST",route="/v1/teams/{team}/ops",status="200"} 1.0',
        'buurtdesk_requests_total{method="GET",route="unknown",status="404"} 1.0',
        'buurtdesk_push_ops_total{status="applied"} 1.0',
        'buurtdesk_push_ops_total{status="gone"} 1.0',
        'buurtdesk_problems_total{code="not-found"} 1.0',
        'buurtdesk_commit_seconds_bucket{le="+Inf"} 1.0',
        "buurtdesk_open_streams 0.0",
        "buurtdesk_writer_queue 0.0",
        "buurtdesk_database_up 1.0",
        "buurtdesk_teams 1.0",
        "buurtdesk_requests_under_way 1.0",
    ):
        assert wanted in figures, wanted
    sizes = dict(row.split() for row in figures if row.startswith("buurtdesk_database_bytes"))
    assert float(sizes["buurtdesk_database_bytes"]) > 10_000


def test_figures_come_without_sizes_where_the_records_do_not_answer(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    from central.problems import Refusal
    from contract.problems import ProblemCode

    def refuse(work: object) -> None:
        raise Refusal(ProblemCode.OVERLOADED)

    monkeypatch.setattr(watched.line.office.database, "read_now", refuse)
    figures = watched.figures()
    assert "buurtdesk_database_up 0.0" in figures
    assert "buurtdesk_teams" not in figures


def test_too_many_at_once_are_told_when_to_come_back(line: CentralLine) -> None:
    async def scene() -> list[int]:
        gate, inside = asyncio.Event(), asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            inside.set()
            await gate.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        watch = Watch(slow, Metrics(line.office), most=1)
        transport = httpx.ASGITransport(watch)
        async with httpx.AsyncClient(transport=transport, base_url="http://central") as http:
            async with asyncio.TaskGroup() as group:
                first = group.create_task(http.get("/one"))
                await inside.wait()
                second = await http.get("/two")
                assert second.headers["retry-after"] == "2"
                assert second.json()["type"] == "/problems/overloaded"
                gate.set()
            third = await http.get("/three")
            return [first.result().status_code, second.status_code, third.status_code]

    with asyncio.Runner() as runner:
        assert runner.run(scene()) == [204, 503, 204]


def test_outside_libraries_are_named_and_not_quoted(tmp_path: Path) -> None:
    handler = logs.set_up(tmp_path / "central.log")
    try:
        logging.getLogger("sqlalchemy.engine").error("INSERT Zeldzaamwoord")
        logging.getLogger("sqlalchemy.engine").info("SELECT Zeldzaamwoord")
        logging.getLogger("central.x").warning("held by %s for %d", "Zeldzaamwoord", 612345678)
        logging.getLogger("central.x").warning("kinds %s %s", ValueError, 12, extra={"name_": "Z"})
    finally:
        logs.take_down(handler)
    written = (tmp_path / "central.log").read_text("utf-8").splitlines()
    events = [json.loads(line)["event"] for line in written]
    assert events == ["outside sqlalchemy", "…", "kinds ValueError 12"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    word=st.text("bcdfghjklmnpqrstvwxz", min_size=12, max_size=16).map(lambda text: f"W{text}"),
    number=st.integers(10**11, 10**12),
)
def test_no_planted_word_gets_into_a_log_line_a_figure_or_a_header(
    word: str, number: int, watched: Watched
) -> None:
    line = watched.line
    mark = {"Authorization": f"Bearer {line.token}"}
    person = {"id": word, "name": f"{word} {number}"}
    device = {"id": word, "name": word}
    account = {"account": word, "password": f"{word} {word} {number}"}
    team = line.team
    answers = [
        watched.call(
            "POST",
            routes.ops(team),
            json={
                "client": {"device": word, "app": word},
                "ops": [
                    report(text=f"{word} belt {number}", place=word, reporter_phone=str(number)),
                    report(**{word.lower(): word}),
                    op("create", "person", f"p-{word}", set={"name": word, "roles": ["reader"]}),
                    op("update", word.lower(), word, set={word: number}, was={word: word}),
                    op("command", "report", word, command=word[:40], set={"why": word}),
                ],
            },
            headers=mark,
        ),
        watched.call("POST", routes.ops(team), content=f'{{"ops": "{word}', headers=mark),
        watched.call("POST", routes.ops(team), json={"ops": [{word: number}]}, headers=mark),
        watched.call("GET", f"{routes.changes(team)}?after={word}&{word}={number}", headers=mark),
        watched.call("GET", routes.ops(team, word), headers={**mark, "X-Word": word}),
        watched.call("GET", routes.changes(team), headers={**mark, routes.WITNESS_HEADER: word}),
        watched.call("GET", routes.changes(word), headers=mark),
        watched.call("GET", f"/v1/teams/{team}/reports?text={word}", headers=mark),
        watched.call("GET", f"/{word}/{number}", headers={"Cookie": word, "User-Agent": word}),
        watched.call(word[:9].upper(), routes.HEALTH),
        watched.call("GET", f"/v1/boom/{word}"),
        watched.call("GET", routes.digest(team), headers={"Authorization": f"Bearer {word}"}),
        watched.call(
            "POST", routes.SESSIONS, json={"grant": "password", **account, "device": device}
        ),
        watched.call(
            "POST",
            routes.SESSIONS,
            json={"grant": "embedded", "person": word, "secret": word, "device": device},
        ),
        watched.call("POST", routes.REFRESH, json={"refresh_token": word}),
        watched.call(
            "POST",
            routes.FIRST_ACCOUNT,
            json={"code": word, **account, "team_name": word, "person": person},
        ),
    ]
    assert answers[0].status_code == 200
    shown = [watched.file.read_text("utf-8"), watched.figures()]
    for answer in answers:
        shown.append(repr(answer.headers))
        if answer.status_code >= 400:
            shown.append(str(answer.json()["detail"]) + answer.json()["title"])
    for text in shown:
        assert word.lower() not in text.lower()
        assert str(number) not in text
        assert line.token not in text


def test_the_way_from_a_commit_to_those_who_listen_is_timed(line: CentralLine) -> None:
    live = line.office.live

    def timed() -> float:
        return live.lag.read()[0][-1][1]

    line.push(report())
    assert timed() == 0  # nobody listened

    async def listen() -> None:
        live.join(line.team, line.person, "desk-1", "a hash", "")

    with asyncio.Runner() as runner:
        runner.run(listen())
        line.push(report())
        pause, end = threading.Event(), time.monotonic() + PATIENCE_S
        while timed() < 1 and time.monotonic() < end:
            pause.wait(0.01)
    assert timed() == 1
