"""The line inside the process hands pieces on as they are made (house.md §0.6)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from console.sync.inprocess import PIECES, InProcess


def run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner() as runner:
        runner.run(work)


def start() -> dict[str, Any]:
    return {"type": "http.response.start", "status": 200, "headers": [(b"x-of", b"app")]}


def piece(body: bytes, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def with_line(
    app: Callable[..., Any], use: Callable[[httpx.AsyncClient], Coroutine[Any, Any, None]]
) -> None:
    async with httpx.AsyncClient(transport=InProcess(app), base_url="http://central") as client:
        await use(client)


def test_the_first_piece_arrives_while_the_app_still_waits() -> None:
    gate = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(start())
        await send(piece(b"one\n"))
        await gate.wait()
        await send(piece(b"two\n", more=False))

    async def use(client: httpx.AsyncClient) -> None:
        seen = []
        async with client.stream("GET", "/") as answer:
            assert answer.headers["x-of"] == "app"
            async for line in answer.aiter_lines():
                seen.append(line)
                gate.set()
        assert seen == ["one", "two"]

    run(with_line(app, use))


def test_the_app_waits_for_a_slow_reader() -> None:
    sent = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        await send(start())
        for number in range(1000):
            await send(piece(b"x", more=number < 999))
            sent += 1

    async def use(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", "/") as answer:
            async for _ in answer.aiter_raw():
                for _ in range(50):
                    await asyncio.sleep(0)
                assert sent <= PIECES + 2
                break

    run(with_line(app, use))


def test_an_app_that_breaks_half_way_is_a_cut_answer() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(start())
        await send(piece(b"half"))
        raise RuntimeError

    async def use(client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/")

    run(with_line(app, use))


def test_an_app_that_says_nothing_is_no_answer() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        return

    async def use(client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/")

    run(with_line(app, use))


def test_an_app_that_hangs_is_given_up_and_let_go() -> None:
    ended = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def use(client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.ReadTimeout):
            await client.get("/", timeout=0.01)
        await ended.wait()

    run(with_line(app, use))


def test_closing_the_line_ends_what_runs() -> None:
    ended = asyncio.Event()
    begun = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await send(start())
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def use(client: httpx.AsyncClient) -> None:
        await client.send(client.build_request("GET", "/"), stream=True)
        await begun.wait()

    run(with_line(app, use))
    assert ended.is_set()


def test_a_closed_line_refuses() -> None:
    async def ask() -> None:
        transport = InProcess(lambda *_: None)  # type: ignore[arg-type]
        with pytest.raises(httpx.ConnectError):
            await transport.handle_async_request(httpx.Request("GET", "http://central/"))

    run(ask())


def test_the_app_gets_what_was_asked() -> None:
    asked: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.update(scope)
        asked["body"] = (await receive())["body"]
        await send(start())
        await send(piece(b"", more=False))

    async def use(client: httpx.AsyncClient) -> None:
        await client.post("/a/b?c=d", content=b"words", headers={"X-Mark": "1"})

    run(with_line(app, use))
    assert (asked["method"], asked["path"], asked["query_string"]) == ("POST", "/a/b", b"c=d")
    assert asked["body"] == b"words"
    assert (b"x-mark", b"1") in asked["headers"]
