"""Pure: when two requests for signs, or two counters, are one and the same (F19, F20).

Every desk gives them the same id, so that two desks that note the same thing make one record.
"""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID, uuid5

_NAMESPACE = UUID("0b1a6a3e-5d0c-5f0e-8a64-0f6d6b1f7c53")
_BETWEEN = re.compile(r"[\W_]+")


def plain_place(text: str) -> str:
    """Return a place without capitals, accents and marks, as it is compared."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _BETWEEN.sub(" ", bare).strip()


def sign_request_id(day: str, spots: Iterable[str], area_id: str = "") -> str:
    """Return the id of a request for these places on a day (YYYY-MM-DD), in whatever order."""
    places = sorted({plain_place(one) for one in spots} - {""})
    return str(uuid5(_NAMESPACE, "\n".join(("sign", day, area_id, *places))))


def signup_count_id(month: str, what: str, group_id: str = "", area_id: str = "") -> str:
    """Return the id of the one counter of a group or area in a month (YYYY-MM)."""
    return str(uuid5(_NAMESPACE, f"signup\n{month}\n{what}\n{group_id}\n{area_id}"))
