"""Reports from outside forms: neutral, with a key of their own, limited, once (F10)."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from central.intake.messages import INTAKE_BYTES, IntakeReport
from contract import routes
from tests.helpers.central_line import CentralLine, new_id

REPORT = {
    "reference": "2026-000123",
    "category": "vehicle",
    "text": "Bestelbus rijdt stapvoets door de straat",
    "place": "Dorpsstraat",
    "happened_at": "2026-03-14T13:40:00+01:00",
    "photo": "foto-1 bij Meld Het",
}


class Form:
    """An outside form that holds a key."""

    def __init__(self, line: CentralLine, name: str = "Meld Het") -> None:
        self.line = line
        made = line.call("POST", routes.intake_keys(line.team), {"name": name})
        assert made.status_code == 201, made.text
        self.id, self.key = made.json()["id"], made.json()["key"]

    def send(self, body: Any = None, *, key: str | None = None, **fields: Any) -> httpx.Response:
        """Send a report; ``body`` replaces the usual one."""
        headers = {routes.INTAKE_HEADER: self.key if key is None else key}
        asked = {**REPORT, **fields} if body is None else body
        return self.line.call(
            "POST", routes.intake(self.line.team), asked, token="", headers=headers
        )


@pytest.fixture
def form(line: CentralLine) -> Form:
    """Return a form that may send."""
    return Form(line)


def test_a_report_from_outside_arrives_with_its_origin_named(line: CentralLine, form: Form) -> None:
    answer = form.send()
    assert answer.status_code == 201
    assert answer.json()["number"] == "0314-001"
    body = line.records("report")[answer.json()["id"]]["body"]
    assert (body["source"], body["relay_name"], body["status"]) == ("api", "Meld Het", "open")
    assert (body["category"], body["text"]) == ("vehicle", REPORT["text"])
    assert body["happened_at"] == "2026-03-14T12:40:00.000Z"
    assert body["heard_at"] == "2026-03-14T13:00:00.000Z"
    assert "foto-1 bij Meld Het" in body["description"]
    lines = [row["body"] for row in line.records("log_entry").values()]
    assert [(one["what"], one["text"], one["station"]) for one in lines] == [
        ("created", "api", "Meld Het")
    ]


@pytest.mark.parametrize("word", ["drone", "", "VOERTUIG", "unknown", "x" * 40])
def test_a_kind_that_nobody_agreed_on_is_unknown(line: CentralLine, form: Form, word: str) -> None:
    answer = form.send(category=word)
    assert answer.status_code == 201
    assert line.records("report")[answer.json()["id"]]["body"]["category"] == "unknown"


def test_the_same_reference_is_the_same_report(line: CentralLine, form: Form) -> None:
    first = form.send()
    line.watch.move(minutes=5)
    again = form.send()
    assert (again.status_code, again.json()) == (201, first.json())
    other = form.send(text="Iets anders")
    assert (other.status_code, other.json()["type"]) == (409, "/problems/op-id-reused")
    assert len(line.records("report")) == 1
    # A reference belongs to its sender.
    assert Form(line, "Andere").send().json()["id"] != first.json()["id"]
    assert len(line.records("report")) == 2


def test_a_key_is_rate_limited_by_itself(line: CentralLine, form: Form) -> None:
    statuses = [form.send(reference=str(n)).status_code for n in range(31)]
    assert statuses == [201] * 30 + [429]
    refused = form.send(reference="31")
    assert refused.json()["type"] == "/problems/rate-limited"
    assert refused.headers["retry-after"] == str(refused.json()["retry_after_s"])
    assert Form(line, "Andere").send().status_code == 201
    line.watch.move(seconds=2)
    assert form.send(reference="31").status_code == 201


def test_without_a_key_that_is_good_nothing_comes_in(line: CentralLine, form: Form) -> None:
    for key in ("", "guess", form.key[:-1]):
        answer = form.send(key=key)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    elsewhere = line.call(
        "POST",
        routes.intake("another-team"),
        REPORT,
        headers={routes.INTAKE_HEADER: form.key},
    )
    assert elsewhere.status_code == 401
    assert line.call("GET", routes.changes(line.team), token=form.key).status_code == 401
    assert line.records("report") == {}


def test_a_revoked_key_is_refused_at_once_and_what_came_in_stays(
    line: CentralLine, form: Form
) -> None:
    form.send()
    path = routes.intake_keys(line.team, form.id)
    assert line.call("DELETE", path).status_code == 204
    assert line.call("DELETE", path).status_code == 204
    assert form.send(reference="2").status_code == 401
    assert len(line.records("report")) == 1
    seen = line.call("GET", routes.intake_keys(line.team)).json()["items"]
    assert [(one["name"], bool(one["revoked_at"]), one["used_at"]) for one in seen] == [
        ("Meld Het", True, "2026-03-14T13:00:00.000Z")
    ]
    assert line.call("DELETE", routes.intake_keys(line.team, new_id())).status_code == 404


def test_a_key_is_read_once_and_stored_as_a_hash(line: CentralLine, form: Form) -> None:
    assert form.key not in line.call("GET", routes.intake_keys(line.team)).text
    rows = line.office.database.read_now(
        lambda conn: conn.exec_driver_sql("SELECT * FROM intake_key").all()
    )
    assert form.key not in str(rows)


@pytest.mark.parametrize("role", ["reader", "operator", "officer", "auditor"])
def test_only_an_account_holder_keeps_keys(line: CentralLine, form: Form, role: str) -> None:
    line.sign_in(line.add_person(role))
    keys = routes.intake_keys(line.team)
    for answer in (
        line.call("GET", keys),
        line.call("POST", keys, {"name": "x"}),
        line.call("DELETE", f"{keys}/{form.id}"),
    ):
        assert answer.status_code == 403
    assert form.send().status_code == 201


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"text": ""}, ["/text"]),
        ({"text": "   "}, ["/text"]),
        ({"text": "x" * 4001}, ["/text"]),
        ({"place": "x" * 201, "reference": "r" * 101}, ["/place", "/reference"]),
        ({"description": "x" * 1701, "photo": "x" * 201}, ["/description", "/photo"]),
        ({"category": "x" * 41}, ["/category"]),
        ({"happened_at": "gisteren"}, ["/happened_at"]),
        ({"happened_at": "2026-03-14T13:40:00"}, ["/happened_at"]),
        ({"happened_at": "1026-03-14T13:40:00Z"}, ["/happened_at"]),
        ({"called_112": "perhaps", "acute": "maybe"}, ["/acute", "/called_112"]),
        ({"text": "a\x00b"}, ["/text"]),
        ({"Jan Jansen 06-12345678": 1}, [""]),
    ],
)
def test_a_report_of_another_shape_is_refused_and_every_place_named(
    line: CentralLine, form: Form, fields: dict[str, Any], pointers: list[str]
) -> None:
    answer = form.send(**fields)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/batch-invalid")
    assert answer.json()["pointers"] == pointers
    assert line.records("report") == {}


def test_a_report_that_is_too_large_is_not_taken_in(line: CentralLine, form: Form) -> None:
    answer = form.send(b" " * (INTAKE_BYTES + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_nothing_that_was_sent_is_in_a_log_or_a_refusal(
    form: Form, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    term = "unieke-term-7391"
    told = ""
    for fields in (
        {"text": term},
        {"text": term, "happened_at": term},
        {"reference": term, term: term},
        {"category": term * 9, "place": term},
    ):
        told += form.send(**fields).text
    told += form.send(f'{{"text": "{term}'.encode()).text
    assert term not in told + caplog.text


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from([*IntakeReport.model_fields, "vendor"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=50) | st.lists(st.text()),
    )
)
def test_any_object_is_a_report_or_a_refusal_by_name(body: dict[str, Any]) -> None:
    try:
        read = IntakeReport.model_validate(body)
    except ValidationError:
        return
    assert "vendor" not in body
    assert read.text.strip()
    assert read.place.strip()
