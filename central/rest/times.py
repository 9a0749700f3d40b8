"""Pure: moments come in with any offset and go out in UTC (NLgov API Design Rules)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from central.clock import stamp
from contract.kinds import KINDS

YEAR = 1000
"""Years up to here are no moment that anybody means, and not four digits everywhere."""


def utc(text: str) -> str | None:
    """Return a moment as a UTC stamp; None for text that is no moment with an offset."""
    try:
        read = datetime.fromisoformat(text) if len(text) <= 40 else None
        known = read is not None and read.tzinfo is not None and read.year > YEAR
        return stamp(read) if known and read is not None else None
    except (ValueError, OverflowError):
        return None


def in_utc(kind: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the values with every moment in UTC, and the names of those that are no moment."""
    told, wrong = dict(values), []
    for name, field in KINDS[kind].fields.items():
        value = told.get(name)
        if field.type != "time" or not isinstance(value, str) or not value:
            continue
        moment = utc(value)
        if moment is None:
            wrong.append(name)
        else:
            told[name] = moment
    return told, wrong
