"""Between degrees and RD New, as desk and central both reckon; it stands in the contract."""

from contract.rijksdriehoek import (
    DEGREES,
    ETRS89,
    RD_NEW,
    SYSTEMS,
    WGS84,
    in_netherlands,
    outline_to_rd,
    to_degrees,
    to_rd,
)

__all__ = [
    "DEGREES",
    "ETRS89",
    "RD_NEW",
    "SYSTEMS",
    "WGS84",
    "in_netherlands",
    "outline_to_rd",
    "to_degrees",
    "to_rd",
]
