"""What every rule module shares: the shape of a rule, refusals and times."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from contract.op import Actor, Decision, Op
from contract.vocabulary import OpStatus


class Rule(Protocol):
    """Decide one command against the body it concerns."""

    def __call__(self, op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
        """Return the decision; the body is never changed in place."""
        ...


def refuse(status: OpStatus, code: str, *fields: str) -> Decision:
    """Return a refusal with its code (glossary: ``docs/glossary.md``) and the fields in the way."""
    return Decision(status, fields=fields, code=code)


def change(body: Mapping[str, Any], **new: Any) -> Decision:
    """Accept: the body with these fields set; a no-op where all of them stand already."""
    if all(body.get(name) == value for name, value in new.items()):
        return Decision(OpStatus.NOOP)
    return Decision(OpStatus.APPLIED, {**body, **new})


def later(now: str, *, minutes: int = 0, hours: int = 0) -> str:
    """Return the stamp this much later than ``now``, in the same form."""
    start = datetime.fromisoformat(now.replace("Z", "+00:00"))
    end = start + timedelta(minutes=minutes, hours=hours)
    return end.strftime("%Y-%m-%dT%H:%M:%S.") + f"{end.microsecond // 1000:03d}Z"
