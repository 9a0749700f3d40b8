"""Pure: what to do after a failure, and how long to wait (sync.md §5, §9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import orjson

from console.sync.failures import Answered
from contract import routes
from contract.messages import op_to_wire
from contract.op import Op
from contract.problems import ProblemCode

Jitter = Callable[[float, float], float]

POISON_REFUSALS = 5
"""How often one op alone may make a request fail before it goes to the tray."""

LONGEST_WAIT_S = 600.0
"""However long an answer asks to stay away: whoever sent it may not have been central."""


class Verdict(StrEnum):
    """What a refused request asks of the desk."""

    WAIT = "wait"
    SPLIT = "split"
    SIGNED_OUT = "signed_out"
    RESYNC = "resync"
    REWOUND = "rewound"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between tries: ``poll`` when all is well, ``base`` doubling to ``cap`` when not.

    ``live_poll`` is the safety net while news comes by itself. ``start`` is over how much time
    the desks of a central elsewhere spread after an outage. ``events_again``: when events that did
    not come through are tried again. ``check``: between two comparisons of the digests.
    """

    poll: float = 5.0
    live_poll: float = 60.0
    base: float = 1.0
    cap: float = 60.0
    start: float = 10.0
    watchdog: float = 90.0
    events_again: float = 1_800.0
    check: float = 3_600.0


_VERDICTS = {
    ProblemCode.TOO_LARGE: Verdict.SPLIT,
    ProblemCode.BATCH_INVALID: Verdict.SPLIT,
    ProblemCode.OP_ID_REUSED: Verdict.SPLIT,
    ProblemCode.UNAUTHENTICATED: Verdict.SIGNED_OUT,
    ProblemCode.FORBIDDEN: Verdict.SIGNED_OUT,
    ProblemCode.DEVICE_REVOKED: Verdict.SIGNED_OUT,
    ProblemCode.RESYNC_REQUIRED: Verdict.RESYNC,
    ProblemCode.BAD_CURSOR: Verdict.RESYNC,
    ProblemCode.TIMELINE_CHANGED: Verdict.REWOUND,
    ProblemCode.CLIENT_TOO_OLD: Verdict.UPGRADE,
}


def verdict(answer: Answered) -> Verdict:
    """Say what a problem asks; one that this program does not know asks to wait."""
    if answer.code is not None:
        return _VERDICTS.get(answer.code, Verdict.WAIT)
    if answer.status == 400 and answer.foreign:
        # What stands in between knows nothing of our ops; none of them may end in the tray for it.
        return Verdict.WAIT
    return Verdict.SPLIT if answer.status in (400, 413) else Verdict.WAIT


def backoff(tries: int, pace: Pace, jitter: Jitter, retry_after_s: float | None = None) -> float:
    """Return how long to wait after this many failures: full jitter; central's word wins."""
    if retry_after_s is not None:
        return min(max(0.0, retry_after_s), LONGEST_WAIT_S)
    most: float = min(pace.cap, pace.base * 2.0 ** min(max(tries - 1, 0), 16))
    return jitter(0.0, most)


def pause_after(
    tries: int,
    pace: Pace,
    jitter: Jitter,
    retry_after_s: float | None = None,
    *,
    elsewhere: bool,
) -> float:
    """Return the pause after a failure of the line; after the first one desks spread out.

    Two hundred desks notice an outage in the same moment and would come back in the same moment;
    a desk that carries its own central is alone (sync.md §9).
    """
    if elsewhere and tries == 1 and retry_after_s is None:
        return jitter(0.0, pace.start)
    return backoff(tries, pace, jitter, retry_after_s)


def fitting(ops: Sequence[Op], limit: int) -> list[Op]:
    """Return the first ops that fit one request; a group is never cut, one unit always goes."""
    chosen: list[Op] = []
    size = 0
    for unit in _units(ops):
        weight = sum(len(orjson.dumps(op_to_wire(op))) + 1 for op in unit)
        over = size + weight > routes.BATCH_BYTES or len(chosen) + len(unit) > limit
        if chosen and over:
            break
        chosen += unit
        size += weight
    ids = {op.op_id for op in chosen}
    return [op for op in ops if op.op_id in ids]


def whole_units(ops: Sequence[Op]) -> list[Op]:
    """Leave out the last group: when ops come in pieces, it may not be whole yet."""
    last = ops[-1].group if ops else None
    return [op for op in ops if last is None or op.group != last]


def alone(ops: Sequence[Op]) -> bool:
    """Say whether these ops cannot be split further: one op, or one group."""
    return len(_units(ops)) <= 1


def _units(ops: Sequence[Op]) -> list[list[Op]]:
    units: dict[str, list[Op]] = {}
    for op in ops:
        units.setdefault(f"g {op.group}" if op.group else f"o {op.op_id}", []).append(op)
    return list(units.values())
