"""Write docs/openapi.json from the program: ``python -m tools.openapi``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from central.app import build_app, close_app
from central.settings import Settings

PAPER = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def written() -> str:
    """Return the document as the paper holds it."""
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(Settings(Path(folder) / "central.db", bytes(32)))
        try:
            return json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"
        finally:
            close_app(app)


def main() -> int:
    """Write the paper; returns 0."""
    PAPER.write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
