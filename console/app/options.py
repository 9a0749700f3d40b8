"""What can be asked on the command line of the desk."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from console.paths import DEMO, DESK, TRAINING


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


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line; unknown words end the program with a sentence."""
    parser = argparse.ArgumentParser(prog="buurtdesk", description="Buurtdesk starten.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--demo", action="store_true", help="open een verzonnen stad")
    choice.add_argument("--training", action="store_true", help="open de oefening")
    found = parser.parse_args(list(arguments))
    if found.demo:
        return Options(DEMO)
    return Options(TRAINING if found.training else DESK)
