"""The phone numbers a text holds, read as the guard reads them and given as digits (F26, F52).

What looks for one number must find every notation that the guard stops: with odd separators, in
signs that look like digits, and written in words.
"""

from __future__ import annotations

import re
from typing import Final

from contract.guard.digits import chains, plain_digits
from contract.guard.phones import find_phone_numbers
from contract.guard.plain import plain
from contract.guard.spelled import NUMBERS, find_spelled_phones
from contract.guard.tokens import Token, tokenise
from contract.region import NETHERLANDS, RegionProfile

_MAY_HOLD: Final = re.compile(r"\d|nul", re.IGNORECASE)


def numbers_in(text: str, region: RegionProfile = NETHERLANDS) -> list[str]:
    """Return every phone number that the guard finds, as the digits that were written, in 0-9.

    A number of a service is one too. In time linear in the length of the text.
    """
    read = plain(text).text
    if not _MAY_HOLD.search(read):
        return []
    private, services = find_phone_numbers(read, chains(read), region)
    found = [_digits(read[start:end]) for start, end in (*private, *services)]
    tokens = tokenise(read)
    for start, end in find_spelled_phones(tokens):
        found.append("".join(_said(one) for one in tokens if start <= one.start < end))
    return found


def _digits(written: str) -> str:
    zero = "0" if written[:1] in ("o", "O") else ""
    return zero + "".join(plain_digits(run) for run in re.findall(r"\d+", written))


def _said(token: Token) -> str:
    if token.is_number:
        return plain_digits(token.text)
    return "06" if token.low == "nulzes" else str(NUMBERS[token.low])
