"""What is asked of a source outside, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.vocabulary import OutsideTrouble

JSON = frozenset({"application/json", "text/json", "application/geo+json", "application/hal+json"})
"""The content types of an answer in JSON."""

XML = frozenset({"application/xml", "text/xml", "application/cap+xml"})
"""The content types of an answer in XML."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``body``: sent by POST as ``kind``; None is a GET. ``accepts``: content types.

    ``nothing_fits``: an answer without a body (204) is a good answer of this source.
    """

    url: str = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    accepts: frozenset[str] = JSON
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    nothing_fits: bool = False
    kind: str = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``why`` empty: ``text`` is the answer, whole and decoded; else it is empty.

    ``body``: the bytes after decompression. ``retry_after_s``: how long the source asks to wait.
    """

    why: OutsideTrouble | None = None
    body: bytes = field(default=b"", repr=False)
    text: str = field(default="", repr=False)
    status: int = 0
    retry_after_s: float | None = None

    @property
    def ok(self) -> bool:
        """Whether there is an answer to read."""
        return self.why is None
