"""Pure: how an anchor is written as a cursor (sync.md §3). Desks keep the text and never read it."""

import base64
import binascii
import re
from dataclasses import dataclass

from central.problems import Refusal
from contract.problems import ProblemCode

VERSION = "v1"
_SHAPE = re.compile(r"v1\.([A-Za-z0-9_-]{1,64})\.(\d{1,18})\.([A-Za-z0-9_-]{0,40})(\.narrow)?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the history of a team: a number and the nonce of the commit that holds it.

    ``narrow``: on the way there something was left out that not everybody may see (sync.md §3).
    """

    seq: int
    nonce: str
    narrow: bool = False


def write(team: str, anchor: Anchor) -> str:
    """Write an anchor as a cursor."""
    narrow = ".narrow" if anchor.narrow else ""
    plain = f"{VERSION}.{team}.{anchor.seq}.{anchor.nonce}{narrow}".encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def read(team: str, text: str) -> Anchor:
    """Read a cursor of this team; ``bad-cursor`` for any other text."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (UnicodeError, binascii.Error, ValueError):
        raise Refusal(ProblemCode.BAD_CURSOR) from None
    found = _SHAPE.fullmatch(plain) if len(text) <= 300 else None
    if found is None or found[1] != team:
        raise Refusal(ProblemCode.BAD_CURSOR)
    return Anchor(int(found[2]), found[3], bool(found[4]))
