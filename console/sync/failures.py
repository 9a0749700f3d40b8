"""How a request can fail. None of these says anything about a single op (sync.md §5)."""

from contract.problems import ProblemCode


class LineDown(Exception):
    """No whole answer came: refused, timed out, or cut half-way. Everything stays as it was."""


class Silent(LineDown):
    """A connection stood, and nothing came over it for too long."""


class Answered(Exception):
    """Central answered the request with a problem.

    ``code`` is None for a problem this program does not know. ``detail`` is central's own words,
    for the log only.
    """

    def __init__(
        self,
        status: int,
        code: ProblemCode | None,
        detail: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(f"{status} {code.value if code else 'unknown'}")
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after_s = retry_after_s
