"""Reads the invented town from ``resources/demo``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "demo"


def read(name: str) -> dict[str, Any]:
    """Return one file of the town. Raises OSError or TOMLDecodeError where it is damaged."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
