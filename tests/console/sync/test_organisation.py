"""The door on this computer that the browser comes back to: only the one answer settles it (F41)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from console.sync.gateway import Gateway
from console.sync.inprocess import InProcess
from console.sync.organisation import NotOffered, ProviderSilent, TurnedAway, Visit
from tests.helpers.accounts_line import AccountsLine
from tests.helpers.central_line import Watch
from tests.helpers.provider import SmallProvider, small_provider

WITHIN_S = 20.0


@pytest.fixture(scope="module")
def provider() -> Iterator[SmallProvider]:
    # The clock of these tests stands still, so the provider may outlive a central.
    with small_provider(Watch()) as made:
        yield made


@pytest.fixture
def line(tmp_path: Path, provider: SmallProvider) -> Iterator[AccountsLine]:
    with AccountsLine(tmp_path / "c.db", provider=provider.settings()) as made:
        provider.person = {"sub": "1", "preferred_username": "joris"}
        provider.away = provider.refuses = False
        made.office.client = provider.client
        made.begin()
        made.add_account("joris", "operator")
        yield made


def on_line(line: AccountsLine, work: Callable[[Gateway], Coroutine[Any, Any, Any]]) -> Any:
    """Run something on a gateway to this central."""

    async def all_of_it() -> Any:
        async with Gateway("http://central", InProcess(line.app), device="desk-1") as gateway:
            return await work(gateway)

    with asyncio.Runner() as runner:
        return runner.run(all_of_it())


async def knock(address: str, **twist: str) -> tuple[int, str]:
    """Ask the door as a browser would; ``method``, ``host`` or ``target`` may be another."""
    parts = urlsplit(address)
    target = twist.get("target", f"{parts.path}?{parts.query}")
    reader, writer = await asyncio.open_connection("127.0.0.1", parts.port)
    head = f"{twist.get('method', 'GET')} {target} HTTP/1.1\r\nHost: "
    writer.write(f"{head}{twist.get('host', parts.netloc)}\r\n\r\n".encode())
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return int(answer.split(" ")[1]), answer


async def send(provider: SmallProvider, address: str) -> str:
    """Let the browser go to the provider; return where it is sent back to."""
    return await asyncio.to_thread(provider.browse, address)


def test_only_the_one_answer_to_this_attempt_lets_somebody_in(
    line: AccountsLine, provider: SmallProvider
) -> None:
    async def work(gateway: Gateway) -> None:
        visit = Visit(gateway)
        address = await visit.begin()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith("https://")
        assert asked["redirect_uri"].startswith("http://127.0.0.1:")
        back = await send(provider, address)
        state = asked["state"]
        path = urlsplit(back).path
        wrong = (
            (404, {"target": "/favicon.ico"}),
            (404, {"target": f"/elders?code=x&state={state}"}),
            (400, {"target": f"{path}?code=x&state=verzonnen"}),
            (400, {"target": f"{path}?code=x"}),
            (400, {"target": f"{path}?code=x&code=y&state={state}"}),
            (400, {"target": f"{path}?code=x&state={state}&iss=https://elders.nl"}),
            (400, {"method": "POST"}),
            (400, {"host": "desk.voorbeeld.nl"}),
        )
        for status, twist in wrong:
            found, words = await knock(back, **twist)
            assert found == status, twist
            assert "verzonnen" not in words
            assert state not in words
            with pytest.raises(TimeoutError):
                await visit.proof(0.0)
        assert (await knock(back))[0] == 200
        proof = await visit.proof(WITHIN_S)
        assert (await knock(back))[0] == 404
        session = await gateway.sign_in_with("", "", "", proof)
        assert session.person.name == "Joris Bakker"
        await visit.close()
        with pytest.raises(OSError):
            await knock(back)

    on_line(line, work)


def test_two_windows_at_once_each_hear_their_own(
    line: AccountsLine, provider: SmallProvider
) -> None:
    async def work(gateway: Gateway) -> None:
        visits = Visit(gateway), Visit(gateway)
        backs = [await send(provider, await visit.begin()) for visit in visits]
        assert len({urlsplit(back).port for back in backs}) == 2
        # The answer to one, at the door of the other.
        crossed = urlsplit(backs[0])._replace(netloc=urlsplit(backs[1]).netloc).geturl()
        assert (await knock(crossed))[0] == 404
        own = urlsplit(backs[1]).path
        assert (await knock(backs[1], target=f"{own}?{urlsplit(backs[0]).query}"))[0] == 400
        proofs: list[Mapping[str, str]] = []
        for visit, back in zip(visits, backs, strict=True):
            assert (await knock(back))[0] == 200
            proofs.append(await visit.proof(WITHIN_S))
        assert len({proof["code"] for proof in proofs}) == 2
        for proof in proofs:
            assert (await gateway.sign_in_with("", "", "", proof)).person.name == "Joris Bakker"
        for visit in visits:
            await visit.close()

    on_line(line, work)


def test_who_stops_at_the_provider_or_never_comes_back_is_not_waited_for(
    line: AccountsLine, provider: SmallProvider
) -> None:
    async def work(gateway: Gateway) -> None:
        provider.refuses = True
        visit = Visit(gateway)
        back = await send(provider, await visit.begin())
        status, words = await knock(back)
        assert (status, "niet aangemeld" in words) == (200, True)
        with pytest.raises(TurnedAway):
            await visit.proof(WITHIN_S)
        await visit.close()
        late = Visit(gateway)
        await late.begin()
        with pytest.raises(TimeoutError):
            await late.proof(0.01)
        await late.close()

    on_line(line, work)


def test_without_a_provider_or_while_it_is_down_there_is_nowhere_to_go(
    line: AccountsLine, provider: SmallProvider, tmp_path: Path
) -> None:
    async def begins(gateway: Gateway) -> None:
        visit = Visit(gateway)
        try:
            await visit.begin()
        finally:
            await visit.close()

    provider.away = True
    with pytest.raises(ProviderSilent):
        on_line(line, begins)
    with AccountsLine(tmp_path / "plain.db") as plain, pytest.raises(NotOffered):
        on_line(plain, begins)


def test_the_path_is_made_anew_each_time_or_the_one_the_provider_takes(
    line: AccountsLine, provider: SmallProvider, tmp_path: Path
) -> None:
    asked: list[str] = []

    async def paths(gateway: Gateway) -> list[str]:
        found = []
        asked.clear()
        for _ in range(2):
            visit = Visit(gateway)
            query = parse_qs(urlsplit(await visit.begin()).query)
            found.append(urlsplit(query["redirect_uri"][0]).path)
            asked.append(query.get("acr_values", [""])[0])
            await visit.close()
        return found

    one, other = on_line(line, paths)
    assert one != other
    assert len(one) > 20
    fixed = provider.settings(path="terug", second_factor=True, acr="hoog")
    with AccountsLine(tmp_path / "fixed.db", provider=fixed) as made:
        made.office.client = provider.client
        assert on_line(made, paths) == ["/terug", "/terug"]
    assert asked == ["hoog", "hoog"]
