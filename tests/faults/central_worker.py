"""Central in a process that will be killed: the program's own command line, started warm."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import Any

from central.operations import commands
from central.operations.keys import KEY_VARIABLE
from central.operations.store import Store
from central.settings import Settings
from tests.faults.mutants import AT_CENTRAL, GAP
from tests.faults.places import CentralPlace
from tests.faults.readable import use_temporary
from tests.helpers.central_line import KEY

CHEAP: dict[str, Any] = {
    "hash_memory_kib": 64,
    "hash_passes": 1,
    "hash_lanes": 1,
    "device_rate": 0.0,
}
"""Passwords that cost next to nothing and desks without a rate: a run is about kills."""


def live(at: CentralPlace) -> None:
    """Serve until a signal comes; the exit code is that of the command line."""
    log = os.open(at.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    use_temporary(at.log.parent)
    os.environ[KEY_VARIABLE] = KEY.hex()
    honest = Store.settings

    def settings(self: Store) -> Settings:
        return replace(honest(self), **CHEAP)

    Store.settings = settings  # type: ignore[method-assign]
    if at.mutant:
        AT_CENTRAL[at.mutant](lambda: os.write(log, GAP))
    where = ["--database", at.place] if isinstance(at.place, str) else ["--file", str(at.place)]
    sys.exit(commands.run(["serve", *where, "--port", str(at.port)]))
