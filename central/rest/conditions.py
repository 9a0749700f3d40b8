"""Pure: the conditions of a request: ``If-Match``, ``If-None-Match``, ``Idempotency-Key``.

Source: RFC 9110 §13 and docs/api.md §2. The tag of a record is its version between quotes.
"""

import re

from central.problems import Refusal
from contract.problems import ProblemCode

_TAG = r'(?:W/)?"[\x21\x23-\x7e]*"'
_TAGS = re.compile(rf"\s*{_TAG}\s*(?:,\s*{_TAG}\s*)*")
_ONE = re.compile(_TAG)
_KEY = re.compile(r'"?([A-Za-z0-9_-]{1,64})"?')

LENGTH = 1000


def tag(ver: int) -> str:
    """Return the ``ETag`` of a record at this version."""
    return f'"{ver}"'


def tags(header: str) -> frozenset[str] | None:
    """Read a list of tags; ``*`` alone stays ``*``; None for text that is no list of tags."""
    if header.strip() == "*":
        return frozenset("*")
    if len(header) > LENGTH or not _TAGS.fullmatch(header):
        return None
    return frozenset(_ONE.findall(header))


def needed(header: str | None) -> frozenset[str]:
    """Return the tags of an ``If-Match`` that must be there.

    ``precondition-required`` where it is missing or ``*``: who changes a record names the version
    they saw, so nothing unseen is overwritten.
    """
    found = tags(header) if header is not None else frozenset("*")
    if found is None:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/header/If-Match"])
    if "*" in found:
        raise Refusal(ProblemCode.PRECONDITION_REQUIRED)
    return found


def optional(header: str | None) -> frozenset[str]:
    """Return the tags of an ``If-Match`` that may be absent; empty: any version will do."""
    if header is None or header.strip() == "*":
        return frozenset()
    return needed(header)


def unchanged(header: str | None, ver: int) -> bool:
    """Say whether a reader holds this version already; tags compare weakly here."""
    found = tags(header) if header is not None else None
    if not found:
        return False
    return "*" in found or tag(ver) in {one.removeprefix("W/") for one in found}


def idempotency_key(header: str | None) -> str | None:
    """Return the key, with or without quotes around it; None where it is absent or no key."""
    found = _KEY.fullmatch((header or "").strip())
    return found[1] if found else None
