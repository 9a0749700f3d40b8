"""Loopback doubles of sources outside: real TLS, answers as a test gives them, hostile ones too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from central.outside import Doubles
from central.standins import Reply, Source, answering, standing

__all__ = ["Reply", "Source", "answering", "sources"]


@contextmanager
def sources(*hosts: str, sure_of: str = "") -> Iterator[tuple[dict[str, Source], Doubles]]:
    """Stand in for hosts by name; ``sure_of``: the one name in all certificates instead of theirs."""
    with standing(*hosts, sure_of=sure_of) as made:
        yield dict(made.found), Doubles(made.ports, made.trust)
