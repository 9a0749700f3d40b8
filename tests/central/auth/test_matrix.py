"""The whole matrix: every operation of the API by every role, in areas of one's own and of others.

What is expected is written down here anew, from docs/security.md §3. An operation of the document
without a row fails the first test.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from contract import routes
from contract.vocabulary import Role
from tests.central.auth.test_rights import KEPT, WORK
from tests.central.test_bad_input import Asked, requests
from tests.helpers.accounts_line import PASSWORD, AccountsLine
from tests.helpers.area_town import BODIES, PLACED, Town
from tests.helpers.central_line import new_id, op

READ = {str(role) for role in Role}
HOLDER = {"account_holder"}
AUDITED = {"person", "log_entry", "setting"}
"""What who is auditor and nothing else may read over REST: what the log is about."""
BEFORE = "no session needed"
OWN = "whoever is signed in with an account, about that account"
KEY = "the key of a form"
PROVED = "account holder with a second factor"

ROWS: dict[str, object] = {
    **dict.fromkeys(
        (
            "serviceDocument health readiness openapiDocument setUp firstAccount activate "
            "signIn signInWays refresh signOut"
        ).split(),
        BEFORE,
    ),
    **dict.fromkeys(
        (
            "changes snapshot digest events result push getBlob lookAtBlob retention forecast "
            "registerLookingKey"
        ).split(),
        READ,
    ),
    **dict.fromkeys(
        "sendBlobPart neighbourMessages lookUpAddress lookUpPlate askArchive".split(), WORK
    ),
    **dict.fromkeys(
        (
            "accounts give remove devices revoke restore listIntakeKeys makeIntakeKey "
            "revokeIntakeKey takeIn resume askSubject searchSubject giveSubject"
        ).split(),
        PROVED,
    ),
    **dict.fromkeys("changePassword offer confirm".split(), OWN),
    "lookAtFeed": HOLDER,
    "searchAudit": {"account_holder", "auditor"},
    "exportAudit": {"account_holder", "auditor"},
    "lookingKeys": {"account_holder", "auditor"},
    "sendIntakeReport": KEY,
}
"""Who may, by the name of the operation; those of the records follow ``by_kind``."""

RECORDS = re.compile(r"^(list|search|read|create|change|delete|command)[A-Z]")
REFUSED = {"unauthenticated", "forbidden", "second-factor"}


def by_kind(operation: str, kind: str) -> object:
    """Return who may do this to records of a kind."""
    if operation.startswith(("list", "search", "read")):
        return READ if kind in AUDITED else READ - {"auditor"}
    return HOLDER if kind in KEPT else WORK


@dataclass(frozen=True)
class Caller:
    """Somebody who asks. ``area``: an officer is bound to one; ``proved``: a second factor."""

    name: str
    role: str
    token: str
    proved: bool = True
    signed_in: bool = True


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountsLine]:
    """Return a central with a team, a town of two areas, and a second team."""
    with AccountsLine(tmp_path_factory.mktemp("matrix") / "central.db") as made:
        made.begin()
        yield made


def rows_of(line: AccountsLine) -> list[tuple[Asked, str, str]]:
    """Return every operation as a whole request, with its name and the kind it is about."""
    kinds = {plural: kind for kind, plural in routes.COLLECTIONS.items()}
    found = []
    for asked in requests(line):
        name = str(asked.operation["operationId"])
        part = asked.path.split("/")[4] if asked.path.count("/") > 3 else ""
        kind = kinds.get(part, "") if RECORDS.match(name) else ""
        found.append((asked, name, kind))
    return found


def test_every_operation_of_the_document_has_a_row_and_every_row_an_operation(
    line: AccountsLine,
) -> None:
    names = {name for _, name, kind in rows_of(line) if not kind}
    assert names - set(ROWS) == set(), "say in ROWS who may do this"
    assert set(ROWS) - names == set()


def answered(line: AccountsLine, asked: Asked, token: str) -> tuple[int, str]:
    """Send a request as somebody; return status and problem code.

    A stream is refused for its cursor, once its caller was let in.
    """
    headers = {**asked.headers}
    if routes.IDEMPOTENCY_HEADER in headers:
        headers[routes.IDEMPOTENCY_HEADER] = new_id()
    if asked.operation["operationId"] == "events":
        headers[routes.WITNESS_HEADER] = "no cursor"
    found = line.call(asked.method, asked.path, asked.body, token=token, headers=headers)
    if found.status_code < 400 or not found.content:
        return found.status_code, ""
    return found.status_code, str(found.json()["type"]).rpartition("/")[2]


def callers(line: AccountsLine, town: Town) -> list[Caller]:
    """Return one of every sort; the officer works for one area."""
    keeper, secret = line.token, line.secret
    made = [
        Caller("nobody", "", "", signed_in=False),
        Caller("a forged token", "", keeper[:-4] + "AAAA", signed_in=False),
    ]
    for role in Role:
        area = {"area_id": town.areas["own"]} if role is Role.OFFICER else {}
        line.token = keeper
        line.add_account(f"een-{role}".replace("_", "-"), role, **area)
        line.enter(f"een-{role}".replace("_", "-"), device=f"desk-{role}")
        line.prove()
        made.append(Caller(str(role), str(role), line.token))
    line.token = keeper
    line.add_account("zonder-app", "account_holder")
    line.enter("zonder-app", device="desk-unproved")
    bare = Caller("holder without a second factor", "account_holder", line.token, proved=False)
    made.append(bare)
    line.token = keeper
    line.add_account("zonder-rol")
    line.enter("zonder-rol", device="desk-none")
    made.append(Caller("somebody without a role", "", line.token))
    home, code = line.team, line.first_code("Andere Kust")
    other = {"team_name": "Andere Kust", "person": {"id": new_id(), "name": "Wim"}}
    line.call(
        "POST",
        routes.FIRST_ACCOUNT,
        {"code": code, "account": "wim", "password": PASSWORD, **other},
        token="",
    )
    line.enter("wim", device="desk-elsewhere")
    line.prove()
    made.append(Caller("account holder of another team", "", line.token))
    line.team, line.token, line.secret = home, keeper, secret
    return made


def may(who: Caller, allowed: object, kind: str, name: str, place: str) -> bool:
    """Say what the table says."""
    if allowed == OWN:
        return who.signed_in
    if allowed == PROVED:
        return who.role in HOLDER and who.proved
    assert isinstance(allowed, set)
    if who.role not in allowed:
        return False
    writes = name.startswith(("create", "change", "delete", "command"))
    if kind in ("person", "setting") and writes and not who.proved:
        return False
    return not (who.role == "officer" and place == "other" and writes)


def placed(asked: Asked, town: Town, kind: str, name: str, place: str) -> Asked | None:
    """Return the request as it touches this area; None where it belongs to none."""
    if (kind, place) in town.records or kind == "area":
        mine = town.areas[place] if kind == "area" else town.records[kind, place]
        if not name.startswith("create"):
            path = re.sub(r"[0-9a-f-]{36}(?=(/commands/|$))", mine, asked.path)
            values = {"note": "x"} if name.startswith("change") else asked.body
            return Asked(asked.method, path, asked.operation, values, asked.headers)
    if name.startswith("create") and (kind in PLACED or kind == "area"):
        field = "parent_id" if kind == "area" else PLACED[kind]
        body: dict[str, Any] = {**asked.body, **BODIES.get(kind, {}), field: town.areas[place]}
        return Asked(asked.method, asked.path, asked.operation, body, asked.headers)
    return None


def seen(asked: Asked, *, none: bool) -> Asked:
    """Return the request as its author saw every version, or none: who may would change something.

    Who may not is refused for that alone, whatever they name.
    """
    tags = '"999"' if none else ", ".join(f'"{ver}"' for ver in range(1, 60))
    headers = {**asked.headers, "If-Match": tags}
    return Asked(asked.method, asked.path, asked.operation, asked.body, headers)


def test_every_operation_is_answered_as_the_table_says_for_every_role_and_area(
    line: AccountsLine, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(line)
    everybody = callers(line, town)
    wrong, cells, areas = [], Counter[str](), 0
    for asked, name, kind in rows_of(line):
        allowed = by_kind(name, kind) if kind else ROWS[name]
        if allowed in (BEFORE, KEY):
            continue
        variants: list[tuple[str, Asked]] = [("", asked)]
        if kind and not name.startswith(("list", "search")):
            found = [(one, placed(asked, town, kind, name, one)) for one in ("own", "other")]
            variants = [(one, made) for one, made in found if made] or variants
        for place, made in variants:
            for who in everybody:
                good = may(who, allowed, kind, name, place)
                status, code = answered(line, seen(made, none=good), who.token)
                cells[who.name] += 1
                areas += place != ""
                if good == (code in REFUSED or status == 401 or (status == 403 and not code)):
                    wrong.append((name, who.name, place, status, code))
    total = sum(cells.values())
    with capsys.disabled():
        print(f"\nrole matrix: {total} questions, {len(cells)} callers, {areas} in an area")
    assert not wrong, "\n".join(map(str, wrong[:40]))
    assert total > 2200


def test_without_a_session_every_caller_gets_the_same_answer(line: AccountsLine) -> None:
    reader = line.add_account("lezer", "reader")
    assert reader
    keeper = line.token
    line.enter("lezer", device="desk-lezer")
    for asked, name, _ in rows_of(line):
        if ROWS.get(name) == BEFORE and name != "signOut":
            told = {answered(line, asked, token) for token in ("", line.token, keeper)}
            assert len(told) == 1, (name, told)
        elif ROWS.get(name) == KEY:
            assert answered(line, asked, keeper)[0] == 401, "a session is no key of a form"
    line.token = keeper


def test_who_only_reads_sees_no_number_of_an_administrator_whatever_the_reason(
    line: AccountsLine,
) -> None:
    keeper, person = line.token, new_id()
    body = {"name": "Bea Beheerder", "phone": "06-12345678", "email": "bea@voorbeeld.nl"}
    assert line.push(op("create", "administrator", person, set=body))[0]["status"] == "applied"
    path = routes.collection(line.team, "administrator", person)
    reason = {routes.REASON_HEADER: "spoed bij een vermissing"}
    for role in Role:
        name = f"kijkt-{role}".replace("_", "-")
        line.add_account(name, role)
        line.enter(name, device=f"desk-{name}")
        plain = line.call("GET", path)
        assert plain.status_code == (403 if role is Role.AUDITOR else 200)
        assert "06-12345678" not in plain.text
        found = line.call("GET", path, headers=reason)
        assert ("06-12345678" in found.text) == (role in WORK), role
        assert found.status_code == (200 if role in WORK else 403)
        line.token = keeper
