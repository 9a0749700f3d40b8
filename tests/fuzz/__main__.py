"""The long form of the hunt: ``python3 run.py fuzz [--minutes N] [--seed N] [WHAT ...]``."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
from pathlib import Path

from tests.fuzz.hunt import hunt, replay, targets


def main(arguments: list[str]) -> int:
    """Hunt, or play one find again; 1 where something was found."""
    parser = argparse.ArgumentParser(
        prog="run.py fuzz",
        description="Gooi veranderde en ruwe invoer op elke lezer en op de lijn.",
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help="welke doelen; zonder: alle")
    parser.add_argument("--minutes", type=float, default=10, help="hoe lang in totaal")
    parser.add_argument("--seed", type=int, help="dezelfde keuzes als een eerdere keer")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="speel één vondst opnieuw af")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="waar vondsten blijven staan")
    parser.add_argument("--list", action="store_true", help="noem de doelen")
    asked = parser.parse_args(arguments)
    logging.lastResort = None
    known = targets()
    if asked.list:
        print("\n".join(known))
        return 0
    if asked.replay is not None:
        print(replay(asked.replay))
        return 0
    # A word names a target, or all of which the name begins with it.
    names = [one for one in known if not asked.what or one.startswith(tuple(asked.what))]
    if not names:
        parser.error(f"onbekend doel; kies uit: {', '.join(known)}")
    start = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    folder = asked.keep or Path(tempfile.gettempdir()) / "buurtdesk-fuzz"
    print(f"seed {start}, {len(names)} targets, {asked.minutes:g} minutes", flush=True)
    done = hunt(
        names, minutes=asked.minutes, start=start, folder=folder,
        tell=lambda words: print(words, flush=True),
    )  # fmt: skip
    print("---")
    print("\n".join(tally.line() for tally in done))
    return 1 if any(tally.found for tally in done) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
