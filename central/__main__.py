"""Central on its own: ``python3 run.py central`` (operations.md)."""

import sys

from central.operations.commands import run


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; returns 0, or 2 with one Dutch sentence on stderr."""
    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    raise SystemExit(main())
