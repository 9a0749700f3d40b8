"""Log first, show second: what is read leaves a row before it appears, or does not appear (F54)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central.audit import checkpoints, service
from central.database.service_role import SERVICE_ROLE, grant
from central.journal import repository as journal
from central.journal.chain import Entry
from contract import routes
from contract.audit import AuditSearch, export_path, search_path
from tests.central.operations.test_full_disk import set_room
from tests.helpers.central_line import START, CentralLine, new_id, op, report

PHONE = "06-12345678"
WHY = {"Access-Reason": "Beller%20vraagt%20terug%20te%20bellen"}


def rows(line: CentralLine) -> list[dict[str, Any]]:
    """Return the audit rows as they stand."""
    return line.office.database.read_now(lambda conn: journal.rows_of(conn, line.team))


def administrator(line: CentralLine) -> str:
    """Make an administrator; returns where their card is read."""
    made = op("create", "administrator", new_id(), set={"name": "Beheerder Een", "phone": PHONE})
    assert [one["status"] for one in line.push(made)] == ["applied"]
    return routes.collection(line.team, "administrator", made["id"])


def colleague(line: CentralLine, *roles: str) -> str:
    """Add somebody with these roles; returns their id."""
    body = {"name": "Joris", "roles": list(roles), "active": True}
    made = op("create", "person", new_id(), set=body)
    assert [one["status"] for one in line.push(made)] == ["applied"]
    return str(made["id"])


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and problem of a refusal."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_the_number_of_an_administrator_is_shown_with_a_reason_that_was_written_first(
    line: CentralLine,
) -> None:
    place = administrator(line)
    record = place.rpartition("/")[2]
    whole = routes.collection(line.team, "administrator")
    found = [
        line.call("GET", place),
        line.call("GET", whole),
        line.call("POST", f"{whole}/_search", {"text": "Beheerder"}),
        line.call("PATCH", place, {"note": "belt graag"}, headers={"If-Match": '"1"'}),
    ]
    assert [one.status_code for one in found] == [200] * 4
    assert all(PHONE not in one.text and record in one.text for one in found)
    assert line.call("POST", f"{whole}/_search", {"text": PHONE}).json()["items"] == []
    before = len(rows(line))
    assert problem(line.call("GET", place, headers={"Access-Reason": "x"}))[1] == "batch-invalid"
    assert len(rows(line)) == before
    answer = line.call("GET", place, headers=WHY)
    assert answer.json()["body"]["phone"] == PHONE
    last = rows(line)[-1]
    assert (last["act"], last["kind"], last["record"]) == (
        "log.card_shown",
        "administrator",
        record,
    )
    assert last["person"] == line.person
    (said,) = line.records("log_entry").values()
    assert said["body"]["reason"] == "Beller vraagt terug te bellen"


def test_where_the_line_cannot_be_written_nothing_is_shown(
    line: CentralLine, place: Path | str
) -> None:
    card = administrator(line)
    set_room(line, place, full=True)
    long = "x" * 190
    most = 40 if isinstance(place, Path) else 3
    answers = [line.call("GET", card, headers={"Access-Reason": long}) for _ in range(most)]
    set_room(line, place, full=False)
    refused = [one for one in answers if one.status_code != 200]
    assert refused
    assert all(problem(one) == (507, "storage-full") for one in refused)
    assert all(PHONE not in one.text for one in refused)
    shown = sum(one.status_code == 200 for one in answers)
    assert sum(row["act"] == "log.card_shown" for row in rows(line)) == shown


@pytest.mark.parametrize(
    ("roles", "sees", "logs"),
    [
        (("auditor",), False, True),
        (("account_holder",), True, True),
        (("operator",), True, False),
        (("officer",), True, False),
        (("reader",), False, False),
    ],
)
def test_who_may_see_a_number_and_who_may_see_the_log(
    line: CentralLine, roles: tuple[str, ...], sees: bool, logs: bool
) -> None:
    card, other = administrator(line), colleague(line, *roles)
    line.sign_in(other)
    assert (line.call("GET", card, headers=WHY).status_code == 200) is sees
    reports = line.call("GET", routes.collection(line.team, "report"))
    assert (reports.status_code == 200) is (roles != ("auditor",))
    assert line.call("GET", routes.collection(line.team, "log_entry")).status_code == 200
    asked = line.call("POST", search_path(line.team), {})
    assert (asked.status_code == 200) is logs
    assert (line.call("GET", export_path(line.team)).status_code == 200) is logs


def test_looking_in_the_log_and_taking_it_along_stand_in_it_first(line: CentralLine) -> None:
    line.push(report())
    first = line.call("POST", search_path(line.team), {"person": line.person, "limit": 5}).json()
    assert (first["items"][0]["act"], first["items"][0]["record"]) == (
        "audit_searched",
        line.person,
    )
    # The next page is the same look.
    line.call("POST", search_path(line.team), {"limit": 5, "before": first["before"]})
    line.call("GET", export_path(line.team))
    assert [row["act"] for row in rows(line)[-2:]] == ["audit_searched", "audit_exported"]


def test_keys_of_outside_forms_leave_rows_without_their_names(line: CentralLine) -> None:
    made = line.call("POST", routes.intake_keys(line.team), {"name": "Gemeente"}).json()
    line.call("DELETE", routes.intake_keys(line.team, made["id"]))
    acts = [(row["act"], row["record"], row["person"]) for row in rows(line)[-2:]]
    assert acts == [
        ("intake_key_made", made["id"], line.person),
        ("intake_key_ended", made["id"], line.person),
    ]
    assert "Gemeente" not in str(rows(line))
    assert made["key"] not in str(rows(line))


PEOPLE, ACTS = ("p1", "p2", "p3"), ("create", "update", "log.placed", "log.card_shown")


@pytest.fixture
def filled(line: CentralLine) -> CentralLine:
    """Return a central with some thousands of rows, the newest ones not signed yet."""

    def fill(count: int, offset: int) -> None:
        for i in range(offset, offset + count, 50):
            entries = [
                Entry("", ACTS[(i // 100 + j % 2) % 4], "report", f"r{(i + j) % 17}", 1, "", "")
                for j in range(50)
            ]
            at = (START + timedelta(minutes=i)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            who = PEOPLE[(i // 1000) % 3]
            line.office.database.write_now(
                lambda conn, at=at, who=who, entries=entries: journal.note(  # type: ignore[misc]
                    conn, line.team, at=at, person=who, device="d", entries=entries
                )
            )

    fill(5000, 0)
    checkpoints.make(line.office.database, b"", line.office.moment())
    fill(300, 5000)
    return line


def test_a_search_by_index_finds_what_a_look_at_every_row_finds(filled: CentralLine) -> None:
    every = rows(filled)
    moments = st.integers(-10, 5400).map(lambda minutes: START + timedelta(minutes=minutes))

    @settings(max_examples=40, deadline=None)
    @given(
        person=st.none() | st.sampled_from([*PEOPLE, "nobody"]),
        acts=st.sets(st.sampled_from(ACTS), max_size=2),
        record=st.sampled_from(["", "r3", "r99"]),
        since=st.none() | moments,
        until=st.none() | moments,
        limit=st.integers(1, 200),
    )
    def holds(person: Any, acts: Any, record: str, since: Any, until: Any, limit: int) -> None:
        wanted = [
            row["n"]
            for row in reversed(every)
            if (person is None or row["person"] == person)
            and (not acts or row["act"] in acts)
            and (not record or (row["kind"], row["record"]) == ("report", record))
            and (since is None or row["at"] >= since.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
            and (until is None or row["at"] < until.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
        ]
        asked = AuditSearch(
            person=person,
            acts=tuple(sorted(acts)),
            kind="report" if record else "",
            record=record,
            since=since,
            until=until,
            limit=limit,
        )
        found: list[int] = []
        for _ in range(3):
            page = filled.office.database.read_now(
                partial(service.find, team=filled.team, asked=asked)
            )
            found += [one.n for one in page.items]
            if not page.before:
                break
            asked = asked.model_copy(update={"before": page.before})
        assert found == wanted[: 3 * limit]

    holds()


def test_the_service_role_adds_rows_and_alters_none(
    line: CentralLine, place: Path | str, request: pytest.FixtureRequest
) -> None:
    if isinstance(place, Path):
        assert line.office.database.write_now(grant) is False
        return
    database = line.office.database
    with psycopg.connect(place, autocommit=True) as owner:
        there = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (SERVICE_ROLE,))
        if there.fetchone() is None:
            owner.execute(f"CREATE ROLE {SERVICE_ROLE}")
        database.grant()
        checkpoints.make(database, b"", line.office.moment())
        try:
            owner.execute(f"SET ROLE {SERVICE_ROLE}")
            for statement in (
                "UPDATE audit SET person = 'x'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "UPDATE audit_checkpoint SET size = 1",
                "DELETE FROM audit_checkpoint",
                "UPDATE alembic_version SET version_num = '0001'",
                "ALTER TABLE audit DISABLE TRIGGER ALL",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    owner.execute(statement)
            # What central does every day goes on.
            owner.execute("SELECT * FROM take_numbers(%s, 0, '{}', '{}')", (line.team,))
            owner.execute("SELECT count(*) FROM audit JOIN sync_record USING (team)")
            owner.execute("UPDATE device SET seen_at = seen_at")
        finally:
            owner.execute("RESET ROLE")
            owner.execute(f"DROP OWNED BY {SERVICE_ROLE}")
