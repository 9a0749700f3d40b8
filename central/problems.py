"""Refusals of a whole request, as RFC 9457 documents (security.md §8). No personal data in them."""

from collections.abc import Sequence
from typing import Any

from central.request_id import REQUEST_ID
from contract import problems
from contract.problems import ProblemCode


class Refusal(Exception):
    """A request that central refuses; the transaction it was raised in is rolled back."""

    def __init__(
        self,
        code: ProblemCode,
        detail: str = "",
        *,
        pointers: Sequence[str] = (),
        retry_after_s: int | None = None,
        rule: str = "",
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
        self.pointers = tuple(pointers)
        self.retry_after_s = retry_after_s
        self.rule = rule

    @property
    def status(self) -> int:
        """The HTTP status."""
        return problems.PROBLEMS[self.code].status

    def document(self) -> dict[str, Any]:
        """Return the problem document."""
        kind = problems.PROBLEMS[self.code]
        document: dict[str, Any] = {
            "type": problems.type_of(self.code),
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail or kind.title,
        }
        if self.rule:
            # The code of the rule that refused, from docs/glossary.md.
            document["code"] = self.rule
        if mark := REQUEST_ID.get():
            document["request_id"] = mark
        if self.pointers:
            document["pointers"] = list(self.pointers)
        if self.retry_after_s is not None:
            document["retry_after_s"] = self.retry_after_s
        return document


class Unusable(Exception):
    """The file of central cannot be opened. ``sentence`` is Dutch, for the person at the desk."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
