"""Pure: where a list goes on, as opaque text."""

import base64
import binascii
import re

from central.problems import Refusal
from contract.problems import ProblemCode

_SHAPE = re.compile(r"r1\.([A-Za-z0-9_-]{1,64})\.([a-z_]{1,40})\.([A-Za-z0-9_-]{1,64})")
LENGTH = 300


def write(team: str, kind: str, record_id: str) -> str:
    """Write the place below which a list goes on."""
    return base64.urlsafe_b64encode(f"r1.{team}.{kind}.{record_id}".encode()).rstrip(b"=").decode()


def read(team: str, kind: str, text: str) -> str:
    """Return the id below which a list goes on; empty text: from the top.

    ``bad-cursor`` for anything that this list of this team did not give.
    """
    if not text:
        return ""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (UnicodeError, binascii.Error, ValueError):
        raise Refusal(ProblemCode.BAD_CURSOR) from None
    found = _SHAPE.fullmatch(plain) if len(text) <= LENGTH else None
    if found is None or (found[1], found[2]) != (team, kind):
        raise Refusal(ProblemCode.BAD_CURSOR)
    return found[3]
