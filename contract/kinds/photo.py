"""The fields of a photo: where it belongs and which content it has (sync.md §8).

The content itself travels apart, by its hash. What stands here never changes: a photo is added, or
taken away.
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
        },
    ),
)
