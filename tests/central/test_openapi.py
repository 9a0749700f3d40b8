"""The document of the API keeps the design rules, for every operation (security.md §8).

Source: NLgov REST API Design Rules 2.2. The linter on npm is never needed for this.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from central.app import build_app, close_app
from central.openapi.document import operations
from central.settings import Settings
from contract import routes
from contract.problems import PROBLEMS, ProblemCode, type_of
from tests.helpers.central_line import CentralLine
from tools import openapi as tool

DOCUMENT: dict[str, Any] = {}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the document of a central."""
    if not DOCUMENT:
        with tempfile.TemporaryDirectory() as folder:
            app = build_app(Settings(Path(folder) / "central.db", bytes(32)))
            DOCUMENT.update(app.openapi())
            close_app(app)
    return DOCUMENT


def all_of(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return path, method and operation, with what is shared put in its place."""
    found = []
    for path, method, operation in operations(document):
        parameters = [whole(document, one) for one in operation.get("parameters", ())]
        responses = {status: whole(document, one) for status, one in operation["responses"].items()}
        found.append(
            (path, method, {**operation, "parameters": parameters, "responses": responses})
        )
    return found


def whole(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference inside the document."""
    while "$ref" in part:
        found: Any = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def test_the_paper_is_the_document_of_the_program() -> None:
    assert tool.PAPER.read_text(encoding="utf-8") == tool.written(), "python -m tools.openapi"


def test_paths_are_lower_case_words_under_the_version_and_end_without_a_slash(
    document: dict[str, Any],
) -> None:
    for path in set(document["paths"]) - {routes.OPENAPI}:
        assert re.fullmatch(r"/v1(/([a-z0-9]+(-[a-z0-9]+)*|_search|\{[a-z0-9_]+\}))*", path), path
        for word in path.split("/")[2:]:
            collection = word in routes.COLLECTIONS.values()
            assert not collection or word.endswith("s"), path


def test_every_parameter_is_described_and_query_keys_are_camel_case(
    document: dict[str, Any],
) -> None:
    for path, method, operation in all_of(document):
        for one in operation["parameters"]:
            assert {"description", "schema"} <= set(one), (path, method, one["name"])
            if one["in"] == "query":
                assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", one["name"]), (path, one["name"])
        told = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert told == set(re.findall(r"\{(\w+)\}", path)), path


def test_every_operation_has_a_name_of_its_own_a_summary_and_one_known_tag(
    document: dict[str, Any],
) -> None:
    names = [one["operationId"] for *_, one in all_of(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+([A-Z0-9][a-z0-9]*)*", name) for name in names)
    known = {tag["name"] for tag in document["tags"]}
    for path, method, operation in all_of(document):
        assert re.fullmatch(r"\S.*[^.]", operation["summary"]), (path, method)
        assert len(operation["tags"]) == 1
        assert operation["tags"][0] in known, (path, method)


def test_every_answer_says_its_version_and_what_it_holds(document: dict[str, Any]) -> None:
    for path, method, operation in all_of(document):
        assert any(status < "400" for status in operation["responses"]), (path, method)
        for status, response in operation["responses"].items():
            assert routes.VERSION_HEADER in response["headers"], (path, method, status)
            assert response["description"]
            for media, content in response.get("content", {}).items():
                assert content.get("schema"), (path, method, status, media)
            if status not in ("204", "304") and (method, status) != ("head", "200"):
                assert response.get("content"), (path, method, status)


def test_every_refusal_is_a_problem_document_with_an_example_per_problem(
    document: dict[str, Any],
) -> None:
    for path, method, operation in all_of(document):
        for status, response in operation["responses"].items():
            if status < "400":
                continue
            assert set(response["content"]) == {routes.PROBLEM_JSON}, (path, method, status)
            examples = response["content"][routes.PROBLEM_JSON]["examples"]
            for code, example in examples.items():
                assert example["value"]["type"] == type_of(ProblemCode(code))
                assert example["value"]["status"] == int(status)
                jsonschema.validate(example["value"], document["components"]["schemas"]["Problem"])


def test_wrong_input_is_400_and_what_can_always_happen_is_told(document: dict[str, Any]) -> None:
    for path, method, operation in all_of(document):
        told = set(operation["responses"])
        assert "422" not in told
        assert {"500", "503"} <= told, (path, method)
        if operation["parameters"] or "requestBody" in operation:
            assert "400" in told, (path, method)
        if "requestBody" in operation:
            assert "413" in told, (path, method)
        if operation["security"]:
            assert {"401", "429"} <= told, (path, method)
        if "{" in path:
            assert "404" in told, (path, method)


def test_every_operation_says_how_one_signs_in(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    for path, method, operation in all_of(document):
        used = {name for way in operation["security"] for name in way}
        assert used <= set(schemes), (path, method)
        if "{team}" in path:
            assert used, (path, method)


def test_every_body_has_an_example_that_fits_it(document: dict[str, Any]) -> None:
    bodies = 0
    for _, _, operation in all_of(document):
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            if "json" not in media:
                continue
            bodies += 1
            schema = {**content["schema"], "components": document["components"]}
            jsonschema.Draft202012Validator(schema).validate(content["example"])
    assert bodies > 50


def test_the_document_names_somebody_to_turn_to(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {"name", "email", "url"} <= set(document["info"]["contact"])
    assert document["info"]["version"] == routes.API_VERSION
    assert document["info"]["license"]
    assert document["servers"]


def test_no_field_ends_in_date_unless_it_is_one(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert not field.endswith(("Date", "_date")) or name.startswith("Workbook"), field


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                assert whole(document, {"$ref": part["$ref"]})
            for one in part.values():
                walk(one)
        elif isinstance(part, list):
            for one in part:
                walk(one)

    walk(document)


def test_every_address_that_central_has_is_told(line: CentralLine) -> None:
    found = line.call("GET", routes.OPENAPI).json()
    for path, methods in found["paths"].items():
        place = path.replace("{command}", "claim").replace("{team}", line.team)
        place = re.sub(r"\{\w+\}", "x", place)
        allowed = line.call("OPTIONS", place).headers["allow"].split(", ")
        told = {method.upper() for method in methods}
        assert set(allowed) - {"HEAD", "OPTIONS"} == told - {"HEAD"}, path


@pytest.mark.parametrize("origin", ["https://somewhere.example", ""])
def test_the_document_alone_may_be_read_from_another_site(line: CentralLine, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    document = line.call("GET", routes.OPENAPI, token="", headers=headers)
    assert (document.status_code, document.headers["access-control-allow-origin"]) == (200, "*")
    for path in (routes.SERVICE, routes.HEALTH, routes.changes(line.team)):
        answer = line.call("GET", path, headers=headers)
        assert "access-control-allow-origin" not in answer.headers
        options = line.call("OPTIONS", path, headers=headers)
        assert "access-control-allow-origin" not in options.headers


@pytest.mark.parametrize("path", ["/v1/", "/v1/health/", "/v1/openapi.json/", "/v2", "/", "/v1/x"])
def test_an_address_that_is_nothing_is_404_for_every_method(line: CentralLine, path: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
        answer = line.call(method, path)
        assert answer.status_code == 404
        assert answer.headers[routes.VERSION_HEADER] == routes.API_VERSION


def test_head_answers_as_get_without_a_body(line: CentralLine) -> None:
    for path in (routes.SERVICE, routes.HEALTH, routes.OPENAPI, routes.digest(line.team)):
        got, head = line.call("GET", path), line.call("HEAD", path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
    assert line.call("HEAD", routes.changes(line.team), token="x").status_code == 401


def test_head_on_a_stream_without_an_end_ends(line: CentralLine) -> None:
    head = line.call("HEAD", routes.team(line.team, "events"))
    assert (head.status_code, head.content) == (200, b"")


def test_a_405_and_options_say_which_methods_there_are(line: CentralLine) -> None:
    answer = line.call("DELETE", routes.SESSIONS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "OPTIONS, POST")
    options = line.call("OPTIONS", routes.HEALTH, token="")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_the_page_on_the_api_names_every_address_it_is_about(document: dict[str, Any]) -> None:
    page = (tool.PAPER.parent / "api.md").read_text(encoding="utf-8")
    told_of = ("intake", "lookups", "feeds", "neighbour-messages", "retention", "audit")
    told = set(re.findall(r"^\| (GET|POST|PATCH|DELETE) `([^`?]+)", page, flags=re.M))
    there = set()
    for path, method, operation in operations(document):
        if operation["tags"] == ["records"]:
            there.add((method.upper(), re.sub(r"(?<=\{team\}/)[a-z-]+", "{collection}", path)))
        elif operation["tags"][0] in told_of:
            there.add((method.upper(), path))
    assert told == there


def test_every_problem_can_be_found_in_the_document(document: dict[str, Any]) -> None:
    told = {
        code
        for *_, operation in all_of(document)
        for status, response in operation["responses"].items()
        if status >= "400"
        for code in response["content"][routes.PROBLEM_JSON]["examples"]
    }
    assert set(PROBLEMS) - told == {ProblemCode.METHOD_NOT_ALLOWED}
