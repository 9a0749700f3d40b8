"""The long form of the kill runs: ``python3 run.py kill`` (docs/sync.md §11)."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.faults.killer import Tally, run

BACKENDS = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    """Run on one backend or both; 1 where something was lost, doubled, different or readable."""
    parser = argparse.ArgumentParser(
        prog="run.py kill", description="Schiet desks, centrale en database neer en kijk na."
    )
    parser.add_argument("--kills", type=int, default=150, help="hoe vaak, per database")
    parser.add_argument("--backend", choices=(*BACKENDS, "both"), default="both")
    parser.add_argument("--seed", type=int, help="dezelfde keuzes als een eerdere keer")
    parser.add_argument("--json", action="store_true", help="als één JSON-document")
    asked = parser.parse_args(arguments)
    seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    done = []
    for backend in BACKENDS if asked.backend == "both" else (asked.backend,):
        print(f"{backend}: {asked.kills} keer …", file=sys.stderr, flush=True)
        done.append(one(backend, asked.kills, seed))
        if not asked.json:
            print(line(done[-1]), flush=True)
    if asked.json:
        print(json.dumps({"runs": [tally.as_json() for tally in done]}, indent=1))
    return 0 if all(tally.good for tally in done) else 1


def one(backend: str, kills: int, seed: int) -> Tally:
    """Do one run on a backend of its own, in a folder that is thrown away afterwards."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bd-kill-"))
        server = None
        if backend == "postgresql":
            from tests.helpers.postgres import running_server

            server = stack.enter_context(running_server())
        return run(Path(folder), kills, server=server, seed=seed)


def line(tally: Tally) -> str:
    """Return the figures of a run in one line, and below it what was wrong."""
    said = tally.as_json()
    killed = ", ".join(f"{name} {n}" for name, n in said["kills"].items())
    words = (
        f"{tally.backend}: {said['kills_in_all']} kills ({killed}) in {said['seconds']} s, "
        f"{said['acts']} acts, {said['lost']} lost, {said['doubled']} doubled, "
        f"{said['taken_back']} taken back, {said['different']} different, {said['broken']} broken; "
        f"readable: {said['readable']} of {said['kills_in_all']} kills; seed {tally.seed}"
    )
    return "\n  ".join([words, *tally.fell, *said["examples"], *said["readable_examples"]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
