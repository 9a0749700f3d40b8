"""Where the parties of a kill run live; plain values, handed to processes that are started anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CentralPlace:
    """One central: its records, its port, and the fault that was sown in it, if any."""

    place: Path | str
    port: int
    log: Path
    mutant: str = ""

    @property
    def url(self) -> str:
        """The address desks use."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """One desk: its file, where it tells what was kept, who works there, and its fault, if any.

    ``acts``: somebody works there until the process is killed. Without it the desk exchanges until
    nothing waits and both sides add up, and ends.
    """

    name: str
    path: Path
    said: Path
    url: str
    account: str
    person: str
    seed: int = 0
    acts: bool = True
    mutant: str = ""

    @property
    def log(self) -> Path:
        """Where what goes wrong at this desk is written."""
        return self.said.with_suffix(".log")
