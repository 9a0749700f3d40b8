"""Names into addresses, within a time, without holding up whoever waits."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable

Resolve = Callable[[str], Awaitable[list[str]]]
"""Gives the addresses of a host; raises ``OSError`` where it has none."""


async def system_resolve(host: str) -> list[str]:
    """Ask the system. The thread is its own: a resolver that hangs holds nobody at the end."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str] | OSError) -> None:
        if done.done():
            return
        if isinstance(found, OSError):
            done.set_exception(found)
        else:
            done.set_result(found)

    def ask() -> None:
        found: list[str] | OSError
        try:
            rows = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError) as trouble:
            found = trouble if isinstance(trouble, OSError) else OSError("no name")
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=ask, name="outside-resolve", daemon=True).start()
    return await done
