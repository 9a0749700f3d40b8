"""The fields of lists of groups that were read, and which group is which line of them (F16, F64)."""

from contract.kinds.field import Kind, identifier, mapping, text, time

KINDS = (
    Kind(
        "register_source",
        {
            "name": text(120, required=True),
            "headers": text(64),
            "columns": mapping(),
            "choices": mapping(),
            "read_at": time(),
        },
    ),
    Kind(
        "register_link",
        {
            "source_id": identifier(True),
            "group_id": identifier(True),
            "ref": text(120, required=True),
            "said": mapping(),
            "missing_at": time(),
        },
    ),
)
