"""The guard: what may not stand in a text to a group, on every path that ends in one (D18).

Pure functions on the standard library, `phonenumbers` and `python-stdnum`.
"""

from contract.guard.check import check
from contract.guard.report import (
    DESK_ONLY,
    KINDS,
    MAX_LENGTH,
    RULES,
    SECOND_PERSON,
    Finding,
    Outcome,
    Report,
)

__all__ = [
    "DESK_ONLY",
    "KINDS",
    "MAX_LENGTH",
    "RULES",
    "SECOND_PERSON",
    "Finding",
    "Outcome",
    "Report",
    "check",
]
