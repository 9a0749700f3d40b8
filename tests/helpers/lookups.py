"""The registers of ``central.standins`` for one central, in the hand of a test."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from central.lookups.sources import HOSTS, URLS
from central.office import Office
from central.outside import Doubles, OutsideClient
from central.standins.registers import STREETS, address, pdok, places, rdw, vehicle
from tests.helpers.outside import Reply, Source, answering, sources

RDW, PDOK = HOSTS["plates"], HOSTS["addresses"]

REPLIES: Mapping[str, Reply] = {RDW: rdw, PDOK: pdok}
"""How each host answers, to give to ``tests.helpers.outside.sources`` beside other hosts."""


class Registers:
    """The registers outside of a central. ``asked``: every request they got, as it came."""

    def __init__(self, found: dict[str, Source], doubles: Doubles) -> None:
        self._found = found
        self._doubles = doubles
        self.slow_s = 5.0
        for host, reply in REPLIES.items():
            found[host].reply = reply

    def client(self, hosts: Collection[str]) -> OutsideClient:
        """Make what central asks with: the guarded client, that knows these stand-ins."""
        return OutsideClient(hosts, doubles=self._doubles, total_s=self.slow_s)

    def replies(self, name: str, reply: Reply) -> None:
        """Let a register answer in this way from now on; ``name`` is one of ``LOOKUPS``."""
        self._found[HOSTS[name]].reply = reply

    def says(self, name: str, text: str | bytes, kind: str = "application/json") -> None:
        """Let a register answer this from now on."""
        self.replies(name, answering(text.encode() if isinstance(text, str) else text, kind))

    def asked(self, name: str) -> list[bytes]:
        """Return what a register was asked, the oldest first."""
        return self._found[HOSTS[name]].requests


@contextmanager
def stand_in(
    office: Office, also: Callable[[Registers], None] | None = None
) -> Iterator[Registers]:
    """Stand in for both registers, for one central."""
    with sources(*REPLIES) as (found, doubles):
        made = Registers(found, doubles)
        before, office.client = office.client, made.client
        if also is not None:
            also(made)
        try:
            yield made
        finally:
            office.client = before


__all__ = [
    "HOSTS",
    "PDOK",
    "RDW",
    "REPLIES",
    "STREETS",
    "URLS",
    "Registers",
    "address",
    "pdok",
    "places",
    "rdw",
    "stand_in",
    "vehicle",
]
