"""What can be asked on the command line of the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from console.paths import DEMO, DESK, TRAINING
from contract.op import Record
from contract.remaking import Left, Remade, Told


class Central(Protocol):
    """Central as it runs inside the desk: an ASGI app that is opened and closed."""

    def open(self) -> None:
        """Open the records ahead of the first request."""
        ...

    def close(self) -> None:
        """Finish what runs and close the records."""
        ...

    def damage(self) -> bool:
        """Say whether its file, which must be there, is gone or cannot be read."""
        ...

    def left(self, team: str) -> Left:
        """Say what a damaged file still tells."""
        ...

    def remake(
        self, damaged: Path, team: tuple[str, str], records: Sequence[Record], told: Told
    ) -> Remade:
        """Fill a new file with these records and with what the damaged one still gives; close it."""
        ...

    def __call__(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        """Answer one request."""
        ...


MakeCentral = Callable[[Path, bytes, str, Callable[[], datetime]], Central]
"""Makes central from its file, key and secret; it goes by the clock of the desk it runs in."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which profile to open. ``profile``: desk, training or demo."""

    profile: str = DESK

    @property
    def demo(self) -> bool:
        """An invented town: own folder, key in memory only, made anew at every start."""
        return self.profile == DEMO

    @property
    def training(self) -> bool:
        """Training mode, with its own database (F57)."""
        return self.profile == TRAINING


def central_of(
    options: Options, make_central: MakeCentral, make_demo: MakeCentral | None
) -> tuple[MakeCentral, bool]:
    """Return what makes the central of this start, and whether its world outside is a story.

    Only the invented town gets that story; a profile with real work never does.
    """
    if options.demo and make_demo is not None:
        return make_demo, True
    return make_central, False


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line; unknown words end the program with a sentence."""
    import argparse

    parser = argparse.ArgumentParser(prog="buurtdesk", description="Buurtdesk starten.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--demo", action="store_true", help="open een verzonnen stad")
    choice.add_argument("--training", action="store_true", help="open de oefening")
    found = parser.parse_args(list(arguments))
    if found.demo:
        return Options(DEMO)
    return Options(TRAINING if found.training else DESK)
