"""`read-alert FILE [--at TIME]`: one alert text or feed answer as JSON (issue: read-alert)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from console.intake.answers import answer, only_file
from console.intake.files import Unreadable, read_bounded
from contract.reading.alert import read_alert_bytes
from contract.reading.dutch_time import AMSTERDAM
from contract.reading.model import MAX_ALERT_BYTES


def main(argv: Sequence[str]) -> int:
    """Print the reading of the file named in `argv`; 0 when read, 2 with an error document."""
    return answer(lambda: _document(argv))


def _document(argv: Sequence[str]) -> Mapping[str, Any]:
    words, at = _without_time(argv)
    data = read_bounded(only_file(words, "read-alert"), max_bytes=MAX_ALERT_BYTES)
    return read_alert_bytes(data, at or datetime.now(UTC)).document()


def _without_time(argv: Sequence[str]) -> tuple[list[str], datetime | None]:
    """Split `--at TIME` or `--at=TIME` off; a time without zone is Dutch local time."""
    words: list[str] = []
    given: str | None = None
    rest = iter(argv)
    for word in rest:
        if word == "--at":
            given = next(rest, "")
        elif word.startswith("--at="):
            given = word.removeprefix("--at=")
        else:
            words.append(word)
    return words, None if given is None else _time(given)


def _time(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        sentence = "Schrijf de tijd achter --at als 2026-11-12T16:31:00+01:00."
        raise Unreadable("damaged", sentence) from error
    return moment


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
