"""`python3 run.py pictures [NAME ...]`: every screen and popup, in both themes and two sizes.

The demo runs at one fixed moment, so a picture changes only when the desk does.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main() -> int:
    """Make the pictures that are named, or all; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="buurtdesk-pictures-") as home:
        os.environ["BUURTDESK_HOME"] = home
        from tools.pictures.studio import Studio

        studio = Studio(OUT)
        try:
            studio.make(frozenset(sys.argv[1:]))
        except Exception:
            # The running desk has a hook of its own for what nobody foresaw; here it must be seen.
            traceback.print_exc()
            return 1
        made, heavy = studio.made, studio.heavy
    print(f"{made} afbeeldingen in {OUT.relative_to(Path.cwd())}", file=sys.stderr)
    for name, size in heavy:
        print(f"groot: {name}, {size // 1000} kB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
