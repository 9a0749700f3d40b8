"""Places, plates and phone lines in the text of an alert, as the readers print them."""

from __future__ import annotations

from contract.reading.dutch_places import find_places
from contract.reading.model import MAX_LIST
from contract.reading.phone_lines import find_phone_lines
from contract.reading.plates import find_plates

MAX_READ = 6_000
"""The most characters of one text in which facts are sought; an alert has a few hundred."""


def places_in(text: str) -> tuple[str, ...]:
    """Give the places named, at most `MAX_LIST`."""
    return tuple(found.value for found in find_places(text[:MAX_READ])[:MAX_LIST])


def plates_in(text: str) -> tuple[str, ...]:
    """Give the plates as AB-12-CD, at most `MAX_LIST`."""
    return tuple(found.value for found in find_plates(text[:MAX_READ])[:MAX_LIST])


def lines_in(text: str) -> tuple[str, ...]:
    """Give the phone lines as written, at most `MAX_LIST`."""
    return tuple(found.value for found in find_phone_lines(text[:MAX_READ])[:MAX_LIST])
