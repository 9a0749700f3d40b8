"""`read-register FILE`: a municipal list of groups as JSON (issue: read-register)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from console.intake.answers import answer, only_file
from console.intake.files import read_bounded
from console.intake.register import read_register
from console.intake.register_table import MAX_REGISTER_BYTES


def main(argv: Sequence[str]) -> int:
    """Print the reading of the file named in `argv`; 0 when read, 2 with an error document."""
    return answer(lambda: _document(argv))


def _document(argv: Sequence[str]) -> Mapping[str, Any]:
    name = only_file(argv, "read-register")
    return read_register(read_bounded(name, max_bytes=MAX_REGISTER_BYTES)).document()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
