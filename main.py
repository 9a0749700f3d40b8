"""Starts the desk, with central inside it unless an address is configured."""

import sys
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from console.app import run
from console.app.options import Central


def make_central(
    path: Path, key: bytes, secret: str, tell: Callable[[], datetime] | None = None
) -> Central:
    """Return the central that runs inside the desk; imported only when it is needed."""
    from central.embedded import build_embedded

    return build_embedded(path, key, secret, tell)


def make_demo_central(
    path: Path,
    key: bytes,
    secret: str,
    tell: Callable[[], datetime] | None = None,
    *,
    ahead_s: float = 0.0,
) -> Central:
    """Return a central whose world outside is a story on this machine, and nothing else.

    The only place outside the tests where the guarded client is told of stand-ins. ``ahead_s``: how
    far the story is when it is first looked at.
    """
    from central.clock import system_time
    from central.embedded import build_embedded
    from central.standins.world import World

    world = World(tell or system_time, _client_of_stand_ins, ahead_s=ahead_s)
    return build_embedded(path, key, secret, tell, world)


def _client_of_stand_ins(standing: Any, hosts: Collection[str]) -> Any:
    """Return the guarded client for hosts that stand on this machine."""
    from central.outside import Doubles, OutsideClient

    return OutsideClient(hosts, doubles=Doubles(standing.ports, standing.trust))


def main() -> int:
    """Run the desk; returns its exit code."""
    return run(sys.argv[1:], make_central, make_demo_central)


if __name__ == "__main__":
    sys.exit(main())
