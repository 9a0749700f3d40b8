"""Pure: asking RDW's open data about a plate, and reading its answer (formats.md §5).

Its newer address takes a query by POST, so that no plate stands in an address or in a log of one.
"""

import json
from typing import Any

from central.outside.answer import Asked
from contract.lookups import Vehicle
from contract.reading.feed import OddAnswer

_COLUMNS = ("kenteken", "voertuigsoort", "merk", "handelsbenaming", "eerste_kleur", "tweede_kleur")
_NOTHING = frozenset({"", "n.v.t.", "niet geregistreerd", "geen verstrekking in open data", "0"})
_WORD_MOST = 60


def asked(url: str, plate: str, token: str = "") -> Asked:
    """Return the request for a plate of six letters and figures."""
    query = f"SELECT {', '.join(_COLUMNS)} WHERE kenteken = '{plate}'"
    body = {
        "query": query,
        "page": {"pageNumber": 1, "pageSize": 2},
        "includeSynthetic": False,
    }
    headers = {"X-App-Token": token} if token else {}
    return Asked(url, json.dumps(body).encode(), headers=headers)


def read(text: str, plate: str) -> Vehicle | None:
    """Return the vehicle; None where the register has none. Raises ``OddAnswer``."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise OddAnswer("no JSON") from None
    if not isinstance(rows, list) or len(rows) > 2:
        raise OddAnswer("no list")
    if not rows:
        return None
    row = rows[0]
    # One row, and of the plate that was asked for: else it is about something else.
    if len(rows) > 1 or not isinstance(row, dict) or row.get("kenteken") != plate:
        raise OddAnswer("another vehicle")
    found = Vehicle(
        kind=_word(row, "voertuigsoort"),
        make=_word(row, "merk"),
        model=_word(row, "handelsbenaming"),
        colour=_word(row, "eerste_kleur"),
        second_colour=_word(row, "tweede_kleur"),
    )
    if not found.kind and not found.make:
        raise OddAnswer("no vehicle")
    return found


def _word(row: dict[str, Any], name: str) -> str:
    """Return a value in plain words; empty for what the register uses to say that it has none."""
    value = row.get(name)
    if not isinstance(value, str):
        return ""
    word = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    return "" if word.casefold() in _NOTHING else word[:_WORD_MOST]
