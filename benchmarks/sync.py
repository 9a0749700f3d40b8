"""Desks and central together (capacity.md): fetching, sending, writing at once, news, long runs.

Central runs in a process of its own; PostgreSQL is a server of its own that waits for its disk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import poke, pull, push, save, soak, writers
from benchmarks.measure import Figure

SERVER = {
    "fsync": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}
PARTS: dict[str, Callable[..., list[Figure]]] = {
    "pull": pull.measure,
    "push": push.measure,
    "writers": writers.measure,
    "poke": poke.measure,
    "soak": soak.measure,
}


def measure() -> list[Figure]:
    """Measure all parts, one after another; takes about ten minutes."""
    from tests.helpers.postgres import running_server

    figures = save.measure()
    with running_server(**SERVER) as server:
        for name, part in PARTS.items():
            print(f" meet {name} …", file=sys.stderr, flush=True)
            found = part(server)
            # A later part that breaks off takes nothing along.
            for figure in found:
                print(figure.line(), file=sys.stderr, flush=True)
            figures += found
    return figures
