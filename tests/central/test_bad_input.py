"""Whatever is wrong with a request: its own problem, and nothing has changed (security.md §7).

One table over every operation of the document: what can be wrong with it is tried on it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from central.openapi.document import operations
from central.openapi.examples import example_of
from contract import routes
from tests.helpers.central_line import CentralLine, command, new_id, report

PUBLIC_WITH_BODY = {routes.SETUP, routes.SESSIONS, routes.REFRESH, routes.FIRST_ACCOUNT}


@dataclass
class Asked:
    """One request as the document describes it, whole and good unless something is done to it."""

    method: str
    path: str
    operation: dict[str, Any]
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    token: str | None = None

    def send(self, line: CentralLine) -> httpx.Response:
        """Send it."""
        return line.call(self.method, self.path, self.body, token=self.token, headers=self.headers)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralLine]:
    """Return a central that all of this is tried on; nothing may ever change in it."""
    with CentralLine(tmp_path_factory.mktemp("bad") / "central.db") as line:
        line.set_up()
        line.push(report("0198c0de-0000-7000-8000-000000000001"))
        yield line


def everything(line: CentralLine) -> Any:
    """Return what central holds: its digest, its history, its keys, its accounts."""
    rows = line.office.database.read_now(
        lambda conn: [
            conn.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all()
            for table in ("team_head", "sync_commit", "sync_op", "intake_key", "account", "device")
        ]
    )
    return line.call("GET", routes.digest(line.team)).json(), [
        list(map(tuple, one)) for one in rows
    ]


def requests(line: CentralLine) -> list[Asked]:
    """Return one request per operation of the document."""
    document = line.call("GET", routes.OPENAPI).json()
    components = document["components"]["schemas"]
    found = []
    for path, method, operation in operations(document):
        place = path.replace("{team}", line.team).replace("{sha256}", "0" * 64)
        for parameter in operation.get("parameters", ()):
            schema = parameter.get("schema", {})
            words = components.get(schema.get("$ref", "").rpartition("/")[2], schema).get("enum")
            if parameter.get("in") == "path" and words:
                place = place.replace(f"{{{parameter['name']}}}", words[0])
        for name in ("id", "op_id", "person", "device", "join_id", "key_id"):
            place = place.replace(f"{{{name}}}", "0198c0de-0000-7000-8000-000000000001")
        headers = {routes.IDEMPOTENCY_HEADER: new_id(), "If-Match": '"1"'}
        for parameter in operation.get("parameters", ()):
            if parameter.get("in") == "header" and parameter.get("required"):
                headers[parameter["name"]] = str(example_of(parameter["schema"], components))
        content = operation.get("requestBody", {}).get("content", {})
        media = content.get("application/json")
        body = None
        if media is not None:
            body = media.get("example") or example_of(media["schema"], components)
        found.append(Asked(method.upper(), place, operation, body, headers))
    return found


def of_a_team(asked: Asked) -> bool:
    """Say whether a session of the team is needed."""
    return bool(asked.operation["security"] == [{"session": []}])


def with_body(asked: Asked) -> bool:
    """Say whether it takes JSON that must be there."""
    required = asked.operation.get("requestBody", {}).get("required", False)
    return bool(required) and asked.body is not None


def _no_token(line: CentralLine, asked: Asked) -> None:
    asked.token = ""


def _forged(line: CentralLine, asked: Asked) -> None:
    asked.token = line.token[:-4] + "AAAA"


def _foreign(line: CentralLine, asked: Asked) -> None:
    asked.path = asked.path.replace(line.team, "0198c0de-0000-7000-8000-00000000ffff")


def _not_json(line: CentralLine, asked: Asked) -> None:
    asked.body = b'{"a": '


def _deep(line: CentralLine, asked: Asked) -> None:
    asked.body = b'{"a":' * 500 + b"1" + b"}" * 500


def _a_list(line: CentralLine, asked: Asked) -> None:
    asked.body = b"[1]"


def _too_large(line: CentralLine, asked: Asked) -> None:
    asked.body = b" " * (routes.MAX_BYTES + 1)


def _wrong_types(line: CentralLine, asked: Asked) -> None:
    asked.body = json.dumps(dict.fromkeys(asked.body, 5.5)).encode()


def _slash(line: CentralLine, asked: Asked) -> None:
    asked.path += "/"


def _other_version(line: CentralLine, asked: Asked) -> None:
    asked.path = asked.path.replace("/v1", "/v2", 1)


def _other_method(line: CentralLine, asked: Asked) -> None:
    asked.method = "TRACE"


ALL: Callable[[Asked], bool] = lambda asked: True  # noqa: E731

TABLE: list[tuple[str, Callable[[Asked], bool], Any, set[int], set[str]]] = [
    ("without a token", of_a_team, _no_token, {401}, {"unauthenticated"}),
    ("a forged token", of_a_team, _forged, {401}, {"unauthenticated"}),
    (
        "another team",
        lambda asked: of_a_team(asked) and "/teams/" in asked.path,
        _foreign,
        {403},
        {"forbidden"},
    ),
    ("cut off", with_body, _not_json, {400, 401}, {"batch-invalid", "unauthenticated"}),
    (
        "nested too deeply",
        with_body,
        _deep,
        {400, 401},
        {"batch-invalid", "record-invalid", "unauthenticated"},
    ),
    ("a list", with_body, _a_list, {400, 401}, {"batch-invalid", "unauthenticated"}),
    ("too large", with_body, _too_large, {413, 401}, {"too-large", "unauthenticated"}),
    (
        "other types",
        lambda asked: with_body(asked) and bool(asked.body),
        _wrong_types,
        {400, 401},
        {"batch-invalid", "record-invalid", "unauthenticated"},
    ),
    ("a slash at the end", ALL, _slash, {404}, {"not-found"}),
    ("another version", ALL, _other_version, {404}, {"not-found"}),
    ("another method", ALL, _other_method, {405}, {"method-not-allowed"}),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_request_with_something_wrong_gets_its_problem_and_changes_nothing(
    quiet: CentralLine, row: tuple[Any, ...]
) -> None:
    _, concerns, spoil, statuses, codes = row
    before = everything(quiet)
    tried = 0
    for asked in requests(quiet):
        if not concerns(asked) or asked.operation["operationId"] == "signOut":
            continue
        spoil(quiet, asked)
        answer = asked.send(quiet)
        told = (asked.method, asked.path, answer.status_code, answer.text[:200])
        assert answer.status_code in statuses, told
        assert answer.headers["content-type"] == routes.PROBLEM_JSON, told
        assert answer.headers[routes.VERSION_HEADER] == routes.API_VERSION, told
        # An answer to HEAD has no body to read.
        assert asked.method == "HEAD" or answer.json()["type"].rpartition("/")[2] in codes, told
        tried += 1
    assert tried > 20
    assert everything(quiet) == before


def test_an_expired_session_changes_nothing(line: CentralLine) -> None:
    before = everything(line)
    token, at = line.token, line.watch.at
    line.watch.move(minutes=16)
    for asked in requests(line):
        if of_a_team(asked):
            answer = asked.send(line)
            assert answer.status_code == 401, (asked.method, asked.path, answer.text)
    line.watch.at = at
    assert line.token == token
    assert everything(line) == before


def test_another_version_of_a_record_changes_nothing(quiet: CentralLine) -> None:
    before = everything(quiet)
    place = routes.collection(quiet.team, "report", "0198c0de-0000-7000-8000-000000000001")
    for method, body in (("PATCH", {"place": "x"}), ("DELETE", None)):
        for header in ('"0"', '"2"', '"999999999999999999"', 'W/"1"', '""'):
            answer = quiet.call(method, place, body, headers={"If-Match": header})
            assert answer.json()["type"] == "/problems/precondition-failed"
    assert everything(quiet) == before


def test_replayed_and_reordered_requests_change_nothing_more(line: CentralLine) -> None:
    made = report()
    claim = command("report", made["id"], "claim")
    line.push(made, claim)
    key = {routes.IDEMPOTENCY_HEADER: new_id()}
    base = routes.collection(line.team, "report")
    created = line.call("POST", base, made["set"], headers=key)
    place = created.headers["location"]
    line.call("PATCH", place, {"place": "Haven"}, headers={"If-Match": '"1"'})
    before = everything(line)
    line.push(claim, made)
    line.push(made)
    assert line.call("POST", base, made["set"], headers=key).status_code == 201
    late = line.call("PATCH", place, {"place": "Plein"}, headers={"If-Match": '"1"'})
    assert late.json()["type"] == "/problems/precondition-failed"
    assert everything(line) == before


def test_an_op_for_another_team_is_decided_by_the_session_and_not_by_the_path(
    line: CentralLine,
) -> None:
    before = everything(line)
    answer = line.call("POST", routes.ops("another-team"), {"ops": [report()]})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    assert everything(line) == before


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("changes?after=nonsense", "bad-cursor"),
        ("changes?after=djEub3RoZXIuMS5hYmM", "bad-cursor"),
        ("changes?limit=0", "batch-invalid"),
        ("changes?wait=26", "batch-invalid"),
        ("changes?limit=x&wait=y", "batch-invalid"),
        ("reports?after=nonsense", "bad-cursor"),
    ],
)
def test_a_query_with_something_wrong_gets_its_problem(
    quiet: CentralLine, path: str, code: str
) -> None:
    answer = quiet.call("GET", f"{routes.team(quiet.team)}/{path}")
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{code}")


def test_a_witness_that_does_not_fit_stops_a_push(line: CentralLine) -> None:
    _, end = line.page()
    before = everything(line)
    import base64

    plain = f"v1.{line.team}.{end['head']}.othernonce".encode()
    forged = base64.urlsafe_b64encode(plain).rstrip(b"=").decode()
    answer = line.send(report(), witness=forged)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/timeline-changed")
    assert line.send(report(), witness="nonsense").json()["type"] == "/problems/bad-cursor"
    assert everything(line) == before
