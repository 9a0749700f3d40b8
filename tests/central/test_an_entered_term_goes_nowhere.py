"""A word that somebody enters is in no log line, address, figure or error (security.md §7, 22).

Both ends at once: the desk's own line speaks to a real central inside this process, and every line
that either would write to its log is written as its file would have it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central.auth.second_factor import code_at
from central.operations.logs import JsonLines
from central.operations.metrics import Metrics
from central.operations.watch import Watch
from console.logs import IdsOnly
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway
from contract import lookups, routes
from contract.lookups import AddressAnswer, PlateAnswer
from contract.messages import op_from_wire
from tests.helpers.accounts_line import KEEPER, PASSWORD, AccountsLine
from tests.helpers.central_line import new_id, op, report

MARK = "Zwaluwkruid"
TERMS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(
    lambda rest: f"{MARK}{rest}"
)


class Written(logging.Handler):
    """Writes every line as the logs of desk and central would, and keeps them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line in both forms."""
        self.lines += [IdsOnly().format(record), JsonLines().format(record)]


class Overheard(httpx.AsyncBaseTransport):
    """Passes on to central, and keeps every address and every refusal."""

    def __init__(self, line: AccountsLine) -> None:
        self._inner = httpx.ASGITransport(Watch(line.app, Metrics(line.office)))
        self.addresses: list[str] = []
        self.refusals: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass one request on."""
        self.addresses.append(str(request.url))
        answer = await self._inner.handle_async_request(request)
        if answer.status_code >= 400:
            self.refusals.append((await answer.aread()).decode())
        return answer


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountsLine]:
    """Return one central for all words."""
    place: Path = tmp_path_factory.mktemp("terms") / "central.db"
    with AccountsLine(place, lookup_rate=0.0) as made:
        made.begin()
        yield made


async def enter(line: AccountsLine, heard: Overheard, term: str) -> list[str]:
    """Enter the term wherever a person can; returns what the desk's own errors say."""
    said: list[str] = []

    async def tried(doing: Any) -> None:
        try:
            await doing
        except (Answered, LineDown) as trouble:
            said.append(f"{trouble} {trouble!r}")

    async with Gateway("http://central", heard, device="desk-9", device_name=term) as desk:
        await tried(desk.sign_in_with(term, term, term))
        await tried(desk.sign_in_with(KEEPER, term))
        line.watch.move(days=2)
        code = code_at(line.secret, line.watch())
        await desk.sign_in_with(KEEPER, PASSWORD, code)
        ops = [
            report(text=term, place=term),
            report(category=term),
            op("update", "report", new_id(), set={"text": term}, was={"text": term}),
            op("create", "administrator", new_id(), set={"name": term, "phone": term}),
        ]
        await tried(desk.push(line.team, [op_from_wire(one) for one in ops], witness=MARK))
        await tried(desk.push(line.team, [op_from_wire(one) for one in ops]))
        odd = [op("create", term, new_id(), set={"name": term}), {term: term}]
        await tried(desk.tell("POST", routes.ops(line.team), {"ops": odd}))
        search = routes.collection(line.team, "report", "_search")
        await tried(desk.ask(lookups.AddressAnswer, "POST", search, {"text": term, term: term}))
        plate, place = (lookups.path(line.team, name) for name in ("plate", "address"))
        await tried(desk.ask(PlateAnswer, "POST", plate, {"plate": term}))
        await tried(desk.ask(AddressAnswer, "POST", place, {"street": term, "number": "1"}))
        await tried(desk.tell("POST", routes.ACTIVATE, {"code": term, "password": term}))
        await tried(desk.tell("POST", routes.PASSWORD, {"old": term, "new": term}))
        asked = {"person": term, "account": term}
        await tried(desk.tell("POST", routes.accounts(line.team), asked))
        await tried(desk.tell("POST", routes.intake(line.team), {"text": term, "place": term}))
    return said


async def look(heard: Overheard) -> str:
    """Return the figures of central."""
    async with httpx.AsyncClient(transport=heard, base_url="http://central") as client:
        return (await client.get(routes.METRICS)).text


@given(term=TERMS)
@settings(max_examples=15)
def test_an_entered_term_is_in_no_log_line_address_figure_or_error(
    line: AccountsLine, term: str
) -> None:
    heard, ear = Overheard(line), Written()
    root = logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        said = line._runner.run(enter(line, heard, term))
        figures = line._runner.run(look(heard))
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    assert len(heard.refusals) >= 8
    assert len(ear.lines) >= 2 * len(heard.refusals)
    assert "buurtdesk_requests" in figures
    for found in (heard.addresses, heard.refusals, ear.lines, said, [figures]):
        assert MARK not in "\n".join(found)
