"""What may happen to a photo: it is added or taken away, never changed (sync.md §6)."""

from collections.abc import Mapping
from typing import Any

from contract.op import Decision
from contract.rules.common import refuse
from contract.vocabulary import OpStatus


def frozen_fields(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that may not change: all of them."""
    return tuple(wanted)


def with_content(body: Mapping[str, Any], held: tuple[int, str] | None) -> Decision:
    """Accept a new photo with size and type of the content that is held; None: there is none."""
    if held is None:
        return refuse(OpStatus.INVALID, "blob-missing", "sha256")
    return Decision(OpStatus.APPLIED, {**body, "size": held[0], "type": held[1]})
