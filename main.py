"""Starts the desk, with central inside it unless an address is configured."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from console.app import run
from console.app.options import Central


def make_central(
    path: Path, key: bytes, secret: str, tell: Callable[[], datetime] | None = None
) -> Central:
    """Return the central that runs inside the desk; imported only when it is needed."""
    from central.embedded import build_embedded

    return build_embedded(path, key, secret, tell)


def main() -> int:
    """Run the desk; returns its exit code."""
    return run(sys.argv[1:], make_central)


if __name__ == "__main__":
    sys.exit(main())
