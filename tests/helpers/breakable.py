"""A line that can refuse, answer 503, or lose the reply after the work was done (house.md §3.13)."""

from __future__ import annotations

from collections import deque
from enum import StrEnum

import httpx

from console.sync.inprocess import InProcess


class Fault(StrEnum):
    """What may go wrong with one request."""

    NONE = "none"
    REFUSE = "refuse"
    OVERLOADED = "overloaded"
    LOSE_REPLY = "lose_reply"
    CUT_REPLY = "cut_reply"


class Breakable(InProcess):
    """In-process line to the real central; ``faults`` are used up one per request.

    ``only`` narrows the faults to requests whose path ends with it; ``down`` refuses all.
    """

    def __init__(self, app: object) -> None:
        super().__init__(app)  # type: ignore[arg-type]
        self.faults: deque[Fault] = deque()
        self.only = ""
        self.down = False
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Do the request as the plan says."""
        path = request.url.path
        self.asked.append(f"{request.method} {path}")
        fault = Fault.NONE
        if self.faults and path.endswith(self.only):
            fault = self.faults.popleft()
        if self.down or fault is Fault.REFUSE:
            raise httpx.ConnectError("refused")
        if fault is Fault.OVERLOADED:
            return httpx.Response(503, headers={"Retry-After": "0"}, content=b"busy")
        answer = await super().handle_async_request(request)
        if fault is Fault.LOSE_REPLY:
            await answer.aread()
            raise httpx.ReadError("lost")
        if fault is Fault.CUT_REPLY:
            whole = await answer.aread()
            return httpx.Response(answer.status_code, content=whole[: len(whole) // 2])
        return answer
