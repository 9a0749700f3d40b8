"""How a request can fail. None of these says anything about a single op (sync.md §5)."""

from contract.problems import ProblemCode


class LineDown(Exception):
    """No whole answer came: refused, timed out, or cut half-way. Everything stays as it was."""


class Silent(LineDown):
    """A connection stood, and nothing came over it for too long."""


class Slow(LineDown):
    """Bytes came, but the answer was not whole in time: less at a time may get through."""


FOREIGN = "foreign-answer"
"""Something between the desk and central answered in its place: a proxy, a sign-in page."""

CERTIFICATE = "certificate"
"""The certificate at this address is not one that this computer trusts for it."""

CERTIFICATE_EXPIRED = "certificate-expired"
"""The certificate at this address ran out, or the clock of this computer is wrong."""


class Answered(Exception):
    """Central answered the request with a problem.

    ``code`` is None for a problem this program does not know. ``detail`` is central's own words,
    for the log only. ``foreign``: it was no problem document, so not central said this.
    ``pointers`` name the places in the request that were wrong, such as "/old".
    """

    def __init__(
        self,
        status: int,
        code: ProblemCode | None,
        detail: str = "",
        retry_after_s: float | None = None,
        *,
        foreign: bool = False,
        pointers: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{status} {code.value if code else 'unknown'}")
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after_s = retry_after_s
        self.foreign = foreign
        self.pointers = pointers
