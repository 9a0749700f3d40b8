"""Asking central what became of one op, where the desk itself does not know (sync.md §4)."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from console.domain.whereabouts import CentralAnswer
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway
from contract import routes
from contract.problems import ProblemCode


class AnswerSeen(BaseModel):
    """The stored answer to an op; of its record only the time counts here."""

    model_config = ConfigDict(extra="ignore")

    status: str
    ver: int = 0
    code: str = ""
    record: dict[str, Any] | None = None


async def answer_of(gateway: Gateway, op_id: str) -> CentralAnswer:
    """Return what central knows of an op; never raises."""
    session = gateway.session
    if session is None:
        return CentralAnswer(known=False, reached=False)
    try:
        seen = await gateway.ask(AnswerSeen, "GET", routes.ops(session.team.id, op_id))
    except Answered as answer:
        return CentralAnswer(known=False, reached=answer.code == ProblemCode.NOT_FOUND)
    except LineDown:
        return CentralAnswer(known=False, reached=False)
    at = str((seen.record or {}).get("at") or "")
    return CentralAnswer(True, status=seen.status, ver=seen.ver, code=seen.code, at=at)
