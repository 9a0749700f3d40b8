"""The line between desks and central, from both ends: what each says may be anything."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from hypothesis import strategies as st

from console.domain.failures import StorageTrouble
from console.storage import replica
from console.storage.database import Store
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway, Page
from contract import routes
from contract.messages import Session
from contract.op import Op
from tests.fuzz.changes import PLANS, TERM, Plan, mutated_json, tree, written
from tests.fuzz.target import Target, Wrong
from tests.helpers.central_line import CentralLine, command, new_id, op, report
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, lay_empty

NOW = "2026-03-14T13:00:00.000Z"
_BODY = {
    "category": "person",
    "text": f"Man kijkt in auto's {TERM}",
    "place": "Kerkplein",
    "heard_at": NOW,
    "status": "open",
}
_RECORDS: tuple[dict[str, Any], ...] = (
    {"kind": "report", "id": "r1", "ver": 1, "seq": 4, "del": False, "body": _BODY, "at": NOW},
    {"kind": "group", "id": "g1", "ver": 2, "seq": 5, "body": {"name": TERM, "streets": ["Dijk"]}},
    {"kind": "report", "id": "r1", "ver": 3, "seq": 6, "del": True, "body": {}, "by": "p1"},
    {"kind": "report", "id": "r2", "ver": 0, "seq": 7, "forget": True},
    {"kind": "setting", "id": "lookups", "ver": 1, "seq": 8, "body": {"value": {"on": ["rdw"]}}},
    {"kind": "person", "id": "p1", "ver": 1, "seq": 9, "body": {"name": TERM, "roles": ["reader"]}},
    {"kind": "alert", "id": "a1", "ver": 1, "seq": 9, "body": {"text": TERM, "state": "active"}},
)
_END = {"cursor": "v1.abc", "more": False, "head": 9}


class _Says(httpx.AsyncBaseTransport):
    """Central's place: every request gets the answer that was set."""

    def __init__(self) -> None:
        self.content = b""
        self.status = 200
        self.kind = "application/json"

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        return httpx.Response(
            self.status, headers={"content-type": self.kind}, content=self.content, request=request
        )


def _heard(data: bytes) -> object:
    """Let a desk hear these bytes as the answer to each of its questions; one byte chooses."""
    return _runner().run(_ask(data[:1], data[1:]))


async def _ask(which: bytes, content: bytes) -> object:
    says = _Says()
    async with Gateway("http://central", says, device="d", device_name="D") as gateway:
        gateway.resume(_session())
        says.content = content
        number = which[0] % 6 if which else 0
        if number == 0:
            return await gateway.push("noord", [Op("o1", "create", "report", "r1", dict(_BODY))])
        if number == 1:
            return await gateway.service_document()
        if number == 2:
            return await gateway.digest("noord")
        if number == 3:
            return await gateway.sign_in_with("anja", "een lang wachtwoord")
        says.kind = routes.NDJSON
        if number == 4:
            return await gateway.changes("noord")
        return [piece async for piece in gateway.snapshot("noord")]


@cache
def _runner() -> asyncio.Runner:
    runner = asyncio.Runner()
    _open.callback(runner.close)
    return runner


@cache
def _session() -> Session:
    return Session.model_validate(
        {
            "access_token": "a",
            "refresh_token": "b",
            "expires_in_s": 900,
            "person": {"id": "p1", "name": "Anja", "roles": ["operator"]},
            "team": {"id": "noord", "name": "Noord"},
        }
    )


def _answers() -> st.SearchStrategy[bytes]:
    push = {
        "results": [
            {"op_id": "o1", "status": "applied", "ver": 1, "record": _RECORDS[0]},
        ],
        "anchor": "v1.abc",
    }
    digest = {"seq": 9, "kinds": {"report": {"count": 1, "sum": "1"}}}
    plain = (push, digest, json.loads(_session().model_dump_json()))
    whole = st.builds(
        lambda first, rest: bytes([first]) + rest, st.integers(0, 3), mutated_json(plain)
    )
    return st.one_of(whole, _feeds())


def _lines(first: int, which: int, plan: Plan, end: Plan) -> bytes:
    rows = tree([list(_RECORDS)], which, plan)
    rows = rows if isinstance(rows, list) else [rows]
    last = tree([_END | {"count": len(rows), "digest": "x"}], 0, end)
    return bytes([first]) + b"\n".join(written(one) for one in (*rows, last))


def _feeds() -> st.SearchStrategy[bytes]:
    few = PLANS.map(lambda plan: plan[:2])
    return st.builds(_lines, st.sampled_from([4, 5]), st.integers(0, 9), PLANS, few)


@cache
def _store() -> Store:
    folder = tempfile.TemporaryDirectory(prefix="bd-fuzz-")
    path = Path(folder.name) / "desk.db"
    lay_empty(path)
    store = Store.open(path, KEY, clock=HandClock())
    _open.callback(folder.cleanup)
    _open.callback(store.close)
    return store


def _taken(data: bytes) -> object:
    """Let a desk take a page into its file; what cannot be taken leaves the file as it was."""
    page = _runner().run(_ask(b"\x04", data[1:]))
    assert isinstance(page, Page)
    store = _store()

    def take(conn: Any) -> object:
        start = replica.position(conn, "noord").cursor
        return replica.apply_page(
            conn, "noord", page.records, asked_with=start, cursor=page.cursor, now=NOW
        )

    try:
        return store.write(take).result()
    finally:
        # Asked where it was written: a reader that looked before keeps the old shape of the search
        # index in memory for this check (not for a search) and then sees a fault that is not there.
        sound = store.write(lambda conn: conn.exec_driver_sql("PRAGMA quick_check").scalar())
        if sound.result() != "ok":
            raise Wrong("the file is not sound")


_open = contextlib.ExitStack()


def let_go() -> None:
    """Close what stayed open between examples."""
    _open.close()
    for made in (_store, _line, _runner):
        made.cache_clear()


@cache
def _line() -> CentralLine:
    folder = tempfile.TemporaryDirectory(prefix="bd-fuzz-")
    line = CentralLine(Path(folder.name) / "central.db")
    line.set_up()
    _open.callback(folder.cleanup)
    _open.callback(line.close)
    return line


def _requests() -> tuple[list[Any], ...]:
    """Return how a request is written here: method, path, headers and body."""
    report_id = "0199a1b2-c3d4-7e5f-8a9b-0123456789ab"
    ops = [
        report(report_id, text=f"Man kijkt {TERM}"),
        op("update", "report", report_id, set={"text": TERM}, was={"text": "x"}, base_ver=1),
        command("report", report_id, "claim", until="2026-03-14T14:00:00.000Z"),
        op("create", "group", new_id(), set={"name": TERM, "kind": "administrators"}),
        op("create", "setting", "region", set={"value": {"name": TERM}}),
        op("delete", "report", report_id, base_ver=1),
        op("create", "post", new_id(), set={"kind": "general", "text": TERM, "groups": []}),
        op("create", "template", new_id(), set={"layout": "{{ wie }}", "name": TERM}),
    ]
    team = "/v1/teams/TEAM"
    mark = "a" * 64
    return (
        ["POST", f"{team}/ops", {}, {"ops": ops}],
        ["POST", f"{team}/ops", {}, {"ops": ops[:1]}],
        ["GET", f"{team}/changes?limit=10&after=x", {"Sync-Witness": "v1.x"}, None],
        ["GET", f"{team}/snapshot", {}, None],
        ["GET", f"{team}/digest", {}, None],
        ["POST", f"{team}/reports", {"Idempotency-Key": new_id()}, _BODY],
        ["POST", f"{team}/reports/_search", {}, {"text": TERM, "limit": 5}],
        ["PATCH", f"{team}/reports/{report_id}", {"If-Match": '"1"'}, {"text": TERM}],
        ["GET", f"{team}/reports/{report_id}", {"If-None-Match": '"1"'}, None],
        ["POST", f"{team}/intake-reports", {"Intake-Key": "x" * 43}, {**_BODY, "reference": TERM}],
        ["POST", f"{team}/intake-keys", {}, {"name": TERM}],
        ["POST", "/v1/sessions", {}, {"grant": "password", "account": TERM, "password": TERM}],
        ["POST", "/v1/sessions/current/refresh", {}, {"refresh_token": TERM, "attempt": "a" * 43}],
        ["POST", "/v1/setup", {}, {"team_name": TERM, "person": {"id": new_id(), "name": TERM}}],
        ["POST", "/v1/accounts/activate", {}, {"code": TERM, "password": TERM}],
        ["PATCH", f"{team}/blobs/{mark}", {"Upload-Offset": "0", "Upload-Length": "9"}, TERM],
        ["HEAD", f"{team}/blobs/{mark}", {}, None],
        ["GET", f"{team}/blobs/{mark}", {"Range": "bytes=0-"}, None],
        ["POST", f"{team}/lookups/plate/_search", {}, {"plate": TERM}],
        ["POST", f"{team}/lookups/address/_search", {}, {"street": TERM, "number": "12"}],
        ["POST", f"{team}/joinings/{new_id()}/records", {}, {"records": list(_RECORDS)}],
        ["POST", f"{team}/accounts", {}, {"person": new_id(), "account": TERM}],
        ["DELETE", f"{team}/devices/{TERM}", {}, None],
        ["GET", f"{team}/neighbour-messages", {}, None],
    )


class _Refused(Exception):
    """Central refused a request."""


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def _asked(data: bytes) -> object:
    """Send central one request and hold its answer against what it promises."""
    try:
        method, path, headers, body = json.loads(data)
    except (ValueError, TypeError, RecursionError):
        method, path, headers, body = "POST", "/v1/teams/TEAM/ops", {}, data
    line = _line()
    line.watch.move(seconds=2)
    request = _request(line, method, path, headers, body)
    if request is None:
        return None
    answer = line.pass_on(request)
    if answer.status_code >= 500 and answer.status_code != 503:
        raise Wrong(f"{answer.status_code} to {request.method}")
    if answer.status_code >= 400 and request.method != "HEAD":
        if answer.headers["content-type"] != routes.PROBLEM_JSON:
            raise Wrong("a refusal that is no problem document")
        if TERM in answer.text:
            raise Wrong("a refusal repeats the request")
    if routes.VERSION_HEADER not in answer.headers:
        raise Wrong("an answer without its headers")
    if answer.status_code >= 400:
        raise _Refused(answer.text)
    return answer.status_code


def _request(
    line: CentralLine, method: Any, path: Any, headers: Any, body: Any
) -> httpx.Request | None:
    """Make the request, as far as a client of HTTP can; what ends our session is not sent."""
    method = method if method in _METHODS else "POST"
    sent = {"Authorization": f"Bearer {line.token}"}
    if isinstance(headers, dict):
        sent |= {str(name): str(value) for name, value in headers.items()}
    content = body if isinstance(body, bytes) else None if body is None else written(body)
    if isinstance(body, dict | list):
        sent["Content-Type"] = "application/json"
    address = f"http://central{str(path).replace('TEAM', line.team)}"
    try:
        request = httpx.Request(method, address, headers=sent, content=content)
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    if request.url.host != "central" or request.url.path.endswith(("/current", "/events")):
        return None
    if "wait" in request.url.params or (method == "DELETE" and "devices" in request.url.path):
        return None
    return request


def _wishes() -> st.SearchStrategy[bytes]:
    seeds = _requests()
    made = st.builds(lambda which, plan: written(tree(seeds, which, plan)), _many(seeds), PLANS)
    # Method and path as they are: only then does what was changed come as far as the rules.
    inside = st.builds(
        lambda which, plan: (
            written([*seeds[which][:2], *tree([seeds[which][2:]], 0, plan)])
            if isinstance(tree([seeds[which][2:]], 0, plan), list)
            else written(seeds[which])
        ),
        _many(seeds),
        PLANS,
    )
    raw = st.binary(max_size=200)
    return st.one_of(inside, inside, made, raw)


def _many(seeds: tuple[Any, ...]) -> st.SearchStrategy[int]:
    return st.integers(0, len(seeds) - 1)


def targets() -> list[Target]:
    """List both ends of the line."""
    return [
        Target("desk-answers", _answers, _heard, (LineDown, Answered), counted=0),
        Target("desk-pages", _feeds, _taken, (LineDown, Answered, StorageTrouble), counted=0),
        Target("central", _wishes, _asked, (_Refused,), counted=0),
    ]
