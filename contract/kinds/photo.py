"""The fields of a photo: where it belongs and which content it has (sync.md §8).

The content itself travels apart, by its hash. What stands here never changes: a photo is added, or
taken away. Of a photo of a post also where it comes from, who allowed what, and its last day (F27).
"""

from contract import blobs
from contract.kinds.field import Field, Kind, identifier, number, text, time

KINDS = (
    Kind(
        "photo",
        {
            "parent_kind": Field("choice", 10, True, frozenset({"report", "post"})),
            "parent_id": identifier(True),
            "name": text(120, required=True),
            "sha256": text(64, required=True),
            "size": number(blobs.MAX_BYTES),
            "type": Field("choice", 20, True, blobs.TYPES),
            "made_by": identifier(),
            "made_at": time(),
            "reason": text(400),
            "source": text(200),
            "permission_by": text(120),
            "permission_for": text(200),
            "expires_on": text(10),
        },
    ),
)
