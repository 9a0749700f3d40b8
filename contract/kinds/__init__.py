"""The record kinds and their fields: one table that central validates by and the desk stores by.

Source: sync.md §1. Unknown fields are kept as they came (I15); only known ones are checked.
"""

from contract.kinds import directory, photo, post, register, report, shift, sign
from contract.kinds.field import Field, Kind

__all__ = ["KINDS", "Field", "Kind"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *report.KINDS,
        *photo.KINDS,
        *directory.KINDS,
        *register.KINDS,
        *sign.KINDS,
        *post.KINDS,
        *shift.KINDS,
    )
}
