"""Runs the benchmarks: ``python -m benchmarks [AREA] [--json]``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from benchmarks.measure import Figure

AREAS = (
    "start",
    "list",
    "frames",
    "directory",
    "guard",
    "chat",
    "handover",
    "sync",
    "geo",
    "feed",
    "register",
    "audit",
    "encryption",
)


def main(arguments: list[str]) -> int:
    """Run one area or all of them and print the figures; exit 1 where a target was missed."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Meet de desk.")
    parser.add_argument("area", nargs="?", choices=AREAS, help="alleen dit deel")
    parser.add_argument("--json", action="store_true", help="als één JSON-document")
    chosen = parser.parse_args(arguments)
    figures: list[Figure] = []
    for area in (chosen.area,) if chosen.area else AREAS:
        print(f"meet {area} …", file=sys.stderr, flush=True)
        measured = importlib.import_module(f"benchmarks.{area}").measure()
        figures += measured
        if not chosen.json:
            for figure in measured:
                print(figure.line(), flush=True)
    if chosen.json:
        print(json.dumps({"figures": [figure.as_json() for figure in figures]}, indent=1))
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
