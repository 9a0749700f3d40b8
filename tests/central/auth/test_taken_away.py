"""A role taken away counts at the next request, also for what is under way (security.md §7, 14)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from contract import routes
from tests.helpers.accounts_line import AccountsLine, problem
from tests.helpers.central_line import op, report
from tests.helpers.photos import jpeg
from tests.helpers.streams import come_about


@pytest.fixture
def line(tmp_path: Path) -> Iterator[AccountsLine]:
    with AccountsLine(tmp_path / "central.db") as made:
        made.begin()
        yield made


def lowered(person: str, *roles: str) -> dict[str, object]:
    """Write the op that leaves somebody these roles only."""
    return op("update", "person", person, set={"roles": list(roles)}, was={"roles": ["operator"]})


def test_an_upload_under_way_is_refused_with_its_body_half_sent(line: AccountsLine) -> None:
    keeper = line.token
    joris = line.add_account("joris", "operator")
    line.enter("joris")
    photo = jpeg()
    path = routes.blob(line.team, hashlib.sha256(photo).hexdigest())
    headers = {
        "Authorization": f"Bearer {line.token}",
        routes.OFFSET_HEADER: "0",
        routes.LENGTH_HEADER: str(len(photo)),
    }
    asked = {"ops": [lowered(joris, "reader")]}
    found: list[httpx.Response] = []

    async def body() -> AsyncIterator[bytes]:
        yield photo[:10]
        bearer = {"Authorization": f"Bearer {keeper}"}
        found.append(await line._http.post(routes.ops(line.team), json=asked, headers=bearer))
        yield photo[10:]

    refused = line._runner.run(line._http.patch(path, content=body(), headers=headers))
    assert found[0].json()["results"][0]["status"] == "applied"
    assert problem(refused) == (403, "forbidden")
    look = line.call("HEAD", path)
    assert (look.status_code, look.headers[routes.OFFSET_HEADER]) == (404, "0")


def test_who_waits_for_news_while_the_right_to_read_goes_gets_none(line: AccountsLine) -> None:
    keeper = line.token
    joris = line.add_account("joris", "operator")
    line.enter("joris")
    after = line.page()[1]["cursor"]
    bearer = {"Authorization": f"Bearer {line.token}"}

    async def scenario() -> httpx.Response:
        path = f"{routes.changes(line.team)}?after={after}&wait=20"
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(line._http.get(path, headers=bearer))
            await come_about(line.office.bells.teams)
            ops = [lowered(joris), report(text="Voor wie hier nog werkt")]
            await line._http.post(
                routes.ops(line.team),
                json={"ops": ops},
                headers={"Authorization": f"Bearer {keeper}"},
            )
        return waiting.result()

    answer = line._runner.run(scenario())
    assert "Voor wie hier nog werkt" not in answer.text
    assert problem(answer) == (403, "forbidden")
    assert problem(line.call("GET", routes.changes(line.team))) == (403, "forbidden")


def test_a_batch_sent_after_the_role_went_changes_nothing(line: AccountsLine) -> None:
    keeper = line.token
    joris = line.add_account("joris", "operator")
    line.enter("joris")
    assert line.push(report())[0]["status"] == "applied"
    line.send(lowered(joris, "auditor"), token=keeper)
    before = line.records("report")
    answers = line.push(
        report(), op("update", "person", joris, set={"roles": ["operator"]}, was={})
    )
    assert [(one["status"], one["code"]) for one in answers] == [("denied", "role")] * 2
    assert line.records("report") == before
