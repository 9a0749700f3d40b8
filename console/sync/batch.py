"""A batch of ops as it is sent, and the answers to it."""

from collections.abc import Sequence
from typing import Any

import orjson

from contract import routes
from contract.messages import op_to_wire, result_from_wire
from contract.op import Op, OpResult


def written(
    device: str, app: str, ops: Sequence[Op], turn: str = "", follows: str = ""
) -> dict[str, Any]:
    """Return the body of a push; ``follows``: the turn of the one that central has to do first."""
    client = {"device": device, "app": app, "schema": routes.SCHEMA, "completes": True}
    body = {"client": client, "turn": turn, "follows": follows}
    return {**body, "ops": [op_to_wire(op) for op in ops]}


def anchor(said: Any) -> str:
    """Return a place in the feed as central wrote it; it goes back in a header. Or ``ValueError``."""
    if not isinstance(said, str) or not (
        said.isascii() and said.isprintable() and len(said) < 1_000
    ):
        raise ValueError("no anchor")
    return said


def read(content: bytes, ops: Sequence[Op]) -> tuple[tuple[OpResult, ...], str, str]:
    """Return the answers, the anchor and the turn; records are completed from the desk's own ops.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for another shape.
    """
    said = orjson.loads(content)
    sets = {op.op_id: op.set for op in ops}
    results = [result_from_wire(line, sets.get(line["op_id"])) for line in said["results"]]
    return tuple(results), anchor(said["anchor"]), str(said.get("turn") or "")
