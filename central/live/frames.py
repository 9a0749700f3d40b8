"""Pure: how an event looks on the line (sync.md §8; the HTML standard, server-sent events)."""

from collections.abc import Mapping
from typing import Any

import orjson

PING = b": ping\n\n"
"""A comment; it only shows that the line is alive."""


def frame(event: str, data: Mapping[str, Any], mark: str = "") -> bytes:
    """Write one event. ``mark`` becomes the last event id of whoever reads it."""
    head = f"id: {mark}\n" if mark else ""
    return f"{head}event: {event}\ndata: ".encode() + orjson.dumps(data) + b"\n\n"


def retry(milliseconds: int) -> bytes:
    """Write how long a reader waits before it comes back after the line was cut."""
    return f"retry: {milliseconds}\n\n".encode()
