"""Outlines of areas as desk and central both read them; the checks stand in the contract."""

from contract.outline import (
    EXTENT,
    KEPT_BYTES,
    MAX_POINTS,
    MAX_RINGS,
    BadOutline,
    Outline,
    box_of,
    check,
    decoded,
    encoded,
    from_wkb,
    tidy,
    within_extent,
)

__all__ = [
    "EXTENT",
    "KEPT_BYTES",
    "MAX_POINTS",
    "MAX_RINGS",
    "BadOutline",
    "Outline",
    "box_of",
    "check",
    "decoded",
    "encoded",
    "from_wkb",
    "tidy",
    "within_extent",
]
