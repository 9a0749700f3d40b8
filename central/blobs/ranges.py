"""Pure: which bytes a ``Range`` header asks for (RFC 9110 §14)."""

import re

_ONE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Unsatisfiable(Exception):
    """The content has no such bytes."""


def asked(header: str, size: int) -> tuple[int, int] | None:
    """Return first and one-past-last byte; None for the whole content.

    Several ranges, and what cannot be read, mean the whole. Raises ``Unsatisfiable``.
    """
    found = _ONE.fullmatch(header.strip()) if header else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        last = int(found[2])
        if last == 0:
            raise Unsatisfiable
        return max(0, size - last), size
    first = int(found[1])
    end = min(size, int(found[2]) + 1) if found[2] else size
    if found[2] and int(found[2]) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, end
