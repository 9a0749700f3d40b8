"""Every operation of the document, with what fits it and what does not (sync.md §12, docs/api.md).

Cases come from the document itself (schemathesis), the same ones in every run. Whatever is sent,
central answers as the document says, refuses with a problem document and never breaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from central.openapi.examples import example_of
from contract import routes
from contract.vocabulary import LOOKUPS
from tests.helpers.central_line import CentralLine, new_id, op
from tests.helpers.lookups import stand_in

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TAGS = (
    "service",
    "sessions",
    "accounts",
    "devices",
    "sync",
    "joining",
    "intake",
    "blobs",
    "lookups",
)
"""What is fuzzed operation by operation; ``live`` is a stream without an end."""

NEEDED: dict[str, dict[str, Any]] = {"sign_request": {"spots": ["Voorbeeldplein"]}}
"""What a rule asks for beside the required fields, by kind."""


@pytest.fixture(scope="module")
def open_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralLine]:
    """Return a line to a central whose clock does not move, with one record of most kinds."""
    place = tmp_path_factory.mktemp("fuzz") / "central.db"
    with CentralLine(place, lookup_rate=0.0) as line, stand_in(line.office):
        line.set_up()
        line.push(op("create", "setting", "lookups", set={"value": {"on": list(LOOKUPS)}}))
        yield line


@pytest.fixture(scope="module")
def document(open_line: CentralLine) -> dict[str, Any]:
    """Return the document of this central."""
    found: dict[str, Any] = open_line.call("GET", routes.OPENAPI).json()
    return found


@pytest.fixture(scope="module")
def there(open_line: CentralLine, document: dict[str, Any]) -> dict[str, str]:
    """Make a record of every kind from the examples; return their ids by plural."""
    made = {}
    components = document["components"]["schemas"]
    for kind, plural in routes.COLLECTIONS.items():
        if kind == "photo":  # its content would have to be here first
            continue
        name = "".join(part.capitalize() for part in kind.split("_"))
        answer = open_line.call(
            "POST",
            routes.collection(open_line.team, kind),
            example_of(components[f"{name}Fields"], components) | NEEDED.get(kind, {}),
            headers={routes.IDEMPOTENCY_HEADER: new_id()},
        )
        assert answer.status_code == 201, (kind, answer.text)
        made[plural] = answer.json()["id"]
    return made


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[Any]:
    """Return every operation of the document."""
    schema = schemathesis.openapi.from_dict(document)
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


def send(line: CentralLine, case: Any) -> httpx.Response:
    """Send a case as it stands; a token of no session where it would end the session."""
    asked = case.as_transport_kwargs(base_url="http://central")
    headers = dict(asked["headers"])
    if case.operation.definition.raw["operationId"] != "signOut":
        headers["Authorization"] = f"Bearer {line.token}"
    answer = line.pass_on(
        httpx.Request(
            asked["method"],
            asked["url"],
            params=asked.get("params"),
            headers=headers,
            json=asked.get("json"),
            content=asked.get("data"),
        )
    )
    if answer.status_code >= 400 and asked["method"] != "HEAD":
        assert answer.headers["content-type"] == routes.PROBLEM_JSON
        assert answer.json()["status"] == answer.status_code
    return answer


def fuzz(
    line: CentralLine, operations: list[Any], ids: dict[str, str], examples: int
) -> Counter[int]:
    """Send ``examples`` cases to these operations, spread over them; count the answers."""
    answers: Counter[int] = Counter()

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(operations))
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if "team" in case.path_parameters:
            case.path_parameters["team"] = line.team
        plural = next((one for one in operation.path.split("/") if one in ids), "")
        if "id" in case.path_parameters and plural and data.draw(st.booleans()):
            case.path_parameters["id"] = ids[plural]
            if "If-Match" in case.headers:
                seen = line.call("GET", f"{routes.team(line.team, plural, ids[plural])}")
                case.headers["If-Match"] = seen.headers.get("etag", '"1"')
        case.query.pop("wait", None)
        answer = send(line, case)
        answers[answer.status_code] += 1
        # An answer to HEAD has no body to hold against the document.
        case.validate_response(answer, checks=CHECKS[:2] if case.method == "HEAD" else CHECKS)

    run()
    return answers


@pytest.mark.parametrize("tag", TAGS)
def test_whatever_is_sent_is_answered_as_the_document_says(
    open_line: CentralLine, operations: list[Any], there: dict[str, str], tag: str
) -> None:
    ours = [one for one in operations if tag in one.tags]
    if ours:
        answers = fuzz(open_line, ours, there, 8 * len(ours))
        assert any(status >= 400 for status in answers), "no case was wrong"
        # No case hits the hash of a photo that is here.
        assert tag == "blobs" or any(status < 300 for status in answers), "no case was right"


@pytest.mark.parametrize("plural", list(routes.COLLECTIONS.values()))
def test_whatever_is_sent_about_records_is_answered_as_the_document_says(
    open_line: CentralLine, operations: list[Any], there: dict[str, str], plural: str
) -> None:
    ours = [one for one in operations if plural in one.path.split("/")]
    answers = fuzz(open_line, ours, there, 4 * len(ours))
    assert answers[200], "no case was right"
    assert answers[400], "no case was wrong"
