"""Fetches the audit rows with their chain into a file, as they come (F54, security.md §6)."""

import os
from collections.abc import Sequence
from pathlib import Path

import orjson

from console.sync.failures import LineDown
from console.sync.gateway import Gateway
from contract.audit import export_path


async def export(gateway: Gateway, team: str, path: Path, seen: Sequence[str]) -> int:
    """Write the export of central; returns how many lines it has.

    ``seen``: the checkpoints that this desk kept; they go right after the head, so that whoever
    checks the file holds it against them. Raises like the gateway, and ``OSError``.
    """
    count = 0
    last = b""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:

        async def fetch(bearer: object) -> None:
            nonlocal count, last
            assert isinstance(bearer, dict)
            async with gateway.line.lines(export_path(team), bearer) as blocks:
                async for lines in blocks:
                    for line in lines:
                        if not line.strip():
                            continue
                        file.write(line.rstrip(b"\n") + b"\n")
                        count, last = count + 1, line
                        if count == 1:
                            for note in seen:
                                file.write(orjson.dumps({"seen": note}) + b"\n")

        await gateway.signed(fetch)
        file.flush()
        os.fsync(file.fileno())
    if b'"end"' not in last[:16]:
        raise LineDown("the export was cut")
    return count
